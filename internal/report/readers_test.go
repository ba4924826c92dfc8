package report

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fener/internal/intake"
	"fener/internal/needs"
	"fener/locale"
)

// answersIn writes the answers to everything in each form for data into a folder, with their description.
func answersIn(t *testing.T, dir, table string) {
	t.Helper()
	pack := kosovo(t)
	for _, format := range []Format{CSV, JSONL, XLSX} {
		path := filepath.Join(dir, "answers."+format.String())
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		r, err := New(file, Options{Format: format, Lang: locale.EN, Pack: pack})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Read(context.Background(), "a.csv", strings.NewReader(table), intake.Options{}, nil); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := WritePackage(path, format, locale.EN); err != nil {
			t.Fatal(err)
		}
	}
}

func names() (list []string) {
	for i := range columns {
		list = append(list, columns[i].name)
	}
	return list
}

// output is what a program printed, as JSON.
func output(t *testing.T, to any, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, errs.String())
	}
	if err := json.Unmarshal(out, to); err != nil {
		t.Fatalf("%s printed %q: %v", name, out, err)
	}
}

// pandas reads the three forms into the same columns, with types and sums as they are; frictionless finds nothing wrong with files or description.
func TestPandasAndFrictionlessReadTheAnswers(t *testing.T) {
	python := needs.Python(t, "pandas", "frictionless", "openpyxl", "jsonlines")
	dir := t.TempDir()
	answersIn(t, dir, everything)
	var said struct {
		Columns       map[string][]string
		Months        map[string]float64
		Flags, Joint  map[string]int
		Typed, Faults []string
		Days          []string
	}
	output(t, &said, python, filepath.Join("testdata", "read.py"), dir)
	for _, form := range []string{"csv", "jsonl", "xlsx"} {
		if !slices.Equal(said.Columns[form], names()) {
			t.Errorf("%s was read with the columns %q", form, said.Columns[form])
		}
		if said.Months[form] != 42+96 || said.Flags[form] != 2 || said.Joint[form] != 1 {
			t.Errorf("%s: %v months, %d forms not allowed, %d joint", form, said.Months[form], said.Flags[form], said.Joint[form])
		}
	}
	if len(said.Typed) > 0 || len(said.Faults) > 0 {
		t.Errorf("types that were lost: %q; faults: %q", said.Typed, said.Faults)
	}
	if len(said.Days) != 2 || !strings.HasPrefix(said.Days[0], "2021-03-01") {
		t.Errorf("the days in the workbook were read as %q", said.Days)
	}
}

func TestRReadsTheAnswers(t *testing.T) {
	r := needs.Tool(t, "Rscript")
	dir := t.TempDir()
	answersIn(t, dir, everything)
	type read struct {
		Columns              []string
		Months, Flags, Joint float64
		Logical, Number      bool
	}
	var said struct{ CSV, JSONL read }
	output(t, &said, r, "--vanilla", filepath.Join("testdata", "read.R"), dir)
	for form, got := range map[string]read{"csv": said.CSV, "jsonl": said.JSONL} {
		if !slices.Equal(got.Columns, names()) || got.Months != 42+96 || got.Flags != 2 || got.Joint != 1 || !got.Logical || !got.Number {
			t.Errorf("%s was read as %+v", form, got)
		}
	}
}

// A workbook has numbers, days and truth values as what they are, the codebook beside the findings, and no text that could be run.
func TestWorkbookIsTyped(t *testing.T) {
	dir := t.TempDir()
	answersIn(t, dir, strings.Replace(everything, "SYNTHETIC 1,A.", `"=HYPERLINK(""x"")",A.`, 1))
	file, err := excelize.OpenFile(filepath.Join(dir, "answers.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if got := file.GetSheetList(); !slices.Equal(got, []string{"findings", "codebook"}) {
		t.Errorf("the sheets are %q", got)
	}
	for name, want := range map[string]struct {
		value string
		kind  excelize.CellType
	}{"case": {`'=HYPERLINK("x")`, excelize.CellTypeInlineString}, "imposed_months": {"42", excelize.CellTypeUnset}, "fine_amount": {"5000.5", excelize.CellTypeUnset},
		"judgment_date": {"2021-03-01", excelize.CellTypeUnset}, "outcome_form_not_allowed": {"TRUE", excelize.CellTypeBool}, "imposed": {"3y 6m", excelize.CellTypeInlineString}} {
		cell, err := excelize.CoordinatesToCellName(1+slices.Index(names(), name), 2)
		if err != nil {
			t.Fatal(err)
		}
		value, err := file.GetCellValue(sheetFindings, cell)
		if err != nil {
			t.Fatal(err)
		}
		kind, err := file.GetCellType(sheetFindings, cell)
		if err != nil {
			t.Fatal(err)
		}
		if value != want.value || kind != want.kind {
			t.Errorf("%s (%s) is %q of type %v, want %q of %v", name, cell, value, kind, want.value, want.kind)
		}
	}
	book, err := file.GetRows(sheetCodebook)
	if err != nil || len(book) < len(columns) {
		t.Errorf("the codebook has %d rows: %v", len(book), err)
	}
}

// A description that somebody else wrote stays; one of ours keeps what it says of other files, and says each file once.
func TestPackageLeavesOthersAlone(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{"a.csv", "b.csv", "a.csv"} {
		if _, err := WritePackage(filepath.Join(dir, path), CSV, locale.SQ); err != nil {
			t.Fatal(err)
		}
	}
	var got dataPackage
	text, err := os.ReadFile(filepath.Join(dir, packageName))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Resources) != 2 || got.Resources[0].Path != "b.csv" || got.Resources[1].Path != "a.csv" {
		t.Errorf("described are %+v", got.Resources)
	}
	theirs := []byte(`{"name":"my study"}`)
	if err := os.WriteFile(filepath.Join(dir, packageName), theirs, 0o600); err != nil {
		t.Fatal(err)
	}
	to, err := WritePackage(filepath.Join(dir, "a.csv"), CSV, locale.SQ)
	if err != nil || filepath.Base(to) != "a.csv.datapackage.json" {
		t.Errorf("described in %s, %v", to, err)
	}
	if text, _ := os.ReadFile(filepath.Join(dir, packageName)); string(text) != string(theirs) {
		t.Errorf("somebody's description is now %s", text)
	}
}
