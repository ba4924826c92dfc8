package intake

import (
	"slices"
	"strconv"
	"strings"

	"fener/locale"
	"fener/period"
)

// book is a workbook of any kind: sheets with typed cells.
type book interface {
	// sheets lists the sheets with cells, in the order of their tabs.
	sheets() []sheetInfo
	// open begins to read a sheet by its place in that list.
	open(i int) (sheetRows, error)
	// date1904 reports whether days are counted from 1904.
	date1904() bool
	close()
}

type sheetInfo struct {
	name   string
	hidden bool
}

// sheetRows reads the rows of a sheet that have cells, from the top.
type sheetRows interface {
	// next reads the next row; io.EOF at the end. The cells are good until the next call.
	next() (sheetRow, error)
	// hiddenColumns are the columns that nobody sees, known once rows were read.
	hiddenColumns() []int
	// remarks are the cells that somebody put a remark on, known once all rows were read.
	remarks() ([]string, error)
	close()
}

type sheetRow struct {
	number int // as a person counts
	hidden bool
	cells  []cell
	filled []int  // the cells whose value stands in a merged cell above
	over   int    // how many cells there are, where some stand beyond the header
	stray  string // of a table: the field whose quotes do not stand as they should
}

// keep makes the cells the row's own, and forgets those beyond the header: a
// stray format in the last column of a sheet fills no memory.
func (r *sheetRow) keep(width int) {
	if len(r.cells) > width {
		if !blank(texts(r.cells[width:])) {
			r.over = len(r.cells)
		}
		r.cells = r.cells[:width]
	}
	r.cells = slices.Clone(r.cells)
}

// cell is a cell as the workbook keeps it.
type cell struct {
	text   string // the value: a number in plain digits, a text, TRUE or FALSE
	kind   cellKind
	format *numberFormat // of a number; nil: none
}

type cellKind uint8

const (
	textCell cellKind = iota
	numberCell
	boolCell
	errorCell
	formulaCell // a formula whose value was not stored; text is the formula
	dateCell    // text is the day in ISO 8601
)

// numberFormat is what a cell shows beside its number, and how much of a date.
type numberFormat struct {
	before, after    string
	date             bool
	day, month, year bool
}

// shown is the text of a cell for a column, as a person sees it. For a date in
// a column of texts it says which day a spreadsheet made of it.
func (c *cell) shown(to column, date1904 bool) (text string, made period.Date) {
	switch c.kind {
	case numberCell:
		if c.format == nil {
			return c.number(to), made
		}
		if c.format.date {
			if d, ok := serialDate(c.text, date1904); ok {
				return c.day(to, d)
			}
			return c.text, made
		}
		return c.format.before + c.number(to) + c.format.after, made
	case dateCell:
		if d, err := period.ParseDate(c.text[:min(10, len(c.text))]); err == nil && !d.IsZero() {
			return c.day(to, d)
		}
	}
	return c.text, made
}

// number undoes what binary fractions do to decimals, and keeps a point from
// being taken for one that divides thousands.
func (c *cell) number(to column) string {
	if !strings.ContainsAny(c.text, ".eE") {
		return c.text
	}
	s := plainNumber(c.text)
	if _, decimals, ok := strings.Cut(s, "."); ok && to == colFine && len(decimals) == 3 {
		return s + "0"
	}
	return s
}

// day writes a date as far as the cell shows it. In a column that holds no
// dates it is what somebody typed: 12/2019 became the first of December.
func (c *cell) day(to column, d period.Date) (string, period.Date) {
	y, m, day := d.Parts()
	f := c.format
	switch {
	case to == colJudgmentDate || to == colOffenceFrom || to == colOffenceTo:
		if f != nil && f.year && !f.day {
			if !f.month {
				m = 0
			}
			d, _ = period.NewDate(y, m, 0)
		}
		if f != nil && !f.year {
			return d.String(), d // the year is the spreadsheet's guess
		}
		return d.String(), period.Date{}
	case f != nil && f.month && !f.day:
		return strconv.Itoa(m) + "/" + strconv.Itoa(y), d
	case f != nil && f.year && !f.month:
		return strconv.Itoa(y), d
	}
	return strconv.Itoa(day) + "." + strconv.Itoa(m) + "." + strconv.Itoa(y), d
}

// texts are the cells of a row as texts, for finding the header.
func texts(cells []cell) []string {
	list := make([]string, len(cells))
	for i := range cells {
		list[i], _ = cells[i].shown(colNone, false)
	}
	return list
}

// parseFormat reads a number format: what stands around the number, or which
// parts of a date are shown. Only the part for positive numbers counts.
func parseFormat(code string) *numberFormat {
	if code == "" || strings.EqualFold(code, "General") || code == "@" {
		return nil
	}
	f := &numberFormat{}
	var around [2]strings.Builder
	at, digits, clock := 0, false, false
	literal := func(s string) { around[at].WriteString(s) }
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			i = len(code)
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				i = len(code)
				break
			}
			literal(code[i+1 : i+1+end])
			i += end + 1
		case '\\':
			if i+1 < len(code) {
				r := []rune(code[i+1:])[0]
				literal(string(r))
				i += len(string(r))
			}
		case '_', '*':
			i++
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				i = len(code)
				break
			}
			inside := code[i+1 : i+end]
			if symbol, ok := strings.CutPrefix(inside, "$"); ok {
				symbol, _, _ = strings.Cut(symbol, "-")
				literal(symbol)
			}
			i += end
		case '0', '#', '?':
			at, digits = 1, true
		case 'y', 'Y':
			f.year = true
		case 'm', 'M':
			f.month = true
		case 'd', 'D':
			f.day = true
		case 'h', 'H', 's', 'S':
			clock = true
		case '.', ',', '%', '@', 'E', 'e', '+', '-', '(', ')', '/', ':', 'A', 'P':
		default:
			literal(string(c))
		}
	}
	f.date = !digits && (f.year || f.day || f.month && !clock)
	f.before, f.after = wordsOnly(around[0].String()), wordsOnly(around[1].String())
	if !f.date && f.before == "" && f.after == "" {
		return nil
	}
	if f.before != "" {
		f.before += " "
	}
	if f.after != "" {
		f.after = " " + f.after
	}
	return f
}

// wordsOnly is what a format shows, where it is more than signs that mean nothing.
func wordsOnly(s string) string {
	s = strings.TrimSpace(locale.Plain(s))
	if strings.Trim(s, " -()'") == "" {
		return ""
	}
	return s
}
