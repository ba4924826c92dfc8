package story

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// A Part is a piece of a story in the order of its text: what stands between
// placements, or one thing that is placed.
type Part struct {
	HTML   template.HTML
	Text   string // the same in Markdown, as it was written
	Placed *Reference
}

// A Heading is an entry of the contents.
type Heading struct {
	ID    string
	Text  string
	Level int // two or three
}

// A Phrase is what stands in a sentence in the place of a reference.
type Phrase struct {
	Text  string
	Href  string // may be empty
	Note  string // such as how it stood before; may be empty
	Empty bool   // nothing is there to be shown; Text says so
	Lang  string // BCP 47, where it is not that of the text; may be empty
}

// A Reader says for whom a text is rendered.
type Reader struct {
	Base   string                  // what stands before addresses below the language: "/en/"
	Write  func(string) string     // writes words in the reader's script; nil leaves them
	Phrase func(*Reference) Phrase // what stands for a reference within a sentence
}

func (r *Reader) write(s string) string {
	if r.Write == nil {
		return s
	}
	return r.Write(s)
}

// Render makes the parts of a text and its contents. What Problems would refuse
// is left out. The same text and answers give the same bytes.
func (t *Text) Render(r Reader) ([]Part, []Heading, error) {
	w := &writer{reader: &r, text: t}
	out := renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(html.NewRenderer(), 1000), util.Prioritized(w, 100)))
	var parts []Part
	var gathered bytes.Buffer
	from := 0
	flush := func(to int) {
		if body := strings.TrimSpace(gathered.String()); body != "" {
			parts = append(parts, Part{HTML: template.HTML(body), Text: strings.TrimSpace(string(t.source[from:to]))}) // escaped by the renderer, which knows no HTML of the text
		}
		gathered.Reset()
	}
	for n := t.root.FirstChild(); n != nil; n = n.NextSibling() {
		if p, ok := n.(*placement); ok {
			flush(p.at)
			if p.ref != nil {
				parts = append(parts, Part{Placed: p.ref})
			}
			from = p.at + len(firstLine(t.source[p.at:]))
			continue
		}
		if at := t.lineOf(n); at > from && (n.Kind() == ast.KindHeading || gathered.Len() > longPart) {
			flush(at)
			from = at
		}
		if err := out.Render(&gathered, t.source, n); err != nil {
			return nil, nil, fmt.Errorf("rendering a story: %w", err)
		}
	}
	flush(len(t.source))
	return parts, w.headings, nil
}

// longPart is how many bytes of HTML a part has, at most, before the next paragraph begins another: whoever shows a story
// in pages turns them between parts.
const longPart = 6000

// lineOf is where the line begins on which a node of the first level does; -1 where that is not known.
func (t *Text) lineOf(n ast.Node) int {
	at := n.Pos()
	if at < 0 || at > len(t.source) {
		return -1
	}
	return bytes.LastIndexByte(t.source[:at], '\n') + 1
}

// writer renders what package html renders otherwise, or would render and must not.
type writer struct {
	reader   *Reader
	text     *Text
	headings []Heading
}

// RegisterFuncs tells the renderer which nodes it renders.
func (w *writer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	nothing := func(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) { return ast.WalkSkipChildren, nil }
	for _, kind := range []ast.NodeKind{ast.KindHTMLBlock, ast.KindRawHTML, ast.KindImage, placementKind} {
		reg.Register(kind, nothing)
	}
	reg.Register(ast.KindText, w.words)
	reg.Register(ast.KindLink, w.link)
	reg.Register(ast.KindAutoLink, w.address)
	reg.Register(ast.KindHeading, w.heading)
	reg.Register(inlineKind, w.phrase)
	reg.Register(ast.KindFencedCodeBlock, w.code)
	reg.Register(ast.KindCodeBlock, w.code)
}

func (w *writer) words(b util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Text)
	value := n.Segment.Value(source)
	if n.IsRaw() { // code stays as it is
		_, err := b.Write(util.EscapeHTML(value))
		return ast.WalkContinue, err
	}
	ending := ""
	switch {
	case n.HardLineBreak():
		ending = "<br>\n"
	case n.SoftLineBreak():
		ending = "\n"
	}
	_, err := b.WriteString(template.HTMLEscapeString(w.reader.write(plain(value))) + ending)
	return ast.WalkContinue, err
}

// plain is what a piece of text says: without backslashes before signs, and with
// the letters that entities stand for.
func plain(value []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value))))
}

func (w *writer) link(b util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Link)
	if !goodLink(n.Destination) {
		return ast.WalkContinue, nil // its words stay
	}
	if !entering {
		_, err := b.WriteString("</a>")
		return ast.WalkContinue, err
	}
	_, err := b.WriteString(w.open(string(n.Destination)))
	return ast.WalkContinue, err
}

// open is the beginning of a link. Pages of others are asked for without telling
// where from.
func (w *writer) open(destination string) string {
	if below.MatchString(destination) {
		return `<a href="` + template.HTMLEscapeString(w.reader.Base+destination) + `">`
	}
	return `<a href="` + template.HTMLEscapeString(string(util.URLEscape([]byte(destination), false))) + `" rel="noreferrer">`
}

func (w *writer) address(b util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.AutoLink)
	if !entering {
		return ast.WalkContinue, nil
	}
	label := template.HTMLEscapeString(string(n.Label(source)))
	if goodLink(n.URL(source)) {
		label = w.open(string(n.URL(source))) + label + "</a>"
	}
	_, err := b.WriteString(label)
	return ast.WalkContinue, err
}

func (w *writer) heading(b util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Heading)
	level := min(max(n.Level, 2), 3)
	if !entering {
		_, err := fmt.Fprintf(b, "</h%d>\n", level)
		return ast.WalkContinue, err
	}
	h := Heading{ID: fmt.Sprintf("part-%d", len(w.headings)+1), Text: w.text.said(n, w.reader), Level: level}
	w.headings = append(w.headings, h)
	_, err := fmt.Fprintf(b, `<h%d id="%s">`, level, h.ID)
	return ast.WalkContinue, err
}

// said is what a node says in plain words.
func (t *Text) said(n ast.Node, r *Reader) string {
	var b strings.Builder
	// Walk returns what the function returns, which is no error here.
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.WriteString(r.write(plain(n.Segment.Value(t.source))))
		case *inlinePlacement:
			if n.ref != nil {
				b.WriteString(r.Phrase(n.ref).Text)
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// Plain is what the author says in plain words, without what is placed.
func (t *Text) Plain() string {
	var list []string
	r := Reader{Phrase: func(*Reference) Phrase { return Phrase{} }}
	for n := t.root.FirstChild(); n != nil; n = n.NextSibling() {
		if words := strings.Join(strings.Fields(t.said(n, &r)), " "); words != "" {
			list = append(list, words)
		}
	}
	return strings.Join(list, "\n")
}

// Lede is the first paragraph in plain words, for lists and feeds.
func (t *Text) Lede(r Reader) string {
	for n := t.root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == ast.KindParagraph {
			return strings.Join(strings.Fields(t.said(n, &r)), " ")
		}
	}
	return ""
}

func (w *writer) phrase(b util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*inlinePlacement)
	if !entering || n.ref == nil {
		return ast.WalkContinue, nil
	}
	p := w.reader.Phrase(n.ref)
	text := template.HTMLEscapeString(p.Text)
	if p.Href != "" {
		text = `<a href="` + template.HTMLEscapeString(p.Href) + `">` + text + "</a>"
	}
	class := "placed"
	if p.Empty {
		class = "gap"
	}
	lang := ""
	if p.Lang != "" {
		lang = ` lang="` + template.HTMLEscapeString(p.Lang) + `"`
	}
	out := `<span class="` + class + `"` + lang + `>` + text + "</span>"
	if p.Note != "" {
		out += ` <span class="small"` + lang + `>(` + template.HTMLEscapeString(p.Note) + ")</span>"
	}
	_, err := b.WriteString(out)
	return ast.WalkContinue, err
}

// code is shown without the name of its language, which would be a class.
func (w *writer) code(b util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	var lines bytes.Buffer
	for i := range node.Lines().Len() {
		line := node.Lines().At(i)
		lines.Write(line.Value(source))
	}
	_, err := b.WriteString(`<pre tabindex="0">` + template.HTMLEscapeString(lines.String()) + "</pre>\n")
	return ast.WalkContinue, err
}
