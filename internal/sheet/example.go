package sheet

import (
	"fener/internal/record"
	"fener/locale"
)

// examples are what stands in the example row of each sheet: texts by their keys, words as the record holds them. The row is marked, and never read.
var examples = map[string]map[string]any{
	"shelters":     {"name": "shelter", "sort": "closed", "means": "one", "run_by": "run_by", "runs": "ngo", "takes": "takes", "capacity": 12, "since": "2010"},
	"calls":        {"name": "call", "funders": "funder", "shelters": "mark", "from": "01.01.2019", "to": "31.12.2019", "planned": "15.11.2018", "opened": "20.12.2018", "closed": "10.01.2019", "decided": "01.02.2019", "amount": 144000, "currency": "EUR"},
	"applications": {"shelters": "mark", "call": "mark", "date": "08.01.2019", "amount": 80000, "currency": "EUR", "outcome": "granted"},
	"grants":       {"shelters": "mark", "step": "contracted", "funders": "funder", "purpose": "running", "call": "mark", "decided": "01.02.2019", "signed": "15.02.2019", "from": "01.03.2019", "to": "31.12.2019", "amount": 72000, "currency": "EUR"},
	"payments":     {"shelters": "mark", "funders": "funder", "grant": "mark", "date": "20.03.2019", "amount": 36000, "currency": "EUR"},
	"closures":     {"shelters": "mark", "from": "01.01.2019", "to": "31.01.2019", "cause": "late_call", "call": "mark"},
	"gaps":         {"shelters": "mark", "from": "01.01.2019", "to": "28.02.2019", "lasted": "2 months", "about": "yes", "cause": "late_call", "call": "mark", "kept": "open", "means": "means"},
	"events":       {"what": "vote", "name": "event", "from": "03.02.2019"},
	"services":     {"shelter": "mark", "counts": "people", "from": "2019", "value": 24},
}

// example is the example row of a sheet in a language, by column.
func example(l locale.Lang, s *record.Sheet) map[string]any {
	row := map[string]any{"id": say(l, "example.mark"), "published": "01.03.2020", "source": say(l, "example.source"), "place": say(l, "example.place"), "quote": say(l, "example.quote")}
	own := map[locale.Lang]string{locale.SQ: "_sq", locale.EN: "_en"}[l]
	if own == "" {
		own = "_sr"
	}
	for column, value := range examples[s.Name] {
		if column == "name" || column == "takes" || column == "means" && s.Name == "gaps" {
			column += own
		}
		if text, ok := value.(string); ok {
			value = exampleText(l, column, s.Cells[column], text)
		}
		row[column] = value
	}
	return row
}

func exampleText(l locale.Lang, column string, c record.Cell, text string) string {
	if len(Choices(c)) > 0 {
		return Word(l, column, text)
	}
	if said := say(l, "example."+text); said != "example."+text {
		if column == "name_sr" || column == "takes_sr" || column == "means_sr" {
			return locale.Latin(said)
		}
		return said
	}
	return text
}
