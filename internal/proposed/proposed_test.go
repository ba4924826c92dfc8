package proposed_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"fener/internal/document"
	"fener/internal/proposed"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// judgment is made up, in the words that courts use.
const judgment = `K.br. 12/2019
U IME NARODA
OSNOVNI SUD U PRIŠTINI, po sudiji A. B., u krivičnom predmetu protiv okrivljenog M. N.,
zbog krivičnog dela trgovina ljudima iz čl. 165 st. 1 Krivičnog zakonika Republike Kosovo,
nakon održanog glavnog pretresa, dana 12.03.2020. godine, doneo je

PRESUDU

Okrivljeni M. N.

KRIV JE

što je tokom 2019. godine u Prištini vrbovao lice radi iskorišćavanja,
čime je izvršio krivično delo trgovina ljudima iz čl. 165 st. 1 Krivičnog zakonika,
pa ga sud

OSUĐUJE

na kaznu zatvora u trajanju od 2 (dve) godine.`

// paper is a document of one page with these lines, recognised with a certainty where it is not 0.
func paper(name, text string, certain uint8) *document.Document {
	var page document.Page
	page.Number, page.Width, page.Height = 1, 595, 842
	for i, paragraph := range strings.Split(text, "\n\n") {
		var p document.Paragraph
		for j, line := range strings.Split(paragraph, "\n") {
			top := float64(60 + 40*i + 14*j)
			l := document.Line{Text: line, Box: document.Box{Left: 72, Top: top, Right: 72 + 6*float64(len(line)), Bottom: top + 11}}
			at := 0
			for _, word := range strings.Fields(line) {
				start := at + strings.Index(line[at:], word)
				at = start + len(word)
				l.Words = append(l.Words, document.Word{Start: start, End: at, Left: float32(72 + 6*start), Right: float32(72 + 6*at), Certain: certain})
			}
			p.Lines = append(p.Lines, l)
		}
		page.Paragraphs = append(page.Paragraphs, p)
	}
	return &document.Document{Name: name, Form: document.PDF, Pages: []document.Page{page}}
}

// table is the rows as CSV has them, each by the names of its columns.
func table(t *testing.T, s *proposed.Set) []map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := s.CSV(&b); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			if line[i] != "" {
				row[name] = line[i]
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func TestARowForACount(t *testing.T) {
	var s proposed.Set
	s.Add(paper("a.pdf", judgment, 0))
	want := []map[string]string{{
		"case": "K.br.12/2019", "note: case": "“K.br. 12/2019”, page 1",
		"court": "Osnovni sud u Prištini", "note: court": "“OSNOVNI SUD U PRIŠTINI”, page 1",
		"instance": "first instance", "note: instance": "“K.br. 12/2019”, page 1",
		"judgment_date": "2020-03-12", "note: judgment_date": "“12.03.2020”, page 1",
		"defendant": "M.N.", "note: defendant": "“M. N.”, page 1",
		"offence_convicted": "Art. 165 par. 1", "note: offence_convicted": "“trgovina ljudima: 165”, page 1",
		"verdict": "convicted", "note: verdict": "“KRIV JE”, page 1",
		"imprisonment": "2y", "note: imprisonment": "“kaznu zatvora u trajanju od 2 (dve) godine”, page 1",
		"fine": "unknown", "note: fine": "nothing was found; empty the cell where none was imposed",
		"source": "K.br.12/2019. Osnovni sud u Prištini, 2020-03-12", "place": "page 1", "quote": "kaznu zatvora u trajanju od 2 (dve) godine",
		"note: not sure": "fine: nothing was found; empty the cell where none was imposed", "note: file": "a.pdf",
	}}
	if diff := cmp.Diff(want, table(t, &s)); diff != "" {
		t.Error(diff)
	}
}

// A row knows where its quotations stand on the page.
func TestRowsAsJSONHaveTheBox(t *testing.T) {
	var s proposed.Set
	s.Add(paper("a.pdf", judgment, 0))
	var b bytes.Buffer
	if err := s.JSONLines(&b); err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(b.String(), "\n")
	var line struct {
		Row struct {
			Cells map[string]proposed.Cell `json:"cells"`
		} `json:"row"`
	}
	if err := json.Unmarshal([]byte(first), &line); err != nil {
		t.Fatal(err)
	}
	term := line.Row.Cells["imprisonment"]
	if len(term.Boxes) != 1 || term.Boxes[0].Left != 90 || term.Boxes[0].Bottom-term.Boxes[0].Top != 11 || term.Rule == "" {
		t.Errorf("%+v", term)
	}
}

// What was recognised with little certainty is not sure, whatever the text says.
func TestUncertainLettersMakeAValueUnsure(t *testing.T) {
	for certain, unsure := range map[uint8]bool{40: true, 96: false} {
		var s proposed.Set
		s.Add(paper("a.pdf", judgment, certain))
		if got := table(t, &s)[0]["note: not sure"]; strings.Contains(got, "imprisonment: letters were recognised with a certainty of 40 of 100") != unsure {
			t.Errorf("certain to %d: %q", certain, got)
		}
	}
}

func TestWhatWasNotReadIsSaid(t *testing.T) {
	var s proposed.Set
	d := paper("a.pdf", judgment, 0)
	d.Gaps = []document.Gap{{First: 2, Last: 4, Reason: document.NoRecognition}}
	d.Notes = []document.Note{{Kind: document.Macros}}
	s.Add(d)
	s.Add(paper("b.pdf", "Nothing of a court is in this text, which speaks of the weather.", 0))
	s.Refuse("c.pdf", "c.pdf: the file is empty")
	s.Add(paper("copy.pdf", judgment, 0))
	s.Tie()
	for _, want := range []proposed.Unread{
		{File: "a.pdf", Pages: "pages 2 to 4", Why: document.NoRecognition.Text()},
		{File: "a.pdf", Why: document.Note{Kind: document.Macros}.Text()},
		{File: "c.pdf", Why: "c.pdf: the file is empty"},
	} {
		if !slices.Contains(s.Unread, want) {
			t.Errorf("%+v is not among %+v", want, s.Unread)
		}
	}
	if !slices.ContainsFunc(s.Unread, func(u proposed.Unread) bool { return u.File == "b.pdf" }) {
		t.Errorf("nothing is said of a text without a decision: %+v", s.Unread)
	}
	if !slices.ContainsFunc(s.Unread, func(u proposed.Unread) bool {
		return u.File == "copy.pdf" && strings.Contains(u.Why, "same decision as in a.pdf")
	}) {
		t.Errorf("the copy is not recognised: %+v", s.Unread)
	}
}

// A workbook has what is not sure in colour, and sheets that imports leave alone.
func TestWorkbook(t *testing.T) {
	var s proposed.Set
	s.Add(paper("a.pdf", judgment, 0))
	s.Refuse("c.pdf", "the file is empty")
	var b bytes.Buffer
	if err := s.XLSX(&b); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if diff := cmp.Diff([]string{proposed.SheetRows, "decisions", "not read"}, book.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	rows, err := book.GetRows(proposed.SheetRows)
	if err != nil {
		t.Fatal(err)
	}
	coloured := map[string]bool{}
	for i, name := range rows[0] {
		cell, err := excelize.CoordinatesToCellName(i+1, 2)
		if err != nil {
			t.Fatal(err)
		}
		id, err := book.GetCellStyle(proposed.SheetRows, cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := book.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		coloured[name] = len(style.Fill.Color) > 0
	}
	if !coloured["fine"] || coloured["imprisonment"] || coloured["case"] {
		t.Errorf("coloured: %v", coloured)
	}
	if unread, err := book.GetRows("not read"); err != nil || len(unread) != 2 || unread[1][0] != "c.pdf" {
		t.Errorf("%v, %v", unread, err)
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	s := proposed.Set{Rows: []proposed.Row{{File: "=cmd()"}}}
	if row := table(t, &s)[0]; row["note: file"] != "'=cmd()" {
		t.Errorf("%v", row)
	}
}
