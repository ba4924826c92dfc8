package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fener/internal/sheet"
	"fener/locale"
)

// What people write into a workbook that cannot be taken, or can be read in two ways. Each row is one such workbook, SYNTHETIC throughout.
func TestBadInputInAFundingWorkbook(t *testing.T) {
	grant := func(cells ...any) func(*fundingBook) {
		return func(b *fundingBook) {
			for i := 0; i < len(cells); i += 2 {
				b.set("grants", cells[i].(string), 3, cells[i+1])
			}
		}
	}
	shelter := func(column, text string) func(*fundingBook) {
		return func(b *fundingBook) { b.set("shelters", column, 3, text) }
	}
	const whereabouts = "where a shelter is, and how it is called by telephone, is never kept"
	for _, tt := range []struct {
		name   string
		change func(*fundingBook)
		code   int
		says   []string
	}{
		{"72.000,00 is seventy-two thousand", grant("amount", "72.000,00"), exitDone, []string{"Changed: 1. Same: 9. Doubtful: 0. Refused: 0."}},
		{"72,000.00 is seventy-two thousand", grant("amount", "72,000.00"), exitDone, []string{"Changed: 1. Same: 9. Doubtful: 0. Refused: 0."}},
		{"72 000 € names its currency", grant("amount", "72 000 €", "currency", nil), exitDone, []string{"Changed: 1. Same: 9. Doubtful: 0. Refused: 0."}},
		{"72000 EUR names its currency", grant("amount", "72000 EUR", "currency", nil), exitDone, []string{"Changed: 1. Same: 9. Doubtful: 0. Refused: 0."}},
		{"72.000 as a text can be read in two ways", grant("amount", "72.000"), exitDone, []string{"doubtful: grant G-2019", "(3, amount): it can be read in two ways, and is read as the first of them: 72000; 72.000"}},
		{"72000 as a number cannot", grant("amount", 72000), exitDone, []string{"Same: 10"}},
		{"72000.125 as a number is no 72000125", grant("amount", 72000.125), exitDone, []string{"Changed: 1. Same: 9. Doubtful: 0. Refused: 0."}},
		{"no sum", grant("amount", "seventy-two"), exitUnreadable, []string{"refused (3, amount): “seventy-two” is no sum"}},
		{"an unknown currency", grant("currency", "XYZ"), exitUnreadable, []string{`"XYZ" is none of the words that can stand here`, "EUR, USD"}},
		{"an unknown currency in the amount", grant("amount", "72000 XYZ", "currency", nil), exitUnreadable, []string{"refused (3, amount): “72000 XYZ” is no sum", "with one of the currencies EUR"}},
		{"no currency", grant("currency", nil), exitUnreadable, []string{"refused (3, amount): “72000” does not say its currency"}},
		{"two currencies", grant("amount", "72000 USD"), exitUnreadable, []string{"refused (3, amount): “72000 USD” names one currency, and beside it stands EUR"}},
		{"a period that ends before it starts", grant("from", "01.02.2019", "to", "31.12.2018"), exitUnreadable, []string{"refused (3, to): the period ends (2018-12-31) before it starts (2019-02-01)"}},
		{"no such day", grant("signed", "31.02.2019"), exitUnreadable, []string{"refused (3, signed): \"31.02.2019\" is no day of the calendar", "refused: grant (not read), Grantet, lines 3"}},
		{"a word of no list", grant("step", "perhaps"), exitUnreadable, []string{`"perhaps" is none of the words that can stand here`, "Planned, Promised, Awarded, Contracted, Reported"}},
		{"a word of another language", grant("step", "Уговорено"), exitDone, []string{"Same: 10"}},
		{"a payment before its contract", func(b *fundingBook) { b.set("payments", "date", 3, "20.01.2019") }, exitDone, []string{"doubtful: payment P-2019-1", "doubt (3): it was paid before the contract was signed: grant G-2019, 2019-02-01"}},
		{"a payment above its grant", func(b *fundingBook) { b.set("payments", "amount", 4, 40000) }, exitDone, []string{"doubtful: payment P-2019-2", "more was paid than the grant gives: grant G-2019, 4000"}},
		{"a payment without its grant", func(b *fundingBook) { b.set("payments", "grant", 4, nil) }, exitDone, []string{"it names no grant that is on record"}},
		{"the same sum twice", func(b *fundingBook) {
			b.add("grants", map[string]any{"id": "G-2019-2", "shelters": "SH-A", "step": "contracted", "funders": "Ministria SYNTHETIC", "from": "01.02.2019", "to": "31.12.2019", "amount": 72000, "currency": "EUR", "source": "SYNTHETIC report 2020. SYNTHETIC organisation, 2021"})
		}, exitDone, []string{"the same sum for the same shelter and time stands there already: grant G-2019", "two signed grants of one funder pay for the same days"}},
		{"a grant for a shelter that nobody knows", grant("shelters", "SH-B"), exitUnreadable, []string{"(3, shelters): shelter SH-B is not on record"}},
		{"a grant for one of two shelters of a name", func(b *fundingBook) {
			b.add("shelters", map[string]any{"id": "SH-A2", "name_sq": "Strehimorja A SYNTHETIC", "sort": "closed", "source": "SYNTHETIC report 2020. SYNTHETIC organisation, 2021"})
			b.set("grants", "shelters", 3, "Strehimorja A SYNTHETIC")
		}, exitUnreadable, []string{"(3, shelters): several are called so: Strehimorja A SYNTHETIC: shelter SH-A, shelter SH-A2"}},
		{"people counted by the month", func(b *fundingBook) { b.set("services", "from", 3, "01.2019") }, exitUnreadable, []string{"is finer than a year"}},
		{"a town that is none", shelter("town", "Prishtinë, lagjja Dardania"), exitUnreadable, []string{"is not the name of a municipality"}},
		{"a street address in Albanian", shelter("note", "rr. Agim Ramadani 12"), exitUnreadable, []string{"refused (3, note): a street address", whereabouts}},
		{"a street address in Serbian", shelter("note", "ul. Kralja Petra br. 3"), exitUnreadable, []string{"a street address", whereabouts}},
		{"a street address in Cyrillic", shelter("quote", "СИНТЕТИЧКИ: Улица Краља Петра"), exitUnreadable, []string{"refused (3, quote): a street address"}},
		{"coordinates", shelter("note", "42.6629, 21.1655"), exitUnreadable, []string{"coordinates stands in it", whereabouts}},
		{"a mobile telephone", shelter("aliases", "Shelter +383 44 123 456"), exitUnreadable, []string{"refused (3, aliases): a telephone number", whereabouts}},
		{"a telephone", shelter("note", "044/123-456"), exitUnreadable, []string{"a telephone number"}},
		{"a code of a place", shelter("note", "M568+2QX"), exitUnreadable, []string{"a code of a place"}},
		{"a landmark", shelter("note", "pranë shkollës fillore"), exitUnreadable, []string{"what the house is near"}},
		{"a street in the note of a closure", func(b *fundingBook) { b.set("closures", "note", 3, "rr. Agim Ramadani 12") }, exitUnreadable, []string{"refused (3, note): a street address"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir, b := moneyFolder(t), newFundingBook(t, locale.SQ)
			syntheticYear(b)
			if code, says := importFunding(t, dir, b.save()); code != exitDone {
				t.Fatalf("the year itself ended with %d:\n%s", code, says)
			}
			tt.change(b)
			b.ends(t, dir, tt.code, tt.says)
		})
	}
}

// ends imports the book and holds against it how that ends, and what is said in English.
func (b *fundingBook) ends(t *testing.T, dir string, want int, texts []string) {
	t.Helper()
	code, says := importFunding(t, dir, "--lang", "en", b.save())
	if code != want {
		t.Errorf("ended with %d, want %d", code, want)
	}
	for _, text := range texts {
		if !strings.Contains(says, text) {
			t.Errorf("%q is not said", text)
		}
	}
	if t.Failed() {
		t.Log(says)
	}
}

// The reason is said in the language of who imports.
func TestWhereaboutsAreRefusedInEveryLanguage(t *testing.T) {
	dir, b := moneyFolder(t), newFundingBook(t, locale.SQ)
	syntheticYear(b)
	b.set("shelters", "note", 3, "rr. Agim Ramadani 12")
	b.save()
	for l, text := range map[string]string{"sq": "ku gjendet strehimorja dhe si telefonohet nuk ruhet kurrë", "sr-Latn": "gde je sigurna kuća i kako se telefonira nikad se ne čuva", "sr": "где је сигурна кућа и како се телефонира никад се не чува"} {
		if code, says := importFunding(t, dir, "--lang", l, b.path); code != exitUnreadable || !strings.Contains(says, text) {
			t.Errorf("%s: ended with %d, without %q:\n%s", l, code, text, says)
		}
	}
}

// Sheets are missing, renamed, unknown, or not what their names say.
func TestSheetsOfAFundingWorkbook(t *testing.T) {
	title := func(b *fundingBook, name string) string { return sheet.Title(b.lang, b.kind(name)) }
	for _, tt := range []struct {
		name   string
		change func(*fundingBook) error
		code   int
		says   []string
	}{
		{"a sheet is missing", func(b *fundingBook) error { return b.file.DeleteSheet(title(b, "events")) }, exitDone, []string{"no such sheet: Events.", "New: 9."}},
		{"a sheet is renamed", func(b *fundingBook) error { return b.file.SetSheetName(title(b, "grants"), "Të tjera") }, exitDone, []string{"Të tjera", "is read as Grants, since its columns fit", "New: 10."}},
		{"a sheet has a year in its name", func(b *fundingBook) error { return b.file.SetSheetName(title(b, "grants"), "Grantet 2019") }, exitDone, []string{"New: 10."}},
		{"a renamed sheet lacks a column", func(b *fundingBook) error {
			if err := b.file.SetSheetName(title(b, "grants"), "Të tjera"); err != nil {
				return err
			}
			return b.file.RemoveCol("Të tjera", "C")
		}, exitUnreadable, []string{`Sheet "Të tjera" is none that is known`, "Shelters, Calls, Applications, Grants"}},
		{"a sheet lacks a column", func(b *fundingBook) error { return b.file.RemoveCol(title(b, "grants"), "C") }, exitUnreadable, []string{"sheet Grantet", "There is no column Step."}},
		{"a sheet has a column of its own", func(b *fundingBook) error {
			return b.file.SetCellValue(title(b, "grants"), "Z1", "Ngjyra")
		}, exitDone, []string{`"Ngjyra" is no column that is known; it is not read`, "New: 10."}},
		{"a column stands twice", func(b *fundingBook) error {
			return b.file.SetCellValue(title(b, "grants"), "Z1", "Amount")
		}, exitUnreadable, []string{`"Amount" is the same column as Shuma`}},
		{"a sheet of one's own", func(b *fundingBook) error {
			if _, err := b.file.NewSheet("Shënimet e mia"); err != nil {
				return err
			}
			return b.file.SetCellValue("Shënimet e mia", "A1", "SYNTHETIC")
		}, exitDone, []string{`Sheet "Shënimet e mia" is not read`, "New: 10."}},
		{"empty rows below", func(b *fundingBook) error { return b.file.SetCellValue(title(b, "grants"), "B900", " ") }, exitDone, []string{"New: 10."}},
		{"titles above the header", func(b *fundingBook) error {
			if err := b.file.InsertRows(title(b, "grants"), 1, 2); err != nil {
				return err
			}
			return b.file.SetCellValue(title(b, "grants"), "A1", "SYNTHETIC 2019")
		}, exitDone, []string{"New: 10."}},
		{"a sum merged over two rows", func(b *fundingBook) error {
			b.add("grants", map[string]any{"id": "G-2020", "shelters": "SH-A", "step": "planned", "funders": "Ministria SYNTHETIC", "currency": "EUR", "source": "SYNTHETIC report 2020. SYNTHETIC organisation, 2021"})
			at := b.cell("grants", "amount", 3)
			return b.file.MergeCell(title(b, "grants"), at, b.cell("grants", "amount", 4))
		}, exitUnreadable, []string{"refused (4, amount): The amount", "stands in a cell merged with rows above"}},
		{"a funder merged over two rows", func(b *fundingBook) error {
			b.add("grants", map[string]any{"id": "G-2020", "shelters": "SH-A", "step": "planned", "source": "SYNTHETIC report 2020. SYNTHETIC organisation, 2021"})
			return b.file.MergeCell(title(b, "grants"), b.cell("grants", "funders", 3), b.cell("grants", "funders", 4))
		}, exitDone, []string{"New: 11."}},
		{"a formula with its value", func(b *fundingBook) error {
			at := b.cell("grants", "amount", 3)
			if err := b.file.SetCellFormula(title(b, "grants"), at, "36000*2"); err != nil {
				return err
			}
			return b.file.UpdateLinkedValue()
		}, exitUnreadable, []string{"36000*2", "its value was not saved"}},
		{"a spreadsheet's error", func(b *fundingBook) error {
			return b.file.SetCellValue(title(b, "grants"), b.cell("grants", "amount", 3), "#REF!")
		}, exitUnreadable, []string{"#REF!", "is an error of the spreadsheet"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir, b := moneyFolder(t), newFundingBook(t, locale.SQ)
			syntheticYear(b)
			if err := tt.change(b); err != nil {
				t.Fatal(err)
			}
			b.ends(t, dir, tt.code, tt.says)
		})
	}
}

// Days are kept by spreadsheets as numbers, and shown in some form; a month or a year is no day.
func TestDatesOfASpreadsheet(t *testing.T) {
	dir, b := moneyFolder(t), newFundingBook(t, locale.SQ)
	syntheticYear(b)
	day, err := b.file.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	month := "mm/yyyy"
	months, err := b.file.NewStyle(&excelize.Style{CustomNumFmt: &month})
	if err != nil {
		t.Fatal(err)
	}
	title := sheet.Title(b.lang, b.kind("grants"))
	for column, style := range map[string]int{"signed": day, "from": months} {
		at := b.cell("grants", column, 3)
		b.set("grants", column, 3, 43497) // 1 February 2019
		if err := b.file.SetCellStyle(title, at, at, style); err != nil {
			t.Fatal(err)
		}
	}
	b.set("grants", "to", 3, 2019)
	b.set("grants", "published", 3, 43891) // a number of days without a form
	code, says := importFunding(t, dir, "--format", "jsonl", "--dry-run", b.save())
	if code != exitDone || !strings.Contains(says, `"title":"2019-02..2019, 72000 EUR, contracted"`) {
		t.Errorf("ended with %d:\n%s", code, says)
	}
}

// Files that are no workbook, or want to be a burden.
func TestHostileFundingFiles(t *testing.T) {
	dir := moneyFolder(t)
	for name, text := range map[string]string{
		"empty.xlsx": "", "page.xlsx": "<html><body><table></table></body></html>", "old.xls": "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "broken.xlsx": "PK\x03\x04 no archive", "report.pdf": "%PDF-1.4",
		"binary.csv": "id,shelters\x00\x01", "quote.csv": "id,shelters,step\n\"G-1,SH-A,planned\n", "strange.csv": "a,b,c\n1,2,3\n",
	} {
		if code, says := importFunding(t, dir, writeFile(t, name, text)); code != exitUnreadable || strings.Contains(says, "panic") || strings.TrimSpace(says) == "" {
			t.Errorf("%s: ended with %d:\n%s", name, code, says)
		}
	}
	if code, says := importFunding(t, dir, filepath.Join(t.TempDir(), "none.xlsx")); code != exitUnreadable || !strings.Contains(says, "none.xlsx") {
		t.Errorf("a file that is not there: ended with %d:\n%s", code, says)
	}
	if code, says := importFunding(t, dir, t.TempDir()); code != exitUnreadable || !strings.Contains(says, "there is no table") {
		t.Errorf("an empty folder: ended with %d:\n%s", code, says)
	}
}
