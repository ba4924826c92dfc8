package intake

import (
	"maps"
	"slices"
	"strings"

	fact "fener/internal/record" // the name record is a row of CSV here
	"fener/locale"
)

// A Form is a sheet as a workbook of several holds it: what it may be called, and its columns with their names in every language. The sheets of one
// workbook are told apart by their names, and where somebody renamed one by its columns.
type Form struct {
	Name    string   // canonical, such as grants
	Says    Spoken   // its name in each language
	Titles  []string // what else a sheet of it is called
	Columns []FormColumn
}

// FormColumn is one column of a form.
type FormColumn struct {
	Name   string
	Says   Spoken   // its name in each language
	Also   []string // what else it is called
	Needed bool     // the sheet is of no use without it
	Cell   fact.Cell
	Words  map[string][]string // of a word or a yes and no: each as the record holds it, with what people write for it
	Choice Spoken              // those words, in each language
}

// Spoken is a text in the language forms.
type Spoken map[locale.Lang]string

// Forms are the sheets that a workbook can hold.
type Forms struct {
	list    []*form
	aside   map[string]bool // sheets that belong to the workbook and hold nothing to be read
	example map[string]bool // by which a row says that it is an example
	says    Spoken          // the names of all
}

// form is a form with its names as they are looked up.
type form struct {
	Form
	titles map[string]bool
	names  map[string]int // columns
	index  map[string]int // by their canonical names
	words  []map[string]string
}

// NewForms are forms to read by. aside are the names of sheets that hold instructions, example those by which the first cell of a row says that it is an
// example; says names all forms.
func NewForms(list []Form, aside, example []string, says Spoken) *Forms {
	f := &Forms{aside: map[string]bool{}, example: map[string]bool{}, says: says}
	for _, name := range aside {
		f.aside[headerKey(name)] = true
	}
	for _, word := range example {
		f.example[wordKey(word)] = true
	}
	for _, one := range list {
		c := &form{Form: one, titles: map[string]bool{headerKey(one.Name): true}, names: map[string]int{}, index: map[string]int{}, words: make([]map[string]string, len(one.Columns))}
		for _, t := range append(slices.Collect(maps.Values(one.Says)), one.Titles...) {
			c.titles[headerKey(t)] = true
		}
		for i, col := range one.Columns {
			c.names[headerKey(col.Name)], c.index[col.Name] = i, i
		}
		// What is also said of one never takes the name of another.
		for _, more := range []func(FormColumn) []string{func(col FormColumn) []string { return slices.Collect(maps.Values(col.Says)) }, func(col FormColumn) []string { return col.Also }} {
			for i, col := range one.Columns {
				for _, name := range more(col) {
					if _, taken := c.names[headerKey(name)]; !taken {
						c.names[headerKey(name)] = i
					}
				}
			}
		}
		for i, col := range one.Columns {
			c.words[i] = map[string]string{}
			for value, words := range col.Words {
				for _, w := range append(words, value) {
					c.words[i][wordKey(w)] = value
				}
			}
		}
		f.list = append(f.list, c)
	}
	return f
}

// column is the place of the column that a header names; -1 for none.
func (f *form) column(header string) int {
	if i, ok := f.names[headerKey(header)]; ok && strings.TrimSpace(header) != "" {
		return i
	}
	return -1
}

// titled reports whether a sheet's name is the form's, perhaps with a year or a number behind it.
func (f *form) titled(name string) bool {
	key := headerKey(name)
	return f.titles[key] || f.titles[strings.TrimRight(key, "0123456789")]
}

// mostFormRows is how many rows are read of one file: they are planned as a whole.
const mostFormRows = 200_000

// A FormRow is one row of a sheet, with its cells as the record takes them: days as 2019-01-15, words as the record holds them.
type FormRow struct {
	Form  string // canonical name
	Sheet string // as the workbook calls it; of several tables the file's name
	Line  int    // as a person counts in that sheet

	form  *form
	cells []string
}

// Field is the text of a cell without spaces around; empty where there is none.
func (r *FormRow) Field(column string) string {
	i, ok := r.form.index[column]
	if !ok {
		return ""
	}
	return r.cells[i]
}

// FormsRead is what files hold of forms.
type FormsRead struct {
	Rows     []FormRow
	Problems []Problem // with the sheet and the row of each
	Sheets   []FormSheet
}

// FormSheet is a sheet that was read.
type FormSheet struct {
	Name   string // as FormRow.Sheet
	Form   string
	Header int // the number of the header's row

	fields []int // columns of the form, by field
	form   *form
}

// Place is the field, from 1, that holds a column; 0 where none does.
func (s *FormSheet) Place(column string) int {
	i, ok := s.form.index[column]
	for at, c := range s.fields {
		if ok && c == i {
			return at + 1
		}
	}
	return 0
}
