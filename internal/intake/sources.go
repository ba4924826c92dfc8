package intake

import (
	"io"
	"slices"
	"strings"

	fact "fener/internal/record" // the name record is a row of CSV here
)

// SourceRow is one row of a table of sources.
type SourceRow struct {
	Line int // the row's number in the file; the header is row 1
	ID   string
	fact.Source
}

// The columns of a table of sources.
const (
	srcID = iota
	srcTitle
	srcPublisher
	srcKind
	srcLanguage
	srcPublished
	srcAddress
	srcRetells
	srcNote
)

var sourceColumns = []tableColumn{
	srcID:        {name: "id", essential: true},
	srcTitle:     {name: "title", also: []string{"titulli", "naslov"}, essential: true},
	srcPublisher: {name: "publisher", also: []string{"botuesi", "izdavač"}},
	srcKind:      {name: "kind", also: []string{"lloji", "vrsta"}},
	srcLanguage:  {name: "language", also: []string{"gjuha", "jezik"}},
	srcPublished: {name: "published", also: []string{"publikuar", "objavljeno"}},
	srcAddress:   {name: "address", also: []string{"url", "adresa"}},
	srcRetells:   {name: "retells", also: []string{"ritregon", "prepričava"}},
	srcNote:      {name: "note", also: []string{"shënim", "napomena"}},
}

// sourceKinds are the kinds of sources, as fact.Source names them.
var sourceKinds = []string{"judgment", "law", "report", "article", "release", "statistics", "letter", "other"}

// Sources reads a table of sources from CSV. A source that retells another is
// refused where the file has no such source, unless known has it; known may be
// nil. err is of r alone.
func Sources(name string, r io.Reader, known func(id string) bool) ([]SourceRow, []Problem, error) {
	t, err := readTable(name, r, sourceColumns)
	if err != nil {
		return nil, nil, err
	}
	lines := map[string]int{}
	for _, row := range t.rows {
		if id := row.cells[srcID]; lines[id] == 0 {
			lines[id] = row.line
		}
	}
	problems := t.problems
	var good []SourceRow
	for _, row := range t.rows {
		s, wrong := t.source(row)
		if first := lines[s.ID]; s.ID != "" && first != row.line {
			p := t.problem(row, srcID, sameID)
			p.Want = first
			wrong = append(wrong, p)
		}
		if s.Retells != "" && (s.Retells == s.ID || lines[s.Retells] == 0 && (known == nil || !known(s.Retells))) {
			wrong = append(wrong, t.problem(row, srcRetells, unknownSource))
		}
		problems = append(problems, wrong...)
		if !Failed(wrong) {
			good = append(good, s)
		}
	}
	return good, problems, nil
}

func (t *table) source(row tableRow) (SourceRow, []Problem) {
	var wrong []Problem
	fail := func(column int, code Code) { wrong = append(wrong, t.problem(row, column, code)) }
	c := row.cells
	date := parseDate(c[srcPublished])
	if date.code != "" && c[srcPublished] != "" {
		p := t.problem(row, srcPublished, date.code)
		p.Kind, p.Other, p.Hint = date.kind, date.other, date.hint
		wrong = append(wrong, p)
	}
	s := SourceRow{Line: row.line, ID: c[srcID], Source: fact.Source{Title: c[srcTitle], Publisher: c[srcPublisher], Kind: c[srcKind],
		Language: c[srcLanguage], Published: date.value, Address: c[srcAddress], Retells: c[srcRetells], Note: c[srcNote]}}
	for _, column := range []int{srcID, srcTitle} {
		if c[column] == "" {
			fail(column, emptyCell)
		}
	}
	if s.Kind != "" && !slices.Contains(sourceKinds, s.Kind) {
		p := t.problem(row, srcKind, badKind)
		p.Other = strings.Join(sourceKinds, ", ")
		wrong = append(wrong, p)
	}
	for _, f := range s.Validate(false) {
		switch f.Field {
		case "address":
			fail(srcAddress, badAddress)
		case "note":
			p := t.problem(row, srcNote, textTooLong)
			p.Want, p.Got = fact.MaxText, len(s.Note)
			wrong = append(wrong, p)
		}
	}
	return s, wrong
}
