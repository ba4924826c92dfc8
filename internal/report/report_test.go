package report

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fener/internal/intake"
	"fener/law"
	"fener/locale"
)

const header = "case,defendant,offence_charged,offence_convicted,offence_from,judgment_date,verdict,imprisonment,suspended,verification,fine,mitigation,final,count,source,quote\n"

// written is a report on the rows given, and what was counted.
func written(t *testing.T, o Options, tables ...string) (string, Tally) {
	t.Helper()
	pack := kosovo(t)
	o.Pack = pack
	var out bytes.Buffer
	r, err := New(&out, o)
	if err != nil {
		t.Fatal(err)
	}
	for i, table := range tables {
		name := string(rune('a'+i)) + ".csv"
		if err := r.Read(context.Background(), name, strings.NewReader(table), intake.Options{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String(), r.Tally()
}

const plea = "SYNTHETIC 1,A.,06/L-074:165(1),06/L-074:165(1),2020-05-10,2021-03-01,convicted,4y,,,5000,plea,,,,\n"

func TestCountsAndReportedTotalsStandApart(t *testing.T) {
	reported := ",,,06/L-074:165(1),2020,2021,convicted,,,,600,,,7,,\n"
	for _, format := range []Format{Table, CSV, JSONL, HTML} {
		_, tally := written(t, Options{Format: format, Lang: locale.EN}, header+plea+reported+plea)
		if tally.Counts.N != 2 || tally.Counts.Outcomes[law.Mitigated] != 2 || tally.Counts.Bounds[BelowMinimum] != (Bounds{Yes: 2}) {
			t.Errorf("%s: counts are %+v, want two, both mitigated", format, tally.Counts)
		}
		if tally.Reported.N != 1 || tally.Reported.Outcomes[law.FormNotAllowed] != 1 {
			t.Errorf("%s: reported is %+v, want one statement, not seven persons", format, tally.Reported)
		}
		if tally.Has(law.OutcomesOf(law.AboveMaximum)) || !tally.Has(law.OutcomesOf(law.AboveMaximum, law.FormNotAllowed)) {
			t.Errorf("%s: Has does not tell the outcomes found from others", format)
		}
	}
}

func TestBelowTheMinimumIsCountedWhereUndetermined(t *testing.T) {
	_, tally := written(t, Options{Format: CSV, Lang: locale.EN}, header+"SYNTHETIC,B.,,04/L-082:171(1),2015,2017,convicted,3y,,,500,,,,,\n")
	g := tally.Counts
	if g.Bounds[BelowMinimum] != (Bounds{Yes: 1}) || g.Bounds[BelowFloor] != (Bounds{Open: 1}) || g.Bounds[FineWrong] != (Bounds{Open: 1}) {
		t.Errorf("counted %+v, want one certainly below the minimum, possibly below the floor, and a fine that is not known", g)
	}
}

func TestJSONLinesAreJSON(t *testing.T) {
	table := header + plea + "\"SYNTHETIC \"\"quoted\"\"\\, tab\there\",Ç.,,x,,2021,convicted,unknown,yes,2y,unknown,,no,1+,\"line\nbreak\",<b>&\n"
	for _, l := range locale.All {
		out, _ := written(t, Options{Format: JSONL, Lang: l}, table)
		lines := strings.Split(strings.TrimSpace(out), "\n")
		if len(lines) != 2 {
			t.Fatalf("%s: %d lines, want 2", l, len(lines))
		}
		for i, line := range lines {
			var got map[string]any
			if err := json.Unmarshal([]byte(line), &got); err != nil {
				t.Fatalf("%s, line %d: %v: %s", l, i+1, err, line)
			}
			for _, field := range []string{"row", "case", "defendant", "outcomes", "minimum", "floor", "maximum", "imposed", "shortfall", "provision",
				"verified", "downgraded", "below_minimum", "missing", "steps", "file", "court", "judgment_date", "count", "reported", "laws", "doubts",
				"source", "place", "quote"} {
				if _, ok := got[field]; !ok {
					t.Errorf("%s, line %d: no field %s", l, i+1, field)
				}
			}
			if i == 1 && (got["source"] != "line\nbreak" || got["quote"] != "<b>&" || got["case"] != "SYNTHETIC \"quoted\"\\, tab\there" || got["at_least"] != true) {
				t.Errorf("%s: the texts changed on the way: %s", l, line)
			}
		}
	}
}

func TestCSVIsCSV(t *testing.T) {
	out, _ := written(t, Options{Format: CSV, Lang: locale.EN}, header+plea+"\"=HYPERLINK(\"\"x\"\"), a\",B.,,165(1),2020,2021,convicted,5y,,,500,,,,,\n")
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 || len(rows[2]) != len(columns) {
		t.Fatalf("read back as %q", rows)
	}
	if got := rows[2][slices.Index(rows[0], "case")]; got != `'=HYPERLINK("x"), a` {
		t.Errorf("the case is %q: a formula must not stay one, and the rest must stay", got)
	}
}

func TestPageIsTextOnlyAndWhole(t *testing.T) {
	hostile := "\"<script>alert(1)</script>\",\"\"\"><img src=x>\",,165(1),2020,2021,convicted,5y,,,500,,no,,\"s javascript:alert(1)\",\"</article><b>\"\n"
	for _, l := range locale.All {
		out, _ := written(t, Options{Format: HTML, Lang: l, Files: []string{"a.csv", "b.csv"}}, header+plea+hostile, header+",,,165(1),2020,2021,convicted,,,,600,,,7,,\n")
		for _, never := range []string{"<script", "<img", "<b></", `href="javascript`, "http-equiv", "@import", "url("} {
			if strings.Contains(out, never) {
				t.Errorf("%s: the page holds %s", l, never)
			}
		}
		for _, want := range []string{`<html lang="` + l.BCP47() + `">`, `href="#f1r2"`, `id="f1r2"`, `href="#f2r2"`, `id="f2r2"`, `id="reported"`,
			"&lt;script&gt;", `<blockquote lang="sq">Kushdo`, "</html>"} {
			if !strings.Contains(out, want) {
				t.Errorf("%s: the page lacks %s", l, want)
			}
		}
		for _, tag := range []string{"article", "table", "ul", "ol", "li", "div", "p", "span", "section", "main"} {
			if opened, closed := strings.Count(out, "<"+tag+">")+strings.Count(out, "<"+tag+" "), strings.Count(out, "</"+tag+">"); opened != closed {
				t.Errorf("%s: <%s> stands %d times and is closed %d times", l, tag, opened, closed)
			}
		}
	}
}

func TestEveryAnchorOfThePageExists(t *testing.T) {
	out, _ := written(t, Options{Format: HTML, Lang: locale.EN}, header+plea+"SYNTHETIC,B.,,04/L-082:171(1),2015,2017,convicted,3y,yes,2y,500,none,,,,\n")
	links := strings.Split(out, `href="#`)[1:]
	if len(links) < 10 {
		t.Fatalf("only %d links", len(links))
	}
	for _, rest := range links {
		id, _, _ := strings.Cut(rest, `"`)
		if strings.Count(out, ` id="`+id+`"`) != 1 {
			t.Errorf("a link leads to #%s, which stands %d times", id, strings.Count(out, ` id="`+id+`"`))
		}
	}
}

func TestTableFitsHundredColumns(t *testing.T) {
	long := strings.Repeat("very long words and "+strings.Repeat("x", 120)+" ", 3)
	for _, l := range locale.All {
		out, _ := written(t, Options{Format: Table, Lang: l, Steps: true}, header+plea+long+",\x1b[31m,,"+long+",2020,2021,convicted,5y,,,500,,,,,\n")
		for line := range strings.Lines(out) {
			if n := len([]rune(strings.TrimRight(line, "\n"))); n > tableWidth {
				t.Errorf("%s: %d columns: %s", l, n, line)
			}
		}
		if strings.Contains(out, "\x1b") {
			t.Errorf("%s: a control character reached the terminal", l)
		}
	}
}

func TestRowsKeepTheOrderOfTheFile(t *testing.T) {
	table := syntheticTable(t, 50_000, 7)
	out, tally := written(t, Options{Format: CSV, Lang: locale.EN}, table)
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 50_001 || tally.Counts.N != 50_000 {
		t.Fatalf("%d rows, counted %d, %v", len(rows), tally.Counts.N, err)
	}
	source, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(rows); i++ {
		if got := rows[i][slices.Index(rows[0], "case")]; got != source[i][0] {
			t.Fatalf("row %d is %q, the file has %q", i+1, got, source[i][0])
		}
	}
}

// The same rows with one worker or two, must give the same bytes: nothing of a worker's memory may leak into a row.
func TestOutputDoesNotDependOnWorkers(t *testing.T) {
	table := syntheticTable(t, 20_000, 3)
	pack := kosovo(t)
	for _, format := range []Format{JSONL, HTML} {
		var outs [2]bytes.Buffer
		for i, workers := range []int{1, 4} {
			r, err := New(&outs[i], Options{Format: format, Lang: locale.SQ, Pack: pack})
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Read(context.Background(), "x.csv", strings.NewReader(table), intake.Options{Workers: workers}, nil); err != nil {
				t.Fatal(err)
			}
			if err := r.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(outs[0].Bytes(), outs[1].Bytes()) || outs[0].Len() < 1_000_000 {
			t.Errorf("%s: one worker wrote %d bytes, four %d, and not the same", format, outs[0].Len(), outs[1].Len())
		}
	}
}

func TestNothingStaysBehind(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	written(t, Options{Format: HTML, Lang: locale.EN}, header+plea)
	pack := kosovo(t)
	r, err := New(&bytes.Buffer{}, Options{Format: HTML, Lang: locale.EN, Pack: pack})
	if err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != parts {
		t.Fatalf("an open report has the files %v, so the test proves nothing", left)
	}
	if err := r.Discard(); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Two codes that both hold Article 1, paragraph 1, one for trafficking and one for something else: on a period that spans them the row names both.
func TestTwoProvisionsOnOneDateAreAnErrorThatNamesBoth(t *testing.T) {
	pack, err := law.LoadDir("testdata/twocodes")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	r, err := New(&out, Options{Format: JSONL, Lang: locale.EN, Pack: pack})
	if err != nil {
		t.Fatal(err)
	}
	table := "offence_convicted,offence_from,offence_to,judgment_date,verdict,imprisonment,suspended,fine\n1(1),2009,2011,2012,convicted,5y,no,\nA:1(1),2009,2009,2009,convicted,5y,no,\n"
	if err := r.Read(context.Background(), "x.csv", strings.NewReader(table), intake.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	if tally := r.Tally(); tally.Errors != 1 || tally.Counts.N != 2 || tally.Counts.Outcomes[law.Undetermined] != 1 {
		t.Errorf("counted %+v, want one error, undetermined", tally)
	}
	if !strings.Contains(out.String(), "can mean A:1(1) and B:1(1) on the dates given") {
		t.Errorf("the row does not name both provisions: %s", out.String())
	}
}
