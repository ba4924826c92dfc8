package document

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// recognised is what was read on a page.
type recognised struct {
	paragraphs      []Paragraph
	words, sum      int
	latin, cyrillic int // letters
}

func (r *recognised) certain() int { return r.sum / max(1, r.words) }

// script is the one that nearly all letters are of.
func (r *recognised) script() script {
	switch all := r.latin + r.cyrillic; {
	case all < 100:
		return anyScript
	case r.latin*20 > all*19:
		return latin
	case r.cyrillic*20 > all*19:
		return cyrillic
	}
	return anyScript
}

func (r *recognised) count(word string, certain int) {
	r.words++
	r.sum += certain
	for _, letter := range word {
		switch {
		case unicode.Is(unicode.Latin, letter):
			r.latin++
		case unicode.Is(unicode.Cyrillic, letter):
			r.cyrillic++
		}
	}
}

// turnAround puts places right of a page that was read upside down.
func (r *recognised) turnAround(width, height float64) {
	shown := &transformed{width: width, height: height}
	for i := range r.paragraphs {
		for j := range r.paragraphs[i].Lines {
			l := &r.paragraphs[i].Lines[j]
			l.Box = unturn(2, l.Box, shown)
			for k := range l.Words {
				w := &l.Words[k]
				w.Left, w.Right = float32(width)-w.Right, float32(width)-w.Left
			}
		}
	}
}

// The columns of tesseract's table.
const (
	tsvLevel = iota
	_
	tsvBlock
	tsvParagraph
	tsvLine
	_
	tsvLeft
	tsvTop
	tsvWidth
	tsvHeight
	tsvCertain
	tsvText
	tsvColumns
)

const levelOfWords = "5"

// fromTSV makes paragraphs from tesseract's table. It knows columns itself, and gives the words in the order in which they are read; it
// makes too many paragraphs, since it takes a line that hangs a little for the beginning of one.
func fromTSV(table string, scale float64) (*recognised, error) {
	found := &recognised{}
	block, line := "", ""
	var lines []Line
	flush := func() {
		found.paragraphs = append(found.paragraphs, paragraphsOf(lines, heightOf(lines)/2)...)
		lines, line = nil, ""
	}
	for row := range strings.Lines(table) {
		cells := strings.SplitN(strings.TrimRight(row, "\r\n"), "\t", tsvColumns)
		if len(cells) < tsvColumns {
			return nil, errors.New("tesseract: its table has fewer columns than were expected")
		}
		text := strings.TrimSpace(cells[tsvText])
		if cells[tsvLevel] != levelOfWords || text == "" {
			continue
		}
		var at [5]float64 // left, top, width, height, certainty
		for i := range at {
			n, err := strconv.ParseFloat(cells[tsvLeft+i], 64)
			if err != nil {
				return nil, fmt.Errorf("tesseract: its table has %q where a number was expected: %w", short(cells[tsvLeft+i]), err)
			}
			at[i] = n
		}
		if isSpeck(text, at[4]) {
			continue
		}
		if cells[tsvBlock] != block {
			flush()
			block = cells[tsvBlock]
		}
		if l := cells[tsvParagraph] + "." + cells[tsvLine]; l != line {
			line = l
			lines = append(lines, Line{})
		}
		left, top := at[0]*scale, at[1]*scale
		lines[len(lines)-1].add(text, Box{left, top, left + at[2]*scale, top + at[3]*scale}, uint8(min(100, max(1, at[4]))))
		found.count(text, int(at[4]))
	}
	flush()
	return found, nil
}

// isSpeck reports whether a word is dirt on the paper: no letter and no digit, and hardly certain.
func isSpeck(text string, certain float64) bool {
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return false
	}
	return certain < 60 || strings.Trim(text, "|_~·`") == ""
}

// heightOf is the height of the lines in the middle.
func heightOf(lines []Line) float64 {
	var heights []float64
	for i := range lines {
		heights = append(heights, lines[i].Box.Bottom-lines[i].Box.Top)
	}
	slices.Sort(heights)
	if len(heights) == 0 {
		return 0
	}
	return heights[len(heights)/2]
}

// add adds a word to a line.
func (l *Line) add(word string, box Box, certain uint8) {
	if l.Text != "" {
		l.Text += " "
	}
	start := len(l.Text)
	l.Text += word
	l.Words = append(l.Words, Word{start, len(l.Text), tenth(float32(box.Left)), tenth(float32(box.Right)), certain})
	whole := l.Box.with(box)
	l.Box = Box{tenth(whole.Left), tenth(whole.Top), tenth(whole.Right), tenth(whole.Bottom)}
}
