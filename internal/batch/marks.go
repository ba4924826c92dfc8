package batch

import (
	"io"
	"strings"

	"fener/internal/intake"
	"fener/internal/marked"
	"fener/internal/record"
	"fener/internal/sheet"
	"fener/locale"
)

// Marks collects what is wrong and in doubt in the sheets of files.
type Marks struct {
	lang    locale.Lang
	list    []marked.FormMark
	refused int
}

// NewMarks begins a collection with messages in a language.
func NewMarks(l locale.Lang) *Marks { return &Marks{lang: l} }

// Add takes what is said of an item.
func (m *Marks) Add(it *Item) {
	if len(it.Lines) == 0 || it.Class == Same {
		return
	}
	if it.Class == Refused {
		m.refused++
	}
	for _, r := range it.Refused {
		m.add(it, r, false)
	}
	for _, r := range it.Doubts {
		m.add(it, r, true)
	}
}

func (m *Marks) add(it *Item, r Reason, doubt bool) {
	one := marked.FormMark{Mark: marked.Mark{Sheet: it.Sheet, Row: it.Lines[0], Doubt: doubt, Text: r.Text(m.lang)}}
	if r.Line > 0 {
		one.Row = r.Line
	}
	one.Column = r.Field[strings.LastIndexByte(r.Field, '.')+1:] // citations[0].quote stands under quote
	m.list = append(m.list, one)
}

// Refused is how many things were refused.
func (m *Marks) Refused() int { return m.refused }

// Write writes the files back as one workbook with what is wrong marked and
// explained in each sheet. name is the sheet or the workbook that was imported.
func (m *Marks) Write(name string, files []intake.FormFile, out io.Writer) error {
	forms := sheet.Funding()
	if kinds := FundingSheet(name); kinds != nil {
		forms = sheet.Forms(kinds)
	}
	return marked.Forms(forms, files, out, m.list)
}

// FundingSheet is the kind whose sheet of the workbook on shelters and their money
// is called so; nil where none is.
func FundingSheet(name string) []*record.Definition {
	for _, d := range record.FundingKinds() {
		if d.Sheet.Name == name {
			return []*record.Definition{d}
		}
	}
	return nil
}
