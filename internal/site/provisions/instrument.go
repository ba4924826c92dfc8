package provisions

import (
	"fener/internal/page"
	"fener/internal/site/answer"
	"fener/law"
)

var instrumentPage = page.Page{
	Pattern: "provisions/{instrument}", Template: "instrument", Build: buildInstrument,
	JSON: page.DocumentOf(instrumentData),
	CSV:  page.RowsOf(instrumentData),
}

// instrumentContent is one law: when it was in force, where it was read, and all its provisions on record.
type instrumentContent struct {
	page.Base
	Summary  []page.Summary
	Tables   []page.Table
	Note     page.Link
	NoneSays string
}

func findInstrument(r *page.Request) (*law.Instrument, error) {
	pack, err := answer.Pack(r)
	if err != nil {
		return nil, err
	}
	in := answer.FindInstrument(pack, r.PathValue("instrument"))
	if in == nil {
		return nil, page.NotFoundf("no law %q", r.PathValue("instrument"))
	}
	return in, nil
}

// instrumentData is one law with all its provisions.
func instrumentData(r *page.Request) (*ProvisionsDocument, error) {
	in, err := findInstrument(r)
	if err != nil {
		return nil, err
	}
	var list []listed
	for _, v := range in.Provisions {
		list = append(list, listed{v})
	}
	d := provisionsDocument(r.Head("provisions"), r.Law(), []*law.Instrument{in}, list)
	return &d, nil
}

func lawTrail(r *page.Request) page.Link {
	return page.Link{Text: r.T("provisions.title"), Href: r.URL(provisionsPage.Pattern)}
}

func buildInstrument(r *page.Request) (page.Content, error) {
	in, err := findInstrument(r)
	if err != nil {
		return nil, err
	}
	p := &instrumentContent{Base: r.Base(in.Title(r.Lang), lawTrail(r)), Note: answer.Note(in.Note)}
	p.Summary = []page.Summary{
		{Term: r.T("provisions.in_force"), Text: page.Link{Text: in.InForce.Text(r.Lang)}},
		{Term: r.T("instrument.dates"), Text: page.Link{Text: in.InForce.Verified.Text(r.Lang)}},
		{Term: r.T("provisions.verified"), Text: page.Link{Text: in.Verified.Text(r.Lang)}},
	}
	p.Summary = append(p.Summary, readTo(r, in, in.Verified, in.InForce)...)
	if in.Gazette != "" {
		p.Summary = append(p.Summary, page.Summary{Term: r.T("instrument.gazette"), Text: page.Link{Text: in.Gazette}})
	}
	p.Summary = append(p.Summary, page.Summary{Term: r.T("instrument.source"), Text: answer.SourceLink(in.Source)})
	if in.InForce.Note != "" {
		p.Summary = append(p.Summary, page.Summary{Term: r.T("instrument.note"), Text: answer.Note(in.InForce.Note)})
	}
	offences, rules := split(in)
	if len(offences) > 0 {
		p.Tables = append(p.Tables, offencesTable(r, in, offences))
	}
	if len(rules) > 0 {
		p.Tables = append(p.Tables, rulesTable(r, in, rules))
	}
	if len(p.Tables) == 0 {
		p.NoneSays = r.T("provisions.no_rules")
	}
	return p, nil
}
