package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"fener/internal/codepage"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// words are the whole of a file as text, and whether it was cut off; that its letters had to be guessed is noted.
func (p *pass) words(media string) (text string, cutOff bool, err error) {
	content, cutOff, err := p.whole()
	if err != nil {
		return "", false, err
	}
	text, guessed, err := decoded(content, media)
	if err == nil && guessed != "" {
		err = p.note(Note{Guessed, "read as " + guessed})
	}
	return text, cutOff, err
}

// plain reads a text file. A form feed ends a page, an empty line a paragraph.
func (p *pass) plain() error {
	text, cutOff, err := p.words("text/plain")
	if err != nil {
		return err
	}
	w := &writer{pass: p}
	for i, page := range strings.Split(text, "\f") {
		if i > 0 {
			if err := w.endPage(); err != nil {
				return err
			}
		}
		for line := range strings.SplitSeq(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(page), "\n") {
			if strings.TrimSpace(line) == "" {
				w.endParagraph(Body)
				continue
			}
			w.text(strings.TrimRight(line, " \t"))
			w.endLine()
		}
		w.endParagraph(Body)
	}
	return w.finish(cutOff)
}

// whole reads a file of text, of which no more than is kept need be in memory.
func (p *pass) whole() (content []byte, cutOff bool, err error) {
	content, err = io.ReadAll(io.LimitReader(p.reader(), int64(p.limits.Text)+1))
	if err != nil {
		return nil, false, fmt.Errorf("reading %s: %w", p.name, err)
	}
	if len(content) > p.limits.Text {
		return content[:p.limits.Text], true, nil
	}
	return content, false, nil
}

// decoded brings a text to UTF-8. guessed names the code page, where the text does not say it itself.
func decoded(content []byte, mediaType string) (text, guessed string, err error) {
	switch {
	case bytes.HasPrefix(content, []byte("\xff\xfe")), bytes.HasPrefix(content, []byte("\xfe\xff")):
		out, _, err := transform.Bytes(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder(), content)
		if err != nil {
			return "", "", fmt.Errorf("decoding UTF-16: %w", err)
		}
		return string(out), "", nil
	case utf8.Valid(content), codepage.MostlyUTF8(string(content[:min(len(content), 1<<20)])):
		return strings.ToValidUTF8(strings.TrimPrefix(string(content), "\ufeff"), "\ufffd"), "", nil
	}
	encoding, _, certain := charset.DetermineEncoding(content, mediaType)
	if !certain {
		page, name := codepage.Likeliest(string(content))
		encoding, guessed = page, name
	}
	out, err := encoding.NewDecoder().Bytes(content)
	if err != nil {
		return "", "", fmt.Errorf("decoding the text: %w", err)
	}
	return strings.ToValidUTF8(string(out), "\ufffd"), guessed, nil
}

// writer makes pages of what has no places: words, lines, paragraphs, breaks.
type writer struct {
	*pass
	number int
	now    []Paragraph
	lines  []Line
	line   strings.Builder
	kept   int  // bytes of text on this page
	full   bool // the page has as much text as one may have
}

// text adds to the line. Text beyond the limit is left out, which endPage says.
func (w *writer) text(s string) {
	if w.kept+len(s) > min(mostPageText, w.limits.Text) {
		w.full = true
		s = strings.ToValidUTF8(s[:max(0, min(mostPageText, w.limits.Text)-w.kept)], "")
	}
	w.kept += len(s)
	for _, r := range s {
		w.line.WriteString(written(r))
	}
}

// space adds white space that a line shows, such as a tabulator.
func (w *writer) space(s string) {
	if !w.full {
		w.line.WriteString(s)
	}
}

func (w *writer) endLine() {
	if text := strings.TrimSpace(w.line.String()); text != "" {
		w.lines = append(w.lines, Line{Text: text})
	}
	w.line.Reset()
}

func (w *writer) endParagraph(role Role) {
	w.endLine()
	if len(w.lines) > 0 {
		w.now = append(w.now, Paragraph{Role: role, Lines: w.lines})
	}
	w.lines = nil
}

func (w *writer) endPage() error {
	w.endParagraph(Body)
	w.number++
	if w.full {
		if err := w.gap(Gap{First: w.number, Last: w.number, Reason: TooMuchText}); err != nil {
			return err
		}
	}
	w.kept, w.full = 0, false
	page := &Page{Number: w.number, Paragraphs: w.now}
	w.now = nil
	if w.number > w.limits.Pages {
		return errors.Join(w.gap(Gap{First: w.number, Reason: TooManyPages}), errEnough)
	}
	if err := w.begin(page.Number); err != nil {
		return err
	}
	return w.page(page)
}

// finish hands on the last page, and says whether there would have been more.
func (w *writer) finish(cutOff bool) error {
	if err := w.endPage(); err != nil {
		return err
	}
	if cutOff {
		return w.gap(Gap{First: w.number, Reason: TooMuchText})
	}
	return nil
}

// salvage keeps what was read of a damaged file before the damage, and says that there is more. Of a file made to do harm nothing is kept.
func (w *writer) salvage(err error) error {
	unread := new(UnreadError)
	w.endParagraph(Body)
	if !errors.As(err, &unread) || unread.Reason != Damaged || len(w.now) == 0 {
		return err
	}
	if err := w.endPage(); err != nil {
		return err
	}
	return w.gap(Gap{First: w.number, Reason: Damaged, Detail: unread.Detail})
}
