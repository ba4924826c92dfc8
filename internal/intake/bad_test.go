package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"fener/locale"
	"fener/period"
)

// Each case is one thing wrong, and the problems it must lead to: row, column
// and code, with a question mark where it is a doubt that stays with its row.
func TestBadInput(t *testing.T) {
	const head = "offence_convicted,verdict,imprisonment,fine,judgment_date,offence_from,offence_to,suspended,verification,replaced_by\n"
	const good = "165(1),convicted,4y,600,2020-01-02,2019-06-01,,,,\n"
	for _, row := range []struct{ name, table, want string }{
		{"a good row", head + good, ""},
		{"judgment before the offence", head + "165(1),convicted,4y,,2019-01-02,2020,,,,\n", "2 judgment_date judged_before_offence"},
		{"judgment before the offence's end", head + "165(1),convicted,4y,,2019-01-02,2018,2020,,,\n", "2 judgment_date judged_before_offence"},
		{"judgment before the offence, day and month swapped", head + "165(1),convicted,4y,,2020-02-10,2020-05-01,,,,\n", "2 judgment_date judged_before_offence_swapped"},
		{"offence ends before it begins", head + "165(1),convicted,4y,,2021,2020,2019,,,\n", "2 offence_to offence_reversed"},
		{"300 years", head + "165(1),convicted,300 years,,2020,2019,,,,\n", "2 imprisonment too_long"},
		{"a fine of -5", head + "165(1),convicted,4y,-5,2020,2019,,,,\n", "2 fine negative_fine"},
		{"31.02.2018", head + "165(1),convicted,4y,,31.02.2018,2017,,,,\n", "2 judgment_date no_such_day"},
		{"two readings of a date", head + "165(1),convicted,4y,,03/05/2020,2019,,,,\n", "2 judgment_date day_or_month?"},
		{"the month first", head + "165(1),convicted,4y,,12/31/2020,2019,,,,\n", "2 judgment_date month_first?"},
		{"acquitted with a punishment", head + "165(1),acquitted,4y,,2020,2019,,,,\n", "2 verdict punished_though_acquitted"},
		{"acquitted with a fine", head + "165(1),i liruar,,600,2020,2019,,,,\n", "2 verdict punished_though_acquitted"},
		{"acquitted, fine not known", head + "165(1),acquitted,,unknown,2020,2019,,,,\n", ""},
		{"annulled with a sentence", head + "165(1),annulled,4y,,2020,2019,,,,\n", "2 verdict annulled_with_sentence?"},
		{"suspended alone", head + "165(1),convicted,,,2020,2019,,yes,2y,\n", "2 suspended suspended_alone?"},
		{"verification alone", head + "165(1),convicted,1y,,2020,2019,,no,2y,\n", "2 verification verification_alone?"},
		{"replaced alone", head + "165(1),convicted,,,2020,2019,,,,fine 900\n", "2 replaced_by replaced_alone?"},
		{"a date to come", head + "165(1),convicted,4y,,2031,2030,,,,\n", "2 judgment_date future_date?;2 offence_from future_date?"},
		{"several in one row", head + "165(1),guilt,1,-5,2020,soon,,maybe,,boat\n",
			"2 verdict bad_verdict;2 imprisonment bad_length;2 fine negative_fine;2 offence_from bad_date;2 suspended bad_yes_no;2 replaced_by bad_replaced_by"},
		{"good rows after bad ones", head + "165(1),?!,4y,,,,,,,\n" + good, "2 verdict bad_verdict"},
		{"a field too few", head + "165(1),convicted,4y\n" + good, "2  ragged_row"},
		{"a decimal comma that splits a field", head + "165(1),convicted,4y,600,50,2020,2019,,,,\n", "2  ragged_row"},
		{"empty lines count as rows", head + "\n\n165(1),convicted,4 y e,,,,,,,\n", "4 imprisonment bad_length"},
		{"a quote in a quoted text", head + "\"165 \"1\" x\",convicted,4y,,,,,,,\n" + good, "2  bad_quote"},
		{"a quote in a plain text", head + "the \"165(1)\" of it,convicted,4y,,,,,,,\n", ""},
		{"a quote that does not close", head + good + "\"165(1),convicted,4y,,,,,,,\n" + good, "3  unclosed_quote"},
		{"damaged letters", strings.Replace(head, "judgment_date", "Gjykata që është", 1) + "165(1),convicted,4y\xFF,,,,,,,\n", "1  unknown_column;2 imprisonment bad_encoding"},
		{"no essential column", "case,verdict,imprisonment,fine\n", "1 offence_convicted missing_column;1 suspended absent_column"},
		{"no header", "165(1);convicted;4y\n", "1  unknown_column;1  near_column;1  unknown_column;1 verdict missing_column;1 imprisonment absent_column;1 suspended absent_column;1 fine absent_column"},
		{"no column for fines", "offence_convicted,verdict,imprisonment,suspended\n165(1),convicted,4y,no\n", "1 fine absent_column"},
		{"a misspelt column", "offence_convicted,verdict,imprisonment,suspended,fien\n", "1  near_column"},
		{"a column twice", "offence_convicted,verdict,imprisonment,suspended,fine,Verdict\n", "1 verdict double_column"},
		{"a column of one's own", "offence_convicted,verdict,imprisonment,suspended,fine,weather\n165(1),convicted,4y,,,x\n", "1  unknown_column"},
		{"an empty file", "", "0  empty_file"},
		{"only blanks", " \n\n", "0  empty_file"},
		{"a PDF", "%PDF-1.7\n...", "0  pdf_file"},
		{"an old workbook", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "0  old_workbook"},
		{"a packed file", "\x1F\x8B\x08\x00", "0  other_archive"},
		{"a program", "\x7FELF\x02\x01", "0  binary_file"},
		{"NUL at the start", "case,verdict\x00\x01", "0  binary_file"},
		{"NUL later on", head + strings.Repeat(good, 3000) + "165(1),\x00,,,,,,,,\n", "3002 verdict nul_byte"},
		{"a row of 10 MB", head + good + strings.Repeat("x", 10<<20) + "\n" + good, "3  row_too_long"},
		{"a quoted text of 10 MB", head + good + "\"" + strings.Repeat("x\n", 5<<20), "3  unclosed_quote"},
		{"a JSON list", `[{"verdict": "convicted"}]`, "0  json_array"},
		{"JSON Lines with faults", `{"offence_convicted":"165(1)","verdict":"convicted","imprisonment":"4y","fine":-5}
{"offence_convicted":"165(1)","verdict":"convicted"
[1]

{"offence_convicted":"165(1)","verdict":"convicted","verdict":"acquitted"}
{"offence_convicted":"165(1)","verdict":{"is":"convicted"}}
{"offence_convicted":"165(1)","verdikt":"convicted","weather":[1,{"a":2}],"weather2":null}
{"offence_convicted":"165(1)","verdict":"convicted","weather":"again","suspended":true}
`, "1 fine negative_fine;2  bad_json;3  bad_json;5 verdict double_key;6  bad_json;7  unknown_column;7  unknown_column;7  near_column;8 imprisonment imprisonment_not_known?"},
		{"JSON Lines without essential keys", `{"case":"1"}` + "\n", "0 offence_convicted missing_column;0 verdict missing_column;0 imprisonment absent_column;0 suspended absent_column;0 fine absent_column;1 imprisonment imprisonment_not_known?"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := read(strings.NewReader(row.table), Options{Now: period.MustDate("2026-01-01")})
			if codes := strings.Join(got.codes(), ";"); codes != row.want {
				t.Errorf("found %s\nwant  %s (%v)", codes, row.want, got.err)
			}
			for _, p := range got.problems {
				for _, l := range locale.All {
					checkText(t, p, l)
				}
			}
		})
	}
}

// checkText holds every message to naming the file, the row, the column and
// the text found.
func checkText(t *testing.T, p Problem, l locale.Lang) {
	t.Helper()
	text := p.Text(l)
	if !strings.HasPrefix(text, "t.csv") || p.Row > 0 && !strings.Contains(text, fmt.Sprint(p.Row)) ||
		p.Column != "" && !strings.Contains(text, p.value("column")) && !strings.Contains(text, p.Column) {
		t.Errorf("%s does not say where: %s", p.Code, text)
	}
	if strings.Contains(strings.Join(messageText(p.Code), ""), "{found}") && !strings.Contains(text, p.value("found")) {
		t.Errorf("%s does not say what was found: %s", p.Code, text)
	}
}

func messageText(c Code) (list []string) {
	for _, piece := range catalogue(locale.EN)[string(c)] {
		if piece.name != "" {
			list = append(list, "{"+piece.name+"}")
		}
	}
	return list
}

// A file that stops being readable gives the rows before, and says so.
func TestRowsBeforeAFatalProblem(t *testing.T) {
	var stop *FileError
	got := read(strings.NewReader(strings.TrimSuffix(plain, "\n")+"\n\"P 4"), Options{})
	if !errors.As(got.err, &stop) || stop.Problem.Row != 5 || stop.Problem.Got != 5 || len(got.rows) != 3 {
		t.Errorf("read %d rows, %v", len(got.rows), got.err)
	}
}

func TestBadWorkbooks(t *testing.T) {
	archive := func(name string, size int) string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		f, err := z.Create(name)
		must(t, err)
		_, err = io.CopyN(f, zeros{}, int64(size))
		must(t, err)
		must(t, z.Close())
		return b.String()
	}
	whole := workbookOf(t, plain, nil)
	for _, row := range []struct{ name, content, want string }{
		{"a zip bomb", archive("xl/worksheets/sheet1.xml", largestUnpacked+1), "0  workbook_too_big"},
		{"another archive", archive("content.xml", 10), "0  other_archive"},
		{"cut short", whole[:len(whole)/2], "0  bad_workbook"},
		{"sheets of zeros", archive("xl/workbook.xml", 100), "0  bad_workbook"},
		{"an empty sheet", workbookOf(t, "", nil), "0  empty_file"},
		{"no header", workbookOf(t, "a,b\n1,2\n", nil), "1  unknown_column;1  unknown_column;1 offence_convicted missing_column;1 verdict missing_column;1 imprisonment absent_column;1 suspended absent_column;1 fine absent_column"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := read(strings.NewReader(row.content), Options{})
			var stop *FileError
			if codes := strings.Join(got.codes(), ";"); codes != row.want || !errors.As(got.err, &stop) {
				t.Errorf("found %s, %v\nwant  %s", codes, got.err, row.want)
			}
		})
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestExcerptAndPrintable(t *testing.T) {
	if got := excerpt(strings.Repeat("ë", 100)); got != strings.Repeat("ë", 60)+"…" {
		t.Errorf("excerpt cuts to %q", got)
	}
	p := Problem{File: "a\x1b[31m.csv", Row: 2, Header: "x\ny", Found: "\x1b[2J", Code: badDate}
	if text := p.Text(locale.EN); slices.ContainsFunc([]byte(text), func(c byte) bool { return c < ' ' }) {
		t.Errorf("control characters reach the terminal: %q", text)
	}
}
