package site

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// A case's table has a line for each defendant and a column for each judgment, and says what counts no longer.
func TestACaseIsReadByDefendantAndInstance(t *testing.T) {
	d := newRecord(t)
	prison := func(years int) record.Sentence {
		return record.Sentence{Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Years(years)}}
	}
	count := func(offence string, s record.Sentence) record.Count {
		return record.Count{Charged: offence, Convicted: offence, Verdict: law.Convicted, From: period.MustDate("2020-11-09"), Sentence: s}
	}
	acquitted := record.Count{Charged: "06/L-074:165(1)", Verdict: law.Acquitted, From: period.MustDate("2020-11-09")}
	judge := func(id, day string, instance record.Instance, defendants ...record.Defendant) {
		d.enter(record.JudgmentKind, id, 0, record.Published, "entered", &record.Judgment{Case: "case-1", Numbers: []string{"PKR.nr. 7/21"}, Instance: instance,
			Date: period.MustDate(day), Defendants: defendants, Citations: []record.Citation{}})
	}
	judge("j-1", "2021-06-17", record.FirstInstance,
		record.Defendant{Label: "A.", Counts: []record.Count{count("06/L-074:165(1)", prison(5)), count("06/L-074:165(1)", prison(5)), count("06/L-074:234(1)", prison(1))}},
		record.Defendant{Label: "B.", Counts: []record.Count{acquitted}})
	judge("j-2", "2022-02-03", record.Appeal, record.Defendant{Label: "A.", Counts: []record.Count{count("06/L-074:165(1)", prison(3))}})
	h := d.handler()
	got := cellsOf(t, body(t, get(t, h, "/en/cases/case-1")), "instances")
	want := [][]string{
		{"Person", "First instance, 17 June 2021", "Court of appeals, 3 February 2022"},
		{"Defendant A.", "Replaced by a later judgment: Imprisonment 5 years", "Imprisonment 3 years"},
		{"Defendant B.", "Acquitted Trafficking in persons", "not in this judgment"},
	}
	if len(got) != len(want) {
		t.Fatalf("%d lines, want %d: %q", len(got), len(want), got)
	}
	for i := range want {
		for k := range want[i] {
			if !strings.HasPrefix(got[i][k], want[i][k]) {
				t.Errorf("line %d, column %d is %q, want %q", i, k, got[i][k], want[i][k])
			}
		}
	}
	if n := strings.Count(got[1][1], "Imprisonment 5 years"); n != 1 {
		t.Errorf("two counts with one punishment are said %d times: %q", n, got[1][1])
	}
	if !strings.Contains(got[1][1], "Imprisonment 1 year") || !strings.Contains(got[1][2], "below the minimum") {
		t.Errorf("another punishment, or the finding, is lacking: %q", got[1])
	}
	for _, l := range []string{"sq", "sr", "sr-Latn"} {
		if n := len(cellsOf(t, body(t, get(t, h, "/"+l+"/cases/case-1")), "instances")); n != len(want) {
			t.Errorf("%s: %d lines, want %d", l, n, len(want))
		}
	}
}

// One judgment of one person leaves nothing to compare.
func TestOneJudgmentOfOnePersonHasNoTable(t *testing.T) {
	d := newRecord(t)
	d.enter(record.JudgmentKind, "j-1", 0, record.Published, "entered", &record.Judgment{Case: "case-1", Instance: record.FirstInstance, Citations: []record.Citation{},
		Defendants: []record.Defendant{{Label: "A.", Counts: []record.Count{{Charged: "06/L-074:165(1)", Verdict: law.Acquitted}}}}})
	r := get(t, d.handler(), "/en/cases/case-1")
	if text := body(t, r); r.StatusCode != http.StatusOK || strings.Contains(text, `id="instances"`) || !strings.Contains(text, "Acquitted") {
		t.Errorf("%d, or a table of one cell, or no verdict", r.StatusCode)
	}
}

// cellsOf are the cells of a table as they are read, by the id of the part in which it stands.
func cellsOf(t *testing.T, page, id string) [][]string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	within := false
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		inside := within
		for _, a := range n.Attr {
			within = within || a.Key == "id" && a.Val == id
		}
		switch {
		case within && n.Data == "tr":
			out = append(out, nil)
		case within && (n.Data == "td" || n.Data == "th") && n.Type == html.ElementNode:
			out[len(out)-1] = append(out[len(out)-1], readText(n))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		within = inside
	}
	walk(doc)
	if out == nil {
		t.Fatalf("the page has no table %q", id)
	}
	return out
}

// readText is the text of an element, its pieces set apart and its no-break spaces as plain ones.
func readText(n *html.Node) string {
	var words []string
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			words = append(words, strings.Fields(c.Data)...)
		}
	}
	return strings.Join(words, " ")
}
