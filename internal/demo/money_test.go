// This file holds the example's shelters and their money against the collection that they were taken from, as collected_test.go does with figures.
package demo_test

import (
	"encoding/csv"
	"fmt"
	"math/big"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/period"
)

// A moneyRow is one row of the example's sheets on shelters and their money.
type moneyRow struct {
	at     string // file and line
	kind   record.Kind
	id     string
	body   record.Body
	origin []string
}

// moneyKinds are the kinds whose sheets the example has, and how many rows.
var moneyKinds = map[record.Kind]int{
	record.ShelterKind: 31, record.CallKind: 6, record.GrantKind: 27, record.PaymentKind: 4, record.ClosureKind: 6, record.GapKind: 6, record.EventKind: 26, record.ServiceKind: 5,
}

// money are all rows of these sheets, by id in their kind.
func money(t *testing.T) []moneyRow {
	t.Helper()
	var all []moneyRow
	for _, d := range record.Definitions {
		if moneyKinds[d.Kind] == 0 {
			continue
		}
		lines, err := csv.NewReader(opened(t, d.Sheet.Name+".csv")).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if n := len(lines) - 1; n != moneyKinds[d.Kind] {
			t.Errorf("%s.csv has %d rows, expected %d", d.Sheet.Name, n, moneyKinds[d.Kind])
		}
		for i, line := range lines[1:] {
			cells := map[string]string{}
			for c, head := range lines[0] {
				if head != "origin" && !slices.Contains(d.Sheet.Columns, head) {
					t.Fatalf("%s.csv: there is no column %s", d.Sheet.Name, head)
				}
				cells[head] = line[c]
			}
			row := record.NewRow(func(column string) string { return cells[column] })
			r := moneyRow{at: fmt.Sprintf("%s.csv:%d", d.Sheet.Name, i+2), kind: d.Kind, origin: strings.Split(cells["origin"], "; ")}
			r.id, _, r.body = d.Sheet.Read(row)
			for _, f := range append(row.Wrong(), r.body.Validate(true)...) {
				t.Errorf("%s: %s %s", r.at, f.Field, f.What)
			}
			for _, doubt := range row.Doubts() {
				t.Errorf("%s: %s can be read as %s too", r.at, doubt.Field, doubt.Other)
			}
			all = append(all, r)
		}
	}
	return all
}

// tells is what a row tells, with its sums and its period; each is nil or empty where the kind has none.
func (r *moneyRow) tells() (telling *record.Telling, sum *record.Amount, from, to period.Date) {
	switch b := r.body.(type) {
	case *record.Shelter:
		return &b.Telling, nil, b.Since, b.Until
	case *record.Call:
		return &b.Telling, b.Amount, b.From, b.To
	case *record.Grant:
		return &b.Telling, b.Amount, b.From, b.To
	case *record.Payment:
		return &b.Telling, b.Amount, b.From, b.To
	case *record.Closure:
		return &b.Telling, nil, b.From, b.To
	case *record.Gap:
		return &b.Telling, nil, b.From, b.To
	case *record.Event:
		return &b.Telling, nil, b.From, b.To
	case *record.Service:
		return &b.Telling, nil, b.From, b.To
	}
	return nil, nil, from, to
}

// noMoney are the collected rows of round2/funding.csv that are no record of money for a shelter, and why.
var noMoney = map[string]string{
	"funding.csv:4":  "four organisations for persons with disabilities: no shelters",
	"funding.csv:10": "a share of costs, not a sum; the grant of that year says it in its note",
	"funding.csv:14": "a share of a ministry's budget for all social services, not a sum",
	"funding.csv:20": "30 organisations that are not named, no sum and no date: nothing of it can be laid beside anything",
	"funding.csv:22": "a project for police, prosecutors and case-law: no shelter",
	"funding.csv:23": "compensation of victims of any crime, not shelter; it stays an observation",
	"funding.csv:36": "what eight shelters need, not money; it stays an observation",
	"funding.csv:37": "what was asked of the Assembly, not money; it stays an observation",
	"funding.csv:38": "a share in words; it stays an observation",
}

// otherDates are collected rows with a period that the example has otherwise, and why.
var otherDates = map[string]string{
	"events.csv:6":   "the day feared stands in the gap; the warning itself is of December 2023",
	"events.csv:8":   "the same, of November 2020 and January 2021",
	"events.csv:15":  "the quarter that the money was asked for; the day of the request is not known",
	"events.csv:16":  "what was signed that day stands in the grant with its years",
	"events.csv:17":  "the day of the signature; until when it runs is in the event's name",
	"funding.csv:18": "the opening of June 2008; how long the money lasted is not said",
	"funding.csv:19": "the day of a signature, not a period",
	"funding.csv:40": "the month of the decision, not a period",
	"funding.csv:21": "the month in which programmes ended, of which the source gives no day",
	"funding.csv:11": "until June 2025 is the day of the source",
	"funding.csv:2":  "January 2023 is all that the source says",
	"funding.csv:7":  "until 28 August 2023 is the day of the source",
	"funding.csv:8":  "the same",
	"shelters.csv:2": "the month of the opening",
	"shelters.csv:4": "the memorandum of 2003 is an event; when the house opened is not said",
	"shelters.csv:7": "the day on which the law came into force",
}

func TestEveryRowOfShelterMoneyIsThere(t *testing.T) {
	known, by := sources(t), map[string][]moneyRow{}
	for _, r := range money(t) {
		for _, o := range r.origin {
			by[o] = append(by[o], r)
		}
	}
	total := 0
	for _, name := range []string{"round2/funding.csv", "round2/events.csv", "round2/shelters.csv"} {
		rows := collected(t, name)
		total += len(rows)
		for i, c := range rows {
			origin := fmt.Sprintf("%s:%d", path.Base(name), i+2)
			switch found := by[origin]; {
			case noMoney[origin] != "" && len(found) > 0:
				t.Errorf("%s is left out because it is %s, and stands in %s", origin, noMoney[origin], found[0].at)
			case noMoney[origin] == "" && len(found) == 0:
				t.Errorf("%s is neither on record nor left out with a reason: %v", origin, c)
			}
		}
	}
	if total != 72 {
		t.Errorf("%d collected rows, expected 39, 26 and 7", total)
	}
	for _, r := range money(t) {
		told, _, _, _ := r.tells()
		if !slices.ContainsFunc(r.origin, func(o string) bool { return inWords(collectedRow(t, o)["quote"], told.Citation.Quote) }) {
			t.Errorf("%s: its quotation stands in none of %v: %q", r.at, r.origin, told.Citation.Quote)
		}
	}
	for origin, rows := range by {
		file, _, _ := strings.Cut(origin, ":")
		c := collectedRow(t, origin)
		for _, r := range rows {
			told, sum, from, to := r.tells()
			address := c["address"] + c["source_url"]
			if have := known[told.Citation.Source].Address; have != address && !strings.HasPrefix(address, "https://github.com/") {
				t.Errorf("%s: %s is cited from %s, recorded from %s", r.at, origin, address, have)
			}
			if file == "funding.csv" && sum != nil && !sameSum(c["amount"], sum) {
				t.Errorf("%s: %s %s is recorded as %s", r.at, c["amount"], c["currency"], sum)
			}
			if file == "funding.csv" && sum == nil && r.kind != record.ShelterKind && c["amount"] != "" && !strings.HasPrefix(c["currency"], "percent") {
				t.Errorf("%s: the sum %s of %s is lost", r.at, c["amount"], origin)
			}
			if file == "funding.csv" || file == "events.csv" {
				samePeriodOfMoney(t, &r, origin, c, from, to)
			}
		}
	}
}

// samePeriodOfMoney compares the period of a row with the collected one, which has days where the source has months or years.
func samePeriodOfMoney(t *testing.T, r *moneyRow, origin string, c map[string]string, from, to period.Date) {
	t.Helper()
	if r.kind == record.ShelterKind || otherDates[origin] != "" {
		return
	}
	first, last := c["period_from"]+c["date_from"], c["period_to"]+c["date_to"]
	if first == "" && (!from.IsZero() || !to.IsZero()) {
		t.Errorf("%s: %s has no date, and %s to %s is recorded", r.at, origin, from, to)
	}
	if first == "" || from.IsZero() && r.kind == record.CallKind {
		return
	}
	day, err := period.ParseDate(first)
	if err != nil || from.First() != day.First() {
		t.Errorf("%s: %s begins %s and is recorded from %s", r.at, origin, first, from)
	}
	if !to.IsZero() && last != "" {
		if day, err = period.ParseDate(last); err != nil || to.Last() != day.Last() {
			t.Errorf("%s: %s ends %s and is recorded until %s", r.at, origin, last, to)
		}
	}
}

// collectedRow is the row of the collection that an origin names.
func collectedRow(t *testing.T, origin string) map[string]string {
	t.Helper()
	file, line, ok := strings.Cut(origin, ":")
	n := 0
	if _, err := fmt.Sscan(line, &n); !ok || err != nil {
		t.Fatalf("%q names no row", origin)
	}
	if !slices.Contains([]string{"observations.csv", "observations2.csv"}, file) {
		file = "round2/" + file
	}
	rows := collected(t, file)
	if n < 2 || n-2 >= len(rows) {
		t.Fatalf("%s: there is no such row", origin)
	}
	return rows[n-2]
}

// inWords reports whether a quotation stands in the collected one, whatever spaces part the words.
func inWords(collected, recorded string) bool {
	words := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	return recorded != "" && strings.Contains(words(collected), words(recorded))
}

func sameSum(collected string, sum *record.Amount) bool {
	want, ok1 := new(big.Rat).SetString(collected)
	have, ok2 := sum.Rat()
	return ok1 && ok2 && want.Cmp(have) == 0 && sum.Currency == "EUR"
}

// sumWords are how the quotations write sums in other ways than with all digits.
var sumWords = map[string]string{
	"1500000": `1[.,]5 milion|1\.5 million`, "900000": "900 mijë|900,000", "70000": "70 mijë", "2500000": `2\.5 milion`, "880000": "880 mijë", "130000": "130 mijë",
}

func TestEverySumAndNameOfShelterMoneyStands(t *testing.T) {
	rows, known, ids, used := money(t), sources(t), map[record.Thing]bool{}, map[record.Thing]bool{}
	for _, r := range rows {
		if ids[record.Thing{Kind: r.kind, ID: r.id}] {
			t.Errorf("%s: %s stands there twice", r.at, r.id)
		}
		ids[record.Thing{Kind: r.kind, ID: r.id}] = true
	}
	sums := 0
	for _, r := range rows {
		told, sum, _, _ := r.tells()
		if src, ok := known[told.Citation.Source]; !ok || told.Published != src.Published {
			t.Errorf("%s: source %s is there: %v; published %s, its source %s", r.at, told.Citation.Source, ok, told.Published, src.Published)
		}
		if sum != nil {
			sums++
			if w := sumWords[sum.Low]; !stands(sum.Low, told.Citation.Quote) && (w == "" || !regexp.MustCompile("(?i)"+w).MatchString(told.Citation.Quote)) {
				t.Errorf("%s: %s does not stand in %q", r.at, sum, told.Citation.Quote)
			}
		}
		for _, ref := range record.Refs(r.body) {
			at := record.Thing{Kind: ref.Kind, ID: *ref.ID}
			if used[at] = true; *ref.ID != "" && ref.Kind != record.SourceKind && !ref.Words && !ids[at] {
				t.Errorf("%s: there is no %s", r.at, at)
			}
		}
		for _, n := range namesOf(r.body) {
			if n.EN == "" || n.SQ == "" || n.SR == "" {
				t.Errorf("%s lacks a language: %+v", r.at, n)
			}
		}
	}
	if sums < 25 {
		t.Errorf("only %d sums were looked for", sums)
	}
	for at := range ids {
		if at.Kind == record.ShelterKind && !used[at] && at.ID != "shelter-opened-2013" {
			t.Errorf("nothing is told of %s", at)
		}
	}
}

func namesOf(b record.Body) (list []record.Names) {
	switch b := b.(type) {
	case *record.Shelter:
		if list = []record.Names{b.Names}; b.Takes != (record.Names{}) {
			list = append(list, b.Takes)
		}
	case *record.Call:
		list = []record.Names{b.Names}
	case *record.Event:
		list = []record.Names{b.Names}
	}
	return list
}
