package intake

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"fener/internal/intake/synthetic"
	"fener/law"
	"fener/period"
)

var kosovo = sync.OnceValue(func() *law.Pack {
	pack, err := law.Kosovo()
	if err != nil {
		panic(err)
	}
	return pack
})

// outcome is all that reading a file gave.
type outcome struct {
	rows     []Row
	problems []Problem
	sum      Summary
	err      error
}

func read(r io.Reader, opt Options) (o outcome) {
	opt.Pack = kosovo()
	o.sum, o.err = Each(context.Background(), "t.csv", r, opt, nil, func(b *Batch) error {
		o.rows = append(o.rows, b.Rows...)
		o.problems = append(o.problems, b.Problems...)
		return nil
	})
	return o
}

// codes are the codes of all problems and doubts, with their rows.
func (o outcome) codes() (list []string) {
	for _, p := range o.problems {
		list = append(list, fmt.Sprintf("%d %s %s", p.Row, p.Column, p.Code))
	}
	for _, r := range o.rows {
		for _, p := range r.Doubts {
			list = append(list, fmt.Sprintf("%d %s %s?", p.Row, p.Column, p.Code))
		}
	}
	return list
}

const plain = `case,court,offence_convicted,verdict,imprisonment,fine,offence_from,judgment_date,place,suspended
P 1/20,Prishtinë,06/L-074:165(1),convicted,4y,600,2019-05-01,2020-02-03,"Ferizaj, Kaçanik",no
P 2/20,Пећ,165(1),acquitted,,,2020,2021-03-04,"the ""Hotel""",
P 3/20,Gjakovë,neni 165 paragrafi 1,convicted,unknown,unknown,2020-03,2021,,yes
`

func TestOneTableInEveryFormat(t *testing.T) {
	want := read(strings.NewReader(plain), Options{})
	if want.err != nil || len(want.rows) != 3 || len(want.problems) != 0 {
		t.Fatalf("read %d rows, %v, %v", len(want.rows), want.codes(), want.err)
	}
	first := want.rows[0]
	if first.Line != 2 || first.Case != "P 1/20" || first.Place != "Ferizaj, Kaçanik" || want.rows[1].Place != `the "Hotel"` ||
		first.Facts.Sentence.Fine != (law.Fine{State: law.FineOfAmount, Cents: 60000}) ||
		first.Facts.Sentence.Imprisonment.Term != period.Years(4) || !first.Facts.Convicted.InPack() ||
		first.Facts.Judged != period.MustDate("2020-02-03") || want.rows[1].Facts.Verdict != law.Acquitted {
		t.Errorf("read %+v", want.rows)
	}
	latin := strings.Replace(plain, "Пећ", "Peć", 1)
	for name, content := range map[string]string{
		"semicolons":          delimitedBy(t, ';', plain),
		"tabs":                delimitedBy(t, '\t', plain),
		"with BOM":            "\uFEFF" + plain,
		"Windows line breaks": strings.ReplaceAll(plain, "\n", "\r\n"),
		"old line breaks":     strings.ReplaceAll(plain, "\n", "\r"),
		"no last line break":  strings.TrimSuffix(plain, "\n"),
		"sep= line":           "sep=,\n" + plain,
		"UTF-16":              encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String, plain),
		"UTF-16 big endian":   encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String, plain),
		"Windows-1250":        encoded(t, charmap.Windows1250.NewEncoder().String, latin),
		"spaces after commas": strings.ReplaceAll(plain, ",\"", ", \""),
		"trailing commas":     strings.ReplaceAll(plain, "\n", ",,\n"),
		"JSON Lines":          jsonLinesOf(t, plain),
		"workbook":            workbookOf(t, plain, nil),
	} {
		t.Run(name, func(t *testing.T) {
			got := read(strings.NewReader(content), Options{})
			if got.err != nil {
				t.Fatal(got.err)
			}
			expected := want.rows
			if strings.HasPrefix(name, "Windows-1250") {
				expected = read(strings.NewReader(latin), Options{}).rows
			}
			for i := range got.rows {
				got.rows[i].Line = i + 2 // formats count differently
			}
			if diff := cmp.Diff(expected, got.rows, cmp.Comparer(func(a, b *law.Offence) bool { return a == b || a != nil && b != nil && a.Text == b.Text }),
				cmp.Comparer(func(a, b period.Date) bool { return a == b }), cmp.Comparer(func(a, b period.Length) bool { return a == b })); diff != "" {
				t.Errorf("rows differ (-CSV +%s):\n%s", name, diff)
			}
		})
	}
}

func encoded(t *testing.T, encode func(string) (string, error), s string) string {
	t.Helper()
	out, err := encode(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func records(t *testing.T, table string) [][]string {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func delimitedBy(t *testing.T, delim rune, table string) string {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = delim
	if err := w.WriteAll(records(t, table)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func jsonLinesOf(t *testing.T, table string) string {
	t.Helper()
	var b strings.Builder
	all := records(t, table)
	for _, rec := range all[1:] {
		object := map[string]any{}
		for i, key := range all[0] {
			object[key] = rec[i]
			if key == "fine" && rec[i] == "600" {
				object[key] = 600
			}
			if rec[i] == "" {
				object[key] = nil
			}
		}
		line, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.String()
}

// workbookOf writes a table as XLSX; change may alter the cells.
func workbookOf(t testing.TB, table string, change func(f *excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	all, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, rec := range all {
		for j, v := range rec {
			cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
			if err := f.SetCellStr("Sheet1", cell, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	if change != nil {
		change(f)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWorkbookCells(t *testing.T) {
	table := workbookOf(t, plain, func(f *excelize.File) {
		must(t, f.SetCellValue("Sheet1", "H2", 43864))      // 2020-02-03 as a number of days
		must(t, f.SetCellValue("Sheet1", "F2", 1000.1+0.2)) // 1000.3000000000001
		must(t, f.SetCellValue("Sheet1", "E3", "300 years"))
		must(t, f.SetCellValue("Sheet1", "G4", 2018))
		must(t, f.InsertRows("Sheet1", 1, 2))
		must(t, f.SetCellValue("Sheet1", "A1", "Judgments of a court"))
		_, err := f.NewSheet("Empty")
		must(t, err)
	})
	got := read(strings.NewReader(table), Options{})
	if got.err != nil || len(got.rows) != 2 {
		t.Fatalf("read %d rows, %v, %v", len(got.rows), got.codes(), got.err)
	}
	if f := got.rows[0].Facts; got.rows[0].Line != 4 || f.Judged != period.MustDate("2020-02-03") || f.Sentence.Fine.Cents != 100030 {
		t.Errorf("read %+v", got.rows[0])
	}
	if got.rows[1].Facts.Committed.From != period.MustDate("2018") {
		t.Errorf("a year in a cell reads as %s", got.rows[1].Facts.Committed.From)
	}
	if p := got.problems[0]; p.Code != tooLong || p.Cell != "E5" || p.Row != 5 {
		t.Errorf("found %+v, want a length too long in E5", p)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A file of many blocks comes out whole and in order, whatever the reader
// gives at a time and whatever stands across the blocks' borders.
func TestBlocksKeepOrder(t *testing.T) {
	var table strings.Builder
	table.WriteString("case,offence_convicted,verdict,imprisonment,fine,quote\n")
	const rows = 20000
	for i := range rows {
		fmt.Fprintf(&table, "%d,165(1),convicted,4y,,\"line\n%s, \"\"%d\"\"\"\n", i, strings.Repeat("x", i%97), i)
	}
	for _, r := range []io.Reader{strings.NewReader(table.String()), iotest.HalfReader(strings.NewReader(table.String()))} {
		got := read(r, Options{Workers: 3})
		if got.err != nil || len(got.rows) != rows {
			t.Fatalf("read %d rows, %v, %v", len(got.rows), got.codes(), got.err)
		}
		for i, row := range got.rows {
			want := fmt.Sprintf("line\n%s, \"%d\"", strings.Repeat("x", i%97), i)
			if row.Case != fmt.Sprint(i) || row.Line != i+2 || row.Quote != want {
				t.Fatalf("row %d is %+v, want quote %q", i, row, want)
			}
		}
	}
}

func TestWorkAndSink(t *testing.T) {
	var table bytes.Buffer
	must(t, synthetic.WriteCSV(&table, 30000, 7))
	lines := 0
	sum, err := Each(context.Background(), "t.csv", bytes.NewReader(table.Bytes()), Options{Pack: kosovo(), Workers: 4},
		func(b *Batch) error {
			for i := range b.Rows {
				b.Out = fmt.Appendf(b.Out, "%d\n", b.Rows[i].Line)
			}
			return nil
		},
		func(b *Batch) error {
			for line := range bytes.Lines(b.Out) {
				lines++
				if want := fmt.Sprintf("%d\n", lines+1); string(line) != want {
					return fmt.Errorf("line %q, want %q", line, want)
				}
			}
			return nil
		})
	if err != nil || lines != 30000 || sum.Rows != 30000 || sum.Good != 30000 || sum.Errors != 0 {
		t.Errorf("%d lines, %+v, %v", lines, sum, err)
	}
	for _, stage := range []string{"work", "sink"} {
		stop := errors.New("the disk is full")
		fail := func(b *Batch) error { return stop }
		work, sink := fail, (func(*Batch) error)(nil)
		if stage == "sink" {
			work, sink = nil, fail
		}
		if _, err := Each(context.Background(), "t.csv", bytes.NewReader(table.Bytes()), Options{Pack: kosovo()}, work, sink); !errors.Is(err, stop) {
			t.Errorf("an error of %s came back as %v", stage, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	if _, err := Each(ctx, "t.csv", bytes.NewReader(table.Bytes()), Options{Pack: kosovo()}, nil, func(*Batch) error { cancel(); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled, it returned %v", err)
	}
	broken := io.MultiReader(bytes.NewReader(table.Bytes()), iotest.ErrReader(io.ErrClosedPipe))
	if _, err := Each(context.Background(), "t.csv", broken, Options{Pack: kosovo()}, nil, nil); !errors.Is(err, io.ErrClosedPipe) || !strings.Contains(err.Error(), "t.csv") {
		t.Errorf("a failing reader came back as %v", err)
	}
}

func TestLimitAndStrict(t *testing.T) {
	var table strings.Builder
	table.WriteString("offence_convicted,verdict,imprisonment,fine,suspended\n")
	for i := range 30000 {
		table.WriteString([]string{"165(1),convicted,4y,,no\n", "165(1),convicted,4y,-5,no\n"}[i%2])
	}
	got := read(strings.NewReader(table.String()), Options{MaxProblems: 10})
	if got.err != nil || len(got.problems) != 10 || got.sum != (Summary{Rows: 30000, Good: 15000, Errors: 15000, Unlisted: 14990}) {
		t.Errorf("%d problems listed, %+v, %v", len(got.problems), got.sum, got.err)
	}
	for i, p := range got.problems {
		if p.Row != 3+2*i {
			t.Errorf("problem %d is in row %d, want %d: the first are to be listed", i, p.Row, 3+2*i)
		}
	}
	var strict *StrictError
	if got := read(strings.NewReader(table.String()), Options{Strict: true}); !errors.As(got.err, &strict) || strict.Errors != 15000 || len(got.rows) > 0 {
		t.Errorf("strict: %d rows, %v", len(got.rows), got.err)
	}
	if got := read(strings.NewReader(plain), Options{Strict: true}); got.err != nil || len(got.rows) != 3 {
		t.Errorf("strict with a good file: %v", got.err)
	}
}
