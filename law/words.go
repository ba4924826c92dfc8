package law

import (
	"strconv"

	"fener/locale"
)

// Words says part by part what was imposed: "imprisonment 3 years", "suspended
// (verification period 2 years)", "fine 600 euros". It is empty where nothing is
// on record. Texts begin in lower case, and amounts are in the pack's currency;
// a nil pack counts in euros.
func (s Sentence) Words(p *Pack, l locale.Lang) []string {
	var parts []string
	b := building(l)
	add := func(key string, pairs ...string) {
		parts = append(parts, finish(l, say(l, "sentence."+key, pairs...)))
	}
	switch s.Imprisonment.State {
	case ForTerm:
		add("prison", "length", locale.Length(b, s.Imprisonment.Term))
	case ForLife:
		add("life")
	case ForUnknownTerm:
		add("unknown_term")
	}
	switch {
	case s.Suspended == Yes && !s.Verification.IsZero():
		add("verification", "length", locale.Length(b, s.Verification))
	case s.Suspended == Yes:
		add("suspended")
	}
	switch s.ReplacedBy {
	case ReplacedByFine:
		if s.Replacing > 0 {
			add("by_fine_of", "fine", p.Money(b, s.Replacing))
		} else {
			add("by_fine")
		}
	case ReplacedByWork:
		add("by_work")
	}
	if s.WorkHours > 0 {
		add("hours_"+locale.Plural(b, int64(s.WorkHours)), "count", strconv.Itoa(s.WorkHours))
	}
	switch s.Fine.State {
	case FineOfAmount:
		add("fine", "fine", p.Money(b, s.Fine.Cents))
	case FineAmountUnknown:
		add("fine_unknown")
	case FineNotKnown:
		add("fine_open")
	}
	for _, m := range s.Measures.List() {
		parts = append(parts, m.Text(l))
	}
	if s.Other {
		add("other")
	}
	return parts
}
