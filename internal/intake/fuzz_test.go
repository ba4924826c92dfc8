package intake

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// consistent holds what any file at all must lead to: rows and problems that
// add up, in order, with numbers.
func consistent(t *testing.T, o outcome) {
	t.Helper()
	if len(o.rows) != o.sum.Good || o.sum.Good > o.sum.Rows || len(o.problems) > defaultMaxProblems {
		t.Errorf("%d rows and %d problems, summed up as %+v", len(o.rows), len(o.problems), o.sum)
	}
	last := 0
	for _, r := range o.rows {
		if r.Line < last { // rows that no line feed divides share a number
			t.Errorf("row %d comes after row %d", r.Line, last)
		}
		last = r.Line
		for _, s := range []string{r.Case, r.Court, r.Quote, r.ConvictedText} {
			if !utf8.ValidString(s) {
				t.Errorf("%q is not UTF-8", s)
			}
		}
	}
	for _, p := range o.problems {
		if p.Code == "" || strings.TrimSpace(p.What("en")) == "" {
			t.Errorf("a problem without words: %+v", p)
		}
	}
}

// FuzzRead reads anything, and holds what is well-formed CSV against
// encoding/csv: the same rows with the same texts.
func FuzzRead(f *testing.F) {
	const head = "quote,offence_convicted,verdict,imprisonment,fine,suspended\n"
	f.Add(head + "\"a \"\"b\"\"\nc\",165(1),convicted,4y,600,no\n")
	f.Add(head + "x,165(1),convicted,4y,-5,\r\n\r\ny,165(1),,,,\n")
	f.Add(head + "\"x,165(1),convicted\n")
	f.Add("\uFEFFquote;offence_convicted;verdict;fine\n\xE6;;;\n")
	f.Add("\xFF\xFEq\x00")
	f.Add("{\"verdict\":1}\n")
	f.Fuzz(func(t *testing.T, table string) {
		got := read(strings.NewReader(table), Options{})
		consistent(t, got)
		if got.err != nil || len(got.problems) > 0 || got.sum.Rows > 1000 || !strings.HasPrefix(table, head) || !utf8.ValidString(table) {
			return
		}
		r := csv.NewReader(strings.NewReader(table))
		want, err := r.ReadAll()
		if err != nil {
			return // encoding/csv is stricter about quotes in plain texts
		}
		var quotes []string
		for _, rec := range want[1:] {
			if !blank(rec) {
				quote := strings.TrimSpace(rec[0])
				if len(quote) > 1 && quote[0] == '\'' && strings.IndexByte("=+-@", quote[1]) >= 0 {
					quote = quote[1:]
				}
				quotes = append(quotes, quote)
			}
		}
		if len(quotes) != len(got.rows) {
			t.Fatalf("%d rows, encoding/csv has %d", len(got.rows), len(quotes))
		}
		for i, row := range got.rows {
			if strings.ReplaceAll(row.Quote, "\r\n", "\n") != quotes[i] {
				t.Errorf("row %d has %q, encoding/csv has %q", row.Line, row.Quote, quotes[i])
			}
		}
	})
}

// FuzzBlocks cuts a text into blocks at every size and expects the same rows.
func FuzzBlocks(f *testing.F) {
	f.Add("a,\"b\nc\",d\ne,f,g\n")
	f.Add("\"\"\"\",\" x\" ,\n\"a\"b\",c")
	f.Fuzz(func(t *testing.T, text string) {
		bl := newBlocks(Problem{}, strings.NewReader(""), ',')
		c := bl.cut(text)
		if c.open >= 0 || c.end == 0 {
			return
		}
		rec := record{text: text[:c.end], delim: ',', quotes: true}
		rows, lines := 0, 0
		for rec.next() {
			rows++
			lines += rec.lines
		}
		if rows != c.rows {
			t.Errorf("%q has %d rows by its blocks and %d by reading", text[:c.end], c.rows, rows)
		}
		if n := strings.Count(text[:c.end], "\n"); lines != n {
			t.Errorf("%q has %d lines, counted as %d", text[:c.end], n, lines)
		}
	})
}

func FuzzJSONL(f *testing.F) {
	f.Add(`{"offence_convicted":"165(1)","verdict":"convicted","imprisonment":"4y","fine":600.5}`)
	f.Add(`{"mitigation":["plea","law"],"x":{"y":[1]},"suspended":true}` + "\n{}")
	f.Add(`{"verdict":"\ud800"}`)
	f.Fuzz(func(t *testing.T, text string) {
		consistent(t, read(strings.NewReader("{"+text), Options{Account: true}))
	})
}

// FuzzXLSX damages a real workbook at a place, and puts any text in a cell.
func FuzzXLSX(f *testing.F) {
	f.Add("43864", 0, byte(0))
	f.Add("=1+1", 900, byte(7))
	f.Add("<t>", 30, byte('P'))
	f.Fuzz(func(t *testing.T, cell string, at int, b byte) {
		whole := []byte(workbookOf(t, plain, func(file *excelize.File) {
			if file.SetCellStr("Sheet1", "H2", cell) != nil {
				t.Skip("the workbook cannot hold this text")
			}
		}))
		if at > 0 {
			whole[at%len(whole)] ^= b
		}
		consistent(t, read(io.Reader(bytes.NewReader(whole)), Options{Account: true}))
	})
}

// FuzzODS reads any content as the table of a file of LibreOffice.
func FuzzODS(f *testing.F) {
	f.Add("<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"9\"><text:p>verdict</text:p></table:table-cell></table:table-row></table:table>")
	f.Add("<table:table>" + odsRow("offence_convicted", "verdict") + odsRow("165(1)", "convicted") + "</table:table>")
	f.Fuzz(func(t *testing.T, content string) {
		consistent(t, read(strings.NewReader(odsOf(t, content)), Options{Account: true}))
	})
}

// FuzzSheet reads any content as a sheet of a workbook.
func FuzzSheet(f *testing.F) {
	f.Add(`<worksheet><cols><col min="1" max="3" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>verdict</t></is></c><c t="s"><v>0</v></c></row><row hidden="1"><c><f>1</f></c></row></sheetData><mergeCells><mergeCell ref="A1:A9"/></mergeCells></worksheet>`)
	f.Add(`<comments><authors><author>Somebody</author><author/></authors><commentList><comment ref="A1" authorId="0"/><comment ref="" authorId="-9"/></commentList></comments>`)
	f.Fuzz(func(t *testing.T, content string) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, part := range map[string]string{
			"_rels/.rels":                `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
			"xl/workbook.xml":            `<workbook><sheets><sheet name="s" r:id="b"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="b" Type="x/worksheet" Target="s.xml"/><Relationship Id="c" Type="x/sharedStrings" Target="t.xml"/></Relationships>`,
			"xl/_rels/s.xml.rels":        `<Relationships><Relationship Id="b" Type="x/comments" Target="s.xml"/></Relationships>`,
			"xl/t.xml":                   `<sst><si><t>offence_convicted</t></si></sst>`,
			"xl/s.xml":                   content,
		} {
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(w, part); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		consistent(t, read(&b, Options{Account: true}))
	})
}
