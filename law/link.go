package law

// linkGeneral resolves the places that a general part cites. A place that the
// instrument does not hold is an error: no rule without its text or the
// statement that nobody has read it.
func (p *Pack) linkGeneral(in *Instrument, fail func(string, ...any)) {
	find := func(shape, article string) *Provision {
		if article == "" {
			return nil
		}
		ref, err := packRef(article)
		if err != nil {
			fail("%s: general.%s: %w", in.Number, shape, err)
			return nil
		}
		ref.Instrument = in.Number
		if at := p.byRef[ref]; len(at) > 0 {
			return at[0]
		}
		fail("%s: general.%s cites %s, which the file does not hold", in.Number, shape, article)
		return nil
	}
	cite := func(shape string, c *Citation) { c.at = find(shape, c.Article) }
	g := &in.General
	if g.Imprisonment != nil {
		cite("imprisonment", &g.Imprisonment.Citation)
	}
	if g.Fine != nil {
		cite("fine", &g.Fine.Citation)
		for _, id := range g.Fine.HigherFor {
			if p.groups[id] == nil {
				fail("%s: general.fine.higher_for: no offence group %q", in.Number, id)
			}
		}
	}
	if g.Mitigation != nil {
		p.linkMitigation(g.Mitigation, in, find, cite, fail)
	}
	if s := g.Suspension; s != nil {
		cite("suspension", &s.Citation)
		s.mitigated = find("suspension", s.Mitigated)
		s.ceiling = find("suspension", s.Ceiling)
		s.verification = find("suspension", s.Verification)
	}
	for shape, c := range map[string]*Citation{
		"most_favourable": g.MostFavourable, "release": g.Release, "prescribed_only": g.PrescribedOnly,
		"reasons": g.Reasons, "plea_agreement": g.PleaAgreement,
	} {
		if c != nil {
			cite(shape, c)
		}
	}
	for shape, r := range map[string]*Replacement{"replacement_by_fine": g.ReplacementByFine, "replacement_by_work": g.ReplacementByWork} {
		if r != nil {
			cite(shape, &r.Citation)
		}
	}
	for shape, r := range map[string]*Participation{"attempt": g.Attempt, "assistance": g.Assistance, "incitement": g.Incitement} {
		if r != nil {
			cite(shape, &r.Citation)
		}
	}
	if g.CommunityWork != nil {
		cite("community_work", &g.CommunityWork.Citation)
	}
	if g.Joinder != nil {
		cite("joinder", &g.Joinder.Citation)
		g.Joinder.short = find("joinder", g.Joinder.ShortArticle)
	}
	if g.Juvenile != nil {
		cite("juvenile", &g.Juvenile.Citation)
		g.Juvenile.offence = find("juvenile", g.Juvenile.OffenceArticle)
	}
	if g.Publication != nil {
		cite("publication", &g.Publication.Citation)
		g.Publication.exceptions = find("publication", g.Publication.Exceptions)
	}
}

func (p *Pack) linkMitigation(m *Mitigation, in *Instrument, find func(string, string) *Provision,
	cite func(string, *Citation), fail func(string, ...any)) {
	cite("mitigation", &m.Citation)
	for name, article := range m.Grounds {
		var ground Ground
		if err := ground.UnmarshalText([]byte(name)); err != nil {
			fail("%s: general.mitigation.grounds: %w", in.Number, err)
			continue
		}
		m.grounds[ground] = find("mitigation.grounds", article)
	}
	for i := range m.Floors {
		row := &m.Floors[i]
		cite("mitigation.floors", &row.Citation)
		if i > 0 && row.Minimum.Compare(m.Floors[i-1].Minimum) >= 0 {
			fail("%s: general.mitigation.floors: %s stands after %s; write the highest minimum first",
				in.Number, row.Minimum, m.Floors[i-1].Minimum)
		}
		if row.Floor.Compare(row.Minimum) > 0 {
			fail("%s: general.mitigation.floors: the floor %s is above its minimum %s", in.Number, row.Floor, row.Minimum)
		}
	}
	m.fineAlone = find("mitigation.fine_alone", m.FineAlone)
	if m.FineFloor != nil {
		cite("mitigation.fine_floor", &m.FineFloor.Citation)
	}
}
