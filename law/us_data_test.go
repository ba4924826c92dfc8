package law_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fener/internal/needs"
	"fener/law"
	"fener/period"
)

// usDataDir holds individual federal sentences. They are test data that the
// project may read and not keep, so without them the tests are skipped.
const usDataDir = "../../shared/data"

// table reads the columns named of a CSV file with a header.
func table(t *testing.T, text []byte, columns ...string) []map[string]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(text))
	r.ReuseRecord = true
	head, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for _, name := range columns {
		if at[name] = slices.Index(head, name); at[name] < 0 {
			t.Fatalf("no column %q in %v", name, head)
		}
	}
	var rows []map[string]string
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		row := make(map[string]string, len(columns))
		for name, i := range at {
			row[name] = strings.Clone(record[i])
		}
		rows = append(rows, row)
	}
}

func usData(t *testing.T, name string) []byte {
	t.Helper()
	path := filepath.Join(usDataDir, name)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not here: the check of real federal sentences needs it", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(name, ".xz") {
		cmd := exec.Command(needs.Tool(t, "xz"), "-dc")
		cmd.Stdin = bytes.NewReader(text)
		if text, err = cmd.Output(); err != nil {
			t.Fatal(err)
		}
	}
	return text
}

func number(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0
	}
	return f
}

// months is a length recorded in months with decimals.
func months(f float64) period.Length {
	whole := math.Floor(f)
	n, err := period.NewLength(0, int(whole), int(math.Round((f-whole)*30)))
	if err != nil {
		return period.Length{}
	}
	return n
}

// inPerformance holds a table to docs/performance.md, so that the page cannot
// say other figures than the run gives.
func inPerformance(t *testing.T, lines []string) {
	t.Helper()
	page, err := os.ReadFile("../docs/performance.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Join(lines, "\n"); !strings.Contains(string(page), want) {
		t.Errorf("docs/performance.md does not have:\n%s", want)
	}
}

// federalStatutes are the groups in which the research data records statutes, as
// a source would cite them; and what follows where the paragraph that is most
// often charged is taken for granted.
var federalStatutes = []struct{ group, cited, row string }{
	{"1591", "18 U.S.C. 1591", "1591"}, {"1591", "18 U.S.C. § 1591(b)", "1591, if (b)"},
	{"1594", "18 U.S.C. 1594", "1594"}, {"1594", "18 U.S.C. § 1594(c)", "1594, if (c)"},
	{"1589", "18 U.S.C. 1589", "1589"}, {"1590", "18 U.S.C. 1590", "1590"}, {"1592", "18 U.S.C. 1592", "1592"},
	{"1581_to_1588", "1581; 1582; 1583; 1584; 1585; 1586; 1587; 1588", "1581 to 1588"}, {"2421_to_2424", "2421; 2422; 2423; 2424", "2421 to 2424"},
}

// federalSentence is one defendant's sentence under one statute. The data counts
// months for the statute, however many counts there were, so several are one
// joint sentence; 999 months and more stand for sums or for life.
func federalSentence(row map[string]string) (s law.Sentence, joint law.Tri) {
	s.Suspended, joint = law.No, law.No
	switch m := number(row["months_sentenced"]); {
	case m >= 999:
		s.Imprisonment.State = law.ForUnknownTerm
	case m > 0:
		s.Imprisonment = law.Imprisonment{State: law.ForTerm, Term: months(m)}
	case number(row["months_probation"]) > 0:
		s.Measures = law.MeasuresOf(law.MeasureProbation)
	}
	if fine := number(row["fines"]); fine > 0 {
		s.Fine = law.Fine{State: law.FineOfAmount, Cents: int64(fine * 100)}
	}
	if number(row["counts"]) > 1 {
		joint = law.Yes
	}
	return s, joint
}

// TestRealFederalSentences runs the pack over the convictions of a research data
// set. No day of an offence is on record there, only the year of the charge; as
// recorded, nearly everything is open. So each is also read as if the offence was
// of the year of the charge, to see what the law then makes of it.
func TestRealFederalSentences(t *testing.T) {
	counts := table(t, usData(t, "ht-federal-us/counts.csv"),
		"defendant_id", "statute", "counts", "plea_guilty", "trial_guilty", "fines", "months_sentenced", "months_probation")
	defendants := map[string]map[string]string{}
	for _, d := range table(t, usData(t, "ht-federal-us/defendants.csv"), "defendant_id", "charge_year", "year_terminated") {
		defendants[d["defendant_id"]] = d
	}
	pack := unitedStates(t)
	recorded := map[string]int{}
	terms := map[string]map[string]int{}
	forms := map[string]int{}
	rows := 0
	for _, s := range federalStatutes {
		terms[s.row] = map[string]int{}
		offence := pack.Offence(s.cited)
		for _, row := range counts {
			if row["statute"] != s.group || number(row["plea_guilty"])+number(row["trial_guilty"]) == 0 {
				continue
			}
			if !strings.Contains(s.row, "if") {
				rows++
			}
			year := period.MustDate(defendants[row["defendant_id"]]["charge_year"])
			f := law.Facts{Convicted: offence, Verdict: law.Convicted, Committed: period.Span{To: year}}
			if ended, err := period.ParseDate(defendants[row["defendant_id"]]["year_terminated"]); err == nil {
				f.Judged = ended
			}
			f.Sentence, f.Joint = federalSentence(row)
			a, err := law.Check(pack, &f)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(s.row, "if") {
				recorded[a.Axes.Term.Is.String()]++
			}
			f.Committed = period.Span{From: year}
			if a, err = law.Check(pack, &f); err != nil {
				t.Fatal(err)
			}
			terms[s.row][a.Axes.Term.Is.String()]++
			forms[a.Axes.Form.Is.String()]++
			if a.Outcomes.Has(law.AboveMaximum) && f.Joint == law.Yes {
				t.Errorf("defendant %s: %v above the maximum, in a joint sentence", row["defendant_id"], f.Sentence)
			}
		}
	}
	words := []string{"within", "below_minimum", "above_maximum", "unknown"}
	lines := []string{"| statute | convictions | within | below the minimum | above the maximum | not known |", "|---|---|---|---|---|---|"}
	for _, s := range federalStatutes {
		total, cells := 0, ""
		for _, w := range words {
			total += terms[s.row][w]
			cells += fmt.Sprintf(" %d |", terms[s.row][w])
		}
		lines = append(lines, fmt.Sprintf("| %s | %d |%s", s.row, total, cells))
	}
	t.Logf("%d rows of convictions; as recorded, the term: %v; forms %v", rows, recorded, forms)
	inPerformance(t, lines)
}

// TestTheCommissionsMinimum compares the pack with the statutory minimum that the
// Sentencing Commission recorded beside each sentence. The file names kinds of
// offence and no statutes, so a row is compared where the range that the
// Commission recorded is one of the pack's.
func TestTheCommissionsMinimum(t *testing.T) {
	rows := table(t, usData(t, "ussc/USSC_PV_Report_2020.csv.xz"), "OFFTYPE2", "STATMIN", "STATMAX", "SENTIMP", "SENSPLT0")
	pack := unitedStates(t)
	type span struct{ min, max string }
	// The Commission counts in months; 9996 is life.
	provisions := map[span]string{}
	for _, prov := range pack.Codes()[0].Provisions {
		if p := prov.Punishment; p != nil && prov.InForce.To.IsZero() {
			key := span{inMonths(p.Imprisonment.From), inMonths(p.Imprisonment.To)}
			if provisions[key] == "" {
				provisions[key] = prov.Ref.String()
			}
		}
	}
	ours := map[string]bool{}
	for key := range provisions {
		ours[key.min] = true
	}
	classes, agree, compared, below := map[string]int{}, 0, 0, 0
	var above int
	for _, row := range rows {
		// 4 sexual abuse, 26 civil rights (with peonage and servitude), 28 pornography and prostitution
		if !slices.Contains([]string{"4", "26", "28"}, row["OFFTYPE2"]) {
			continue
		}
		key := span{row["STATMIN"], row["STATMAX"]}
		place, held := provisions[key]
		switch {
		case row["STATMIN"] == "" || row["STATMAX"] == "":
			classes["no range recorded"]++
			continue
		case row["SENTIMP"] == "" || row["SENSPLT0"] == "":
			classes["no sentence recorded"]++
			continue
		case !held && !ours[row["STATMIN"]]:
			classes["a minimum that no provision of the pack has"]++
			continue
		case !held:
			classes["a minimum of the pack with another maximum"]++
			continue
		}
		compared++
		f := law.Facts{Convicted: pack.Offence(place), Verdict: law.Convicted, Committed: period.Span{From: period.MustDate("2019-06-01")},
			Judged: period.MustDate("2020-06-01"), Sentence: law.Sentence{Suspended: law.No}}
		term := number(row["SENSPLT0"])
		if term > 0 {
			f.Sentence.Imprisonment = law.Imprisonment{State: law.ForTerm, Term: months(term)}
		} else {
			f.Sentence.Measures = law.MeasuresOf(law.MeasureProbation)
		}
		a, err := law.Check(pack, &f)
		if err != nil {
			t.Fatal(err)
		}
		want := law.No
		if term < number(row["STATMIN"]) {
			want = law.Yes
			below++
		}
		if a.BelowMinimum == want {
			agree++
		} else {
			t.Errorf("%s, %s months for %v: below the minimum is %s, by the Commission's column %s", place, row["SENSPLT0"], key, a.BelowMinimum, want)
		}
		if a.Axes.Term.Is == law.TermAboveMaximum {
			above++
		}
	}
	t.Logf("%d rows; compared %d, agree %d, below %d, above %d, classes %v", len(rows), compared, agree, below, above, classes)
	lines := []string{"| class of row | rows |", "|---|---|", fmt.Sprintf("| the range recorded is one of the pack's | %d |", compared)}
	for _, class := range slices.Sorted(mapKeys(classes)) {
		lines = append(lines, fmt.Sprintf("| %s | %d |", class, classes[class]))
	}
	inPerformance(t, lines)
}

func mapKeys(m map[string]int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for key := range m {
			if !yield(key) {
				return
			}
		}
	}
}

func inMonths(l law.Limit) string {
	switch l.State {
	case law.LimitLife:
		return "9996"
	case law.LimitNone:
		return "0"
	}
	y, m, _ := l.Length.Parts()
	return strconv.Itoa(12*y + m)
}
