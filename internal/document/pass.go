package document

import (
	"context"
	"errors"
	"io"
	"os"
)

// pass is one reading of a file, inside of the process that does it.
type pass struct {
	name   string
	file   *os.File
	size   int64
	limits Limits
	first  int    // the page to begin with, from 1; later than that where a reading broke off and goes on
	temp   string // a folder for what is written meanwhile
	cache  string // a folder for the compiled library that reads PDF; empty for none

	offline bool // nothing is recognised in pictures
	draw    int  // dots an inch in which pages are drawn
	looked  bool // for the program that recognises
	ocr     *recogniser

	begin func(page int) error // hears which page comes next, so that one that breaks the process is known
	page  func(*Page) error
	note  func(Note) error
	gap   func(Gap) error
	told  func(Form) error // hears what the file is, before anything of it is read

	letters int // bytes of text so far
}

// errEnough ends a reading that has come to a limit, which is said by a gap.
var errEnough = errors.New("document: a limit is reached")

// run reads the file. The error is an *UnreadError where nothing of it can be read.
func (p *pass) run(ctx context.Context) (Form, error) {
	if p.size > p.limits.Bytes {
		return "", &UnreadError{Name: p.name, Reason: TooLarge, Detail: sizeText(p.size, p.limits.Bytes)}
	}
	form, notes, err := formOf(p.name, p.file, p.size)
	if err != nil {
		return "", err
	}
	if err := p.told(form); err != nil {
		return "", err
	}
	if p.first > 1 {
		p.note = func(Note) error { return nil } // they were told when reading began
	}
	for _, n := range notes {
		if err := p.note(n); err != nil {
			return "", err
		}
	}
	tell := p.page
	p.page = func(page *Page) error {
		p.letters += page.Letters()
		if err := tell(page); err != nil {
			return err
		}
		if p.letters > p.limits.Text {
			return errors.Join(p.gap(Gap{First: page.Number + 1, Reason: TooMuchText}), errEnough)
		}
		return nil
	}
	switch form {
	case PDF:
		err = p.pdf(ctx)
	case PNG, JPEG, TIFF:
		err = p.pictures(ctx, form)
	case DOCX:
		err = p.docx()
	case ODT:
		err = p.odt()
	case HTML:
		err = p.html()
	default:
		err = p.plain()
	}
	if errors.Is(err, errEnough) {
		err = nil
	}
	return form, err
}

// recogniser is what recognises text in pictures, looked for once; nil where there is none.
func (p *pass) recogniser() *recogniser {
	if !p.looked && !p.offline {
		p.ocr = findRecogniser()
	}
	p.looked = true
	return p.ocr
}

// reader reads the file from its beginning.
func (p *pass) reader() *io.SectionReader { return io.NewSectionReader(p.file, 0, p.size) }
