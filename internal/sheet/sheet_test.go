package sheet

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fener/internal/intake"
	"fener/internal/record"
	"fener/locale"
)

// Every sheet, column and word has a name in each language, and each name means one thing.
func TestEverySheetIsNamedInEveryLanguage(t *testing.T) {
	titles := map[string]string{}
	for _, l := range locale.All {
		for _, d := range record.FundingKinds() {
			s := d.Sheet
			title := Title(l, s)
			if before := titles[locale.Fold(title)]; before != "" && before != s.Name || len([]rune(title)) > 31 {
				t.Errorf("%s: %q is what %s and %s are called, or too long for a sheet", l, title, before, s.Name)
			}
			titles[locale.Fold(title)] = s.Name
			headers := map[string]string{}
			for _, column := range s.Columns {
				header := Header(l, column)
				if header == column && l != locale.EN || Note(l, s, column) == "" {
					t.Errorf("%s: column %s of %s has no name or says nothing of itself", l, column, s.Name)
				}
				if before := headers[locale.Fold(header)]; before != "" {
					t.Errorf("%s: %q is what columns %s and %s of %s are called", l, header, before, column, s.Name)
				}
				headers[locale.Fold(header)] = column
				for _, word := range Choices(s.Cells[column]) {
					if Word(l, column, word) == word && column != "currency" {
						t.Errorf("%s: word %s of column %s has no name", l, word, column)
					}
				}
			}
			if say(l, "about."+s.Name) == "about."+s.Name {
				t.Errorf("%s: nothing says what sheet %s is for", l, s.Name)
			}
		}
	}
}

// No word of a column means two things, in whatever languages a workbook mixes.
func TestWordsMeanOneThing(t *testing.T) {
	for _, d := range record.FundingKinds() {
		for _, c := range formOf(d.Sheet).Columns {
			seen := map[string]string{}
			for value, words := range c.Words {
				for _, w := range words {
					key := strings.Join(strings.Fields(locale.Fold(w)), " ")
					if before := seen[key]; before != "" && before != value {
						t.Errorf("%s of %s: %q means %s and %s", c.Name, d.Sheet.Name, w, before, value)
					}
					seen[key] = value
				}
			}
		}
	}
}

// The catalogues have the same keys, each of which is used.
func TestTheCataloguesAreComplete(t *testing.T) {
	used := map[string]bool{}
	for _, key := range []string{"sheet.read_first", "sheet.lists", "guide.title", "example.mark", "word.yes", "word.no"} {
		used[key] = true
	}
	for n := range 11 {
		used["guide."+string(rune('1'+n))] = true
	}
	used["guide.10"], used["guide.11"] = true, true
	for _, d := range record.FundingKinds() {
		used["sheet."+d.Sheet.Name], used["about."+d.Sheet.Name] = true, true
		for _, column := range d.Sheet.Columns {
			used["column."+column], used["note."+column], used["note."+d.Sheet.Name+"."+column] = true, true, true
			for _, word := range d.Sheet.Cells[column].Words {
				used["word."+column+"."+word] = true
			}
		}
	}
	for _, values := range examples {
		for _, value := range values {
			if text, ok := value.(string); ok {
				used["example."+text] = true
			}
		}
	}
	for _, name := range []string{"source", "place", "quote", "length"} {
		used["example."+name] = true
	}
	english := catalogues()[locale.EN]
	for _, l := range locale.All {
		for key := range english {
			if catalogues()[l][key] == "" {
				t.Errorf("%s lacks %s", l, key)
			}
		}
		for key := range catalogues()[l] {
			if english[key] == "" || !used[key] {
				t.Errorf("%s: nobody uses %s, or English lacks it", l, key)
			}
		}
	}
}

// The example of a template says what its columns can hold: with a mark of its own it is read without a problem.
func TestTheExamplesCanBeRead(t *testing.T) {
	for _, l := range locale.All {
		t.Run(string(l), func(t *testing.T) {
			var out bytes.Buffer
			if err := Template(&out, l, record.FundingKinds(), "fener import funding"); err != nil {
				t.Fatal(err)
			}
			found, err := Funding().Read([]intake.FormFile{{Name: "template.xlsx", From: bytes.NewReader(out.Bytes())}})
			if err != nil || len(found.Rows) != 0 || len(found.Sheets) != len(record.FundingKinds()) || intake.Failed(found.Problems) {
				t.Fatalf("a template that nobody filled in has %d rows in %d sheets: %v, %v", len(found.Rows), len(found.Sheets), found.Problems, err)
			}
			if len(found.Problems) != 1 || !strings.Contains(found.Problems[0].Text(l), say(l, "example.mark")) {
				t.Errorf("that there are examples is told so: %v", found.Problems)
			}
			book, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			defer book.Close()
			for _, d := range record.FundingKinds() {
				title := Title(l, d.Sheet)
				if err := book.SetCellValue(title, "A2", "X-1"); err != nil {
					t.Fatal(err)
				}
				lists, err := book.GetDataValidations(title)
				if err != nil || len(lists) == 0 {
					t.Errorf("sheet %s has no lists: %v", title, err)
				}
				if panes, err := book.GetPanes(title); err != nil || !panes.Freeze || panes.YSplit != 1 {
					t.Errorf("the header of %s does not stay: %+v, %v", title, panes, err)
				}
			}
			out.Reset()
			if err := book.Write(&out); err != nil {
				t.Fatal(err)
			}
			found, err = Funding().Read([]intake.FormFile{{Name: "template.xlsx", From: bytes.NewReader(out.Bytes())}})
			if err != nil || len(found.Rows) != len(record.FundingKinds()) || len(found.Problems) > 0 {
				t.Fatalf("%d examples are read: %v, %v", len(found.Rows), found.Problems, err)
			}
			for i := range found.Rows {
				row := &found.Rows[i]
				d := record.FundingKinds()[slices.IndexFunc(record.FundingKinds(), func(d *record.Definition) bool { return d.Sheet.Name == row.Form })]
				r := record.NewRow(row.Field)
				_, _, body := d.Sheet.Read(r)
				if len(r.Wrong()) > 0 || len(r.Doubts()) > 0 || len(body.Validate(true)) > 0 {
					t.Errorf("the example of %s: %v, %v, %v", row.Form, r.Wrong(), r.Doubts(), body.Validate(true))
				}
			}
		})
	}
}
