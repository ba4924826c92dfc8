// Package kosovo_test holds the examples against the collection they were taken from: nothing may be added on the way.
package kosovo_test

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

type row map[string]string

func read(t *testing.T, path string) []row {
	t.Helper()
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) && strings.Contains(path, "shared") {
		t.Skipf("%s is absent: the collection that the examples were taken from lies beside the repository", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil || len(lines) < 2 {
		t.Fatalf("%s: %d lines, %v", path, len(lines), err)
	}
	rows := make([]row, 0, len(lines)-1)
	for _, line := range lines[1:] {
		r := row{}
		for i, name := range lines[0] {
			r[name] = line[i]
		}
		rows = append(rows, r)
	}
	return rows
}

func collected(name string) string {
	return filepath.Join("..", "..", "..", "shared", "facts", "kosovo", name)
}

// sourceOf is a source in one readable line.
func sourceOf(r row) string {
	s := r["source_title"] + ". " + r["source_publisher"]
	if r["source_date"] != "" {
		s += ", " + r["source_date"]
	}
	return s + ". " + r["source_url"]
}

func TestJudgmentsAddNothing(t *testing.T) {
	original, example := read(t, collected("verdicts.csv")), read(t, "judgments.csv")
	original = append(original, read(t, collected("round2/verdicts2.csv"))...)
	if len(original) != len(example) || len(example) != 33 {
		t.Fatalf("%d rows, collected are %d, want 33", len(example), len(original))
	}
	verdicts := map[string]string{"convicted": "convicted", "acquitted": "acquitted", "annulled, returned for retrial": "annulled", "unclear": ""}
	same := []string{"case", "court", "instance", "judgment_date", "defendant", "offence_charged", "offence_convicted", "offence_from",
		"offence_to", "imprisonment", "suspended", "verification", "mitigation", "final", "quote"}
	for i, o := range original {
		want := row{"verdict": verdicts[o["verdict"]], "source": sourceOf(o), "fine": strings.TrimSuffix(o["fine"], " EUR")}
		for _, name := range same {
			want[name] = o[name]
		}
		if strings.HasPrefix(o["doubts"], "JOINT") {
			want["joint"] = "yes"
		}
		if o["instance"] == "first instance (retrial)" {
			want["case"] = example[0]["case"] // its own number is not in the source, which says what it retries
		}
		if o["fine"] == "" && o["imprisonment"] != "" {
			want["fine"] = "unknown" // silence of a press report is not absence
		}
		differ(t, i, want, example[i])
		if note := example[i]["note"]; !strings.HasPrefix(note, o["doubts"]) || !strings.Contains(note, o["form"]) {
			t.Errorf("row %d: the note %q does not keep the doubts %q", i+2, note, o["doubts"])
		}
	}
}

// differ compares every column but the note; a column that is not expected must be empty.
func differ(t *testing.T, i int, want, got row) {
	t.Helper()
	for name, text := range got {
		if name != "note" && text != want[name] {
			t.Errorf("row %d, %s is %q, want %q", i+2, name, text, want[name])
		}
	}
}

func TestReportedTotalsAddNothing(t *testing.T) {
	original, example := read(t, collected("totals.csv")), read(t, "reported.csv")
	if len(example) != 6 {
		t.Fatalf("%d rows, want 6", len(example))
	}
	imposed := map[string]row{ // what each statement says was imposed, and on how many
		"heaviest sentence":                    {"count": "1", "imprisonment": "5y 6m", "fine": "unknown"},
		"heaviest of the other 23 sentences":   {"count": "1+", "imprisonment": "3y 6m", "fine": "unknown"},
		"lightest sentence (fine)":             {"count": "1+", "fine": "yes"},
		"traffickers with suspended sentences": {"count": "7", "imprisonment": "unknown", "suspended": "yes", "fine": "unknown"},
		"traffickers only fined":               {"count": "7", "fine": "yes"},
		"lowest fine":                          {"count": "1+", "fine": "600"},
	}
	for i, e := range example {
		at := slices.IndexFunc(original, func(o row) bool {
			return o["quote"] == e["quote"] && sourceOf(o) == e["source"] && o["period_from"] == e["judgment_date"] &&
				strings.Contains(e["note"], ": "+o["what"]+", "+o["value"])
		})
		if at < 0 {
			t.Errorf("row %d: no collected statement has its source, year, quotation, and what its note says: %v", i+2, e)
			continue
		}
		o := original[at]
		want := row{"judgment_date": o["period_from"], "offence_convicted": "04/L-082:171(1)", "verdict": "convicted",
			"source": sourceOf(o), "quote": o["quote"]}
		for name, text := range imposed[o["what"]] {
			want[name] = text
		}
		if value := strings.TrimSuffix(o["value"], "+"); want["imprisonment"] != "" && want["imprisonment"] != "unknown" && want["imprisonment"] != value ||
			o["unit"] == "persons" && want["count"] != value {
			t.Errorf("row %d: the statement %q is %s %s", i+2, o["what"], o["value"], o["unit"])
		}
		differ(t, i, want, e)
	}
}

func TestRowsAreMarked(t *testing.T) {
	for _, r := range read(t, "reported.csv") {
		if r["count"] == "" || r["defendant"] != "" || r["case"] != "" {
			t.Errorf("a reported total has a count and no person or case: %v", r)
		}
	}
	for i, r := range read(t, "judgments.csv") {
		if r["source"] == "" || r["quote"] == "" {
			t.Errorf("row %d has no source or no quotation", i+2)
		}
	}
}

// The courts of judgments.csv that the collection has no entry for.
var addedCourts = []string{"district_court_peja", "district_court_prizren", "district_court_not_named"}

// The bodies that gave money to shelters and that the collection of institutions does not have, with the collected row in which each is named.
var addedFunders = map[string]struct {
	file string
	line int
}{
	"government": {"round2/funding.csv", 39}, "assembly": {"round2/events.csv", 13}, "municipality_pristina": {"round2/funding.csv", 29}, "european_union": {"round2/funding.csv", 40},
}

func TestInstitutionsAddNothing(t *testing.T) {
	kept := map[string]row{}
	for _, o := range read(t, collected("institutions.csv")) {
		if o["source_url"] != "" { // a name that stands in no document is not a fact
			kept[o["id"]] = o
		}
	}
	courts := map[string]bool{}
	for _, e := range read(t, "institutions.csv") {
		courts[e["name_en"]] = true
		if slices.Contains(addedCourts, e["id"]) {
			if e["name_sq"] != "" || e["name_sr"] != "" || e["verified"] == "" {
				t.Errorf("%s: names that no source has, or no word on where the name is from", e["id"])
			}
			continue
		}
		if from, added := addedFunders[e["id"]]; added {
			if o := read(t, collected(from.file))[from.line-2]; !strings.HasPrefix(e["quote"], o["quote"]) || e["source_url"] != o["address"] {
				t.Errorf("%s: %s, line %d does not have its quotation and address: %v", e["id"], from.file, from.line, e)
			}
			continue
		}
		o, found := kept[e["id"]]
		if !found {
			t.Errorf("%s was not collected, or has no source", e["id"])
		}
		for name, text := range e {
			if text != o[name] {
				t.Errorf("%s, %s is %q, collected is %q", e["id"], name, text, o[name])
			}
		}
		delete(kept, e["id"])
	}
	if len(kept) > 0 {
		t.Errorf("left out: %v", kept)
	}
	for _, r := range read(t, "judgments.csv") {
		if court := r["court"]; !courts[court] && court != "Court of Appeals" && court != "Supreme Court" {
			t.Errorf("no institution has the court's name %q", court)
		}
	}
}

// A case file may repeat what rows of judgments say, and nothing else.
func TestCasesAddNothing(t *testing.T) {
	text, err := os.ReadFile("cases.yaml")
	if err != nil {
		t.Fatal(err)
	}
	rows := read(t, "judgments.csv")
	quoted := 0
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.Trim(line, " -\n"), ": ")
		value = strings.Trim(value, `"`)
		switch name {
		case "quote", "source":
			if !slices.ContainsFunc(rows, func(r row) bool { return r[name] == value }) {
				t.Errorf("no row has the %s %q", name, value)
			}
			quoted++
		case "exploitation":
			if !slices.ContainsFunc(rows, func(r row) bool { return strings.Contains(r["note"], "Form of exploitation: "+value+".") }) {
				t.Errorf("no row has the form of exploitation %q", value)
			}
		case "numbers":
			for number := range strings.SplitSeq(strings.Trim(value, "[]"), ", ") {
				if !slices.ContainsFunc(rows, func(r row) bool { return strings.Contains(r["case"], number) }) {
					t.Errorf("no row has the case number %q", number)
				}
			}
		}
	}
	if quoted < 6 {
		t.Errorf("only %d sources and quotations were compared", quoted)
	}
}
