// Package cube is a figure laid out by dimensions, in the forms that statistics are exchanged in: JSON-stat 2.0, PX (PC-Axis) and SDMX-CSV 2.0.
//
// A cell has a value or a state that says why it has none. No form writes a zero for what is not known.
package cube

import (
	"fmt"
	"slices"
)

// Cube is a figure by its dimensions. The last dimension is the measures, what each cell tells of the figure: its value, its bounds, how many it rests on.
type Cube struct {
	ID         string   // of the figure: persons_convicted
	Language   string   // BCP 47
	Title      string   // the figure and what it is laid out by, in the language
	Contents   string   // the figure's name
	Source     string   // where the numbers come from, in words
	Address    string   // where the same stands as a page
	Updated    string   // the day the record last changed: 2026-03-01
	Notes      []string // definition, limits and signs, in the language
	Dimensions []Dimension
	Measures   []Measure
	// MeasuresLabel is what the dimension of the measures is called.
	MeasuresLabel string
	Cells         []Cell // in row-major order: the first dimension is the slowest, the measures the fastest
	States        []StateLabel
	Fener         Fener
}

// MeasureID is the code of the dimension of the measures.
const MeasureID = "measure"

// Total is the code of what stands for all categories of a dimension, as in SDMX.
const Total = "_T"

// Dimension is what the figure is laid out by.
type Dimension struct {
	ID, Label  string
	Categories []Category
}

// Category is one value of a dimension.
type Category struct{ Code, Label string }

// Measure is one thing that a cell tells of the figure.
type Measure struct {
	Code, Label string
	Unit        string // in words of the language
	Decimals    int    // as many as are worth showing
}

// State says why a cell has no value, or what must be known of one it has. The zero State is a plain value.
type State string

// The states of cells.
const (
	Plain    State = ""
	Small    State = "small"     // a value that rests on too few for a conclusion
	NoData   State = "no_data"   // nothing on record
	NotKnown State = "not_known" // on record, but not what is asked
	Nothing  State = "nothing"   // on record, with nothing to measure
)

// StateLabel is a state in words of the language.
type StateLabel struct {
	State State
	Label string
}

// Cell is one number, or none and why.
type Cell struct {
	Value *float64
	State State
}

// Fener says of which record the numbers are.
type Fener struct {
	Seq        int64             `json:"seq"`
	AsItStood  string            `json:"as_it_stood,omitempty"`
	Synthetic  bool              `json:"synthetic"`
	Notice     string            `json:"notice,omitempty"`
	Definition string            `json:"definition"`
	Query      map[string]string `json:"query"`
}

// axes are all dimensions, with that of the measures last.
func (c *Cube) axes() []Dimension {
	last := Dimension{ID: MeasureID, Label: c.MeasuresLabel}
	for _, m := range c.Measures {
		last.Categories = append(last.Categories, Category{m.Code, m.Label})
	}
	return append(slices.Clone(c.Dimensions), last)
}

func (c *Cube) size() int {
	n := len(c.Measures)
	for _, d := range c.Dimensions {
		n *= len(d.Categories)
	}
	return n
}

// Check says what is wrong with a cube before it is written: cells too many or too few, a code twice, a value with the state of one that lacks it.
func (c *Cube) Check() error {
	if len(c.Measures) == 0 || len(c.Cells) != c.size() {
		return fmt.Errorf("the cube of %s has %d cells, expected %d: one for each of its categories and measures", c.ID, len(c.Cells), c.size())
	}
	for _, d := range c.axes() {
		seen := map[string]bool{}
		for _, k := range d.Categories {
			if k.Code == "" || seen[k.Code] {
				return fmt.Errorf("dimension %s of the cube of %s has the code %q twice, or none: expected a code of its own for each category", d.ID, c.ID, k.Code)
			}
			seen[k.Code] = true
		}
	}
	for i, cell := range c.Cells {
		lacks := cell.State != Plain && cell.State != Small
		if lacks == (cell.Value != nil) {
			return fmt.Errorf("cell %d of the cube of %s has state %q and a value: %t; expected a value where nothing says why there is none", i, c.ID, cell.State, cell.Value != nil)
		}
	}
	return nil
}
