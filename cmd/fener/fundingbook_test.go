package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"fener/internal/record"
	"fener/internal/sheet"
	"fener/locale"
)

// fundingBook is a workbook on shelters and their money, as somebody fills in the template.
type fundingBook struct {
	t    *testing.T
	lang locale.Lang
	path string
	file *excelize.File
	rows map[string]int // filled so far, by sheet
}

// newFundingBook takes the template of a language.
func newFundingBook(t *testing.T, l locale.Lang) *fundingBook {
	t.Helper()
	b := &fundingBook{t: t, lang: l, path: filepath.Join(t.TempDir(), "libri.xlsx"), rows: map[string]int{}}
	if code, says := fener(t, "template", "funding", "--lang", string(l), "--out", b.path); code != exitDone {
		t.Fatalf("fener template ended with %d: %s", code, says)
	}
	var err error
	if b.file, err = excelize.OpenFile(b.path); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.file.Close() })
	return b
}

func (b *fundingBook) kind(name string) *record.Sheet {
	for _, d := range record.FundingKinds() {
		if d.Sheet.Name == name {
			return d.Sheet
		}
	}
	b.t.Fatalf("there is no sheet %q", name)
	return nil
}

// cell is the place of a column in a row of a sheet.
func (b *fundingBook) cell(name, column string, row int) string {
	b.t.Helper()
	for i, c := range b.kind(name).Columns {
		if c == column {
			at, err := excelize.CoordinatesToCellName(i+1, row)
			if err != nil {
				b.t.Fatal(err)
			}
			return at
		}
	}
	b.t.Fatalf("sheet %s has no column %q", name, column)
	return ""
}

func (b *fundingBook) set(name, column string, row int, value any) {
	b.t.Helper()
	if err := b.file.SetCellValue(sheet.Title(b.lang, b.kind(name)), b.cell(name, column, row), value); err != nil {
		b.t.Fatal(err)
	}
}

// add fills in the next row of a sheet; words of lists are written in the workbook's language. It returns the number of the row.
func (b *fundingBook) add(name string, row map[string]any) int {
	b.t.Helper()
	b.rows[name]++
	at := b.rows[name] + 2 // below the header and the example
	for column, value := range row {
		if word, ok := value.(string); ok && len(sheet.Choices(b.kind(name).Cells[column])) > 0 {
			value = sheet.Word(b.lang, column, word)
		}
		b.set(name, column, at, value)
	}
	return at
}

// save writes the workbook.
func (b *fundingBook) save() string {
	b.t.Helper()
	if err := b.file.SaveAs(b.path); err != nil {
		b.t.Fatal(err)
	}
	return b.path
}

// syntheticYear fills in a made-up year of a made-up shelter: SYNTHETIC throughout. The call was late, so that January had no grant.
func syntheticYear(b *fundingBook) {
	const source = "SYNTHETIC report 2019. SYNTHETIC organisation, 2020-03-01. https://example.org/synthetic-2019"
	told := func(row map[string]any) map[string]any {
		row["source"], row["place"], row["quote"], row["published"] = source, "4", "SYNTHETIC: made up for a test", "01.03.2020"
		return row
	}
	b.add("shelters", told(map[string]any{"id": "SH-A", "name_sq": "Strehimorja A SYNTHETIC", "sort": "closed", "runs": "ngo", "town": "Prishtinë", "capacity": 12, "since": "2010"}))
	b.add("calls", told(map[string]any{"id": "TH-2019", "name_sq": "Thirrja SYNTHETIC 2019", "funders": "Ministria SYNTHETIC", "shelters": "Strehimorja A SYNTHETIC", "planned": "15.11.2018", "opened": "20.12.2018", "closed": "10.01.2019", "decided": "25.01.2019"}))
	b.add("applications", told(map[string]any{"id": "AP-2019", "shelters": "SH-A", "call": "TH-2019", "date": "08.01.2019", "amount": 80000, "currency": "EUR", "outcome": "granted"}))
	b.add("grants", told(map[string]any{"id": "G-2019", "shelters": "SH-A", "step": "contracted", "funders": "Ministria SYNTHETIC", "purpose": "running", "call": "TH-2019", "signed": "01.02.2019", "from": "01.02.2019", "to": "31.12.2019", "amount": 72000, "currency": "EUR"}))
	b.add("payments", told(map[string]any{"id": "P-2019-1", "shelters": "SH-A", "funders": "Ministria SYNTHETIC", "grant": "G-2019", "date": "20.02.2019", "amount": 36000, "currency": "EUR"}))
	b.add("payments", told(map[string]any{"id": "P-2019-2", "shelters": "SH-A", "funders": "Ministria SYNTHETIC", "grant": "g-2019", "date": "20.08.2019", "amount": 36000, "currency": "EUR"}))
	b.add("closures", told(map[string]any{"id": "M-2019", "shelters": "SH-A", "from": "01.01.2019", "to": "31.01.2019", "cause": "late_call", "call": "TH-2019"}))
	b.add("gaps", told(map[string]any{"id": "K-2019", "shelters": "SH-A", "from": "01.01.2019", "to": "31.01.2019", "lasted": "1 muaj", "cause": "late_call", "kept": "closed"}))
	b.add("events", told(map[string]any{"id": "N-2019", "what": "vote", "name_sq": "U miratua buxheti SYNTHETIC", "from": "03.02.2019"}))
	b.add("services", told(map[string]any{"id": "S-2019", "shelter": "SH-A", "counts": "people", "from": "2019", "value": 24}))
}

// moneyFolder is a folder with a ledger and nothing else.
func moneyFolder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "record")
	if code, says := fener(t, "init", dir); code != exitDone {
		t.Fatalf("fener init ended with %d: %s", code, says)
	}
	return dir
}

func importFunding(t *testing.T, dir string, args ...string) (int, string) {
	t.Helper()
	return fener(t, append([]string{"import", "funding", "--data", dir, "--by", "SYNTHETIC"}, args...)...)
}

func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
