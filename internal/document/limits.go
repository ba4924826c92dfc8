package document

import "time"

// Limits bound what is read of one file and what reading it may cost. A zero value takes the usual one.
type Limits struct {
	Bytes    int64         // of the file
	Pages    int           // pages beyond them are said to be unread
	Text     int           // bytes of text
	Unpacked int64         // bytes that one part of a DOCX or ODT may have when unpacked
	Memory   int64         // bytes of memory that the process may use
	Page     time.Duration // for one page; one that takes longer is said to be unread, and reading goes on behind it
	Whole    time.Duration // for the whole file
}

// usual are the limits that hold where nothing else is said. A volume of a court's selected decisions has about 300 pages, a year of the
// official gazette a few thousand.
var usual = Limits{Bytes: 512 << 20, Pages: 20_000, Text: 64 << 20, Unpacked: 64 << 20, Memory: 768 << 20, Page: time.Minute, Whole: 2 * time.Hour}

func (l Limits) filled() Limits {
	if l.Bytes == 0 {
		l.Bytes = usual.Bytes
	}
	if l.Pages == 0 {
		l.Pages = usual.Pages
	}
	if l.Text == 0 {
		l.Text = usual.Text
	}
	if l.Unpacked == 0 {
		l.Unpacked = usual.Unpacked
	}
	if l.Memory == 0 {
		l.Memory = usual.Memory
	}
	if l.Page == 0 {
		l.Page = usual.Page
	}
	if l.Whole == 0 {
		l.Whole = usual.Whole
	}
	return l
}

// What one page may be.
const (
	mostPageText = 8 << 20    // bytes, of a form that need not have pages: four thousand pages of print
	mostGlyphs   = 200_000    // letters: a page of a newspaper has 30,000
	mostPixels   = 36_000_000 // of a picture to be recognised: A3 at 300 dots an inch has 17 million
	mostSide     = 30_000     // pixels of one of its sides
)
