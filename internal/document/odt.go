package document

import (
	"path"
	"strconv"
	"strings"
)

// passedOver are the elements of an ODT whose text is none of the document's.
var passedOver = map[string]bool{"tracked-changes": true, "annotation": true, "annotation-end": true, "sequence-decls": true, "forms": true, "scripts": true}

// odt reads an OpenDocument text. Pages are those at which LibreOffice broke it when it was saved last.
func (p *pass) odt() error {
	z, err := p.opened()
	if err != nil {
		return err
	}
	macros, files, pictures := 0, 0, 0
	for _, f := range z.File {
		switch {
		case strings.HasPrefix(f.Name, "Basic/") || strings.HasPrefix(f.Name, "Scripts/"):
			macros++
		case strings.HasPrefix(f.Name, "Pictures/"):
			pictures++
		case strings.HasPrefix(f.Name, "Object ") && path.Base(f.Name) == "content.xml":
			files++
		}
	}
	if manifest := member(z, "META-INF/manifest.xml"); manifest != nil {
		err := p.walk(manifest, func(e *element, _ string) error {
			if e != nil && e.name == "encryption-data" {
				return &UnreadError{Name: p.name, Reason: Encrypted}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	content := member(z, "content.xml")
	if content == nil {
		return &UnreadError{Name: p.name, Reason: Damaged, Detail: "it has no content.xml"}
	}
	w := &writer{pass: p}
	outside := map[string]int{}
	if styles := member(z, "styles.xml"); styles != nil { // headers and footers
		o := odtPart{writer: w, role: Running, outside: outside, within: map[string]bool{"header": true, "footer": true, "header-first": true, "footer-first": true, "header-left": true, "footer-left": true}}
		if err := p.walk(styles, o.hear); err != nil {
			return err
		}
		w.endParagraph(Running)
	}
	o := odtPart{writer: w, outside: outside}
	if err := p.walk(content, o.hear); err != nil {
		return w.salvage(err)
	}
	if o.struck {
		if err := p.note(Note{Kind: Changes}); err != nil {
			return err
		}
	}
	if err := p.carried(macros, files, pictures, outside); err != nil {
		return err
	}
	return w.finish(false)
}

// odtPart reads one of the files of an ODT.
type odtPart struct {
	*writer
	role    Role
	within  map[string]bool // only what stands in these elements is read; nil for all
	inside  int             // how deep in one of those
	passed  int             // how deep in an element that is passed over
	depth   int             // how deep in paragraphs
	struck  bool
	outside map[string]int
}

func (o *odtPart) hear(e *element, text string) error {
	if e == nil {
		if o.passed == 0 && o.depth > 0 && (o.within == nil || o.inside > 0) {
			o.flow(text)
		}
		return nil
	}
	step := 1
	if e.end {
		step = -1
	}
	if o.passed > 0 || passedOver[e.name] {
		o.struck = o.struck || e.name == "deletion"
		o.passed += step
		return nil
	}
	if o.within[e.name] {
		o.inside += step
	}
	if o.within != nil && o.inside == 0 {
		return nil
	}
	switch e.name {
	case "p", "h":
		o.endParagraph(o.role)
		o.depth += step
	case "note": // a footnote stands in the paragraph that it belongs to
		if !e.end {
			o.space(" ")
		}
	case "s":
		if n, err := strconv.Atoi(e.attribute("c")); !e.end && (err != nil || n > 0) {
			o.space(" ")
		}
	case "tab":
		if !e.end {
			o.space(" ")
		}
	case "line-break":
		if !e.end {
			o.endLine()
		}
	case "soft-page-break":
		if !e.end && o.role == Body {
			return o.breakPage(o.role)
		}
	case "a":
	default:
		if address := e.attribute("href"); !e.end && strings.Contains(address, "://") {
			o.outside[e.name]++
		}
	}
	return nil
}
