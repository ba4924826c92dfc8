package residue

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
)

// pdfDictionary is how far before a stream its description may begin, in bytes.
const pdfDictionary = 8 << 10

// A pdf is one file of that kind: its streams unpacked one after another, the
// strings on its pages joined, and glyph numbers read by the tables of its fonts.
type pdf struct {
	r      *run
	at     *place
	data   []byte
	fonts  []fontTable
	glyphs int // fonts whose text stands as numbers of glyphs
	tables int // tables that say what they are
}

func openPDF(r *run, o *opening) error {
	data, err := r.hold(o.in)
	if err != nil {
		return err
	}
	p := &pdf{r: r, at: o.at, data: data}
	if bytes.Contains(data, []byte("/Encrypt")) {
		r.unsearched(o.at, "encrypted (PDF)")
		return nil
	}
	p.count(data)
	for _, second := range []bool{false, true} {
		if err := p.streams(second); err != nil {
			return err
		}
	}
	if p.glyphs > p.tables {
		r.unsearched(o.at, "PDF: text of a font stands as numbers of glyphs, with no table that says which letters they are")
	}
	return nil
}

// count looks for fonts by glyph number and for their tables.
func (p *pdf) count(b []byte) {
	p.glyphs += bytes.Count(b, []byte("/Identity-H")) + bytes.Count(b, []byte("/Identity-V"))
	p.tables += bytes.Count(b, []byte("/ToUnicode"))
}

// streams goes through the file: first its streams as they stand, with the tables
// of fonts among them, then the strings of its pages by those tables.
func (p *pdf) streams(second bool) error {
	between := 0 // where what stands between two streams begins
	for n, from := 1, 0; ; n++ {
		at := bytes.Index(p.data[from:], []byte("stream"))
		if at < 0 {
			break
		}
		at += from
		from = at + len("stream")
		if at >= 3 && string(p.data[at-3:at]) == "end" {
			continue
		}
		begin := from + len(lineEnd(p.data[from:]))
		if begin == from {
			continue
		}
		dictionary := p.data[max(0, at-pdfDictionary):at]
		if i := bytes.LastIndex(dictionary, []byte(" obj")); i >= 0 {
			dictionary = dictionary[i:]
		}
		length := bytes.Index(p.data[begin:], []byte("endstream"))
		if length < 0 {
			length = len(p.data) - begin
		}
		if second {
			p.strings(p.data[between:at])
		}
		if err := p.stream(n, dictionary, p.data[begin:begin+length], second); err != nil {
			return err
		}
		from = begin + length
		between = from
	}
	if second {
		p.strings(p.data[between:])
	}
	return nil
}

func lineEnd(b []byte) []byte {
	switch {
	case bytes.HasPrefix(b, []byte("\r\n")):
		return b[:2]
	case bytes.HasPrefix(b, []byte("\n")), bytes.HasPrefix(b, []byte("\r")):
		return b[:1]
	}
	return nil
}

var (
	pdfPictures = []string{"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"}
	pdfUnopened = []string{"/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode", "/Crypt"}
)

// stream searches one stream; what is wrong with it is said once.
func (p *pdf) stream(n int, dictionary, data []byte, second bool) error {
	at := p.at.in(fmt.Sprintf("PDF stream %d", n))
	has := func(names ...string) bool {
		for _, name := range names {
			if bytes.Contains(dictionary, []byte(name)) {
				return true
			}
		}
		return false
	}
	picture := has(pdfPictures...) || has("/Subtype/Image", "/Subtype /Image")
	switch {
	case picture && !second:
		p.r.picture(p.at, "pictures in a PDF")
	case picture:
		return nil
	}
	if has(pdfPictures...) {
		return nil
	}
	if has(pdfUnopened...) {
		if !second {
			p.r.unsearched(at, "packed in a way that is not opened here")
		}
		return nil
	}
	if !has("/FlateDecode", "/Fl ") {
		if second {
			p.strings(data)
		} else {
			p.font(data)
		}
		return nil // its bytes are those of the file
	}
	unpacked, err := zlib.NewReader(bytes.NewReader(data))
	if err == nil && second {
		text, _ := io.ReadAll(io.LimitReader(unpacked, p.r.opt.Limits.Memory)) // what is wrong was said the first time
		p.strings(text)
		return nil
	}
	if err == nil {
		var kept bytes.Buffer
		from := io.TeeReader(&counted{unpacked, p.r, p.at.cost}, &limited{&kept, p.r.opt.Limits.Memory})
		err = p.r.stream(at, from, nil)
		p.count(kept.Bytes())
		p.font(kept.Bytes())
	}
	switch {
	case errors.Is(err, errBudget) || p.r.ctx.Err() != nil:
		return err
	case err != nil && !errors.Is(err, zlib.ErrChecksum):
		p.r.unsearched(at, damaged(err).Error())
	}
	return nil
}

// limited is a buffer that takes no more than so many bytes.
type limited struct {
	*bytes.Buffer
	left int64
}

func (l *limited) Write(p []byte) (int, error) {
	n := min(int64(len(p)), l.left)
	l.left -= n
	_, _ = l.Buffer.Write(p[:n])
	return len(p), nil
}

// strings looks into the strings of a page joined, and by each font's table.
func (p *pdf) strings(data []byte) {
	joined := p.joined("strings of a PDF")
	defer joined.close()
	byFont := make([]*joiner, len(p.fonts))
	for i := range p.fonts {
		byFont[i] = p.joined("text of a PDF by its font's table")
		defer byFont[i].close()
	}
	eachString(data, func(piece []byte, plain bool) {
		joined.piece(piece, plain)
		for i, f := range p.fonts {
			byFont[i].piece(f.text(piece), false)
		}
	})
}

// A joiner looks for words in pieces put together.
type joiner struct {
	*matcher
	start int64 // of the piece
	plain bool  // the piece stands in the file as it is
}

func (p *pdf) joined(part string) *joiner {
	j := &joiner{}
	last := Place{}
	j.matcher = newMatcher(p.r.m, func(word int, form Form, start, _ int64) {
		if j.plain && start >= j.start {
			return // it was found as it stands
		}
		if start < j.start {
			form |= Divided
		}
		one := Place{File: p.at.file, Inside: p.at.inside, Offset: -1, Part: part, Word: word + 1, Form: form}
		if one != last {
			p.r.found(one)
		}
		last = one
	})
	return j
}

func (j *joiner) piece(b []byte, plain bool) {
	j.start, j.plain = j.at, plain
	_, _ = j.Write(b) // it never fails
}
