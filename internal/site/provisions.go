package site

import (
	"fener/internal/api"
	"fener/law"
	"fener/locale"
)

var provisionsPage = Page{
	Pattern: "provisions", Template: "provisions", Nav: "provisions.title", Build: buildProvisions,
	JSON: func(r *Request) (any, error) { return provisionsData(r, nil) },
	CSV:  func(r *Request) (*api.Sheet, error) { return provisionsSheet(r, nil) },
}

// provisionsContent lists the law on record: the offences of each code, and the other laws.
type provisionsContent struct {
	Base
	Codes  []codeSection
	Others Table
}

// codeSection is one code with the offences it knows.
type codeSection struct {
	Law      Link
	InForce  string
	Verified string
	ReadTo   string // empty where nothing may have changed it
	Offences Table
	Rules    Link // says how many more provisions there are; empty where there are none
}

func buildProvisions(r *Request) (Content, error) {
	pack, err := r.pack()
	if err != nil {
		return nil, err
	}
	p := &provisionsContent{Base: r.Base(r.T("provisions.title"))}
	p.Description = r.T("provisions.lede")
	p.Others = Table{ID: "others", Caption: r.T("provisions.others_caption"), Columns: []Column{
		{Head: r.T("provisions.law")}, {Head: r.T("provisions.in_force")}, {Head: r.T("provisions.count"), Number: true},
		{Head: r.T("provisions.verified")},
	}}
	for _, in := range api.Instruments(pack) {
		offences, rules := split(in)
		if len(offences) == 0 {
			p.Others.Rows = append(p.Others.Rows, []Link{
				r.instrument(in), {Text: in.InForce.Text(r.Lang)}, {Text: locale.Integer(r.Lang, int64(len(rules)))}, {Text: in.Verified.Text(r.Lang)},
			})
			continue
		}
		section := codeSection{
			Law: r.instrument(in), InForce: in.InForce.Text(r.Lang), Verified: in.Verified.Text(r.Lang),
			ReadTo:   r.readToText(in, in.Verified, in.InForce),
			Offences: r.offences(in, offences),
		}
		if len(rules) > 0 {
			section.Rules = Link{Text: r.T("provisions.rules_link", "n", len(rules)), Href: section.Law.Href}
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

// offences is the table of the offences of a code.
func (r *Request) offences(in *law.Instrument, list []*law.Provision) Table {
	t := Table{ID: "offences-" + fileName(in.Number), Caption: r.T("provisions.offences_in", "law", in.Number), Columns: []Column{
		{Head: r.T("provisions.place")}, {Head: r.T("provisions.offence")}, {Head: r.T("provisions.prescribes")}, {Head: r.T("provisions.verified")},
	}}
	for _, v := range list {
		t.Rows = append(t.Rows, []Link{
			{Text: r.place(v), Href: r.URL(api.ProvisionPath(v.Ref))}, {Text: v.Names.In(r.Lang)}, {Text: r.prescribes(v)}, {Text: v.Verified.Text(r.Lang)},
		})
	}
	return t
}

// rules is the table of the rules of a law.
func (r *Request) rules(in *law.Instrument, list []*law.Provision) Table {
	t := Table{ID: "rules", Caption: r.T("provisions.rules_in", "law", in.Number), Columns: []Column{
		{Head: r.T("provisions.place")}, {Head: r.T("provisions.rule")}, {Head: r.T("provisions.verified")},
	}}
	for _, v := range list {
		t.Rows = append(t.Rows, []Link{
			{Text: r.place(v), Href: r.URL(api.ProvisionPath(v.Ref))}, {Text: v.Names.In(r.Lang)}, {Text: v.Verified.Text(r.Lang)},
		})
	}
	return t
}

func provisionsData(r *Request, only *law.Instrument) (*api.ProvisionsDocument, error) {
	pack, err := r.pack()
	if err != nil {
		return nil, err
	}
	d := api.Provisions(r.Head("provisions"), pack, only)
	return &d, nil
}

func provisionsSheet(r *Request, only *law.Instrument) (*api.Sheet, error) {
	d, err := provisionsData(r, only)
	if err != nil {
		return nil, err
	}
	return d.Sheet(), nil
}
