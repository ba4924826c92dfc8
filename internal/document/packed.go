package document

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// mostDepth is how deep elements may lie in each other. Word nests tables in tables, of which each takes five.
const mostDepth = 400

var errTooLong = errors.New("document: unpacked it is larger than it may be")

// opened opens a DOCX or ODT, which are zips.
func (p *pass) opened() (*zip.Reader, error) {
	z, err := zip.NewReader(p.file, p.size)
	if err != nil {
		return nil, &UnreadError{Name: p.name, Reason: Damaged, Detail: short(err.Error())}
	}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, &UnreadError{Name: p.name, Reason: Encrypted}
		}
	}
	return z, nil
}

// member is one file in a zip; nil where it has none of that name.
func member(z *zip.Reader, name string) *zip.File {
	for _, f := range z.File {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// element is the beginning of an XML element, or its end.
type element struct {
	space, name string
	attributes  []xml.Attr
	end         bool
}

func (e *element) attribute(name string) string {
	for _, a := range e.attributes {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// walk hears the elements and the text of one file in a zip, in their order. The file is unpacked no further than the limit, elements lie
// no deeper in each other than they may, and a file that declares entities is refused: no word processor does, and they are how a short
// file becomes a long one. The error is an *UnreadError, or one of hear.
func (p *pass) walk(f *zip.File, hear func(*element, string) error) error {
	in, err := f.Open()
	if err != nil {
		return &UnreadError{Name: p.name, Reason: Damaged, Detail: short(f.Name + ": " + err.Error())}
	}
	decoder := xml.NewDecoder(&capped{in: in, left: p.limits.Unpacked})
	err = p.tokens(f.Name, decoder, hear)
	return errors.Join(err, in.Close())
}

func (p *pass) tokens(part string, decoder *xml.Decoder, hear func(*element, string) error) error {
	depth := 0
	for {
		token, err := decoder.Token()
		switch {
		case err == io.EOF:
			return nil
		case errors.Is(err, errTooLong):
			return &UnreadError{Name: p.name, Reason: Bomb, Detail: part}
		case err != nil:
			return &UnreadError{Name: p.name, Reason: Damaged, Detail: short(part + ": " + err.Error())}
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > mostDepth {
				return &UnreadError{Name: p.name, Reason: Bomb, Detail: fmt.Sprintf("%s: elements lie more than %d deep in each other", part, mostDepth)}
			}
			err = hear(&element{space: t.Name.Space, name: t.Name.Local, attributes: t.Attr}, "")
		case xml.EndElement:
			depth--
			err = hear(&element{space: t.Name.Space, name: t.Name.Local, end: true}, "")
		case xml.CharData:
			err = hear(nil, string(t))
		case xml.Directive:
			if strings.HasPrefix(strings.ToUpper(strings.TrimSpace(string(t))), "DOCTYPE") {
				return &UnreadError{Name: p.name, Reason: Entities, Detail: part}
			}
		}
		if err != nil {
			return err
		}
	}
}

// capped reads no more than it may, and says so.
type capped struct {
	in   io.Reader
	left int64
}

func (c *capped) Read(b []byte) (int, error) {
	if c.left <= 0 {
		return 0, errTooLong
	}
	n, err := c.in.Read(b[:min(int64(len(b)), c.left)])
	c.left -= int64(n)
	return n, err
}
