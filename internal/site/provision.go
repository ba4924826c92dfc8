package site

import (
	"fener/internal/api"
	"fener/law"
)

var provisionPage = Page{
	Pattern: "provisions/{instrument}/{place}", Template: "provision", Build: buildProvision,
	JSON: func(r *Request) (any, error) {
		pack, v, err := r.findProvision()
		if err != nil {
			return nil, err
		}
		return api.ProvisionWithVersions(r.Head("provision"), pack, v), nil
	},
}

// provisionContent is one provision: its text, what the check makes of it, its versions, and the sentences under it.
type provisionContent struct {
	Base
	Name     string
	Summary  []Summary
	Unread   string // says how far the text was read, where it was not read whole
	Quoted   string
	Text     *Citation
	Note     Link
	Computed []computedAnswer
	Versions Table
	Usage    *Table // nil where the site has no record
}

// findProvision finds the provision at the address. Of several versions at one place, the newest is the page's.
func (r *Request) findProvision() (*law.Pack, *law.Provision, error) {
	in, err := r.findInstrument()
	if err != nil {
		return nil, nil, err
	}
	versions := api.FindProvisions(in, r.PathValue("place"))
	if len(versions) == 0 {
		return nil, nil, NotFoundf("no provision %q in %s", r.PathValue("place"), in.Number)
	}
	return r.Law(), versions[len(versions)-1], nil
}

func buildProvision(r *Request) (Content, error) {
	pack, v, err := r.findProvision()
	if err != nil {
		return nil, err
	}
	p := &provisionContent{Base: r.Base(r.citation(v), r.lawTrail(), r.instrument(v.Instrument)), Note: note(v.Note)}
	if v.Ref.Article != noArticle {
		p.Name = v.Names.In(r.Lang)
	}
	p.Description = p.Name
	p.Summary = r.provisionSummary(v)
	switch v.Verified {
	case law.Unread:
		p.Unread = r.T("provision.unread")
	case law.PartRead:
		p.Unread = r.T("provision.part")
	}
	if v.Text != "" {
		language := writtenIn(v.Language)
		p.Text = &Citation{Quote: Link{Text: v.Text, Lang: language}, Source: sourceLink(api.SourceOf(v)), Read: true}
		if language != "" && language != r.Lang {
			p.Quoted = r.T("provision.quoted", "language", r.languageName(language))
		}
	}
	if c, ok := api.Compute(pack, v); ok {
		p.Computed = r.computed(v, c)
	}
	p.Versions = r.versions(pack, v)
	if v.Offence != "" {
		p.Usage, err = r.usage(v)
	}
	return p, err
}

func (r *Request) provisionSummary(v *law.Provision) []Summary {
	list := []Summary{
		{Term: r.T("provisions.law"), Text: r.instrument(v.Instrument)},
		{Term: r.T("provisions.in_force"), Text: Link{Text: inForce(v).Text(r.Lang)}},
	}
	if g := v.Group(); g != nil {
		list = append(list, Summary{Term: r.T("provision.group"), Text: Link{Text: g.Names.In(r.Lang)}},
			Summary{Term: r.T("provisions.prescribes"), Text: Link{Text: capital(r.prescribes(v))}})
	}
	list = append(list, Summary{Term: r.T("provisions.verified"), Text: Link{Text: capital(v.Verified.Text(r.Lang))}})
	return append(list, r.readTo(v.Instrument, v.Verified, inForce(v))...)
}

// computedAnswer is one answer that follows from a provision, with the rule that it rests on.
type computedAnswer struct {
	Term, Answer string
	Rule         Link
}

// computed is what the check makes of a provision.
func (r *Request) computed(v *law.Provision, c api.Computed) []computedAnswer {
	possible := func(p api.Possible) string {
		key := "possible." + p.String()
		return capital(r.T(key))
	}
	return []computedAnswer{
		{r.T("provision.minimum"), capital(c.Minimum.Text(r.Lang)), r.rule(v)},
		{r.T("provision.floor"), capital(c.Floor.Text(r.Lang)), r.rule(c.FloorAt)},
		{r.T("provision.maximum"), capital(c.Maximum.Text(r.Lang)), r.rule(v)},
		{r.T("provision.suspended"), possible(c.Suspended), r.rule(c.SuspendedAt)},
		{r.T("provision.fine_alone"), possible(c.FineAlone), r.rule(c.FineAloneAt)},
	}
}

// versions is the table of the same form of the offence in all codes.
func (r *Request) versions(pack *law.Pack, v *law.Provision) Table {
	t := Table{
		ID: "versions", Caption: r.T("provision.versions_caption"),
		Columns: []Column{{Head: r.T("provisions.place")}, {Head: r.T("provisions.in_force")}, {Head: r.T("provisions.prescribes")},
			{Head: r.T("provisions.verified")}},
	}
	list := api.Versions(pack, v)
	if len(list) < 2 {
		t.Empty = r.T("provision.only_version")
		return t
	}
	for _, w := range list {
		link := r.rule(w)
		if w == v {
			link.Href = ""
			link.Text += " · " + r.T("provision.this_one")
		}
		t.Rows = append(t.Rows, []Link{link, {Text: inForce(w).Text(r.Lang)}, {Text: r.prescribes(w)}, {Text: w.Verified.Text(r.Lang)}})
	}
	return t
}
