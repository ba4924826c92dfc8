package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fener/locale"
)

// everything is a file with what CSV and JSON Lines have to carry: a joint punishment, dates, a doubt of a cell, a column that is not read.
const everything = "case,defendant,offence_charged,offence_convicted,offence_from,offence_to,judgment_date,verdict,joint,imprisonment,suspended,verification,fine,mitigation,reasons_given,form,offender,final,count,my own,quote\n" +
	"SYNTHETIC 1,A.,06/L-074:165(1),06/L-074:165(1),2020-05-10,2020-06,2021-03-01,convicted,,3y 6m,yes,2y,5000.50,plea+circumstances,yes,,,no,,x,\"said \"\"so\"\", twice\"\n" +
	"SYNTHETIC 2,B.,,06/L-074:165(1),2020,,2021,convicted,yes,8y,no,,yes,none,no,attempt,adult,yes,,x,\n" +
	"SYNTHETIC 3,C.,,06/L-074:165(1),2020,,03/04/2021,convicted,no,life,no,,unknown,,,,juvenile,,,x,\n" +
	"SYNTHETIC 4,D.,,06/L-074:165(1),2020,,2021,acquitted,,,,,,,,,,,,x,\n" +
	"SYNTHETIC 5,E.,,trafficking in persons,2010,2020,2021,convicted,,90 days,no,,none,,,,,,,x,\n" +
	",,,06/L-074:165(1),2020,,2021,convicted,,unknown,,,600,,,,,,7,x,\n" +
	",,,06/L-074:165(1),2020,,2021,convicted,,none,,,600,,,,,,1+,x,\n"

// bothForms are the same rows as CSV and as JSON Lines.
func bothForms(t *testing.T, table string) (rows []map[string]string, objects []map[string]any) {
	t.Helper()
	text, _ := written(t, Options{Format: CSV, Lang: locale.EN}, table)
	cells, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range cells[1:] {
		row := map[string]string{}
		for i, name := range cells[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	text, _ = written(t, Options{Format: JSONL, Lang: locale.EN}, table)
	for line := range strings.Lines(text) {
		object := map[string]any{}
		dec := json.NewDecoder(strings.NewReader(line))
		dec.UseNumber()
		if err := dec.Decode(&object); err != nil {
			t.Fatal(err)
		}
		objects = append(objects, object)
	}
	if len(rows) != len(objects) || len(rows) == 0 {
		t.Fatalf("%d rows as CSV, %d as JSON Lines", len(rows), len(objects))
	}
	return rows, objects
}

// The names are the same in both forms, and so is what stands under them; only what JSON has types for is written with them.
func TestCSVAndJSONLinesSayTheSame(t *testing.T) {
	rows, objects := bothForms(t, everything)
	for n, row := range rows {
		for i := range columns {
			c := &columns[i]
			cell := row[c.name]
			value, ok := objects[n][c.name]
			if !ok {
				t.Fatalf("JSON Lines have no field %s", c.name)
			}
			var want string
			switch v := value.(type) {
			case nil:
				if cell == "unknown" && (c.kind == triCell || c.kind == limitCell) {
					continue
				}
			case bool:
				want = strings.ToUpper(fmt.Sprint(v))
				if c.kind == triCell {
					want = map[bool]string{true: "yes", false: "no"}[v]
				}
			case []any:
				var items []string
				for _, item := range v {
					items = append(items, item.(string))
				}
				want = strings.Join(items, c.sep)
			default:
				want = fmt.Sprint(v)
			}
			if cell != want {
				t.Errorf("row %d, %s: CSV has %q, JSON Lines have %v", n+1, c.name, cell, value)
			}
		}
	}
}

// What a statistician filters by stands in a column of its own.
func TestRowsCanBeAnalysedAsTheyAre(t *testing.T) {
	rows, _ := bothForms(t, everything)
	for _, want := range []struct {
		row          int
		column, cell string
	}{
		{0, "imposed", "3y 6m"}, {0, "imposed_state", "term"}, {0, "imposed_months", "42"}, {0, "imposed_days", "0"},
		{0, "minimum_months", "60"}, {0, "shortfall_months", "18"}, {0, "verification_months", "24"},
		{0, "suspended", "yes"}, {0, "fine_state", "amount"}, {0, "fine_amount", "5000.50"},
		{0, "offence_from", "2020-05-10"}, {0, "offence_to", "2020-06"}, {0, "verdict", "convicted"}, {0, "mitigation", "circumstances+plea"},
		{0, "reasons_given", "yes"}, {0, "form", ""}, {0, "offender", ""}, {0, "joint", "unknown"}, {0, "final", "no"},
		{0, "outcome_form_not_allowed", "TRUE"}, {0, "outcome_within_range", "FALSE"}, {0, "axis_form", "not_allowed"}, {0, "axis_term", "below_minimum"},
		{0, "quote", `said "so", twice`},
		{1, "joint", "yes"}, {1, "suspended", "no"}, {1, "fine_state", "amount_unknown"}, {1, "mitigation", "none"}, {1, "form", "attempt"}, {1, "offender", "adult"},
		{2, "imposed_state", "life"}, {2, "imposed_months", ""}, {2, "fine_state", "unknown"}, {2, "mitigation", "unknown"}, {2, "offender", "juvenile"},
		{3, "verdict", "acquitted"}, {3, "outcome_not_convicted", "TRUE"}, {3, "axis_term", ""}, {3, "below_minimum", ""}, {3, "minimum_state", ""}, {3, "suspended", ""}, {3, "fine_state", ""},
		{4, "imposed_months", "0"}, {4, "imposed_days", "90"}, {4, "fine_state", "none"}, {4, "axis_law", "several"}, {4, "minimum_state", "differs"}, {4, "minimums", "2y+5y+5y+5y+7y+5y+10y+10y"},
		{5, "imposed_state", "unknown"}, {5, "suspended", "unknown"}, {5, "count", "7"}, {5, "reported", "TRUE"}, {5, "at_least", "FALSE"},
		{6, "imposed_state", "none"}, {6, "imposed", "none"}, {6, "count", "1"}, {6, "at_least", "TRUE"},
	} {
		if got := rows[want.row][want.column]; got != want.cell {
			t.Errorf("row %d, %s: %q, want %q", want.row+1, want.column, got, want.cell)
		}
	}
}

// Doubts have codes, those about the columns of the file too: whoever sees the rows alone must see that a column was not read.
func TestDoubtsStandInTheRowsAsCodes(t *testing.T) {
	rows, _ := bothForms(t, everything)
	for i, row := range rows {
		want := "unknown_column"
		if i == 2 {
			want += "+day_or_month:judgment_date"
		}
		if row["doubt_codes"] != want {
			t.Errorf("row %d has the codes %q, want %q", i+1, row["doubt_codes"], want)
		}
	}
	if rows, _ = bothForms(t, "offence_convicted,verdict,suspended\n165(1),convicted,no\n"); !strings.Contains(rows[0]["doubt_codes"], "absent_column:imprisonment") {
		t.Errorf("without the column of imprisonment the row has the codes %q", rows[0]["doubt_codes"])
	}
	lines := `{"offence_convicted":"165(1)","verdict":"convicted","my own":1}` + "\n" + `{"offence_convicted":"165(1)","verdict":"convicted"}` + "\n"
	rows, _ = bothForms(t, lines)
	if a, b := rows[0]["doubt_codes"], rows[1]["doubt_codes"]; !strings.Contains(a, "unknown_column") || strings.Contains(b, "unknown_column") {
		t.Errorf("a key of the first object alone is in doubt in the rows as %q and %q", a, b)
	}
}

// Every word that can stand in a cell stands in the codebook, which is made from the table that writes the cells.
func TestEveryCodeIsInTheCodebook(t *testing.T) {
	rows, _ := bothForms(t, everything)
	known := map[string][]string{}
	entries, err := codebook()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		known[e.column] = append(known[e.column], e.code)
		for i, says := range e.says {
			if strings.TrimSpace(says) == "" || strings.Contains(says, e.column+".") {
				t.Errorf("%s %q says %q in %s", e.column, e.code, says, codebookLangs[i])
			}
		}
	}
	for i := range columns {
		c := &columns[i]
		if len(known[c.name]) == 0 {
			t.Errorf("the codebook lacks %s", c.name)
		}
		if c.codes == nil {
			continue
		}
		for n, row := range rows {
			for word := range strings.SplitSeq(row[c.name], "+") {
				if word, _, _ = strings.Cut(word, ":"); !slices.Contains(known[c.name], word) {
					t.Errorf("row %d: %s holds %q, which the codebook does not know", n+1, c.name, word)
				}
			}
		}
	}
}

func TestCodebookIsWrittenInFourLanguageForms(t *testing.T) {
	var table, page bytes.Buffer
	if err := WriteCodebook(&table, CSV); err != nil {
		t.Fatal(err)
	}
	if err := WriteCodebook(&page, Table); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&table).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"column", "type", "code", "en", "sq", "sr-Cyrl", "sr-Latn"}; !slices.Equal(rows[0], want) {
		t.Errorf("the codebook has the columns %q, want %q", rows[0], want)
	}
	for _, want := range []string{"axis_term,code,below_floor,below what mitigation allows", "| axis_term | code | below_floor | below what mitigation allows |"} {
		if text := strings.ReplaceAll(strings.Join(flatten(rows), "\n"), "\t", ","); !strings.Contains(text, want) && !strings.Contains(page.String(), want) {
			t.Errorf("the codebook lacks %s", want)
		}
	}
	if n := strings.Count(page.String(), "\n"); n != len(rows)+1 {
		t.Errorf("%d lines in Markdown, %d rows as CSV", n, len(rows))
	}
}

func flatten(rows [][]string) (lines []string) {
	for _, row := range rows {
		lines = append(lines, strings.Join(row, "\t"))
	}
	return lines
}
