package batch

import "fener/internal/record"

// care warns of what looks like a person in a thing's free texts. Before it is
// published somebody has to answer for having looked.
func (p *planner) care(it *Item, thing record.Body) {
	for _, t := range thing.Texts() {
		p.careText(it, t)
	}
	p.repeatHeld(it, thing)
}

func (p *planner) careText(it *Item, t record.Text) {
	if t.Text == "" {
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
		it.Refused = append(it.Refused, Reason{Code: RefusedCare, Field: t.Field, Detail: warnings[0].Detail})
	}
}

// careCodes are the doubts of what a text seems to hold.
var careCodes = map[record.CareCode]Code{
	record.CareNumber: DoubtPersonal, record.CarePhone: DoubtPersonal, record.CareEmail: DoubtPersonal, record.CareName: DoubtName,
	record.CareDescription: DoubtDescription, record.CareGroup: DoubtGroup,
}

// CareReasons are the doubts of what a free text seems to hold about a person.
func CareReasons(text string) []Reason { return careReasons(record.Text{Text: text}) }

// CareOf are the doubts of what the free texts of a thing seem to hold about a person, each with its field.
func CareOf(thing record.Body) (list []Reason) {
	for _, t := range thing.Texts() {
		if t.Text != "" {
			list = append(list, careReasons(t)...)
		}
	}
	return list
}

// AsksForALook reports whether a doubt is one of what a text seems to hold about a person: somebody has to look before it is published.
func (r Reason) AsksForALook() bool {
	for _, code := range careCodes {
		if r.Code == code {
			return true
		}
	}
	return false
}

func careReasons(t record.Text) []Reason {
	var list []Reason
	for _, w := range record.Care(t.Field, t.Text) {
		if w.Code == record.CareName && t.Headline {
			continue
		}
		list = append(list, Reason{Code: careCodes[w.Code], Field: w.Field, Detail: w.Found})
	}
	return list
}
