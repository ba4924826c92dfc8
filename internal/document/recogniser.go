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
	"unicode"
)

// languages are those of the record, as tesseract calls them. They are read together: with one alone, half of the words of the others
// come out wrong.
var languages = []string{"sqi", "srp", "srp_latn"}

// inScript are the languages written in one script. Once a document has shown which one it is in, the others only put their letters
// into its words.
var inScript = map[script][]string{latin: {"sqi", "srp_latn"}, cyrillic: {"srp"}}

type script int

const (
	anyScript script = iota
	latin
	cyrillic
)

// recogniser is the program tesseract, and what it has learned of the document at hand.
type recogniser struct {
	program string
	has     []string // of the languages
	script  script
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
	there := strings.Fields(string(out))
	return &recogniser{program: program, has: slices.DeleteFunc(slices.Clone(languages), func(l string) bool { return !slices.Contains(there, l) })}
}

// lacking is why nothing can be recognised; empty where it can.
func (r *recogniser) lacking() Reason {
	switch {
	case r == nil:
		return NoRecognition
	case len(r.has) == 0:
		return NoLanguages
	}
	return ""
}

// with are the languages of a script, as far as they are there.
func (r *recogniser) with(s script) string {
	wanted := inScript[s]
	if s == anyScript {
		wanted = languages
	}
	there := slices.DeleteFunc(slices.Clone(r.has), func(l string) bool { return !slices.Contains(wanted, l) })
	if len(there) == 0 {
		there = r.has
	}
	return strings.Join(there, "+")
}

// unsure is how certain the words of a page are on the average where it is likely to be in another script than was thought.
const unsure = 70

// read recognises the text of a picture of so many dots an inch. Places are in points.
func (r *recogniser) read(ctx context.Context, picture *image.Gray, dpi float64) ([]Paragraph, error) {
	smooth(picture)
	page := pgm(picture)
	found, err := r.run(ctx, page, dpi, r.script)
	if err != nil {
		return nil, err
	}
	if r.script != anyScript && found.certain() < unsure {
		other, err := r.run(ctx, page, dpi, anyScript)
		if err != nil {
			return nil, err
		}
		if other.certain() > found.certain() {
			found, r.script = other, anyScript
		}
	}
	if r.script == anyScript {
		r.script = found.script()
		if r.script == latin && found.cyrillic > 0 || r.script == cyrillic && found.latin > 0 {
			return r.again(ctx, page, dpi, found)
		}
	}
	return found.paragraphs, nil
}

// again reads a page once more with the languages of its script alone, and takes what is more certain.
func (r *recogniser) again(ctx context.Context, page []byte, dpi float64, before *recognised) ([]Paragraph, error) {
	found, err := r.run(ctx, page, dpi, r.script)
	if err != nil {
		return nil, err
	}
	if found.certain() < before.certain()-2 {
		return before.paragraphs, nil
	}
	return found.paragraphs, nil
}

func (r *recogniser) run(ctx context.Context, page []byte, dpi float64, s script) (*recognised, error) {
	var out, errs bytes.Buffer
	c := exec.CommandContext(ctx, r.program, "stdin", "stdout", "-l", r.with(s), "--dpi", strconv.Itoa(int(dpi)), "tsv")
	c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(page), &out, &errs
	if err := c.Run(); err != nil {
		return nil, fmt.Errorf("tesseract: %w: %s", err, short(errs.String()))
	}
	return fromTSV(out.String(), 72/dpi)
}

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

// smooth takes the grain out of a scan, which reads as full stops and strokes: each point becomes the mean of those around it, near ones
// counting more.
func smooth(picture *image.Gray) {
	w, h := picture.Rect.Dx(), picture.Rect.Dy()
	if w < 3 || h < 3 {
		return
	}
	from := slices.Clone(picture.Pix)
	for y := 1; y < h-1; y++ {
		up, here, down := from[(y-1)*picture.Stride:], from[y*picture.Stride:], from[(y+1)*picture.Stride:]
		to := picture.Pix[y*picture.Stride:]
		for x := 1; x < w-1; x++ {
			sum := int(up[x-1]) + 2*int(up[x]) + int(up[x+1]) + 2*int(here[x-1]) + 4*int(here[x]) + 2*int(here[x+1]) + int(down[x-1]) + 2*int(down[x]) + int(down[x+1])
			to[x] = uint8(sum / 16)
		}
	}
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
