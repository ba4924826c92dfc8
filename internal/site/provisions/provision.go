package provisions

import (
	"net/url"
	"slices"

	"fener/internal/page"
	"fener/internal/site/answer"
	"fener/internal/site/line"
	"fener/law"
)

var provisionPage = page.Page{
	Pattern: "provisions/{instrument}/{place}", Template: "provision", Build: buildProvision,
	Addresses: func(r *page.Request, from, n int) ([]string, int, error) {
		if r.Law() == nil {
			return nil, 0, nil
		}
		var all []string
		for _, in := range answer.Instruments(r.Law()) {
			all = append(all, answer.InstrumentPath(in.Number))
			for _, p := range in.Provisions {
				if path := answer.ProvisionPath(p.Ref); !slices.Contains(all, path) {
					all = append(all, path)
				}
			}
		}
		return page.AddressPart(all, from, n)
	},
	JSON: page.DocumentOf(func(r *page.Request) (*ProvisionDocument, error) {
		pack, v, err := findProvision(r)
		if err != nil {
			return nil, err
		}
		d := provisionWithVersions(r.Head("provision"), pack, v)
		return &d, nil
	}),
}

// provisionContent is one provision: its text, what the check makes of it, its versions, and the sentences under it.
type provisionContent struct {
	page.Base
	Name     string
	Summary  []page.Summary
	Unread   string // says how far the text was read, where it was not read whole
	Quoted   string
	Text     *page.Citation
	Note     page.Link
	Computed []computedAnswer
	Versions page.Table
	Check    string      // where a sentence under it is checked; empty for a rule
	Usage    *page.Table // nil where the site has no record
}

// findProvision finds the provision at the address. Of several versions at one place, the newest is the page's.
func findProvision(r *page.Request) (*law.Pack, *law.Provision, error) {
	in, err := findInstrument(r)
	if err != nil {
		return nil, nil, err
	}
	versions := answer.FindProvisions(in, r.PathValue("place"))
	if len(versions) == 0 {
		return nil, nil, page.NotFoundf("no provision %q in %s", r.PathValue("place"), in.Number)
	}
	return r.Law(), versions[len(versions)-1], nil
}

func buildProvision(r *page.Request) (page.Content, error) {
	pack, v, err := findProvision(r)
	if err != nil {
		return nil, err
	}
	p := &provisionContent{Base: r.Base(answer.Citation(r, v), lawTrail(r), answer.Instrument(r, v.Instrument)), Note: answer.Note(v.Note)}
	if v.Ref.Article != answer.NoArticle {
		p.Name = v.Names.In(r.Lang)
	}
	p.Description = p.Name
	p.Summary = provisionSummary(r, v)
	switch v.Verified {
	case law.Unread:
		p.Unread = r.T("provision.unread")
	case law.PartRead:
		p.Unread = r.T("provision.part")
	}
	if v.Text != "" {
		language := page.WrittenIn(v.Language)
		p.Text = &page.Citation{Quote: page.Link{Text: v.Text, Lang: language}, Source: answer.SourceLink(sourceOf(v)), Read: true}
		if language != "" && language != r.Lang {
			p.Quoted = r.T("provision.quoted", "language", answer.LanguageName(r, language))
		}
	}
	if c, ok := compute(pack, v); ok {
		p.Computed = computed(r, v, c)
	}
	p.Versions = versions(r, pack, v)
	if v.Offence != "" {
		p.Check = r.URL("check") + "?" + url.Values{"offence_convicted": {v.Ref.String()}}.Encode()
		p.Usage, err = usage(r, v)
	}
	return p, err
}

func provisionSummary(r *page.Request, v *law.Provision) []page.Summary {
	list := []page.Summary{
		{Term: r.T("provisions.law"), Text: answer.Instrument(r, v.Instrument)},
		{Term: r.T("provisions.in_force"), Text: page.Link{Text: line.InForce(v).Text(r.Lang)}},
	}
	if g := v.Group(); g != nil {
		list = append(list, page.Summary{Term: r.T("provision.group"), Text: page.Link{Text: g.Names.In(r.Lang)}},
			page.Summary{Term: r.T("provisions.prescribes"), Text: page.Link{Text: page.Capital(answer.Prescribes(r, v))}})
	}
	list = append(list, page.Summary{Term: r.T("provisions.verified"), Text: page.Link{Text: page.Capital(v.Verified.Text(r.Lang))}})
	return append(list, readTo(r, v.Instrument, v.Verified, line.InForce(v))...)
}

// computedAnswer is one answer that follows from a provision, with the rule that it rests on.
type computedAnswer struct {
	Term, Answer string
	Rule         page.Link
}

// computed is what the check makes of a provision.
func computed(r *page.Request, v *law.Provision, c Computed) []computedAnswer {
	possible := func(p Possible) string {
		key := "possible." + p.String()
		return page.Capital(r.T(key))
	}
	return []computedAnswer{
		{r.T("provision.minimum"), page.Capital(c.Minimum.Text(r.Lang)), answer.Rule(r, v)},
		{r.T("provision.floor"), page.Capital(c.Floor.Text(r.Lang)), answer.Rule(r, c.FloorAt)},
		{r.T("provision.maximum"), page.Capital(c.Maximum.Text(r.Lang)), answer.Rule(r, v)},
		{r.T("provision.suspended"), possible(c.Suspended), answer.Rule(r, c.SuspendedAt)},
		{r.T("provision.fine_alone"), possible(c.FineAlone), answer.Rule(r, c.FineAloneAt)},
	}
}

// versions is the table of the same form of the offence in all codes.
func versions(r *page.Request, pack *law.Pack, v *law.Provision) page.Table {
	t := page.Table{
		ID: "versions", Caption: r.T("provision.versions_caption"),
		Columns: []page.Column{{Head: r.T("provisions.place")}, {Head: r.T("provisions.in_force")}, {Head: r.T("provisions.prescribes")},
			{Head: r.T("provisions.verified")}},
	}
	list := versionsOf(pack, v)
	if len(list) < 2 {
		t.Empty = r.T("provision.only_version")
		return t
	}
	for _, w := range list {
		link := answer.Rule(r, w)
		if w == v {
			link.Href = ""
			link.Text += " · " + r.T("provision.this_one")
		}
		t.Rows = append(t.Rows, []page.Link{link, {Text: line.InForce(w).Text(r.Lang)}, {Text: answer.Prescribes(r, w)}, {Text: w.Verified.Text(r.Lang)}})
	}
	return t
}
