package intake

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// What nobody reads of a file is named where its rows go to the record.
func TestNothingIsLostInSilence(t *testing.T) {
	account := Options{Account: true}
	const head = "case,offence_convicted,verdict,imprisonment,fine,suspended\n"
	row := "P 1/21,165(1),convicted,5y,500,no\n"
	book := func(change func(f *excelize.File)) string { return workbookOf(t, sheetHead+good(1), change) }
	ods := func(rows string) string {
		return odsOf(t, `<table:table table:name="Data">`+odsRow(strings.Split(strings.TrimSpace(head), ",")...)+rows+`</table:table>`)
	}
	cells := strings.Split(strings.TrimSpace(row), ",")
	manyRows := head + strings.Repeat(row, 250)
	for _, c := range []struct {
		name, file string
		opt        Options
		rows       int
		want       string
	}{
		{"a field beyond the header, far below", manyRows + strings.TrimSpace(row) + ",\n" + strings.TrimSpace(row) + ",lost\n", account, 250, "252  ragged_row;253  ragged_row"},
		{"the same where each row ends with a comma", head + strings.Repeat(strings.TrimSpace(row)+",\n", 250) + strings.TrimSpace(row) + ",lost\n", Options{}, 250, "252  ragged_row"},
		{"a column without a name, named once", strings.TrimSpace(head) + ",,note\n" + strings.Repeat(strings.TrimSpace(row)+",lost,\n", 6000), account, 6000, "2  nameless_column"},
		{"the same for a check", strings.TrimSpace(head) + ",\n" + strings.TrimSpace(row) + ",lost\n", Options{}, 1, "2  nameless_column"},
		{"a column without a name and without texts", strings.TrimSpace(head) + ",\n" + strings.TrimSpace(row) + ",\n", account, 1, ""},
		{"a running number for a check", "Nr.," + head + "1," + row, Options{}, 1, ""},
		{"a running number for the record", "Nr.," + head + "1," + row, account, 1, "1  not_taken"},
		{"a title for a check", "A title,,,,,\n" + head + row, Options{}, 1, ""},
		{"a title for the record", "A title,,,,,\n" + head + row, account, 1, "1  above_header"},
		{"two vague names", "case,offence_convicted,verdict,Dënimi,Kazna,fine,suspended\nP 1/21,165(1),convicted,5y,6y,500,no\n", Options{}, 1, "1  other_column"},
		{"a sheet with a slip in its header beside a good one", book(func(f *excelize.File) {
			_, err := f.NewSheet("2022")
			must(t, err)
			must(t, f.SetSheetRow("2022", "A1", &[]string{"case", "court", "defendant"}))
			must(t, f.SetSheetRow("2022", "A2", &[]string{"P 2/21", "Court B", "B.B."}))
		}), Options{}, 1, "0  sheets_read"},
		{"one sheet chosen, the other named", book(func(f *excelize.File) {
			_, err := f.NewSheet("2022")
			must(t, err)
		}), Options{Account: true, Sheet: "Sheet1"}, 1, "0  sheets_read"},
		{"remarks on cells", book(func(f *excelize.File) {
			must(t, f.AddComment("Sheet1", excelize.Comment{Cell: "B2", Author: "Somebody", Text: "look it up"}))
			must(t, f.AddComment("Sheet1", excelize.Comment{Cell: "C2", Author: ourAuthor, Text: "ours"}))
		}), account, 1, "0  cell_remarks"},
		{"remarks of ours alone", book(func(f *excelize.File) {
			must(t, f.AddComment("Sheet1", excelize.Comment{Cell: "C2", Author: ourAuthor, Text: "ours"}))
		}), account, 1, ""},
		{"a remark of LibreOffice", ods(odsRow(append([]string{`<table:table-cell office:value-type="string"><office:annotation><text:p>look it up</text:p></office:annotation><text:p>P 1/21</text:p></table:table-cell>`}, cells[1:]...)...)), account, 1, "0  cell_remarks"},
		{"text beyond the header of a sheet", book(func(f *excelize.File) { must(t, f.SetCellStr("Sheet1", "Z2", "lost")) }), account, 0, "2  ragged_row"},
		{"a nameless column of a sheet", book(func(f *excelize.File) {
			must(t, f.SetCellStr("Sheet1", "L1", "note"))
			must(t, f.SetCellStr("Sheet1", "K2", "lost"))
		}), account, 1, "2  nameless_column"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := read(strings.NewReader(c.file), c.opt)
			if len(got.rows) != c.rows {
				t.Errorf("read %d rows, want %d (%v)", len(got.rows), c.rows, got.err)
			}
			if codes := strings.Join(got.codes(), ";"); codes != c.want {
				t.Errorf("found %s, want %s", codes, c.want)
			}
		})
	}
}

// A note is read for the record in every format, and by nobody for a check.
func TestNotesAreReadForTheRecord(t *testing.T) {
	const table = "case,offence_convicted,verdict,imprisonment,fine,suspended,Shënime (të brendshme)\nP 1/21,165(1),convicted,5y,500,no,=a word\n"
	const line = `{"case":"P 1/21","offence_convicted":"165(1)","verdict":"convicted","imprisonment":"5y","fine":500,"suspended":false,"note":"=a word"}` + "\n"
	for name, file := range map[string]string{"CSV": table, "XLSX": workbookOf(t, table, nil), "JSON Lines": line} {
		for account, want := range map[bool]string{true: "=a word", false: ""} {
			got := read(strings.NewReader(file), Options{Account: account})
			if len(got.rows) != 1 || got.rows[0].Note != want || len(got.codes()) > 0 {
				t.Errorf("%s, account %v: read %s, %v; want the note %q", name, account, fmt.Sprintf("%+v", got.rows), got.codes(), want)
			}
		}
	}
}
