package demo_test

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/internal/view"
)

// leftOutTalks are rows of the collection's talks.csv that are no talk of the record, with the reason.
var leftOutTalks = map[int]string{
	5:  "only the day of posting is known: neither the day of the talk nor its guests",
	7:  "the concept of the series, not a talk",
	8:  "the concept of the series, not a talk",
	9:  "the exhibition, which stands with the talk of 2018 as related",
	10: "a poetry night of the exhibition, without a day",
	11: "the artists' page on the exhibition",
	13: "an article of the magazine, which is a source",
	14: "a day on human rights; that it was a talk is not said",
	15: "another series, on campaigning",
}

// exampleTable are the rows of a table of the example.
func exampleTable(t *testing.T, name string) (rows []map[string]string) {
	t.Helper()
	lines, err := csv.NewReader(opened(t, name)).ReadAll()
	if err != nil || len(lines) < 2 {
		t.Fatalf("%s: %d lines, %v", name, len(lines), err)
	}
	for _, line := range lines[1:] {
		r := map[string]string{}
		for i, column := range lines[0] {
			r[column] = line[i]
		}
		rows = append(rows, r)
	}
	return rows
}

// byOrigin are the example's rows by the row of the collection that each was taken from.
func byOrigin(t *testing.T, name, from string) map[int][]map[string]string {
	t.Helper()
	all := map[int][]map[string]string{}
	for _, r := range exampleTable(t, name) {
		line, of := strings.CutPrefix(r["origin"], from+":")
		n, err := strconv.Atoi(line)
		if !of || err != nil {
			t.Fatalf("%s: %q is no row of %s", name, r["origin"], from)
		}
		all[n] = append(all[n], r)
	}
	return all
}

// Every promise of the collection stands by itself, in the words of its source; the one row that is no promise is evidence on another.
func TestCommitmentsAddNothing(t *testing.T) {
	promises, readings, known := byOrigin(t, "commitments.csv", "commitments.csv"), byOrigin(t, "outcomes.csv", "commitments.csv"), sources(t)
	original := collected(t, "round2/commitments.csv")
	if len(original) != 24 || len(promises) != 23 {
		t.Fatalf("%d rows collected, %d promises; want 24 and 23", len(original), len(promises))
	}
	for i, o := range original {
		line := i + 2
		if o["our_reading"] == "evidence row" {
			if len(promises[line]) != 0 || len(readings[line]) != 1 || readings[line][0]["quote"] != o["quote"] || readings[line][0]["supports"] != "cannot_check" {
				t.Errorf("row %d promises nothing: it is evidence that decides nothing: %v", line, readings[line])
			}
			continue
		}
		if len(promises[line]) != 1 {
			t.Errorf("row %d is %d commitments", line, len(promises[line]))
			continue
		}
		c := promises[line][0]
		if c["quote"] != o["quote"] {
			t.Errorf("row %d quotes %q, collected is %q", line, c["quote"], o["quote"])
		}
		if src := known[c["source"]]; src.Address != "" && !strings.HasPrefix(o["address"], strings.SplitN(src.Address, "?rate", 2)[0]) {
			t.Errorf("row %d stands at %s, collected is %s", line, src.Address, o["address"])
		}
		if by := c["by"]; by != "" && !strings.HasPrefix(o["by_when"], by) {
			t.Errorf("row %d was due %s, collected is %q", line, by, o["by_when"])
		}
		if len(readings[line]) == 0 {
			t.Errorf("row %d: nobody says what evidence shows of %s", line, c["id"])
		}
		for _, in := range []string{"en", "sq", "sr"} {
			if c["what_"+in] == "" {
				t.Errorf("row %d lacks what was promised in %s", line, in)
			}
		}
	}
}

// Evidence decides something only where its words were read, and what they do not show is said in three languages.
func TestReadingsOfEvidenceAreCritical(t *testing.T) {
	var said []string
	for _, r := range collected(t, "round2/commitments.csv") {
		said = append(said, r["quote"], r["later_quote"])
	}
	for _, r := range collected(t, "observations2.csv") {
		said = append(said, r["quote"])
	}
	n := map[string]int{}
	for _, o := range exampleTable(t, "outcomes.csv") {
		n[o["supports"]]++
		for _, in := range []string{"en", "sq", "sr"} {
			if len(o["reading_"+in]) < 60 {
				t.Errorf("%s: how the evidence is read is not said in %s", o["id"], in)
			}
		}
		if o["supports"] != "cannot_check" && (o["quote"] == "" || o["as_of"] == "") {
			t.Errorf("%s: %s without words or a time", o["id"], o["supports"])
		}
		quotes := []string{o["quote"]}
		for line := range strings.Lines(o["more"]) {
			_, quote, _ := strings.Cut(strings.TrimSpace(line), "| | ")
			quotes = append(quotes, quote)
		}
		for _, q := range quotes {
			if !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, q) }) {
				t.Errorf("%s quotes what was not collected: %q", o["id"], q)
			}
		}
	}
	want := map[string]int{"kept": 1, "partly": 2, "not_kept": 4, "cannot_check": 18}
	for word, count := range want {
		if n[word] != count {
			t.Errorf("%d readings say %s, want %d: a change here is a change of judgment, and needs its reason", n[word], word, count)
		}
	}
}

func TestTalksAddNothing(t *testing.T) {
	talks, original := byOrigin(t, "talks.csv", "talks.csv"), collected(t, "round2/talks.csv")
	for i, o := range original {
		line := i + 2
		if _, out := leftOutTalks[line]; out {
			if len(talks[line]) > 0 {
				t.Errorf("row %d is said to be left out", line)
			}
			continue
		}
		if len(talks[line]) != 1 {
			t.Errorf("row %d, %s, is neither a talk nor left out", line, o["title"])
			continue
		}
		r := talks[line][0]
		if r["day"] != o["held_on"] || r["begins"] != "" && !strings.HasSuffix(o["time"], r["begins"]) {
			t.Errorf("row %d: %s at %s, collected is %s at %s", line, r["day"], r["begins"], o["held_on"], o["time"])
		}
		for guest := range strings.Lines(r["guests"]) {
			name, _, _ := strings.Cut(guest, " |")
			if name = strings.TrimSpace(name); o["guests_as_announced"] != "" && !strings.Contains(o["guests_as_announced"], name) {
				t.Errorf("row %d: %s was not announced", line, name)
			}
		}
	}
}

// The talk of the seed: who was announced stands as announced, two without a name, and what was said is not known.
func TestTheSeedsTalk(t *testing.T) {
	v := filled(t, 0)
	list, err := view.All[*record.Talk](t.Context(), v, record.TalkKind)
	if err != nil || len(list) != 5 {
		t.Fatalf("%d talks, %v", len(list), err)
	}
	i := slices.IndexFunc(list, func(one view.Listed[*record.Talk]) bool { return one.Body.Day.String() == "2018-11-23" })
	if i < 0 {
		t.Fatal("the talk is not on record")
	}
	talk := list[i].Body
	begins, _ := talk.At()
	if got := begins.Format("2006-01-02 15:04 MST"); got != "2018-11-23 18:00 CET" || talk.Series != "Small Talk" || talk.Stage != "held" || len(talk.Asks) != 3 {
		t.Errorf("%s, %s, %s, %d questions", got, talk.Series, talk.Stage, len(talk.Asks))
	}
	var named []string
	for _, g := range talk.Guests {
		if g.Role.EN == "" || g.Role.SQ == "" || g.Role.SR == "" || g.Institution == "" || g.Answer != "invited" {
			t.Errorf("a guest lacks what was announced: %+v", g)
		}
		if g.Name != "" {
			named = append(named, g.Name)
		}
	}
	if len(talk.Guests) != 4 || !slices.Equal(named, []string{"Adile Basha Shaqiri", "Lumnije Behrami"}) || talk.Moderator.Name != "Adelina Berisha" {
		t.Errorf("%d guests, by name %v, moderator %s", len(talk.Guests), named, talk.Moderator.Name)
	}
	if talk.Attended != nil || talk.Recording != "" || talk.Minutes != (record.Names{}) {
		t.Error("something is told of what nobody knows")
	}
	if !slices.Equal(talk.Interpreted, []record.Interpreted{{Into: "en"}}) || len(talk.Supporters) != 1 || len(talk.Related) != 1 {
		t.Errorf("%v, %v, %v", talk.Interpreted, talk.Supporters, talk.Related)
	}
}
