package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"os/exec"
	"slices"
	"strconv"
	"strings"
)

// languages are those of the record, as tesseract calls them. They are read together: with one alone, half of the words of the others
// come out wrong.
var languages = []string{"sqi", "srp", "srp_latn"}

// recogniser is the program tesseract.
type recogniser struct {
	program string
	with    string // the languages that it has, joined
}

// findRecogniser looks for tesseract. It is nil where there is none; it has no languages where it lacks all of ours.
func findRecogniser() *recogniser {
	program, err := exec.LookPath("tesseract")
	if err != nil {
		return nil
	}
	out, err := exec.Command(program, "--list-langs").Output()
	if err != nil {
		return nil
	}
	has := strings.Fields(string(out))
	var with []string
	for _, l := range languages {
		if slices.Contains(has, l) {
			with = append(with, l)
		}
	}
	return &recogniser{program, strings.Join(with, "+")}
}

// lacking is why nothing can be recognised; empty where it can.
func (r *recogniser) lacking() Reason {
	switch {
	case r == nil:
		return NoRecognition
	case r.with == "":
		return NoLanguages
	}
	return ""
}

// read recognises the text of a picture of so many dots an inch. Places are in points.
func (r *recogniser) read(ctx context.Context, picture *image.Gray, dpi float64) ([]Paragraph, error) {
	var out, errs bytes.Buffer
	c := exec.CommandContext(ctx, r.program, "stdin", "stdout", "-l", r.with, "--dpi", strconv.Itoa(int(dpi)), "tsv")
	c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(pgm(picture)), &out, &errs
	if err := c.Run(); err != nil {
		return nil, fmt.Errorf("tesseract: %w: %s", err, short(errs.String()))
	}
	return fromTSV(out.String(), 72/dpi)
}

// pgm is a picture in the plainest form there is, so that tesseract reads nothing that a stranger wrote but shades of grey.
func pgm(picture *image.Gray) []byte {
	w, h := picture.Rect.Dx(), picture.Rect.Dy()
	out := fmt.Appendf(make([]byte, 0, w*h+32), "P5\n%d %d\n255\n", w, h)
	for y := range h {
		at := picture.PixOffset(picture.Rect.Min.X, picture.Rect.Min.Y+y)
		out = append(out, picture.Pix[at:at+w]...)
	}
	return out
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

// fromTSV makes paragraphs from tesseract's table. It knows columns itself, and gives the words in the order in which they are read.
func fromTSV(table string, scale float64) ([]Paragraph, error) {
	var paragraphs []Paragraph
	paragraph, line := "", ""
	for row := range strings.Lines(table) {
		cells := strings.SplitN(strings.TrimRight(row, "\r\n"), "\t", tsvColumns)
		if len(cells) < tsvColumns {
			return nil, errors.New("tesseract: its table has fewer columns than were expected")
		}
		text := strings.TrimSpace(cells[tsvText])
		if cells[tsvLevel] != levelOfWords || text == "" {
			continue
		}
		var at [4]float64
		for i := range at {
			n, err := strconv.ParseFloat(cells[tsvLeft+i], 64)
			if err != nil {
				return nil, fmt.Errorf("tesseract: its table has %q where a number was expected: %w", short(cells[tsvLeft+i]), err)
			}
			at[i] = n * scale
		}
		certain, err := strconv.ParseFloat(cells[tsvCertain], 64)
		if err != nil {
			return nil, fmt.Errorf("tesseract: its table has %q where a number was expected: %w", short(cells[tsvCertain]), err)
		}
		if p := cells[tsvBlock] + "." + cells[tsvParagraph]; p != paragraph {
			paragraph, line = p, ""
			paragraphs = append(paragraphs, Paragraph{})
		}
		last := &paragraphs[len(paragraphs)-1]
		if cells[tsvLine] != line {
			line = cells[tsvLine]
			last.Lines = append(last.Lines, Line{})
		}
		last.Lines[len(last.Lines)-1].add(text, Box{at[0], at[1], at[0] + at[2], at[1] + at[3]}, uint8(min(100, max(1, certain))))
	}
	return paragraphs, nil
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
