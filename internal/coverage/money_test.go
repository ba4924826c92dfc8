package coverage

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"fener/internal/record"
)

func euros(t *testing.T, text string) *record.Amount {
	t.Helper()
	a, _, err := record.ParseAmount(text, "EUR")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// with is a grant with a sum.
func with(g *record.Grant, a *record.Amount) *record.Grant {
	g.Amount = a
	return g
}

// Sums are added up within one year, one step and the same shelters, and nowhere else.
func TestMoneyIsAddedUpWhereItIsTheSameThing(t *testing.T) {
	for name, row := range map[string]struct {
		things map[string]record.Body
		want   string
	}{
		"two grants of a year": {map[string]record.Body{"grant:g": with(grant("a", "contracted", "2017-01", "2017-06"), euros(t, "10,000.50")), "grant:h": with(grant("a", "contracted", "2017-07", "2017-12"), euros(t, "20,000.25"))},
			"2017 contracted 30000.75"},
		"what was planned and what was paid": {map[string]record.Body{"grant:g": with(grant("a", "planned", "2017", "2017"), euros(t, "60,000")), "payment:p": &record.Payment{Shelters: []string{"a"}, Date: date("2017-05-02"), Amount: euros(t, "36,000")}},
			"2017 planned 60000, 2017 paid 36000"},
		"about": {map[string]record.Body{"grant:g": with(grant("a", "reported", "2017", "2017"), euros(t, "around 72,000"))}, "2017 reported ~72000"},
		"two that tell of one grant": {map[string]record.Body{"grant:g": with(grant("a", "awarded", "2023", "2023"), euros(t, "900,000")), "grant:h": same(with(grant("a", "awarded", "2023", "2023"), euros(t, "1.5 million")), "g")},
			"2023 awarded none of 2"},
		"each shelter":   {map[string]record.Body{"grant:g": with(grant("a", "planned", "2019", "2019"), &record.Amount{Stated: record.Stated{Text: "60,000", Kind: record.Exact, Low: "60000"}, Currency: "EUR", Per: "shelter"})}, "2019 planned none of 1"},
		"between two":    {map[string]record.Body{"grant:g": with(grant("a", "planned", "2019", "2019"), euros(t, "10,000-20,000"))}, "2019 planned none of 1"},
		"two currencies": {map[string]record.Body{"grant:g": with(grant("a", "paid", "2019", "2019"), euros(t, "10,000")), "grant:h": with(grant("a", "paid", "2019", "2019"), &record.Amount{Stated: record.Stated{Text: "5", Kind: record.Exact, Low: "5"}, Currency: "USD"})}, "2019 paid 10000, 2019 paid 5"},
		"a group's":      {map[string]record.Body{"shelter:two": both, "grant:g": with(grant("two", "reported", "2017", "2017"), euros(t, "72,000")), "grant:h": with(grant("a", "reported", "2017", "2017"), euros(t, "5,000"))}, "2017 reported 5000, 2017 reported 72000"},
		"not verified": {map[string]record.Body{"grant:g": func() *record.Grant {
			g := with(grant("a", "reported", "2017", "2017"), euros(t, "72,000"))
			g.Doubtful = true
			return g
		}()}, "2017 reported none of 1"},
		"nobody says when": {map[string]record.Body{"grant:g": with(grant("a", "awarded", "", ""), euros(t, "2.5 million"))}, "0 awarded 2500000"},
		"no sum":           {map[string]record.Body{"grant:g": grant("a", "awarded", "2017", "2017")}, ""},
	} {
		var got []string
		for _, s := range setOf(row.things).MoneyOf("a") {
			total := s.Total
			if s.About {
				total = "~" + total
			}
			if s.Sum == nil {
				total = fmt.Sprintf("none of %d", len(s.Told))
			}
			got = append(got, fmt.Sprintf("%d %s %s", s.Year, s.Step, total))
		}
		if text := strings.Join(got, ", "); text != row.want {
			t.Errorf("%s: %s, want %s", name, text, row.want)
		}
	}
}

func gapText(list []Gap) string {
	var parts []string
	for _, g := range list {
		text := fmt.Sprintf("%s..%s %d", g.From, g.To, g.Days)
		for _, flag := range []struct {
			is   bool
			name string
		}{{g.About, "about"}, {g.Open, "open"}, {g.Kept, "kept"}, {g.Bridged, "bridged"}, {g.Perhaps, "perhaps"}, {g.Yearly, "yearly"}, {g.CallFound, "computed"}} {
			if flag.is {
				text += " " + flag.name
			}
		}
		parts = append(parts, strings.TrimSpace(text+" "+g.Cause+" "+g.Call))
	}
	return strings.Join(parts, ", ")
}

func TestGapsAreToldWithTheirCause(t *testing.T) {
	call := &record.Call{Shelters: []string{"a"}, Funders: []string{"ministry"}, From: date("2018-01"), To: date("2018-12"), Opened: date("2018-03-01")}
	for name, row := range map[string]struct {
		things map[string]record.Body
		want   string
	}{
		"with its days":      {map[string]record.Body{"gap:x": gap("a", "2018-01-01", "2018-01-31", func(g *record.Gap) { g.Cause = "late_call" })}, "2018-01-01..2018-01-31 31 late_call"},
		"known to the month": {map[string]record.Body{"gap:x": gap("a", "2018-01", "2018-02")}, "2018-01-01..2018-02-28 59 about"},
		"two that tell of it": {map[string]record.Body{"gap:x": gap("a", "2018-01-01", "2018-01-31"), "gap:y": gap("a", "2018-01-15", "2018-02-10", func(g *record.Gap) { g.Cause = "late_call" })},
			"2018-01-01..2018-02-10 41 late_call"},
		"with the call that came late": {map[string]record.Body{"gap:x": gap("a", "2018-01-01", "2018-01-31"), "call:c": call}, "2018-01-01..2018-01-31 31 computed  c"},
		"with a call for others": {map[string]record.Body{"gap:x": gap("a", "2018-01-01", "2018-01-31"),
			"call:c": &record.Call{Shelters: []string{"b"}, From: date("2018-01"), To: date("2018-12"), Opened: date("2018-03-01")}}, "2018-01-01..2018-01-31 31"},
		"with a call of which nobody says for whom it is": {map[string]record.Body{"gap:x": gap("a", "2018-01-01", "2018-01-31"),
			"call:c": &record.Call{From: date("2018-01"), To: date("2018-12"), Opened: date("2018-03-01")}}, "2018-01-01..2018-01-31 31"},
		"of two calls the one that opened first": {map[string]record.Body{"gap:x": gap("a", "2018-01-01", "2018-01-31"), "call:c": call,
			"call:a": &record.Call{Shelters: []string{"a"}, From: date("2018-01"), To: date("2018-12"), Opened: date("2018-04-01")}}, "2018-01-01..2018-01-31 31 computed  c"},
		"that began on a day and whose end nobody tells": {map[string]record.Body{"gap:x": gap("a", "2018-01-10", "")}, "2018-01-10..2018-01-10 1 open"},
		"with the call that a source says":               {map[string]record.Body{"gap:x": gap("a", "2018-01-01", "2018-01-31", func(g *record.Gap) { g.Call = "d" }), "call:c": call}, "2018-01-01..2018-01-31 31  d"},
		"somewhere in a year":                            {map[string]record.Body{"gap:x": gap("a", "2017", "2017")}, "2017..2017 0 about"},
		"of every year":                                  {map[string]record.Body{"gap:x": gap("a", "2016", "2018", func(g *record.Gap) { g.Yearly = true })}, "2016..2018 0 about yearly"},
		"of one that is not named":                       {map[string]record.Body{"shelter:o": oneOfTwo, "gap:x": gap("o", "2018-01-01", "2018-01-31")}, "2018-01-01..2018-01-31 0 about perhaps"},
		"and perhaps every year": {map[string]record.Body{"shelter:o": oneOfTwo, "gap:x": gap("a", "2019-01-01", "2019-01-31", func(g *record.Gap) { g.Cause = "no_money" }),
			"gap:a-yearly": gap("o", "2019", "2019", func(g *record.Gap) { g.Yearly, g.Cause = true, "late_call" })}, "2019-01-01..2019-01-31 31 no_money, 2019..2019 0 about perhaps yearly late_call"},
		"kept open": {map[string]record.Body{"gap:x": gap("a", "2024-01-01", "2024-01-31", func(g *record.Gap) { g.Kept = "open" })}, "2024-01-01..2024-01-31 31 kept"},
		"paid for in between": {map[string]record.Body{"gap:x": gap("a", "2018-01-01", "2018-01-31"), "gap:y": gap("a", "2018-03-01", "2018-03-31"), "grant:g": grant("a", "contracted", "2018-02-01", "2018-02-28")},
			"2018-01-01..2018-01-31 31, 2018-03-01..2018-03-31 31"},
	} {
		s := setOf(row.things)
		if got := gapText(s.Gaps(s.Strip("a", date("2015-01-01"), date("2025-12-31")))); got != row.want {
			t.Errorf("%s: %s, want %s", name, got, row.want)
		}
	}
}

func TestDelaysAreAgainstPlanYearBeforeAndPeriod(t *testing.T) {
	s := setOf(map[string]record.Body{
		"call:2017":  &record.Call{Funders: []string{"labour"}, Opened: date("2017-01-10"), Decided: date("2017-02")},
		"call:2018":  &record.Call{Funders: []string{"justice"}, From: date("2018-01-01"), To: date("2018-12-31"), Planned: date("2018-01"), Opened: date("2018-03-01"), Decided: date("2018-04-15")},
		"call:2024":  &record.Call{Funders: []string{"justice"}, Planned: date("2023-11"), NotHeld: true},
		"grant:g":    &record.Grant{Shelters: []string{"a"}, Call: "2018", Step: "contracted", Signed: date("2018-05-01"), From: date("2018-01-01"), To: date("2018-12-31")},
		"payment:p":  &record.Payment{Shelters: []string{"a"}, Grant: "g", Date: date("2018-06-01")},
		"call:other": &record.Call{Funders: []string{"embassy"}, Opened: date("2017-06-01")},
	})
	heirs := func(f string) string { return map[string]string{"labour": "justice"}[f] }
	var got []string
	for _, d := range append(s.Delays("2018", heirs), s.Delays("2024", heirs)...) {
		text := fmt.Sprintf("%s/%s %d..%d", d.Step, d.Against, d.Least, d.Most)
		if d.Never {
			text = d.Step + "/" + d.Against + " never"
		}
		got = append(got, text)
	}
	want := "opened/plan 29..59, opened/year_before 50..50, decided/year_before 46..73, opened/period 59..59, decided/period 104..104, signed/period 120..120, paid/period 151..151, opened/plan never"
	if text := strings.Join(got, ", "); text != want {
		t.Errorf("\n got %s\nwant %s", text, want)
	}
	if list := s.Delays("2018", nil); strings.Contains(fmt.Sprint(list), "year_before") {
		t.Error("another body's call was taken for the year before's, though nothing says that the one took over from the other")
	}
}

func TestWhatDoesNotFitTogetherIsADoubt(t *testing.T) {
	signed := func(id string) *record.Grant {
		g := with(grant("a", "contracted", "2017-01-01", "2017-12-31"), euros(t, "12,000"))
		g.Signed = date("2017-02-01")
		return g
	}
	pay := func(grant, day, sum string) *record.Payment {
		return &record.Payment{Grant: grant, Funders: []string{"ministry"}, Shelters: []string{"a"}, Date: date(day), Amount: euros(t, sum)}
	}
	for name, row := range map[string]struct {
		things map[string]record.Body
		want   string
	}{
		"all is well":                 {map[string]record.Body{"grant:g": signed("g"), "payment:p": pay("g", "2017-03-01", "12,000")}, ""},
		"no grant":                    {map[string]record.Body{"payment:p": pay("", "2017-03-01", "1,000")}, "payment:p payment_without_grant"},
		"no payment":                  {map[string]record.Body{"grant:g": signed("g")}, "grant:g grant_without_payment"},
		"above":                       {map[string]record.Body{"grant:g": signed("g"), "payment:p": pay("g", "2017-03-01", "8,000"), "payment:q": pay("g", "2017-04-01", "4,000.10")}, "grant:g paid_above_grant 0.10"},
		"before it was signed":        {map[string]record.Body{"grant:g": signed("g"), "payment:p": pay("g", "2017-01-15", "8,000")}, "payment:p paid_before_signed 2017-02-01"},
		"twice":                       {map[string]record.Body{"grant:g": signed("g"), "payment:p": pay("g", "2017-03-01", "4,000"), "payment:q": pay("g", "2017-03-01", "4,000")}, "payment:q same_sum_twice 4,000 EUR"},
		"twice, and said to be one":   {map[string]record.Body{"grant:g": signed("g"), "payment:p": pay("g", "2017-03-01", "4,000"), "payment:q": func() *record.Payment { p := pay("g", "2017-03-01", "4,000"); p.SamePayment = "p"; return p }()}, ""},
		"two for the same days":       {map[string]record.Body{"grant:g": signed("g"), "grant:h": grant("a", "contracted", "2017-12-01", "2018-06-30"), "payment:p": pay("g", "2017-03-01", "1"), "payment:q": pay("h", "2018-03-01", "1")}, "grant:h grants_overlap 31"},
		"signed when it was all over": {map[string]record.Body{"grant:g": func() *record.Grant { g := signed("g"); g.Signed = date("2018-02-01"); return g }(), "payment:p": pay("g", "2018-03-01", "1")}, "grant:g signed_after_period 2018-02-01"},
	} {
		var got []string
		for _, d := range setOf(row.things).Doubts(date("2026-01-01")) {
			got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s", strings.Replace(d.Thing.String(), " ", ":", 1), d.Code, d.Detail)))
		}
		if text := strings.Join(got, ", "); text != row.want {
			t.Errorf("%s: %s, want %s", name, text, row.want)
		}
	}
}

func TestWhatIfTheCallHadOpenedOnTime(t *testing.T) {
	g := with(grant("a", "contracted", "2018-04-01", "2018-12-31"), euros(t, "27,500"))
	g.Call = "c"
	s := setOf(map[string]record.Body{"call:c": &record.Call{Funders: []string{"ministry"}, Opened: date("2018-03-01")}, "call:coarse": &record.Call{Funders: []string{"ministry"}, Opened: date("2018-03")},
		"grant:g": g, "gap:x": gap("a", "2018-01-01", "2018-01-31")})
	got, err := s.WhatIf("a", "c", date("2017-12-01"))
	if err != nil {
		t.Fatal(err)
	}
	if got.By != 90 || got.Gained != 90 || got.Earlier != date("2018-01-01") || got.OfThem[Without] != 31 || got.OfThem[NotKnown] != 59 {
		t.Errorf("%+v", got)
	}
	if Decimal(got.ADay) != "100" || Decimal(got.ADayThen) != "75.34" { // 27,500 euros over 275 days, and over 365
		t.Errorf("%s and %s euros a day", Decimal(got.ADay), Decimal(got.ADayThen))
	}
	s.Put(record.Thing{Kind: record.CallKind, ID: "c"}, &record.Call{Funders: []string{"ministry"}, From: date("2018-02"), Opened: date("2018-03-01")})
	if got, err = s.WhatIf("a", "c", date("2017-06-01")); err != nil || got.Earlier != date("2018-02-01") || got.Gained != 59 || got.By != 273 {
		t.Errorf("a call that funds nothing before February: %+v %v", got, err)
	}
	s.Put(record.Thing{Kind: record.CallKind, ID: "c"}, &record.Call{Funders: []string{"ministry"}, Opened: date("2018-03-01")})
	for name, row := range map[string]struct {
		shelter, call, opened string
		want                  error
	}{
		"no call": {"a", "none", "2018-01-01", ErrNoCall}, "a call of a month": {"a", "coarse", "2018-01-01", ErrNotDated}, "a month": {"a", "c", "2018-01", ErrNotADay},
		"later": {"a", "c", "2018-03-01", ErrLater}, "another shelter": {"b", "c", "2018-01-01", ErrNoGrant},
	} {
		if _, err := s.WhatIf(row.shelter, row.call, date(row.opened)); !errors.Is(err, row.want) {
			t.Errorf("%s: %v, want %v", name, err, row.want)
		}
	}
}
