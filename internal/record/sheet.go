package record

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"fener/locale"
	"fener/period"
)

// A Sheet says how a table holds the things of a kind, one in each row. Ids stand
// in it as people write them: words, addresses, titles; whoever takes a table in
// finds what they mean.
type Sheet struct {
	// Name is what such a table is called: of the command that imports it, and of
	// the example's file.
	Name string
	// Columns are its columns; the first Needed must be there. A row with a text in
	// "place" or "quote" needs one in "source", where there is such a column.
	Columns []string
	Needed  int
	// Read makes a thing of a row. The words name it; title is what it is called in
	// a preview, as Found has it where it is empty.
	Read func(row *Row) (words, title string, b Body)
	// Of names the column of a field by the field's name in JSON, where the two differ.
	Of map[string]string
	// Cells say what stands in a column that holds more than a text.
	Cells map[string]Cell
	// Money says that it is one of the sheets on shelters and their money, of which
	// a workbook holds all (FundingKinds).
	Money bool
}

// A Row is one row of a sheet, with what cannot be read in it.
type Row struct {
	cell   func(column string) string
	wrong  Faults
	doubts []Doubt
}

// NewRow is a row with its cells, which are empty where there is none.
func NewRow(cell func(column string) string) *Row { return &Row{cell: cell} }

// Wrong is what could not be read, by column.
func (r *Row) Wrong() Faults { return r.wrong }

// Text is the text of a cell.
func (r *Row) Text(column string) string { return r.cell(column) }

// Names are the names in the columns name_en, name_sq and name_sr, for the prefix "name".
// Serbian in Cyrillic is kept in Latin letters, of which Cyrillic is made.
func (r *Row) Names(prefix string) Names {
	return Names{EN: r.cell(prefix + "_en"), SQ: r.cell(prefix + "_sq"), SR: locale.Latin(r.cell(prefix + "_sr"))}
}

// Date is a day, a month or a year.
func (r *Row) Date(column string) period.Date { return r.dateIn(column, r.cell(column)) }

// dateIn is a date in a cell that holds more.
func (r *Row) dateIn(column, text string) period.Date {
	d, err := period.ParseDate(text)
	if err != nil {
		r.wrong.add(column, "%s", err)
	}
	return d
}

// Thing is another thing, written as kind:id.
func (r *Row) Thing(column string) Thing {
	t, err := ParseThing(r.cell(column))
	if err != nil {
		r.wrong.add(column, "%s", err)
	}
	return t
}

// Citation is what the columns source, place and quote say.
func (r *Row) Citation() Citation {
	return Citation{Source: r.cell("source"), Place: r.cell("place"), Quote: r.cell("quote")}
}

// ShortHash is eight hexadecimal digits that stand for several texts, which cannot
// run into each other.
func ShortHash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:4])
}
