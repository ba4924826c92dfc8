package report

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"fener/law"
	"fener/locale"
)

// tableWidth is how wide the table is, in characters.
const tableWidth = 100

// gap is what stands between two columns.
const gap = "  "

// columnWidths are the widths of the table's columns: row, case, person, imposed, law, outcome.
var columnWidths = [6]int{4, 19, 6, 19, 18, 24}

func (r *Report) startTable() error {
	r.render = r.rows(r.tableRow)
	r.begin = func() error {
		if len(r.files) < 2 {
			return nil
		}
		_, err := r.to.Write([]byte(printable(r.file) + "\n\n"))
		return err
	}
	heads := [6][]string{{r.t("report.row")}, {r.t("report.case")}, nil, {r.t("report.imposed")},
		{r.t("report.offence"), r.t("report.range")}, {r.t("report.outcome")}}
	b := appendCells(nil, heads)
	b = append(append(b, strings.Repeat("─", tableWidth)...), '\n')
	_, err := r.to.Write(b)
	return err
}

func (r *Report) tableRow(s *scratch, b []byte, f *finding) []byte {
	row, a := f.row, &f.answer
	who := []string{r.who(row)}
	if row.Court != "" && row.Court != who[0] {
		who = append(who, row.Court)
	}
	if !row.Facts.Judged.IsZero() {
		who = append(who, locale.Date(r.lang, row.Facts.Judged))
	}
	rule := append([]string{offence(row)}, r.spans(a)...)
	if ref := r.provision(a); ref != "" {
		rule = append(rule, ref)
	}
	var answer []string
	for i, line := range r.answer(f) {
		if i > 0 {
			line.says = line.name + ": " + line.says
		}
		answer = append(answer, line.says)
	}
	for _, remark := range r.remarks(f) {
		answer = append(answer, "· "+remark)
	}
	b = appendCells(b, [6][]string{{strconv.Itoa(row.Line)}, who, {row.Defendant}, {r.sentence(row)}, rule, answer})
	if says := a.Summary(r.lang); says != "" {
		b = appendWrapped(b, "      ", "→ ", says)
	}
	if !r.steps {
		a.Steps = nil
	}
	for i := range a.Steps {
		b = appendWrapped(b, "      ", strconv.Itoa(i+1)+". ", string(s.step(&a.Steps[i], r.stepText)))
	}
	for _, d := range r.doubts(f) {
		b = appendWrapped(b, "      ", "? ", d)
	}
	return append(b, '\n')
}

func (r *Report) stepText(b []byte, s *law.Step) []byte { return append(b, s.Text(r.lang)...) }

// appendCells lays the cells of one row side by side; each cell is paragraphs, wrapped to its column.
func appendCells(b []byte, cells [6][]string) []byte {
	var lines [6][]string
	most := 0
	for i, cell := range cells {
		for _, paragraph := range cell {
			lines[i] = append(lines[i], wrap(printable(paragraph), columnWidths[i])...)
		}
		most = max(most, len(lines[i]))
	}
	for n := range most {
		pad := 0 // spaces owed before the next text, so that no line ends in spaces
		for i := range lines {
			text := ""
			if n < len(lines[i]) {
				text = lines[i][n]
			}
			if text != "" {
				for range pad {
					b = append(b, ' ')
				}
				pad = 0
				b = append(b, text...)
			}
			pad += max(0, columnWidths[i]-utf8.RuneCountInString(text)) + len(gap)
		}
		b = append(b, '\n')
	}
	return b
}

// appendWrapped appends a paragraph under its row; the lines after the first hang below its text.
func appendWrapped(b []byte, indent, mark, text string) []byte {
	for i, line := range wrap(printable(text), tableWidth-len(indent)-utf8.RuneCountInString(mark)) {
		b = append(b, indent...)
		if i == 0 {
			b = append(b, mark...)
		} else {
			for range utf8.RuneCountInString(mark) {
				b = append(b, ' ')
			}
		}
		b = append(append(b, line...), '\n')
	}
	return b
}

// printable replaces control characters, which in a terminal would do more than be read.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}

// wrap cuts a text into lines of at most width characters, between words where it can.
func wrap(text string, width int) []string {
	var lines []string
	line, n := "", 0
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' }) {
		length := utf8.RuneCountInString(word)
		for length > width { // a word longer than a line: an address
			if n > 0 {
				lines, line, n = append(lines, line), "", 0
			}
			cut := len(string([]rune(word)[:width]))
			lines = append(lines, word[:cut])
			word, length = word[cut:], length-width
		}
		switch {
		case length == 0:
		case n == 0:
			line, n = word, length
		case n+1+length <= width:
			line, n = line+" "+word, n+1+length
		default:
			lines, line, n = append(lines, line), word, length
		}
	}
	if n > 0 {
		lines = append(lines, line)
	}
	return lines
}
