package report

import (
	"errors"
	"io"
	"strings"

	"fener/internal/lang"
	"fener/locale"
)

// codebookLangs are the language forms of the codebook, in the order of its columns.
var codebookLangs = []locale.Lang{locale.EN, locale.SQ, locale.SR, locale.SRLatn}

// entry is a line of the codebook: a column, or a code that can stand in it.
type entry struct {
	column, is, code string
	says             []string // by codebookLangs
}

// kindWords are what a codebook calls the kinds of cells.
var kindWords = map[kind]string{textCell: "text", wordCell: "code", triCell: "yes-no", flagCell: "true-false", numberCell: "integer",
	moneyCell: "number", dateCell: "date", limitCell: "length", lengthCell: "length", fineCell: "fine", listCell: "list"}

// codebook lists every column and its codes, out of the table that writes them.
func codebook() ([]entry, error) {
	words, err := lang.Load()
	if err != nil {
		return nil, err
	}
	var all []entry
	add := func(c *column, code string, says func(locale.Lang) string) {
		e := entry{column: c.name, is: kindWords[c.kind], code: code}
		for _, l := range codebookLangs {
			e.says = append(e.says, says(l))
		}
		all = append(all, e)
	}
	for i := range columns {
		c := &columns[i]
		add(c, "", func(l locale.Lang) string { return c.explain(words, l) })
		if c.codes == nil {
			continue
		}
		for _, code := range c.codes() {
			add(c, code.word, func(l locale.Lang) string { return code.meaning(words, l) })
		}
	}
	return all, nil
}

// codebookHead are the codebook's own columns.
func codebookHead() []string {
	head := []string{"column", "type", "code"}
	for _, l := range codebookLangs {
		head = append(head, l.BCP47())
	}
	return head
}

// lines are the entries as rows under that head.
func lines(entries []entry) (all [][]string) {
	for _, e := range entries {
		all = append(all, append([]string{e.column, e.is, e.code}, e.says...))
	}
	return all
}

// WriteCodebook writes what every column and every code of the answer means, in the four language forms: as CSV, or for any other format
// as a table in Markdown.
func WriteCodebook(w io.Writer, format Format) error {
	entries, err := codebook()
	if err != nil {
		return err
	}
	line, head := appendMarkdownLine, codebookHead()
	all := append([][]string{head, strings.Split(strings.Repeat("---,", len(head)-1)+"---", ",")}, lines(entries)...)
	if format == CSV {
		line, all = appendCSVLine, append([][]string{head}, lines(entries)...)
	}
	var b []byte
	for _, cells := range all {
		b = line(b, cells)
	}
	if _, err := w.Write(b); err != nil {
		return errors.Join(errors.New("writing the codebook"), err)
	}
	return nil
}

func appendCSVLine(b []byte, cells []string) []byte {
	for i, cell := range cells {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendCSV(b, cell)
	}
	return append(b, '\n')
}

func appendMarkdownLine(b []byte, cells []string) []byte {
	for _, cell := range cells {
		b = append(b, "| "...)
		b = append(append(b, strings.NewReplacer("|", "\\|", "\n", " ").Replace(cell)...), ' ')
	}
	return append(b, "|\n"...)
}
