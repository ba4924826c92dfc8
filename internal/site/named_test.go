package site

import (
	"net/http"
	"strings"
	"testing"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// Addresses made of the words by which files name things lead to those of ids, as
// long as the thing stands in public and shows the words.
func TestAddressesOfWordsLeadToThoseOfIDs(t *testing.T) {
	d := newRecord(t)
	day, err := period.ParseDate("2020-05-05")
	if err != nil {
		t.Fatal(err)
	}
	enter := func(kind record.Kind, words string, thing any) string {
		id := d.id(kind, words)
		d.enter(kind, id, 0, record.Published, "try", thing)
		return id
	}
	source := func(words, title string) string {
		return enter(record.SourceKind, words, &record.Source{Title: title, Publisher: "SYNTHETIC Gazeta", Published: day, Kind: "article", Synthetic: true})
	}
	report := source("a-report-of-2020", "SYNTHETIC report")
	source("ana-of-peja", "SYNTHETIC Ana of Peja")
	withdrawn, erased := source("withdrawn", "SYNTHETIC withdrawn"), source("erased", "SYNTHETIC erased")
	chain := enter(record.CaseKind, "p-1-2020-peja", &record.Case{Numbers: []string{"P 1/20"}, Synthetic: true})
	enter(record.CaseKind, "child", &record.Case{Numbers: []string{"P 2/20"}, ChildVictim: law.Yes, Synthetic: true,
		Citations: []record.Citation{{Source: d.id(record.SourceKind, "ana-of-peja"), Quote: "SYNTHETIC words"}}})
	d.enter(record.SourceKind, withdrawn, 1, record.Withdrawn, "try", &record.Source{Title: "SYNTHETIC withdrawn", Kind: "article"})
	if _, err := d.ledger.Erase(t.Context(), ledger.Order{Kind: record.SourceKind, ID: erased, Revs: []int{1}, By: "officer", Why: "try"}); err != nil {
		t.Fatal(err)
	}
	d.catchUp()
	h := d.handler()
	for path, want := range map[string]string{
		"/en/cases/p-1-2020-peja":           "/en/cases/" + chain,
		"/sr-Latn/cases/p-1-2020-peja.json": "/sr-Latn/cases/" + chain + ".json",
		"/en/sources/a-report-of-2020":      "/en/sources/" + report,
		"/sq/sources/a-report-of-2020.json": "/sq/sources/" + report + ".json",
		"/en/sources/ana-of-peja":           "",
		"/en/sources/withdrawn":             "",
		"/en/sources/erased":                "",
		"/en/cases/p-9-2020-peja":           "",
	} {
		r := get(t, h, path)
		if got := r.Header.Get("Location"); got != want || (r.StatusCode == http.StatusFound) != (want != "") {
			t.Errorf("%s: %d to %q, want %q", path, r.StatusCode, got, want)
		}
		if text := body(t, r); want == "" && strings.Contains(text, "SYNTHETIC") {
			t.Errorf("%s says what it is: %s", path, text)
		}
		if want == "" {
			continue
		}
		if r := get(t, h, want); r.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", want, r.StatusCode)
		}
	}
}
