// Package document takes the text out of documents: PDF, scans and pictures, DOCX, ODT, HTML and plain text. Text keeps its place, so
// that a quotation can be shown where it stands: the page, the paragraph, the box on the page.
//
// What strangers made is taken apart in a process of its own, with bounds on its time, its memory, its files and, where the system
// permits, without a network. Reader starts that process, which is the same program called with ChildCommand; Child is its inside.
//
// What was not read is said, page by page. Nothing that a document names is fetched, and nothing that it carries is run.
package document

import (
	"slices"
	"strings"
)

// Form is what a file is, told by its content.
type Form string

// The forms that are read.
const (
	PDF   Form = "pdf"
	PNG   Form = "png"
	JPEG  Form = "jpeg"
	TIFF  Form = "tiff"
	DOCX  Form = "docx"
	ODT   Form = "odt"
	HTML  Form = "html"
	Plain Form = "text"
)

// Picture reports whether a form is a picture, which has text only once it was recognised.
func (f Form) Picture() bool { return f == PNG || f == JPEG || f == TIFF }

// Document is the text of one file with its places.
type Document struct {
	Name  string `json:"name"` // what the file is called
	Form  Form   `json:"form"`
	Pages []Page `json:"pages"`
	Notes []Note `json:"notes,omitempty"` // what is to be known of the file, such as macros that were not looked at
	Gaps  []Gap  `json:"gaps,omitempty"`  // what of it was not read
}

// Page is one page. A document without pages of its own (HTML, most plain text) has one.
type Page struct {
	Number     int         `json:"number"`               // from 1, in the order of the file
	Width      float64     `json:"width,omitempty"`      // in points as the page is shown; 0 where a form has no pages of a size
	Height     float64     `json:"height,omitempty"`     // likewise
	Recognised bool        `json:"recognised,omitempty"` // its text was recognised in a picture, not written by a program
	Unread     Reason      `json:"unread,omitempty"`     // why it was not read, or not all of it; empty where it was
	Detail     string      `json:"detail,omitempty"`     // what was said of that, for a technician
	Drawn      []byte      `json:"drawn,omitempty"`      // the page as it is seen, as a PNG in grey, where that was asked for
	Paragraphs []Paragraph `json:"paragraphs,omitempty"` // in the order in which they are read
}

// Role is what a paragraph is on its page.
type Role string

// The roles. The text of the document itself has none.
const (
	Body       Role = ""
	Running    Role = "running"     // a line that stands at the top or the bottom of several pages
	PageNumber Role = "page-number" // the number of the page
)

// Paragraph is lines that belong together.
type Paragraph struct {
	Role  Role   `json:"role,omitempty"`
	Lines []Line `json:"lines"`
}

// Line is one line as it stands, with broken words at its end left broken. Where a form has no lines (DOCX, HTML) a paragraph is one.
type Line struct {
	Text  string `json:"text"`
	Box   Box    `json:"box,omitzero"`
	Words []Word `json:"words,omitempty"` // where each word stands; none where the form has no places
}

// Word is where a word of a line stands, and how well it was recognised.
type Word struct {
	Start   int     `json:"s"` // in bytes of the line's text
	End     int     `json:"e"`
	Left    float32 `json:"l"` // in points from the left of the page
	Right   float32 `json:"r"`
	Certain uint8   `json:"c,omitempty"` // how certain the recognition is, 1 to 100; 0 where nothing had to be recognised
}

// Box is a rectangle on a page, in points from its upper left corner as it is shown.
type Box struct {
	Left   float64 `json:"l"`
	Top    float64 `json:"t"`
	Right  float64 `json:"r"`
	Bottom float64 `json:"b"`
}

// Empty reports whether a box has no extent, as where a form has no places.
func (b Box) Empty() bool { return b.Right <= b.Left || b.Bottom <= b.Top }

// with is the smallest box around two; an empty one adds nothing.
func (b Box) with(o Box) Box {
	switch {
	case b.Empty():
		return o
	case o.Empty():
		return b
	}
	return Box{min(b.Left, o.Left), min(b.Top, o.Top), max(b.Right, o.Right), max(b.Bottom, o.Bottom)}
}

// Gap is pages that were not read, and why.
type Gap struct {
	First  int    `json:"first"` // from 1
	Last   int    `json:"last"`  // 0 where nobody knows how many there are
	Reason Reason `json:"reason"`
	Detail string `json:"detail,omitempty"`
}

// unreadGaps are the gaps that the pages tell, with neighbours of one reason taken together.
func unreadGaps(pages []Page) []Gap {
	var gaps []Gap
	for i := range pages {
		p := &pages[i]
		if p.Unread == "" {
			continue
		}
		if n := len(gaps); n > 0 && gaps[n-1].Last == p.Number-1 && gaps[n-1].Reason == p.Unread {
			gaps[n-1].Last = p.Number
			continue
		}
		gaps = append(gaps, Gap{First: p.Number, Last: p.Number, Reason: p.Unread, Detail: p.Detail})
	}
	return gaps
}

// Letters is how many bytes of text a page has, running lines and page numbers left out.
func (p *Page) Letters() int {
	n := 0
	for _, paragraph := range p.Paragraphs {
		if paragraph.Role == Body {
			for _, l := range paragraph.Lines {
				n += len(strings.TrimSpace(l.Text))
			}
		}
	}
	return n
}

// Says reports whether a note of a kind was made.
func (d *Document) Says(kind NoteKind) bool {
	return slices.ContainsFunc(d.Notes, func(n Note) bool { return n.Kind == kind })
}
