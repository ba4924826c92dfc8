// Package redact makes the copy of a document that everyone may read: a file of its own, in which what was hidden is not there. Pages become pictures in which
// the places are painted over before they are kept; the words that may be read lie behind them as text, so that the copy can be searched and read aloud. Nothing
// of the original goes over but its pages as they are seen: no text layer, no fonts, no metadata, no attachments.
package redact

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"fener/internal/document"

	"github.com/signintech/gopdf"
	"golang.org/x/image/font/gofont/goregular"
)

// Dots an inch of the pages of a copy, the quality of their pictures, and by how many points a box is larger than the words that it hides.
const (
	dots    = 150
	quality = 70
	margin  = 1.5
)

// Hidden stands in a text for what was hidden. It is as long whatever it hides.
const Hidden = "█████"

// A Plan says what is hidden in a document: every place in which some words stand.
type Plan struct {
	doc   *document.Document
	spans []span // of the text, in their order
	text  *document.Text
	boxes map[int][]document.Box // by the numbers of pages
	blind int                    // a page on which words stand of which nobody knows where; 0 where there is none
}

type span struct{ start, end int }

// NewPlan looks for the places of words in a document, one or several that stand together in each entry: in any letters, with and without marks, inflected, and over
// the ends of lines. An entry without a letter or a digit hides nothing.
func NewPlan(doc *document.Document, words []string) *Plan {
	p := &Plan{doc: doc, text: doc.Plain(), boxes: map[int][]document.Box{}}
	text := tokensOf(p.text.String)
	for _, w := range words {
		find(text, tokensOf(w), func(s span) { p.spans = append(p.spans, s) })
	}
	slices.SortFunc(p.spans, func(a, b span) int { return cmp.Or(a.start-b.start, b.end-a.end) })
	p.spans = slices.Compact(p.spans)
	for _, s := range p.spans {
		for _, place := range p.text.Places(s.start, s.end) {
			p.boxes[place.Page] = append(p.boxes[place.Page], place.Boxes...)
			if len(place.Boxes) == 0 {
				p.blind = place.Page
			}
		}
	}
	return p
}

// Counts are how often each entry stands in a document, as NewPlan would find it.
func Counts(doc *document.Document, words []string) []int {
	text, counts := tokensOf(doc.Plain().String), make([]int, len(words))
	for i, w := range words {
		find(text, tokensOf(w), func(span) { counts[i]++ })
	}
	return counts
}

// Count is how many places are hidden.
func (p *Plan) Count() int { return len(p.spans) }

// Text is the document's text with what is hidden replaced.
func (p *Plan) Text() string {
	var b strings.Builder
	at := 0
	for _, s := range p.spans {
		if s.end <= at {
			continue
		}
		b.WriteString(p.text.String[at:max(at, s.start)])
		if s.start >= at {
			b.WriteString(Hidden)
		}
		at = s.end
	}
	b.WriteString(p.text.String[at:])
	return b.String()
}

// ErrNoPages says that a document has no pages that could be drawn: its copy is its text.
var ErrNoPages = errors.New("redact: the document has no pages of its own; its copy is plain text")

// A BlindError is a page that would be shown although nobody knows what stands on it, or where: what is to be hidden could be there.
type BlindError struct{ Page int }

func (e *BlindError) Error() string {
	return fmt.Sprintf("redact: page %d was not read, or its words have no place on it, so that nothing can be hidden there; a copy of it is not made", e.Page)
}

// unread is the first page that was not read; 0 where all were. A picture in which no text was found counts as read: the empty back of a sheet is one.
func (p *Plan) unread() int {
	for i := range p.doc.Pages {
		if of := &p.doc.Pages[i]; of.Unread != "" && of.Unread != document.NothingVisible {
			return of.Number
		}
	}
	if len(p.doc.Gaps) > 0 {
		return p.doc.Gaps[0].First
	}
	return p.blind
}

// Write writes the copy as a PDF. r reads the original anew, to draw its pages. Errors: ErrNoPages; *BlindError; those of reading it.
func (p *Plan) Write(ctx context.Context, r document.Reader, file *os.File, out io.Writer) error {
	if p.doc.Form != document.PDF && !p.doc.Form.Picture() {
		return ErrNoPages
	}
	if n := p.unread(); n > 0 {
		return &BlindError{n}
	}
	r.Draw, r.Offline = dots, true
	pdf := &gopdf.GoPdf{}
	pdf.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	if err := pdf.AddTTFFontData("text", goregular.TTF); err != nil {
		return fmt.Errorf("redact: %w", err)
	}
	_, err := r.Stream(ctx, p.doc.Name, file, document.Heard{Page: func(page *document.Page) error {
		if len(page.Drawn) == 0 {
			return fmt.Errorf("redact: page %d could not be drawn: a copy that lacks a page would say something else", page.Number)
		}
		return p.page(pdf, page)
	}})
	if err != nil {
		return err
	}
	if pdf.GetNumberOfPages() == 0 {
		return ErrNoPages
	}
	if _, err := pdf.WriteTo(out); err != nil {
		return fmt.Errorf("redact: writing the copy: %w", err)
	}
	return nil
}

// page puts one page into the copy: the words that may be read, and over them its picture.
func (p *Plan) page(pdf *gopdf.GoPdf, drawn *document.Page) error {
	seen, err := png.Decode(bytes.NewReader(drawn.Drawn))
	if err != nil {
		return fmt.Errorf("redact: page %d: %w", drawn.Number, err)
	}
	painted, scale := p.painted(seen, drawn)
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, painted, &jpeg.Options{Quality: quality}); err != nil {
		return fmt.Errorf("redact: page %d: %w", drawn.Number, err)
	}
	size := gopdf.Rect{W: float64(painted.Rect.Dx()) / scale, H: float64(painted.Rect.Dy()) / scale}
	pdf.AddPageWithOption(gopdf.PageOption{PageSize: &size})
	if err := p.words(pdf, drawn.Number); err != nil {
		return err
	}
	holder, err := gopdf.ImageHolderByBytes(picture.Bytes())
	if err != nil {
		return fmt.Errorf("redact: page %d: %w", drawn.Number, err)
	}
	return pdf.ImageByHolder(holder, 0, 0, &size)
}

// painted is a page's picture with the hidden places painted over, and how many of its dots make a point.
func (p *Plan) painted(seen image.Image, page *document.Page) (*image.Gray, float64) {
	out := image.NewGray(image.Rect(0, 0, seen.Bounds().Dx(), seen.Bounds().Dy()))
	draw.Draw(out, out.Rect, seen, seen.Bounds().Min, draw.Src)
	scale := float64(out.Rect.Dx()) / page.Width
	for _, b := range p.boxes[page.Number] {
		at := image.Rect(int(math.Floor((b.Left-margin)*scale)), int(math.Floor((b.Top-margin)*scale)), int(math.Ceil((b.Right+margin)*scale)), int(math.Ceil((b.Bottom+margin)*scale)))
		draw.Draw(out, at, image.NewUniform(color.Gray{}), image.Point{}, draw.Src)
	}
	return out, scale
}

// words writes the words of a page that may be read where they stand.
func (p *Plan) words(pdf *gopdf.GoPdf, number int) error {
	at := slices.IndexFunc(p.doc.Pages, func(of document.Page) bool { return of.Number == number })
	if at < 0 {
		return nil
	}
	for i := range p.doc.Pages[at].Paragraphs {
		for _, line := range p.doc.Pages[at].Paragraphs[i].Lines {
			for k := range line.Words {
				word := line.Words[k]
				text, box := line.Text[word.Start:word.End], document.Box{Left: float64(word.Left), Top: line.Box.Top, Right: float64(word.Right), Bottom: line.Box.Bottom}
				if box.Empty() || p.hides(number, box) {
					continue
				}
				if err := pdf.SetFont("text", "", math.Max(4, math.Min(40, (box.Bottom-box.Top)*0.8))); err != nil {
					return fmt.Errorf("redact: %w", err)
				}
				pdf.SetXY(box.Left, box.Top)
				if err := pdf.Text(text + " "); err != nil {
					return fmt.Errorf("redact: the words of page %d: %w", number, err)
				}
			}
		}
	}
	return nil
}

// hides reports whether a box lies under a hidden place, wholly or in part.
func (p *Plan) hides(page int, b document.Box) bool {
	return slices.ContainsFunc(p.boxes[page], func(h document.Box) bool {
		return b.Left < h.Right+margin && b.Right > h.Left-margin && b.Top < h.Bottom+margin && b.Bottom > h.Top-margin && overlap(b, h) > 0.15
	})
}

// overlap is how much of the smaller one's height two boxes share: lines that touch share a little of it.
func overlap(a, b document.Box) float64 {
	shared := math.Min(a.Bottom, b.Bottom) - math.Max(a.Top, b.Top)
	return shared / math.Max(0.1, math.Min(a.Bottom-a.Top, b.Bottom-b.Top))
}
