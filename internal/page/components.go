package page

import (
	"html/template"

	"fener/internal/page/chart"
	"fener/locale"
)

// The values that the components in templates/components.html show: {{template "table" part $ .Cases}} shows a Table. Their texts
// are ready to be read, in the page's language, unless a Link says another.

// Link is a piece of text that may lead somewhere and may be in a language of its own.
type Link struct {
	Text    string
	Href    string      // empty for mere text
	Lang    locale.Lang // when the text is not in the page's language; it is then marked
	Quiet   bool        // its language is told to screen readers alone: a name, or a few words within others
	Lead    string      // stands before the text, in the page's language
	Tail    string      // stands after it, in the page's language
	Outside bool        // leads to another site: sent without telling where from
}

// Typed is what people typed without saying in which language: the name of a publisher, a place in a document, a reason.
func Typed(text string) Link { return Link{Text: text, Lang: locale.Tongue(text), Quiet: true} }

// Typed is the same, for templates.
func (b *Base) Typed(text string) Link { return Typed(text) }

// Badge is an outcome as a shape and a word. The shape, not the colour, carries the meaning.
type Badge struct {
	Shape string // one of the Shape constants
	Text  string
}

// The shapes of a badge.
const (
	ShapeWithin  = "within"  // a tick: what the law prescribes
	ShapeBelow   = "below"   // a triangle pointing down: less than the law allows
	ShapeAbove   = "above"   // a triangle pointing up: more than the law allows
	ShapeUnknown = "unknown" // a question mark: cannot be checked
	ShapeNone    = "none"    // a dash: nothing to check
	ShapeAgainst = "against" // a cross: the evidence says otherwise
	ShapePart    = "part"    // a half-filled circle: a part of it
)

// Table is rows of data under a caption. The first cell of each row is its head. A cell without text is shown as not known.
type Table struct {
	ID        string // unique on the page
	Caption   string
	Columns   []Column
	Rows      [][]Link
	Empty     string // what is said in place of rows when there are none
	Note      string
	Downloads []Link
	Grid      bool // stays rows and columns on a phone
	Quiet     bool // the caption says what the heading above says, and is only for screen readers
}

// Column is the head of a column; its unit stands in the head and not in the cells.
type Column struct {
	Head, Unit string
	Number     bool // aligned to the right
	Wide       bool // holds quotations, and is never squeezed
}

// Number tells whether column i holds numbers.
func (t Table) Number(i int) bool { return i < len(t.Columns) && t.Columns[i].Number }

// Label is the head of column i with its unit, which stands before each of its cells where there is no room for columns.
func (t Table) Label(i int) string {
	if t.Grid || i >= len(t.Columns) {
		return ""
	}
	c := t.Columns[i]
	if c.Unit == "" {
		return c.Head
	}
	return c.Head + ", " + c.Unit
}

// Wide tells whether a column holds quotations.
func (t Table) Wide(i int) bool { return i < len(t.Columns) && t.Columns[i].Wide }

// Summary is one line of a summary list. Text without text is shown as not known.
type Summary struct {
	Term string
	Text Link
}

// Citation is where a fact comes from.
type Citation struct {
	Quote    Link // short, in the language of the source
	Source   Link
	Details  []Link // publisher, date, place in the source
	Archived string // address of the archived copy
	Read     bool   // somebody has read the source's text
}

// Figure is a number with everything that it must carry.
type Figure struct {
	ID          string
	Value, Unit string
	Says        string // what was counted
	Period      string
	CountedBy   Link
	Source      Link
	AsOf        string
	Rows        string // address of the rows behind it
	Downloads   []Link
}

// Chart is a picture with its title, a sentence that says what it shows, and the same data as a table.
type Chart struct {
	ID        string
	Title     string
	Says      string
	Top       bool          // its title is a heading of the second level
	Picture   template.HTML // SVG from package chart, never from input
	Key       []KeyLine
	Notes     []string // what else must be known to read it
	Table     Table
	Source    Link
	AsOf      string
	Downloads []Link
}

// Numbers is the chart's table, which stays a grid where there is little room: its columns are short, and are read beside each other.
func (c Chart) Numbers() Table {
	t := c.Table
	t.Grid = true
	return t
}

// KeyLine says what a mark of a chart means.
type KeyLine = chart.KeyLine

// Call is a number to call.
type Call struct {
	Name   Link
	Number string
	Tel    template.URL // "tel:" and the digits
}

// State is a designed emptiness: no data yet, not published.
type State struct {
	Title string
	Says  []string
}

// NoData is the state of a place where the record holds nothing.
func (r *Request) NoData() State {
	return State{Title: r.T("error.no_data.title"), Says: []string{r.T("error.no_data.says"), r.T("error.no_data.next")}}
}
