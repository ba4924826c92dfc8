package document

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// unseen are the elements whose text no reader sees.
var unseen = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true, atom.Svg: true, atom.Title: true, atom.Select: true,
	atom.Iframe: true, atom.Object: true}

// blocks are the elements that begin and end a paragraph.
var blocks = map[atom.Atom]bool{atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Caption: true, atom.Dd: true,
	atom.Details: true, atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.Form: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true, atom.Hr: true, atom.Li: true, atom.Main: true,
	atom.Nav: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true, atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Tr: true, atom.Ul: true}

// html reads a web page as it was saved. Nothing that it names is fetched.
func (p *pass) html() error {
	text, cutOff, err := p.words("text/html")
	if err != nil {
		return err
	}
	w := &writer{pass: p}
	tokens := html.NewTokenizer(strings.NewReader(text))
	tokens.SetMaxBuf(16 << 20)
	hidden, depth := atom.Atom(0), 0 // the element that is passed over
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			if err := tokens.Err(); !errors.Is(err, io.EOF) {
				return &UnreadError{Name: p.name, Reason: Damaged, Detail: short(fmt.Sprint(err))}
			}
			return w.finish(cutOff)
		}
		if kind == html.TextToken {
			if hidden == 0 {
				w.flow(string(tokens.Text()))
			}
			continue
		}
		if kind != html.StartTagToken && kind != html.EndTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		name, _ := tokens.TagName()
		tag := atom.Lookup(name)
		switch {
		case hidden == 0 && unseen[tag] && kind == html.StartTagToken:
			hidden, depth = tag, 1
		case hidden != 0 && hidden == tag && kind == html.StartTagToken:
			depth++
		case hidden != 0 && hidden == tag && kind == html.EndTagToken:
			if depth--; depth == 0 {
				hidden = 0
			}
		case hidden == 0 && tag == atom.Br:
			w.endLine()
		case hidden == 0 && (tag == atom.Td || tag == atom.Th):
			w.space(" ")
		case hidden == 0 && blocks[tag]:
			w.endParagraph(Body)
		}
	}
}

// flow adds text in which every run of white space is one space.
func (w *writer) flow(s string) {
	if s == "" {
		return
	}
	words := strings.Fields(s)
	if strings.TrimLeft(s[:1], " \t\r\n\f") == "" {
		w.space(" ")
	}
	for i, word := range words {
		if i > 0 {
			w.space(" ")
		}
		w.text(word)
	}
	if len(words) > 0 && strings.TrimLeft(s[len(s)-1:], " \t\r\n\f") == "" {
		w.space(" ")
	}
}
