package provisions

import (
	"fener/internal/page"
	"fener/internal/site/answer"
	"fener/law"
	"fener/locale"
)

var provisionsPage = page.Page{
	Pattern: "provisions", Data: "provisions.title", Template: "provisions", Nav: "provisions.title", Params: append(chosenBy, "sort"), PageParams: []string{"page"}, Build: buildProvisions,
	JSON: page.DocumentOf(chosenData),
	CSV:  page.RowsOf(chosenData),
}

// provisionsContent lists the law on record: the offences of each code, and the other laws; or the provisions that the address chooses.
type provisionsContent struct {
	page.Base
	Facets []page.Facet
	Found  string
	Chosen *page.Table // nil where nothing was chosen
	Pager  page.Pager
	Codes  []codeSection
	Others page.Table
}

// codeSection is one code with the offences it knows.
type codeSection struct {
	Law      page.Link
	InForce  string
	Verified string
	ReadTo   string // empty where nothing may have changed it
	Offences page.Table
	Rules    page.Link // says how many more provisions there are; empty where there are none
}

func buildProvisions(r *page.Request) (page.Content, error) {
	pack, err := answer.Pack(r)
	if err != nil {
		return nil, err
	}
	list, facets, err := provisionChoice(r, pack)
	if err != nil {
		return nil, err
	}
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	p := &provisionsContent{Base: r.Base(r.T("provisions.title")), Facets: facets, Found: r.T("provisions.found", "n", len(list))}
	p.Description = r.T("provisions.lede")
	if len(r.Query) > 0 {
		t := chosenTable(r, list, page.Part(list, window.Offset, window.Limit))
		p.Chosen, p.Pager = &t, r.Pager(r.Pattern(), window, len(list))
		return p, nil
	}
	p.Others = page.Table{ID: "others", Caption: r.T("provisions.others_caption"), Columns: []page.Column{
		{Head: r.T("provisions.law")}, {Head: r.T("provisions.in_force")}, {Head: r.T("provisions.count"), Number: true},
		{Head: r.T("provisions.verified")},
	}}
	for _, in := range answer.Instruments(pack) {
		offences, rules := split(in)
		if len(offences) == 0 {
			p.Others.Rows = append(p.Others.Rows, []page.Link{
				answer.Instrument(r, in), {Text: in.InForce.Text(r.Lang)}, {Text: locale.Integer(r.Lang, int64(len(rules)))}, {Text: in.Verified.Text(r.Lang)},
			})
			continue
		}
		section := codeSection{
			Law: answer.Instrument(r, in), InForce: in.InForce.Text(r.Lang), Verified: in.Verified.Text(r.Lang),
			ReadTo:   readToText(r, in, in.Verified, in.InForce),
			Offences: offencesTable(r, in, offences),
		}
		if len(rules) > 0 {
			section.Rules = page.Link{Text: r.T("provisions.rules_link", "n", len(rules)), Href: section.Law.Href}
		}
		p.Codes = append(p.Codes, section)
	}
	return p, nil
}

// split parts an instrument's provisions into those that prescribe a punishment for an offence and the rules.
func split(in *law.Instrument) (offences, rules []*law.Provision) {
	for _, v := range in.Provisions {
		if v.Offence != "" {
			offences = append(offences, v)
		} else {
			rules = append(rules, v)
		}
	}
	return offences, rules
}

// offencesTable is the table of the offences of a code.
func offencesTable(r *page.Request, in *law.Instrument, list []*law.Provision) page.Table {
	t := page.Table{ID: "offences-" + page.FileName(in.Number), Caption: r.T("provisions.offences_in", "law", in.Number), Columns: []page.Column{
		{Head: r.T("provisions.place")}, {Head: r.T("provisions.offence")}, {Head: r.T("provisions.prescribes")}, {Head: r.T("provisions.verified")},
	}}
	for _, v := range list {
		t.Rows = append(t.Rows, []page.Link{
			{Text: answer.Place(r, v), Href: r.URL(answer.ProvisionPath(v.Ref))}, {Text: v.Names.In(r.Lang)}, {Text: answer.Prescribes(r, v)}, {Text: v.Verified.Text(r.Lang)},
		})
	}
	return t
}

// rulesTable is the table of the rules of a law.
func rulesTable(r *page.Request, in *law.Instrument, list []*law.Provision) page.Table {
	t := page.Table{ID: "rules", Caption: r.T("provisions.rules_in", "law", in.Number), Columns: []page.Column{
		{Head: r.T("provisions.place")}, {Head: r.T("provisions.rule")}, {Head: r.T("provisions.verified")},
	}}
	for _, v := range list {
		t.Rows = append(t.Rows, []page.Link{
			{Text: answer.Place(r, v), Href: r.URL(answer.ProvisionPath(v.Ref))}, {Text: v.Names.In(r.Lang)}, {Text: v.Verified.Text(r.Lang)},
		})
	}
	return t
}

// chosenData is the law that the address chooses.
func chosenData(r *page.Request) (*ProvisionsDocument, error) {
	pack, err := answer.Pack(r)
	if err != nil {
		return nil, err
	}
	list, _, err := provisionChoice(r, pack)
	if err != nil {
		return nil, err
	}
	d := provisionsDocument(r.Head("provisions"), pack, instrumentsOf(r, pack, list), list)
	return &d, nil
}
