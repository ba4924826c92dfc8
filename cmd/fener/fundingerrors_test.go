package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fener/internal/sheet"
	"fener/locale"
)

// What is wrong is marked in the sheets, can be corrected there, and is taken then. No text of the workbook becomes a formula.
func TestErrorsAreWrittenBackIntoTheWorkbook(t *testing.T) {
	dir, b := moneyFolder(t), newFundingBook(t, locale.SQ)
	syntheticYear(b)
	const formula = `=HYPERLINK("https://example.org","SYNTHETIC")`
	b.set("grants", "currency", 3, "XYZ")
	b.set("grants", "note", 3, formula)
	b.set("payments", "to", 3, "2018")
	b.set("payments", "from", 3, "2019")
	errors := filepath.Join(t.TempDir(), "errors.xlsx")
	code, says := importFunding(t, dir, "--errors", errors, "--lang", "sq", b.save())
	if code != exitUnreadable || !strings.Contains(says, "Nuk u shtua asgjë") {
		t.Fatalf("ended with %d:\n%s", code, says)
	}
	marked, err := excelize.OpenFile(errors)
	if err != nil {
		t.Fatal(err)
	}
	defer marked.Close()
	grants, payments := sheet.Title(b.lang, b.kind("grants")), sheet.Title(b.lang, b.kind("payments"))
	for name, text := range map[string]string{grants: `"XYZ" nuk është asnjë nga fjalët`, payments: "periudha mbaron (2018) para se të fillojë (2019)"} {
		rows, err := marked.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		if last := rows[2][len(rows[2])-1]; rows[0][len(rows[0])-1] != "error" || !strings.Contains(last, text) {
			t.Errorf("sheet %s explains %q, without %q", name, last, text)
		}
		comments, err := marked.GetComments(name)
		if err != nil || len(comments) == 0 {
			t.Errorf("sheet %s has no remark at a cell: %v", name, err)
		}
	}
	at := b.cell("grants", "note", 3)
	if f, err := marked.GetCellFormula(grants, at); err != nil || f != "" {
		t.Errorf("the error file has a formula: %q, %v", f, err)
	}
	if text, err := marked.GetCellValue(grants, at); err != nil || text != "'"+formula {
		t.Errorf("the text is %q, %v", text, err)
	}

	// The marked workbook is corrected and imported; the column of explanations does not disturb.
	for _, fix := range []struct {
		sheet, cell string
		value       any
	}{{grants, b.cell("grants", "currency", 3), "EUR"}, {payments, b.cell("payments", "to", 3), "2019"}, {grants, b.cell("grants", "note", 3), nil}} {
		if err := marked.SetCellValue(fix.sheet, fix.cell, fix.value); err != nil {
			t.Fatal(err)
		}
	}
	if err := marked.Save(); err != nil {
		t.Fatal(err)
	}
	again := filepath.Join(t.TempDir(), "again.xlsx")
	if code, says := importFunding(t, dir, "--errors", again, errors); code != exitDone || !strings.Contains(says, "New: 10. Changed: 0. Same: 0. Doubtful: 0. Refused: 0.") {
		t.Errorf("the corrected workbook ended with %d:\n%s", code, says)
	}
	if _, err := os.Stat(again); err == nil {
		t.Error("an error file was written where nothing was refused")
	}
}

// A table for each kind, in a folder, an archive or by name, is one import as well, and its errors come back as one workbook.
func TestFundingFromTables(t *testing.T) {
	tables := map[string]string{
		"grants.csv":    "id,shelters,step,funders,from,to,amount,currency,source\nG-1,SH-A,contracted,SYNTHETIC ministry,2019-03-01,2019-12-31,72000,EUR,\"SYNTHETIC report 2019. SYNTHETIC, 2020\"\n",
		"shelters.csv":  "id;name_en;sort;source\nSH-A;SYNTHETIC shelter A;closed;SYNTHETIC report 2019. SYNTHETIC, 2020\n",
		"Pagesat.csv":   "Shenja;Strehimoret;Granti;Data;Shuma;Valuta;Burimi\nP-1;SYNTHETIC shelter A;G-1;20.03.2019;36.000,00;EUR;SYNTHETIC report 2019. SYNTHETIC, 2020\n",
		"notes.txt":     "SYNTHETIC",
		".~lock.x.csv#": "SYNTHETIC",
	}
	folder := t.TempDir()
	for name, text := range tables {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	archive := filepath.Join(t.TempDir(), "tables.zip")
	zipped(t, archive, tables)
	for name, files := range map[string][]string{
		"a folder": {folder}, "an archive": {archive},
		"files": {filepath.Join(folder, "grants.csv"), filepath.Join(folder, "Pagesat.csv"), filepath.Join(folder, "shelters.csv")},
	} {
		if code, says := importFunding(t, moneyFolder(t), files...); code != exitDone || !strings.Contains(says, "New: 3. Changed: 0. Same: 0. Doubtful: 0. Refused: 0.") {
			t.Errorf("%s: ended with %d:\n%s", name, code, says)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "Pagesat.csv"), []byte(strings.Replace(tables["Pagesat.csv"], "EUR", "", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	errors := filepath.Join(t.TempDir(), "errors.xlsx")
	if code, says := importFunding(t, moneyFolder(t), "--errors", errors, folder); code != exitUnreadable {
		t.Errorf("a payment without a currency: ended with %d:\n%s", code, says)
	}
	book, err := excelize.OpenFile(errors)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if list := book.GetSheetList(); strings.Join(list, " ") != "Pagesat grants shelters" {
		t.Errorf("the error file has the sheets %v", list)
	}
	if text, err := book.GetCellValue("Pagesat", "H2"); err != nil || !strings.Contains(text, "does not say its currency") {
		t.Errorf("the row of the payment explains %q, %v", text, err)
	}
}
