package site

import (
	"fener/internal/api"
	"fener/law"
)

var instrumentPage = Page{
	Pattern: "provisions/{instrument}", Template: "instrument", Build: buildInstrument,
	JSON: func(r *Request) (any, error) {
		in, err := r.findInstrument()
		if err != nil {
			return nil, err
		}
		return provisionsData(r, in)
	},
	CSV: func(r *Request) (*api.Sheet, error) {
		in, err := r.findInstrument()
		if err != nil {
			return nil, err
		}
		return provisionsSheet(r, in)
	},
}

// instrumentContent is one law: when it was in force, where it was read, and all its provisions on record.
type instrumentContent struct {
	Base
	Summary  []Summary
	Tables   []Table
	Note     Link
	NoneSays string
}

func (r *Request) findInstrument() (*law.Instrument, error) {
	pack, err := r.pack()
	if err != nil {
		return nil, err
	}
	in := api.FindInstrument(pack, r.PathValue("instrument"))
	if in == nil {
		return nil, NotFoundf("no law %q", r.PathValue("instrument"))
	}
	return in, nil
}

func (r *Request) lawTrail() Link {
	return Link{Text: r.T("provisions.title"), Href: r.URL(provisionsPage.Pattern)}
}

func buildInstrument(r *Request) (Content, error) {
	in, err := r.findInstrument()
	if err != nil {
		return nil, err
	}
	p := &instrumentContent{Base: r.Base(in.Title(r.Lang), r.lawTrail()), Note: note(in.Note)}
	p.Summary = []Summary{
		{Term: r.T("provisions.in_force"), Text: Link{Text: in.InForce.Text(r.Lang)}},
		{Term: r.T("instrument.dates"), Text: Link{Text: in.InForce.Verified.Text(r.Lang)}},
		{Term: r.T("provisions.verified"), Text: Link{Text: in.Verified.Text(r.Lang)}},
	}
	p.Summary = append(p.Summary, r.readTo(in, in.Verified, in.InForce)...)
	if in.Gazette != "" {
		p.Summary = append(p.Summary, Summary{Term: r.T("instrument.gazette"), Text: Link{Text: in.Gazette}})
	}
	p.Summary = append(p.Summary, Summary{Term: r.T("instrument.source"), Text: sourceLink(in.Source)})
	if in.InForce.Note != "" {
		p.Summary = append(p.Summary, Summary{Term: r.T("instrument.note"), Text: note(in.InForce.Note)})
	}
	offences, rules := split(in)
	if len(offences) > 0 {
		p.Tables = append(p.Tables, r.offences(in, offences))
	}
	if len(rules) > 0 {
		p.Tables = append(p.Tables, r.rules(in, rules))
	}
	if len(p.Tables) == 0 {
		p.NoneSays = r.T("provisions.no_rules")
	}
	return p, nil
}
