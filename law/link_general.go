package law

import (
	"fmt"

	"fener/period"
)

// linkGeneral resolves the places that a general part cites. A place that the
// instrument does not hold is an error: no rule without its text or the
// statement that nobody has read it.
func (l *linker) linkGeneral(in *Instrument) {
	find := func(path, article string) *Provision {
		if article == "" {
			return nil
		}
		ref, err := l.pack.packRef(article)
		if err != nil {
			l.fail(in, path, "%v", err)
			return nil
		}
		ref.Instrument = in.Number
		if at := l.pack.byRef[ref]; len(at) > 0 {
			return at[0]
		}
		l.fail(in, path, "cites %s, which the file does not hold: add it to provisions with its text, or with verified: no", article)
		return nil
	}
	cite := func(path string, c *Citation) { c.at = find("general."+path+".article", c.Article) }
	g := &in.General
	if b := g.Imprisonment; b != nil {
		cite("imprisonment", &b.Citation)
		l.linkBounds(in, b)
	}
	if g.Fine != nil {
		cite("fine", &g.Fine.Citation)
		l.linkFine(in, g.Fine)
	}
	if g.Mitigation != nil {
		l.linkMitigation(in, g.Mitigation, find, cite)
	}
	if s := g.Suspension; s != nil {
		cite("suspension", &s.Citation)
		s.mitigated = find("general.suspension.mitigated_article", s.Mitigated)
		s.ceiling = find("general.suspension.sentence_article", s.Ceiling)
		s.verification = find("general.suspension.verification_article", s.Verification)
		l.linkSuspension(in, s)
		l.rising(in, "general.suspension.verification_to", s.VerificationFrom, s.VerificationTo)
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
	l.linkMeasures(in, cite, find)
	if g.CoPerpetration != nil {
		cite("co_perpetration", g.CoPerpetration)
	}
	if g.CommunityWork != nil {
		cite("community_work", &g.CommunityWork.Citation)
	}
	if j := g.Joinder; j != nil {
		cite("joinder", &j.Citation)
		j.short = find("general.joinder.short_article", j.ShortArticle)
	}
	if j := g.Juvenile; j != nil {
		cite("juvenile", &j.Citation)
		j.offence = find("general.juvenile.offence_article", j.OffenceArticle)
		l.rising(in, "general.juvenile.to", j.From, j.To)
		l.rising(in, "general.juvenile.exceptional", j.To, j.Exceptional)
	}
	if g.Publication != nil {
		cite("publication", &g.Publication.Citation)
		g.Publication.exceptions = find("general.publication.exceptions_article", g.Publication.Exceptions)
	}
}

// linkMeasures resolves what is mandatory beside a punishment, and the kinds of
// punishment that the code has a rule on.
func (l *linker) linkMeasures(in *Instrument, cite func(string, *Citation), find func(string, string) *Provision) {
	for i := range in.General.Mandatory {
		m, path := &in.General.Mandatory[i], fmt.Sprintf("mandatory[%d]", i)
		cite(path, &m.Citation)
		if err := m.measure.UnmarshalText([]byte(m.Measure)); err != nil {
			l.fail(in, "general."+path+".measure", "%v; a measure of this country alone is declared under measures: of %s", err, packFile)
		}
		for k, id := range m.Offences {
			if l.pack.groups[id] == nil {
				l.fail(in, fmt.Sprintf("general.%s.offences[%d]", path, k), "no offence group %q in pack.yaml", id)
			}
		}
	}
	for i := range in.General.Kinds {
		k, path := &in.General.Kinds[i], fmt.Sprintf("kinds[%d]", i)
		cite(path, &k.Citation)
		l.linkKind(in, "general."+path, k, find)
	}
}

// rising holds a pair of bounds to their order.
func (l *linker) rising(in *Instrument, path string, low, high period.Length) {
	if high.Compare(low) < 0 {
		l.fail(in, path, "%s lies below %s, with which it belongs: correct the one or the other", high, low)
	}
}

func (l *linker) linkFine(in *Instrument, f *FineBounds) {
	if f.To < f.From {
		l.fail(in, "general.fine.to", "%d lies below the lowest fine, %d", f.To, f.From)
	}
	raised := len(f.HigherFor) > 0 || f.HigherIfGain
	switch {
	case raised && f.Higher == 0:
		l.fail(in, "general.fine", "higher is missing: write the upper bound for the groups in higher_for, or for gain")
	case !raised && f.Higher != 0:
		l.fail(in, "general.fine.higher", "nothing says for what: write higher_for: with offence groups, or higher_if_gain: true")
	case f.Higher != 0 && f.Higher < f.To:
		l.fail(in, "general.fine.higher", "%d lies below the ordinary upper bound, %d", f.Higher, f.To)
	}
	for i, id := range f.HigherFor {
		if l.pack.groups[id] == nil {
			l.fail(in, fmt.Sprintf("general.fine.higher_for[%d]", i), "no offence group %q in pack.yaml", id)
		}
	}
}

func (l *linker) linkMitigation(in *Instrument, m *Mitigation, find func(string, string) *Provision, cite func(string, *Citation)) {
	cite("mitigation", &m.Citation)
	l.linkGrounds(in, m, find)
	for i := range m.Floors {
		row, path := &m.Floors[i], fmt.Sprintf("mitigation.floors[%d]", i)
		cite(path, &row.Citation)
		if i > 0 && row.Minimum.Compare(m.Floors[i-1].Minimum) >= 0 {
			l.fail(in, "general."+path+".minimum", "%s stands after %s; write the highest minimum first", row.Minimum, m.Floors[i-1].Minimum)
		}
		if row.Floor.Compare(row.Minimum) > 0 {
			l.fail(in, "general."+path+".floor", "the floor %s is above its minimum %s", row.Floor, row.Minimum)
		}
	}
	m.fineAlone = find("general.mitigation.fine_alone", m.FineAlone)
	if m.FineFloor != nil {
		cite("mitigation.fine_floor", &m.FineFloor.Citation)
	}
}
