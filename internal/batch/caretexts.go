package batch

import "fener/internal/record"

// A freeText is something that a person wrote into a record.
type freeText struct {
	field, text string
	headline    bool // its words begin with capitals, so names are not told by them
}

// freeTexts are the texts of a thing in which somebody could be named or
// described. Import and publication look through the same ones.
func freeTexts(thing any) (list []freeText) {
	add := func(field, text string) { list = append(list, freeText{field: field, text: text}) }
	headline := func(field, text string) { list = append(list, freeText{field, text, true}) }
	cited := func(citations ...record.Citation) {
		for _, c := range citations {
			add("quote", c.Quote)
			add("place", c.Place)
		}
	}
	switch t := thing.(type) {
	case *record.Judgment:
		cited(t.Citations...)
		add("note", t.Note)
		for _, d := range t.Defendants {
			for i := range d.Counts {
				add("quote", d.Counts[i].Quote)
			}
		}
	case *record.Case:
		add("note", t.Note)
		add("exploitation", t.Form)
		cited(t.Citations...)
	case *record.Source:
		headline("title", t.Title)
		add("note", t.Note)
	case *record.Observation:
		cited(t.Citation)
		add("note", t.Note)
		add("reason", t.Reason)
		add("counted", t.Counted)
		if t.Value.Kind == record.InWords {
			add("value", t.Value.Text)
		}
	case *record.Article:
		headline("title", t.Title)
	case *record.Claim:
		add("quote", t.Quote)
		for _, s := range []string{t.Statement.EN, t.Statement.SQ, t.Statement.SR} {
			headline("statement", s)
		}
	case *record.Reply:
		add("text", t.Text)
		if t.Citation != nil {
			cited(*t.Citation)
		}
	}
	return list
}

// care warns of what looks like a person in a thing's free texts. Before it is
// published somebody has to answer for having looked.
func (p *planner) care(it *Item, thing any) {
	for _, t := range freeTexts(thing) {
		p.careText(it, t)
	}
	p.repeatHeld(it, thing)
}

func (p *planner) careText(it *Item, t freeText) {
	if t.text == "" {
		return
	}
	warnings, known := p.cared[t]
	if !known {
		warnings = careReasons(t)
		if len(p.cared) > 1000 { // quotations repeat from row to row, not for ever
			clear(p.cared)
		}
		p.cared[t] = warnings
	}
	it.Doubts = append(it.Doubts, warnings...)
	if len(warnings) > 0 && p.opt.State == record.Published && !p.opt.Reviewed {
		it.Refused = append(it.Refused, Reason{Code: RefusedCare, Field: t.field, Detail: warnings[0].Detail})
	}
}

// careCodes are the doubts of what a text seems to hold.
var careCodes = map[record.CareCode]Code{
	record.CareNumber: DoubtPersonal, record.CarePhone: DoubtPersonal, record.CareEmail: DoubtPersonal, record.CareName: DoubtName,
	record.CareDescription: DoubtDescription, record.CareGroup: DoubtGroup,
}

func careReasons(t freeText) []Reason {
	var list []Reason
	for _, w := range record.Care(t.field, t.text) {
		if w.Code == record.CareName && t.headline {
			continue
		}
		list = append(list, Reason{Code: careCodes[w.Code], Field: w.Field, Detail: w.Found})
	}
	return list
}
