package record

import (
	"strings"
	"testing"
)

func TestAChangeOfPricesIsReadAsTablesStateIt(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"1.5", "1.5"}, {"1,5 %", "1.5"}, {"-0.536929392740659", "-0.536929392740659"}, {"−0,5", "-0.5"}, {"11.58%", "11.58"}, {"1,488", "1.488"}, {"0", "0"},
		{"increase", ""}, {"", ""}, {"<2", ""}, {"1 to 2", ""},
	} {
		p := Price{Change: changeWritten(row.text)}
		got := ""
		if n, ok := p.Rat(); ok {
			got = n.FloatString(15)
			got = strings.TrimSuffix(strings.TrimRight(got, "0"), ".")
		}
		if got == "" && row.want == "0" {
			got = "0"
		}
		if got != row.want {
			t.Errorf("%q is read as %q; want %q", row.text, got, row.want)
		}
	}
}

func TestAChangeOfPricesStandsInItsQuotation(t *testing.T) {
	good := func() *Price {
		return &Price{Country: "XK", Currency: "EUR", Year: 2017, Change: changeWritten("1.5"), Citation: Citation{Source: "s", Quote: "SYNTHETIC: prices rose by 1.5 per cent"}}
	}
	for _, row := range []struct {
		what  string
		with  func(*Price)
		field string // empty: nothing is wrong
	}{
		{"as it should be", func(*Price) {}, ""},
		{"another number in the quotation", func(p *Price) { p.Citation.Quote = "SYNTHETIC: prices rose by 1.6 per cent" }, "change"},
		{"no quotation", func(p *Price) { p.Citation.Quote = "" }, "change"},
		{"no number", func(p *Price) { p.Change = changeWritten("rose") }, "change"},
		{"no percent: an index", func(p *Price) { p.Change = changeWritten("-112.4") }, "change"},
		{"a country's name", func(p *Price) { p.Country = "Kosovo" }, "country"},
		{"an unknown currency", func(p *Price) { p.Currency = "ZZZ" }, "currency"},
		{"no year", func(p *Price) { p.Year = 0 }, "year"},
	} {
		p := good()
		row.with(p)
		fields := map[string]bool{}
		for _, f := range p.Validate(true) {
			fields[f.Field] = true
		}
		if row.field == "" && len(fields) > 0 || row.field != "" && !fields[row.field] {
			t.Errorf("%s: faults in %v; want %q", row.what, fields, row.field)
		}
	}
}
