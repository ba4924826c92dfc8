package story

import (
	"bytes"
	"net/url"
	"regexp"
	"strconv"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// A Text is a story's Markdown in one language, taken apart.
type Text struct {
	source []byte
	root   ast.Node
}

// Parse takes a text apart. A text that is too large or nested too deeply is
// taken for empty; Problems says so.
func Parse(markdownText string) *Text {
	t := &Text{source: []byte(markdownText)}
	if t.unreadable() == nil {
		t.root = markdown.Parse(text.NewReader(t.source))
	} else {
		t.root = ast.NewDocument()
	}
	return t
}

func (t *Text) unreadable() *Problem {
	if len(t.source) > MaxText {
		return &Problem{Code: TooLarge, Detail: strconv.Itoa(MaxText)}
	}
	return unbounded(t.source)
}

// References are the placements of the text that could be read, in its order.
func (t *Text) References() []*Reference {
	var list []*Reference
	t.each(func(n ast.Node) {
		var ref *Reference
		switch p := n.(type) {
		case *placement:
			ref = p.ref
			if ref != nil {
				ref.Line = t.line(p.at)
			}
		case *inlinePlacement:
			ref = p.ref
			if ref != nil {
				ref.Line = t.line(p.at)
			}
		}
		if ref != nil {
			list = append(list, ref)
		}
	})
	return list
}

// maxProblems is how many problems of one text are told.
const maxProblems = 100

// Problems is what in the text is refused, by its lines; of very many the first.
func (t *Text) Problems() []Problem {
	if p := t.unreadable(); p != nil {
		return []Problem{*p}
	}
	var list []Problem
	add := func(at int, code Code, detail string) {
		if len(list) < maxProblems {
			list = append(list, Problem{t.line(at), code, shorten(detail)})
		}
	}
	t.each(func(n ast.Node) {
		switch n := n.(type) {
		case *placement:
			if n.problem != nil {
				add(n.at, n.problem.Code, n.problem.Detail)
			} else if n.Parent().Kind() != ast.KindDocument {
				add(n.at, NotAlone, "{{"+string(n.ref.Verb)+" …}}")
			}
		case *inlinePlacement:
			if n.problem != nil {
				add(n.at, n.problem.Code, n.problem.Detail)
			}
		case *ast.HTMLBlock, *ast.RawHTML:
			at := position(n)
			add(at, HasHTML, firstLine(t.source[at:]))
		case *ast.Image:
			add(position(n), HasPicture, string(n.Destination))
		case *ast.Link:
			if !goodLink(n.Destination) {
				add(position(n), BadLink, string(n.Destination))
			}
		case *ast.AutoLink:
			if !goodLink(n.URL(t.source)) {
				add(position(n), BadLink, string(n.URL(t.source)))
			}
		case *ast.Heading:
			if n.Level < 2 || n.Level > 3 {
				add(position(n), BadHeading, "")
			}
		}
	})
	return list
}

func (t *Text) each(do func(ast.Node)) {
	// Walk returns what the function returns, which is no error here.
	_ = ast.Walk(t.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			do(n)
		}
		return ast.WalkContinue, nil
	})
}

// line is the line of a place in the text, from 1.
func (t *Text) line(at int) int {
	return 1 + bytes.Count(t.source[:min(at, len(t.source))], []byte("\n"))
}

// position is where a node begins, or the nearest node around it whose place is known.
func position(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		switch n := n.(type) {
		case *ast.RawHTML:
			if n.Segments.Len() > 0 {
				return n.Segments.At(0).Start
			}
		case *ast.Link, *ast.Image, *ast.AutoLink: // the text in them, where there is one
			if first, ok := n.FirstChild().(*ast.Text); ok {
				return first.Segment.Start
			}
		}
		if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
			return n.Lines().At(0).Start
		}
	}
	return 0
}

func firstLine(b []byte) string {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	return string(line)
}

// below is an address below the language: claims/small-talk-2018.
var below = regexp.MustCompile(`^[a-z][a-z0-9-]*(/[A-Za-z0-9._~-]+)*(\?[A-Za-z0-9._~=&-]*)?(#[A-Za-z0-9._-]+)?$`)

// goodLink reports whether a link leads to a web page: of the record, or elsewhere.
func goodLink(destination []byte) bool {
	if below.Match(destination) {
		return true
	}
	if bytes.ContainsFunc(destination, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' }) {
		return false
	}
	if !bytes.HasPrefix(destination, []byte("https://")) && !bytes.HasPrefix(destination, []byte("http://")) {
		return false
	}
	u, err := url.Parse(string(destination))
	return err == nil && u.Host != "" && u.User == nil
}

// WithoutWords is the text with the words taken out of those quotations for which
// source gives the id of a source, which then also stands in the place of its name.
func WithoutWords(markdownText string, source func(*Reference) string) string {
	t := Parse(markdownText)
	out, from := []byte(nil), 0
	t.each(func(n ast.Node) {
		p, ok := n.(*placement)
		if !ok || p.ref == nil || p.ref.Verb != Quote {
			return
		}
		id := source(p.ref)
		if id == "" {
			return
		}
		end := p.at + len(firstLine(t.source[p.at:]))
		out = append(append(out, t.source[from:p.at]...), "{{"+string(Quote)+" "+id+` "`+Left+`"}}`...)
		from = end
	})
	return string(append(out, t.source[from:]...))
}

// Left is what stands in the place of words that were taken out of a quotation.
const Left = "…"
