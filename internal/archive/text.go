package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"fener/internal/record"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// maxText is how much of a copy is searched, in bytes.
const maxText = 32 << 20

// documents are the media types whose text is read by the package document.
var documents = []string{"application/pdf", "image/png", "image/jpeg", "image/tiff", packed[".docx"], packed[".odt"]}

// Searchable reports whether quotations can be looked for in a copy, by what it
// is. Copies of older records have the media type of a zip where they are a DOCX
// or ODT.
func Searchable(a *record.Archive) bool { return isText(a) || isDocument(a) }

func isText(a *record.Archive) bool { return a.MediaType == "text/plain" || a.MediaType == "text/html" }

func isDocument(a *record.Archive) bool {
	return slices.Contains(documents, a.MediaType) || a.MediaType == "application/zip" && packed[strings.ToLower(filepath.Ext(a.Name))] != ""
}

// Text is the text of a copy, made ready for looking for quotations.
type Text struct {
	// Unread says what of a document was not read; empty where all of it was.
	Unread string
	// Recognised says that some of the text was recognised in pictures, so that a
	// letter of it may be wrong.
	Recognised bool

	ways   []string // as the text can be read, each as Normal has it
	broken bool     // words are broken at the ends of lines
}

// Find looks for a quotation, as the function does. Uncertain tells that a
// quotation which was not found may stand in the copy all the same.
func (t *Text) Find(quote string) (found Quoted, uncertain bool) {
	if t.broken {
		quote = unbroken(Normal(quote))
	}
	for _, way := range t.ways {
		if now := Find(way, quote); now.Found || len(now.Upto) >= len(found.Upto) {
			found = now
		}
		if found.Found {
			return found, false
		}
	}
	return found, t.Unread != "" || t.Recognised
}

// Text is what a reader of a copy reads. It is nil where the copy is of a kind
// that is not searched. Errors: ErrMissing; a *document.UnreadError where it is
// a document that cannot be read.
func (s *Store) Text(ctx context.Context, a *record.Archive) (*Text, error) {
	switch {
	case isDocument(a):
		return s.documentText(ctx, a)
	case isText(a):
		text, err := s.plainText(a)
		if err != nil {
			return nil, err
		}
		return &Text{ways: []string{Normal(text)}}, nil
	}
	return nil, nil
}

func (s *Store) plainText(a *record.Archive) (text string, err error) {
	file, err := s.Open(a)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	in, err := charset.NewReader(io.LimitReader(file, maxText), a.MediaType)
	if errors.Is(err, io.EOF) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("archive: read the copy of %s: %w", a.Name, err)
	}
	if a.MediaType == "text/html" {
		text, err = textOfHTML(in)
	} else {
		var all []byte
		all, err = io.ReadAll(in)
		text = string(all)
	}
	if err != nil {
		return "", fmt.Errorf("archive: read the text of %s: %w", a.Name, err)
	}
	return text, nil
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
