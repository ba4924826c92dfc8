package archive

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"fener/internal/record"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// maxText is how much of a copy is searched, in bytes.
const maxText = 32 << 20

// Searchable reports whether quotations can be looked for in copies of a media
// type: plain text and HTML. Text in PDF files stands in pieces and in an order
// of its own, and what a program puts together from it proves nothing.
func Searchable(mediaType string) bool { return mediaType == "text/plain" || mediaType == "text/html" }

// Text is what a reader of a copy reads, without tags. ok is false where the
// copy is of a kind that is not searched. Errors: ErrMissing.
func (s *Store) Text(a *record.Archive) (text string, ok bool, err error) {
	if !Searchable(a.MediaType) {
		return "", false, nil
	}
	file, err := s.Open(a)
	if err != nil {
		return "", false, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	in, err := charset.NewReader(io.LimitReader(file, maxText), a.MediaType)
	if errors.Is(err, io.EOF) {
		return "", true, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("archive: read the copy of %s: %w", a.Name, err)
	}
	if a.MediaType == "text/html" {
		text, err = textOfHTML(in)
	} else {
		var all []byte
		all, err = io.ReadAll(in)
		text = string(all)
	}
	if err != nil {
		return "", false, fmt.Errorf("archive: read the text of %s: %w", a.Name, err)
	}
	return text, true, nil
}

// unread are the elements whose text no reader sees.
var unread = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true, atom.Svg: true}

// inline are the elements at whose edges a word goes on.
var inline = map[atom.Atom]bool{atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Cite: true, atom.Code: true,
	atom.Del: true, atom.Dfn: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Ins: true, atom.Kbd: true, atom.Mark: true, atom.Q: true,
	atom.S: true, atom.Samp: true, atom.Small: true, atom.Span: true, atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true,
	atom.U: true, atom.Var: true, atom.Wbr: true}

// textOfHTML is the text between the tags; where a tag parts words there is a
// space.
func textOfHTML(in io.Reader) (string, error) {
	var b strings.Builder
	tokens := html.NewTokenizer(in)
	hidden := atom.Atom(0) // the element that is being passed over
	depth := 0
	for {
		switch kind := tokens.Next(); kind {
		case html.ErrorToken:
			if err := tokens.Err(); !errors.Is(err, io.EOF) {
				return "", err
			}
			return b.String(), nil
		case html.TextToken:
			if hidden == 0 {
				b.Write(tokens.Text())
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := tokens.TagName()
			tag := atom.Lookup(name)
			switch {
			case hidden == 0 && unread[tag] && kind == html.StartTagToken:
				hidden, depth = tag, 1
			case hidden == tag && kind == html.StartTagToken:
				depth++
			case hidden == tag && kind == html.EndTagToken:
				if depth--; depth == 0 {
					hidden = 0
				}
			}
			if !inline[tag] {
				b.WriteByte(' ')
			}
		}
	}
}
