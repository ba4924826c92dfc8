package site

import (
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/publish"
	"fener/internal/record"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// ofCases are the addresses of cases and of their list: enough of a site to see which pages stay as they are.
var ofCases = regexp.MustCompile(`^/[A-Za-z-]+/cases([/.].*)?$`)

// exportCases writes the pages of cases as files.
func (d *testRecord) exportCases(dir, program string) *publish.Written {
	d.Helper()
	config := page.Config{Pack: kosovo(d), View: d.view, Ledger: d.ledger, Seq: d.view.Seq, ID: d.id, Address: "https://fener.example", Files: true}
	config.Load.Burst = time.Hour
	s, err := newSite(config, Pages())
	if err != nil {
		d.Fatal(err)
	}
	defer s.Close()
	h := s.Handler()
	some := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !ofCases.MatchString(r.URL.Path) && r.URL.Path != "/en/404" {
			http.NotFound(w, r)
			return
		}
		h.ServeHTTP(w, r)
	})
	var begin []string
	for _, l := range locale.All {
		begin = append(begin, "/"+string(l)+"/cases")
	}
	w, err := (&publish.Site{Handler: some, Address: config.Address, Dir: dir, Begin: begin, Stamps: s.Stamps(), Program: program}).Write(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	return w
}

// filesOf are the files of an export, but for what it notes for itself.
func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	if err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), ".fener-export") {
			return err
		}
		text, err := os.ReadFile(path)
		all[strings.TrimPrefix(path, dir)] = string(text)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// Whatever becomes of the record, an export over an earlier one ends with the same files as a new one, though it makes no page of which nothing changed.
func TestAnExportOverAnEarlierOneEndsEqual(t *testing.T) {
	d := newRecord(t)
	court := func(name string) *record.Institution {
		return &record.Institution{Names: record.Names{EN: name}, Type: "court"}
	}
	source := func(title string) *record.Source { return &record.Source{Title: title, Publisher: "Koha"} }
	judged := func(of, cited string, months int) *record.Judgment {
		j := judgmentOf(of, "PKR.nr. "+strings.TrimPrefix(of, "case")+"/21", "2021-06-17")
		j.Court, j.Citations[0].Source = "court", cited
		j.Defendants[0].Counts[0].Sentence.Imprisonment.Term = period.Months(months)
		return j
	}
	d.enter(record.InstitutionKind, "court", 0, record.Published, "", court("The court"))
	d.enter(record.InstitutionKind, "ministry", 0, record.Published, "", &record.Institution{Names: record.Names{EN: "The ministry"}, Type: "ministry"})
	for i := range 3 {
		d.enter(record.SourceKind, fmt.Sprint("s", i), 0, record.Published, "", source(fmt.Sprint("Report ", i)))
	}
	for i := range 6 {
		d.enter(record.JudgmentKind, fmt.Sprint("j", i), 0, record.Published, "", judged(fmt.Sprint("case", i), fmt.Sprint("s", i%3), 20+i))
	}
	dir := filepath.Join(t.TempDir(), "site")
	if w := d.exportCases(dir, "one"); w.Kept != 0 || w.Files < 6*16 {
		t.Fatalf("the first: %+v", w)
	}
	const each = 16 // files of a case: a page, JSON, CSV and Akoma Ntoso in four languages
	for _, step := range []struct {
		name    string
		happens func()
		kept    int // cases that nothing happened to
	}{
		{"nothing", func() {}, 6},
		{"a judgment corrected", func() { d.enter(record.JudgmentKind, "j1", 1, record.Published, "misread", judged("case1", "s1", 41)) }, 5},
		{"a source's title corrected, on which two rest", func() { d.enter(record.SourceKind, "s2", 1, record.Published, "misread", source("Another report")) }, 4},
		{"a source withdrawn", func() { d.enter(record.SourceKind, "s0", 1, record.Withdrawn, "not public", source("Report 0")) }, 4},
		{"the court's name corrected", func() {
			d.enter(record.InstitutionKind, "court", 1, record.Published, "renamed", court("The other court"))
		}, 0},
		{"an institution replies", func() {
			d.enter(record.ReplyKind, "r", 0, record.Published, "", &record.Reply{Institution: "ministry", About: record.JudgmentKind, ID: "j3", Text: "We disagree.", Language: "en", Date: period.MustDate("2026-01-03"),
				Citation: &record.Citation{Source: "s1", Quote: "We disagree."}})
		}, 5},
		{"the reply's source corrected, on which two cases rest", func() { d.enter(record.SourceKind, "s1", 1, record.Published, "misread", source("A third report")) }, 3},
		{"a child becomes known in a draft", func() {
			d.enter(record.CaseKind, "case4", 0, record.Draft, "", &record.Case{Numbers: []string{"PKR.nr. 4/21"}, ChildVictim: law.Yes})
		}, -1},
		{"another judgment in a case", func() {
			j := judged("case2", "s2", 12)
			j.Instance, j.Date = record.Appeal, period.MustDate("2022-01-01")
			d.enter(record.JudgmentKind, "j2b", 0, record.Published, "", j)
		}, 5},
		{"a number to call", func() {
			d.enter(record.HelpLineKind, "h", 0, record.Published, "", &record.HelpLine{Names: record.Names{EN: "Police"}, Does: "emergency", Number: "192", Citation: record.Citation{Source: "s1", Quote: "192"}})
		}, 0},
		{"nothing that cases show, a day later", func() {
			*d.clock = d.clock.Add(24 * time.Hour)
			d.enter(record.SourceKind, "new", 0, record.Published, "", source("A new report"))
		}, 6},
		{"a judgment withdrawn", func() {
			d.enter(record.JudgmentKind, "j5", 1, record.Withdrawn, "court order", judged("case5", "s2", 25))
		}, 5},
		{"what an earlier revision said erased", func() {
			if _, err := d.ledger.Erase(d.Context(), ledger.Order{Kind: record.JudgmentKind, ID: "j1", Revs: []int{1}, By: "officer", Why: "court order"}); err != nil {
				t.Fatal(err)
			}
			d.catchUp()
		}, 4},
		{"two people from now on", func() {
			d.enter(record.RuleKind, record.FourEyesID, 0, record.Published, "", &record.Rule{InForce: true})
		}, 5},
	} {
		step.happens()
		w := d.exportCases(dir, "one")
		if step.kept >= 0 && w.Kept != step.kept*each {
			t.Errorf("%s: %d files were not made anew, want %d", step.name, w.Kept, step.kept*each)
		}
		fresh := filepath.Join(t.TempDir(), "fresh")
		d.exportCases(fresh, "one")
		got, want := filesOf(t, dir), filesOf(t, fresh)
		for path, text := range want {
			if got[path] != text {
				t.Errorf("%s: %s differs at %s", step.name, path, firstDifference(text, got[path]))
			}
		}
		for path := range got {
			if _, is := want[path]; !is {
				t.Errorf("%s: %s is there still", step.name, path)
			}
		}
	}
	if w := d.exportCases(dir, "another"); w.Kept != 0 || w.Changed != 0 {
		t.Errorf("another program: %+v", w)
	}
	page := filepath.Join(dir, "en", "cases", d.id(record.CaseKind, "nothing"), "index.html")
	if found, _ := filepath.Glob(filepath.Join(dir, "en", "cases", "*", "index.html")); len(found) > 0 {
		page = found[0]
	}
	if err := os.WriteFile(page, []byte("altered by somebody"), 0o600); err != nil {
		t.Fatal(err)
	}
	if w := d.exportCases(dir, "another"); w.Changed != 1 || w.Kept != (5-1)*each {
		t.Errorf("a file that somebody altered: %+v", w)
	}
}
