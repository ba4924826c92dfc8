package document

import (
	"errors"
	"math"
	"unicode"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
)

var errTooManyLetters = errors.New("document: more letters on one page than are read")

// layer is the text that a PDF has on a page, by the direction in which it is written.
type layer struct {
	turned  [4][]glyph // a quarter turn each, counter-clockwise as seen; each as if it were written from left to right
	letters int
	odd     int // letters that are none: a font that does not say which letters its forms are
}

// letters takes the letters of a page with their places.
func (d *pdfFile) letters(n int, shown *transformed) (*layer, error) {
	text, err := d.lib.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: d.at(n)})
	if err != nil {
		return nil, err
	}
	count, err := d.lib.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err == nil {
		_, err = d.lib.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	}
	if err != nil {
		return nil, err
	}
	if count.Count > mostGlyphs {
		return nil, errTooManyLetters
	}
	found, err := d.lib.GetPageTextStructured(&requests.GetPageTextStructured{Page: d.at(n), Mode: requests.GetPageTextStructuredModeChars})
	if err != nil {
		return nil, err
	}
	l := &layer{}
	last := 0
	for _, c := range found.Chars {
		r := letterOf(c.Text)
		if r == 0 {
			continue
		}
		if r == '\r' || r == '\n' {
			l.turned[last] = append(l.turned[last], glyph{r: '\n'})
			continue
		}
		left, top := shown.point(c.PointPosition.Left, c.PointPosition.Top)
		right, bottom := shown.point(c.PointPosition.Right, c.PointPosition.Bottom)
		left, right, top, bottom = min(left, right), max(left, right), min(top, bottom), max(top, bottom)
		if !unicode.IsSpace(r) {
			if right < 0 || bottom < 0 || left > shown.width || top > shown.height {
				continue // outside of what is seen
			}
			l.letters++
			if isOdd(r) {
				l.odd++
			}
			last = quarter(c.Angle, shown)
		}
		left, top, right, bottom = turn(last, left, top, right, bottom, shown)
		l.turned[last] = append(l.turned[last], glyph{r: r, left: float32(left), top: float32(top), right: float32(right), bottom: float32(bottom)})
	}
	return l, nil
}

func letterOf(text string) rune {
	for _, r := range text {
		return r
	}
	return 0
}

// isOdd reports whether a letter says nothing: replaced, of private use, or a control character.
func isOdd(r rune) bool {
	return r == unicode.ReplacementChar || unicode.Is(unicode.Co, r) || unicode.IsControl(r) && r != 2
}

// quarter is the direction in which a letter is seen to be written, in quarter turns counter-clockwise.
func quarter(angle float64, shown *transformed) int {
	if angle == 0 && shown.a > 0 {
		return 0
	}
	x, y := math.Cos(angle), math.Sin(angle)
	dx, dy := shown.a*x+shown.c*y, shown.b*x+shown.d*y
	return ((int(math.Round(math.Atan2(-dy, dx)/(math.Pi/2))) % 4) + 4) % 4
}

// turn turns a box so that what is written in it runs from left to right; unturn turns it back.
func turn(quarter int, left, top, right, bottom float64, shown *transformed) (float64, float64, float64, float64) {
	switch quarter {
	case 1: // written upwards
		return shown.height - bottom, left, shown.height - top, right
	case 2: // upside down
		return shown.width - right, shown.height - bottom, shown.width - left, shown.height - top
	case 3: // written downwards
		return top, shown.width - right, bottom, shown.width - left
	}
	return left, top, right, bottom
}

func unturn(quarter int, b Box, shown *transformed) Box {
	switch quarter {
	case 1:
		return Box{b.Top, shown.height - b.Right, b.Bottom, shown.height - b.Left}
	case 2:
		return Box{shown.width - b.Right, shown.height - b.Bottom, shown.width - b.Left, shown.height - b.Top}
	case 3:
		return Box{shown.width - b.Bottom, b.Left, shown.width - b.Top, b.Right}
	}
	return b
}

// paragraphs arranges the letters of each direction, the usual one first.
func (l *layer) paragraphs(shown *transformed) []Paragraph {
	var all []Paragraph
	for q := range l.turned {
		width := shown.width
		if q%2 == 1 {
			width = shown.height
		}
		found := arrange(l.turned[q], width)
		if q != 0 {
			for i := range found {
				for j := range found[i].Lines {
					line := &found[i].Lines[j]
					line.Box, line.Words = unturn(q, line.Box, shown), nil // a word's place is from left to right, which these lines are not
				}
			}
		}
		all = append(all, found...)
	}
	return all
}

// usable reports whether the letters are text.
func (l *layer) usable() bool { return l.letters > 0 && l.odd*5 < l.letters }

// few reports whether there are so few letters that they may be a stamp upon a picture.
func (l *layer) few() bool { return l.letters < 300 }

// isPicture reports whether a picture covers most of the page.
func (d *pdfFile) isPicture(n int, shown *transformed) bool {
	count, err := d.lib.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: d.at(n)})
	if err != nil {
		return false
	}
	covered := 0.0
	for i := range min(count.Count, mostObjects) {
		if _, b := d.image(n, i); b != nil {
			covered += float64(b.Right-b.Left) * float64(b.Top-b.Bottom) // scanners cut pages into strips
		}
	}
	return covered > 0.5*shown.width*shown.height
}

// mostObjects is how many of the things on a page are looked at for pictures.
const mostObjects = 2000

// image is one of the things on a page with its bounds, where it is a picture.
func (d *pdfFile) image(n, i int) (references.FPDF_PAGEOBJECT, *responses.FPDFPageObj_GetBounds) {
	object, err := d.lib.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: d.at(n), Index: i})
	if err != nil {
		return "", nil
	}
	kind, err := d.lib.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
	if err != nil || kind.Type != enums.FPDF_PAGEOBJ_IMAGE {
		return "", nil
	}
	bounds, err := d.lib.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object.PageObject})
	if err != nil {
		return "", nil
	}
	return object.PageObject, bounds
}
