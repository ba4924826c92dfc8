package document

import (
	"slices"
	"sort"
	"strings"
)

// Text is a document as one string, which knows where each byte of it stands.
type Text struct {
	String string
	spans  []span
	doc    *Document
}

// span is one line within the string.
type span struct {
	start, end            int // of the line's text in the string
	page, paragraph, line int // by index
}

// Place is where a piece of the text stands on one page.
type Place struct {
	Page      int   // from 1
	Paragraph int   // from 1 on its page, in reading order
	Boxes     []Box // one for each line that it goes over; none where the form has no places
	Certain   int   // the least certain of its words as recognised, 1 to 100; 0 where nothing was recognised
}

// Plain is the whole text: lines end with \n, paragraphs are parted by an empty line, pages by \f. Running lines and page numbers
// stand in it where they stand on the page.
func (d *Document) Plain() *Text { return d.text(func(Role) bool { return true }) }

// WithoutRunning is the text without running lines and page numbers, so that a sentence goes on over the page.
func (d *Document) WithoutRunning() *Text {
	return d.text(func(r Role) bool { return r != Running && r != PageNumber })
}

func (d *Document) text(takes func(Role) bool) *Text {
	t := &Text{doc: d}
	var b strings.Builder
	for i := range d.Pages {
		if i > 0 {
			b.WriteByte('\f')
		}
		begun := false
		for j := range d.Pages[i].Paragraphs {
			p := &d.Pages[i].Paragraphs[j]
			if !takes(p.Role) {
				continue
			}
			if begun {
				b.WriteByte('\n')
			}
			begun = true
			for k := range p.Lines {
				start := b.Len()
				b.WriteString(p.Lines[k].Text)
				t.spans = append(t.spans, span{start, b.Len(), i, j, k})
				b.WriteByte('\n')
			}
		}
	}
	t.String = b.String()
	return t
}

// Places are where the bytes from start to before end stand: one place for each paragraph that they go over. Nothing where they hold
// no text.
func (t *Text) Places(start, end int) []Place {
	var places []Place
	at := [2]int{-1, -1}
	first := sort.Search(len(t.spans), func(i int) bool { return t.spans[i].end > start })
	for _, s := range t.spans[first:] {
		if s.start >= end {
			break
		}
		page := &t.doc.Pages[s.page]
		if now := [2]int{s.page, s.paragraph}; now != at {
			places, at = append(places, Place{Page: page.Number, Paragraph: s.paragraph + 1}), now
		}
		place := &places[len(places)-1]
		box, certain := page.Paragraphs[s.paragraph].Lines[s.line].part(max(start, s.start)-s.start, min(end, s.end)-s.start)
		if !box.Empty() {
			place.Boxes = append(place.Boxes, box)
		}
		if certain > 0 && (place.Certain == 0 || certain < place.Certain) {
			place.Certain = certain
		}
	}
	return places
}

// Page is the number of the page that a byte of the text stands on; 0 in an empty document.
func (t *Text) Page(at int) int {
	if len(t.spans) == 0 {
		return 0
	}
	i, found := slices.BinarySearchFunc(t.spans, at, func(s span, at int) int { return s.start - at })
	if !found {
		i = max(i-1, 0)
	}
	return t.doc.Pages[t.spans[i].page].Number
}

// part is the box around some bytes of a line, and the least certain of the words they touch.
func (l *Line) part(start, end int) (box Box, certain int) {
	if start >= end {
		return Box{}, 0
	}
	box = l.Box
	left, right := float32(0), float32(0)
	touched := false
	for _, w := range l.Words {
		if w.End <= start || w.Start >= end {
			continue
		}
		from, to := w.Left, w.Right
		if n := float32(w.End - w.Start); n > 0 { // letters of one word are taken as equally wide: a highlight needs no more
			from, to = w.Left+(w.Right-w.Left)*float32(max(start, w.Start)-w.Start)/n, w.Left+(w.Right-w.Left)*float32(min(end, w.End)-w.Start)/n
		}
		if !touched || from < left {
			left = from
		}
		if !touched || to > right {
			right = to
		}
		touched = true
		if w.Certain > 0 && (certain == 0 || int(w.Certain) < certain) {
			certain = int(w.Certain)
		}
	}
	if touched {
		box.Left, box.Right = tenth(float64(left)), tenth(float64(right))
	}
	return box, certain
}
