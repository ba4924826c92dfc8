package document

import (
	"archive/zip"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
)

// docx reads a Word document: its text, its notes, its headers and footers. Pages are those at which Word broke it when it was saved last;
// a file that says nothing of them is one page. The numbers that Word puts before the points of a list are not in the text.
func (p *pass) docx() error {
	z, err := p.opened()
	if err != nil {
		return err
	}
	if err := p.carriedBy(z); err != nil {
		return err
	}
	main := member(z, "word/document.xml")
	if main == nil {
		return &UnreadError{Name: p.name, Reason: Damaged, Detail: "it has no word/document.xml"}
	}
	w := &writer{pass: p}
	for _, f := range parts(z, "word/header") {
		if err := p.wordPart(w, f, Running); err != nil {
			return err
		}
	}
	if err := p.wordPart(w, main, Body); err != nil {
		return w.salvage(err)
	}
	for _, f := range slices.Concat(parts(z, "word/footnotes"), parts(z, "word/endnotes")) {
		if err := p.wordPart(w, f, Body); err != nil {
			return err
		}
	}
	for _, f := range parts(z, "word/footer") {
		if err := p.wordPart(w, f, Running); err != nil {
			return err
		}
	}
	return w.finish(false)
}

// parts are the XML files in a zip whose names begin so.
func parts(z *zip.Reader, prefix string) []*zip.File {
	var found []*zip.File
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, prefix) && path.Ext(f.Name) == ".xml" {
			found = append(found, f)
		}
	}
	slices.SortFunc(found, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	return found
}

// carriedBy notes what a Word document has beside its text.
func (p *pass) carriedBy(z *zip.Reader) error {
	macros, files, pictures := 0, 0, 0
	outside := map[string]int{}
	for _, f := range z.File {
		switch {
		case path.Base(f.Name) == "vbaProject.bin":
			macros++
		case strings.HasPrefix(f.Name, "word/embeddings/"):
			files++
		case strings.HasPrefix(f.Name, "word/media/"):
			pictures++
		case path.Ext(f.Name) == ".rels":
			err := p.walk(f, func(e *element, _ string) error {
				if e != nil && !e.end && e.name == "Relationship" && e.attribute("TargetMode") == "External" {
					if kind := path.Base(e.attribute("Type")); kind != "hyperlink" { // a link is followed by a reader only
						outside[kind]++
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
	}
	return p.carried(macros, files, pictures, outside)
}

func (p *pass) carried(macros, files, pictures int, outside map[string]int) error {
	var err error
	if macros > 0 {
		err = errors.Join(err, p.note(Note{Kind: Macros}))
	}
	if files > 0 {
		err = errors.Join(err, p.note(Note{Embedded, fmt.Sprint(files)}))
	}
	if pictures > 0 {
		err = errors.Join(err, p.note(Note{Pictures, fmt.Sprint(pictures)}))
	}
	if len(outside) > 0 {
		var kinds []string
		for kind, n := range outside {
			kinds = append(kinds, fmt.Sprintf("%s (%d)", short(kind), n))
		}
		slices.Sort(kinds)
		err = errors.Join(err, p.note(Note{ExternalLinks, strings.Join(kinds, ", ")}))
	}
	return err
}

// wordPart reads the paragraphs of one part. What was struck out stands in elements of its own (delText, moveFrom) and is left out; of
// what is there twice, for older programs, the first is read.
func (p *pass) wordPart(w *writer, f *zip.File, role Role) error {
	passed := 0 // how deep in an element that is passed over
	inText := false
	struck := false
	err := p.walk(f, func(e *element, text string) error {
		if e == nil {
			if inText && passed == 0 {
				w.text(text)
			}
			return nil
		}
		if passed > 0 || e.name == "Fallback" || e.name == "moveFrom" || e.name == "del" {
			struck = struck || e.name == "moveFrom" || e.name == "del"
			if e.end {
				passed--
			} else {
				passed++
			}
			return nil
		}
		switch e.name {
		case "t":
			inText = !e.end
		case "p":
			w.endParagraph(role) // at its beginning too: a text box has paragraphs within one
		case "tab":
			if !e.end {
				w.space(" ")
			}
		case "cr":
			w.endLine()
		case "noBreakHyphen":
			if !e.end {
				w.text("-")
			}
		case "br":
			if e.end {
				return nil
			}
			if e.attribute("type") != "page" {
				w.endLine()
				return nil
			}
			return w.breakPage(role)
		case "lastRenderedPageBreak":
			if !e.end {
				return w.breakPage(role)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	w.endParagraph(role)
	if struck {
		return p.note(Note{Kind: Changes})
	}
	return nil
}

// breakPage ends a page that has anything on it: a break is often written twice, as it was asked for and as it came about.
func (w *writer) breakPage(role Role) error {
	w.endParagraph(role)
	if len(w.now) == 0 || role != Body {
		return nil
	}
	return w.endPage()
}
