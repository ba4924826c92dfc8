package record_test

import (
	"strings"
	"testing"

	"fener/internal/record"
	"fener/period"
)

func TestAHelplineIsPrintedOnlyAsItsSourceHasIt(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*record.Helpline)
		want   string // field of the first fault; empty: none
	}{
		"as it should be":                     {func(*record.Helpline) {}, ""},
		"several numbers":                     {func(h *record.Helpline) { h.Numbers = []string{"192", "+383 38 200 00 000"} }, ""},
		"no name":                             {func(h *record.Helpline) { h.Names = record.Names{} }, "names"},
		"an unknown service":                  {func(h *record.Helpline) { h.Service = "other" }, "service"},
		"words for a number":                  {func(h *record.Helpline) { h.Numbers = []string{"192 or 0800"} }, "numbers"},
		"marks without a digit":               {func(h *record.Helpline) { h.Numbers = []string{"-"} }, "numbers"},
		"neither number nor address":          {func(h *record.Helpline) { h.Numbers = nil }, "numbers"},
		"an address alone":                    {func(h *record.Helpline) { h.Numbers, h.Contact = nil, "office@example.org" }, ""},
		"no number in its source":             {func(h *record.Helpline) { h.Numbers, h.Doubt = nil, record.NoNumber }, ""},
		"not open yet":                        {func(h *record.Helpline) { h.Numbers, h.Doubt = nil, record.NotYetOpen }, ""},
		"a number that is said to be none":    {func(h *record.Helpline) { h.Doubt = record.NoNumber }, "doubt"},
		"an unknown doubt":                    {func(h *record.Helpline) { h.Doubt = "perhaps" }, "doubt"},
		"an unknown language":                 {func(h *record.Helpline) { h.Languages = []string{"Albanian"} }, "languages"},
		"of nobody knows when":                {func(h *record.Helpline) { h.AsOf = period.Date{} }, "as_of"},
		"undated, and said to be":             {func(h *record.Helpline) { h.AsOf, h.Doubt = period.Date{}, record.UndatedNumber }, ""},
		"no source":                           {func(h *record.Helpline) { h.Citation.Source = "" }, "citations[0].source"},
		"no quotation":                        {func(h *record.Helpline) { h.Citation.Quote = " " }, "citations[0].quote"},
		"a note that is an article by itself": {func(h *record.Helpline) { h.Note = strings.Repeat("x", record.MaxText+1) }, "note"},
	} {
		t.Run(name, func(t *testing.T) {
			h := &record.Helpline{Names: record.Names{EN: "Line"}, Service: "help", Numbers: []string{"0800 00 000"}, AsOf: period.MustDate("2024"),
				Citation: record.Citation{Source: "s", Quote: "call 0800 00 000"}}
			c.change(h)
			faults := h.Validate(true)
			if c.want == "" && len(faults) > 0 || c.want != "" && (len(faults) == 0 || faults[0].Field != c.want) {
				t.Errorf("faults are %v, expected one at %q", faults, c.want)
			}
		})
	}
}
