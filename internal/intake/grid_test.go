package intake

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/xuri/excelize/v2"

	"fener/law"
	"fener/period"
)

const sheetHead = "case,court,judgment_date,defendant,offence_convicted,offence_from,verdict,imprisonment,suspended,fine\n"

func good(n int) string {
	return fmt.Sprintf("P %d/21,Court A,2021-06-15,A.A.,165(1),2020-03-01,convicted,6y,no,2000\n", n)
}

// A cell is read as a person sees it, not as the workbook keeps it.
func TestCellsAsTheyShow(t *testing.T) {
	styled := func(f *excelize.File, cell, format string, value any) {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		must(t, err)
		must(t, f.SetCellValue("Sheet1", cell, value))
		must(t, f.SetCellStyle("Sheet1", cell, cell, style))
	}
	for _, row := range []struct {
		name   string
		change func(f *excelize.File)
		want   string // the problems
		check  func(r *Row) bool
	}{
		{"another currency in the format", func(f *excelize.File) { styled(f, "J2", `#,##0 "KM"`, 2000) }, "2 fine bad_currency", nil},
		{"a currency's sign", func(f *excelize.File) { styled(f, "J2", `[$$-409]#,##0.00`, 2000) }, "2 fine bad_currency", nil},
		{"euros in the format", func(f *excelize.File) { styled(f, "J2", `#,##0.00\ [$€-1]`, 2000.5) }, "", func(r *Row) bool { return r.Facts.Sentence.Fine.Cents == 200050 }},
		{"months in the format", func(f *excelize.File) { styled(f, "H2", `0 "muaj"`, 42) }, "", func(r *Row) bool { return r.Facts.Sentence.Imprisonment.Term == period.Months(42) }},
		{"years in the format", func(f *excelize.File) { styled(f, "H2", `0.0 "vjet"`, 3.5) }, "", func(r *Row) bool { return r.Facts.Sentence.Imprisonment.Term == period.Months(42) }},
		{"a date shown as a month", func(f *excelize.File) { styled(f, "C2", "mmm-yy", 44362) }, "", func(r *Row) bool { return r.Facts.Judged == period.MustDate("2021-06") }},
		{"a date shown as a day", func(f *excelize.File) { styled(f, "C2", "dd/mm/yyyy", 44362) }, "", func(r *Row) bool { return r.Facts.Judged == period.MustDate("2021-06-15") }},
		{"a case number made a date", func(f *excelize.File) { styled(f, "A2", "mmm-yy", 43800) }, "2 case date_in_text?", func(r *Row) bool { return r.Case == "12/2019" }},
		{"TRUE as a fine", func(f *excelize.File) { must(t, f.SetCellBool("Sheet1", "J2", true)) }, "", func(r *Row) bool { return r.Facts.Sentence.Fine.State == law.FineAmountUnknown }},
		{"TRUE as suspended", func(f *excelize.File) { must(t, f.SetCellBool("Sheet1", "I2", true)) }, "", func(r *Row) bool { return r.Facts.Sentence.Suspended == law.Yes }},
		{"a formula without a value", func(f *excelize.File) {
			must(t, f.SetCellValue("Sheet1", "J2", nil))
			must(t, f.SetCellFormula("Sheet1", "J2", "1000*2"))
		}, "2 fine formula_without_value", nil},
		{"three decimals are decimals", func(f *excelize.File) { must(t, f.SetCellValue("Sheet1", "J2", 900.125)) }, "2 fine bad_fine", nil},
		{"a case merged over two rows", func(f *excelize.File) {
			for _, col := range []string{"A", "B", "C"} {
				must(t, f.SetCellValue("Sheet1", col+"3", nil))
				must(t, f.MergeCell("Sheet1", col+"2", col+"3"))
			}
		}, "", func(r *Row) bool { return r.Case == "P 1/21" && r.Court == "Court A" }},
		{"a punishment merged over two counts of one person", func(f *excelize.File) {
			for _, col := range []string{"A", "B", "C", "D", "H"} {
				must(t, f.SetCellValue("Sheet1", col+"3", nil))
				must(t, f.MergeCell("Sheet1", col+"2", col+"3"))
			}
		}, "3 imprisonment merged_punishment?", func(r *Row) bool {
			return r.Facts.Sentence.Imprisonment.Term == period.Years(6) && (r.Line == 2 || r.Facts.Joint == law.Yes)
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := read(strings.NewReader(workbookOf(t, sheetHead+good(1)+good(1), row.change)), Options{})
			if codes := strings.Join(got.codes(), ";"); codes != row.want {
				t.Errorf("found %s, want %s (%v)", codes, row.want, got.err)
			}
			for i := range got.rows {
				if row.check != nil && (i == 0 || strings.Contains(row.name, "merged")) && !row.check(&got.rows[i]) {
					t.Errorf("read %+v", got.rows[i])
				}
			}
		})
	}
}

// Which sheets are read is said wherever it is not plain.
func TestSheets(t *testing.T) {
	fill := func(f *excelize.File, sheet, table string) {
		if i, _ := f.GetSheetIndex(sheet); i < 0 {
			_, err := f.NewSheet(sheet)
			must(t, err)
		}
		for i, rec := range records(t, table) {
			for j, v := range rec {
				cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
				must(t, f.SetCellStr(sheet, cell, v))
			}
		}
	}
	for _, row := range []struct {
		name   string
		opt    Options
		change func(f *excelize.File)
		cases  string
		want   string
	}{
		{"two years", Options{}, func(f *excelize.File) { fill(f, "2020", sheetHead+good(2)) }, "P 1/21@Sheet1 P 2/21@2020", "0  sheets_read"},
		{"two years where one is asked for", Options{OneSheet: true}, func(f *excelize.File) { fill(f, "2020", sheetHead+good(2)) }, "", "0  several_sheets"},
		{"one chosen", Options{OneSheet: true, Sheet: "2020"}, func(f *excelize.File) { fill(f, "2020", sheetHead+good(2)) }, "P 2/21@", ""},
		{"none of that name", Options{Sheet: "2019"}, func(f *excelize.File) {}, "", "0  no_sheet"},
		{"notes beside", Options{}, func(f *excelize.File) { fill(f, "Notes", "Read me\nfirst\n") }, "P 1/21@", "0  sheets_read"},
		{"an empty template beside", Options{}, func(f *excelize.File) { fill(f, "Template", sheetHead) }, "P 1/21@", "0  sheets_read"},
		{"an old sheet hidden", Options{}, func(f *excelize.File) {
			fill(f, "old", sheetHead+good(9))
			must(t, f.SetSheetVisible("old", false))
		}, "P 1/21@", "0  sheet_hidden"},
		{"only a hidden one", Options{}, func(f *excelize.File) {
			_, err := f.NewSheet("shown")
			must(t, err)
			f.SetActiveSheet(1)
			must(t, f.SetSheetVisible("Sheet1", false))
		}, "P 1/21@", "0  hidden_sheet_read"},
		{"a hidden row and column", Options{}, func(f *excelize.File) {
			must(t, f.SetRowVisible("Sheet1", 2, false))
			must(t, f.SetColVisible("Sheet1", "H", false))
		}, "P 1/21@", "1 imprisonment hidden_column;0  hidden_rows"},
		{"two rows of header", Options{}, func(f *excelize.File) {
			must(t, f.InsertRows("Sheet1", 2, 1))
			for cell, name := range map[string]string{"H1": "Dënimi", "I1": "", "J1": "", "H2": "Burgimi", "I2": "Me kusht", "J2": "Gjoba"} {
				must(t, f.SetCellStr("Sheet1", cell, name))
			}
		}, "P 1/21@", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := read(strings.NewReader(workbookOf(t, sheetHead+good(1), row.change)), row.opt)
			var cases []string
			for _, r := range got.rows {
				cases = append(cases, r.Case+"@"+r.Sheet)
			}
			if s := strings.Join(cases, " "); s != row.cases {
				t.Errorf("read %s, want %s (%v)", s, row.cases, got.err)
			}
			if codes := strings.Join(got.codes(), ";"); codes != row.want {
				t.Errorf("found %s, want %s", codes, row.want)
			}
		})
	}
}

// odsOf makes a file as LibreOffice does, of the inside of its table.
func odsOf(t testing.TB, table string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{{"mimetype", odsType}, {"content.xml", `<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s"><office:automatic-styles>` +
		`<style:style style:name="hid"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>` + table + `</office:spreadsheet></office:body></office:document-content>`}} {
		w, err := z.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, part[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func odsRow(cells ...string) string {
	var b strings.Builder
	b.WriteString("<table:table-row>")
	for _, c := range cells {
		if strings.HasPrefix(c, "<") {
			b.WriteString(c)
			continue
		}
		b.WriteString(`<table:table-cell office:value-type="string"><text:p>` + c + `</text:p></table:table-cell>`)
	}
	b.WriteString(`<table:table-cell table:number-columns-repeated="1000"/></table:table-row>`)
	return b.String()
}

func TestODS(t *testing.T) {
	head := odsRow(strings.Split(strings.TrimSpace(sheetHead), ",")...)
	data := `<table:table table:name="Old" table:style-name="hid">` + head + odsRow("OLD", "C", "2021", "A", "165(1)", "2020", "convicted", "1y", "no", "1") + `</table:table>` +
		`<table:table table:name="Data">` + odsRow("Judgments") + `<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>` + head +
		odsRow(`<table:table-cell office:value-type="string" table:number-rows-spanned="2"><text:p>P 1/21<office:annotation><text:p>a remark</text:p></office:annotation></text:p></table:table-cell>`, "Court A",
			`<table:table-cell office:value-type="date" office:date-value="2021-06-15"><text:p>jun 21</text:p></table:table-cell>`, "A.A.", "165(1)",
			`<table:table-cell office:value-type="date" office:date-value="2020-03-01"><text:p>mars 2020</text:p></table:table-cell>`, "convicted",
			`<table:table-cell office:value-type="float" office:value="42"><text:p>42 muaj</text:p></table:table-cell>`,
			`<table:table-cell office:value-type="boolean" office:boolean-value="false"><text:p>FALSE</text:p></table:table-cell>`,
			`<table:table-cell office:value-type="currency" office:currency="EUR" office:value="2000"><text:p>2.000,00 €</text:p></table:table-cell>`) +
		odsRow(`<table:covered-table-cell/>`, "Court A", "2021-06-15", "B.B.", "165(1)", "2020", "convicted", "6y", "no",
			`<table:table-cell office:value-type="currency" office:currency="BAM" office:value="2000"><text:p>2.000 KM</text:p></table:table-cell>`) +
		odsRow(`<table:covered-table-cell/>`, "Court A", "2021-06-15", "B.B.", "165(1)", "2020", "convicted", "6y", "no", "500") +
		`<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>`
	got := read(strings.NewReader(odsOf(t, data)), Options{})
	if want := "0  sheet_hidden;6 fine bad_currency;7 case empty_below?"; strings.Join(got.codes(), ";") != want && strings.Join(got.codes(), ";") != "0  sheet_hidden;6 fine bad_currency" {
		t.Errorf("found %s, want %s (%v)", strings.Join(got.codes(), ";"), want, got.err)
	}
	if len(got.rows) != 2 || got.rows[0].Line != 5 {
		t.Fatalf("read %+v", got.rows)
	}
	f := got.rows[0].Facts
	if got.rows[0].Case != "P 1/21" || f.Judged != period.MustDate("2021-06-15") || f.Committed.From != period.MustDate("2020-03") || f.Sentence.Imprisonment.Term != period.Months(42) ||
		f.Sentence.Suspended != law.No || f.Sentence.Fine.Cents != 200000 {
		t.Errorf("read %+v", got.rows[0])
	}
}

// Whole shows a table as it stands, with the titles above it.
func TestWhole(t *testing.T) {
	table := "Judgments of 2021,,,,,,,,,\n\n" + sheetHead + good(1) + "Gjithsej,1,,,,,,,,\n"
	for name, file := range map[string]string{"CSV": table, "workbook": workbookOf(t, strings.ReplaceAll(table, "\n\n", "\n,,,,,,,,,\n"), nil)} {
		var rows []string
		err := Whole("t", strings.NewReader(file), Options{}, func(r WholeRow) error {
			rows = append(rows, fmt.Sprintf("%d %v %s", r.Row, r.Header, r.Cells[0]))
			return nil
		})
		if want := "1 false Judgments of 2021;3 true case;4 false P 1/21;5 false Gjithsej"; err != nil || strings.Join(rows, ";") != want {
			t.Errorf("%s: %s, %v; want %s", name, strings.Join(rows, ";"), err, want)
		}
	}
}

// What can be read once alone is read twice where its dates ask for it.
func TestReadTwice(t *testing.T) {
	table := strings.Replace(sheetHead+good(1)+good(2), "2021-06-15", "04/05/2021", 1)
	table = strings.Replace(table, "2021-06-15", "06/15/2021", 1)
	for name, r := range map[string]io.Reader{"a file": strings.NewReader(table), "a pipe": iotest.OneByteReader(strings.NewReader(table))} {
		got := read(r, Options{})
		if got.err != nil || len(got.rows) != 2 || got.rows[0].Facts.Judged != period.MustDate("2021-04-05") || len(got.rows[0].Doubts) != 0 {
			t.Errorf("%s: %+v, %v", name, got.rows, got.err)
		}
	}
	if left, _ := os.ReadDir(os.TempDir()); strings.Contains(fmt.Sprint(left), "fener-") {
		t.Log("other tests may hold temporary files")
	}
}
