package intake

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	mostColumns = 16384
	mostStrings = 256 << 20 // bytes of shared texts kept in memory
)

// xlsxBook reads XLSX. It is by hand because the library that writes it gives
// the texts of cells alone, without their kinds, formats and formulas, or holds
// a whole sheet in memory.
type xlsxBook struct {
	parts    map[string]*zip.File
	list     []sheetInfo
	files    []string // of the sheets
	texts    []string // shared
	formats  []*numberFormat
	from1904 bool
}

func openXLSX(content []byte) (book, error) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, err
	}
	b := &xlsxBook{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		b.parts[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = f
	}
	main, err := b.mainPart()
	if err != nil {
		return nil, err
	}
	if err := b.readWorkbook(main); err != nil {
		return nil, err
	}
	return b, nil
}

func (b *xlsxBook) sheets() []sheetInfo { return b.list }
func (b *xlsxBook) date1904() bool      { return b.from1904 }
func (b *xlsxBook) close()              {}

var errNoPart = errors.New("a part of the workbook is missing")

func (b *xlsxBook) part(name string) (io.ReadCloser, error) {
	f := b.parts[strings.ToLower(strings.TrimPrefix(name, "/"))]
	if f == nil {
		return nil, fmt.Errorf("%w: %s", errNoPart, name)
	}
	return f.Open()
}

// walk hands every element of a part to visit, with its attributes by local
// name and the decoder behind it.
func (b *xlsxBook) walk(name string, visit func(d *xml.Decoder, e *xml.StartElement) error) error {
	r, err := b.part(name)
	if err != nil {
		return err
	}
	defer r.Close()
	d := newXML(r)
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok {
			if err := visit(d, &e); err != nil {
				return err
			}
		}
	}
}

func newXML(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(bufio.NewReaderSize(r, 64<<10))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	return d
}

func attr(e *xml.StartElement, name string) string {
	for i := range e.Attr {
		if e.Attr[i].Name.Local == name {
			return e.Attr[i].Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || s == "true" || s == "on" }

type relation struct{ kind, target string }

// relations reads the parts that a part names, by id.
func (b *xlsxBook) relations(of string) (map[string]relation, error) {
	all := map[string]relation{}
	dir, base := path.Split(of)
	err := b.walk(dir+"_rels/"+base+".rels", func(_ *xml.Decoder, e *xml.StartElement) error {
		if e.Name.Local == "Relationship" {
			target := strings.ReplaceAll(attr(e, "Target"), `\`, "/")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(dir, target)
			}
			all[attr(e, "Id")] = relation{path.Base(attr(e, "Type")), target}
		}
		return nil
	})
	return all, err
}

func (b *xlsxBook) mainPart() (string, error) {
	all, err := b.relations("")
	if err != nil && !errors.Is(err, errNoPart) {
		return "", err
	}
	for _, r := range all {
		if r.kind == "officeDocument" {
			return r.target, nil
		}
	}
	return "xl/workbook.xml", nil
}

func (b *xlsxBook) readWorkbook(name string) error {
	rels, err := b.relations(name)
	if err != nil {
		return err
	}
	err = b.walk(name, func(_ *xml.Decoder, e *xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			b.from1904 = isTrue(attr(e, "date1904"))
		case "sheet":
			if r := rels[sheetID(e)]; r.kind == "worksheet" {
				b.list = append(b.list, sheetInfo{attr(e, "name"), attr(e, "state") == "hidden" || attr(e, "state") == "veryHidden"})
				b.files = append(b.files, r.target)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, r := range rels {
		switch r.kind {
		case "sharedStrings":
			err = b.readTexts(r.target)
		case "styles":
			err = b.readStyles(r.target)
		}
		if err != nil && !errors.Is(err, errNoPart) {
			return err
		}
	}
	return nil
}

// sheetID is the id by which the workbook names a sheet's part; the attribute
// "id" of another namespace than sheetId.
func sheetID(e *xml.StartElement) string {
	for i := range e.Attr {
		if e.Attr[i].Name.Local == "id" && e.Attr[i].Name.Space != "" {
			return e.Attr[i].Value
		}
	}
	return attr(e, "id")
}

func (b *xlsxBook) readTexts(name string) error {
	size := 0
	return b.walk(name, func(d *xml.Decoder, e *xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := richText(d, "si")
		if size += len(text); size > mostStrings {
			return errors.New("the shared texts are too long")
		}
		b.texts = append(b.texts, text)
		return err
	})
}

// richText reads the text of an element without its pronunciation.
func richText(d *xml.Decoder, end string) (string, error) {
	var out []byte
	depth, in, aside := 1, false, 0
	for {
		t, err := d.RawToken()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			in = t.Name.Local == "t"
			if t.Name.Local == "rPh" {
				aside++
			}
		case xml.EndElement:
			depth--
			in = false
			if t.Name.Local == "rPh" {
				aside--
			}
			if depth == 0 {
				return unescapeX(string(out)), nil
			}
		case xml.CharData:
			if in && aside == 0 {
				out = append(out, t...)
			}
		}
	}
}

// unescapeX undoes _x000D_, by which XLSX writes signs that XML has not.
func unescapeX(s string) string {
	for from := 0; ; {
		i := strings.Index(s[from:], "_x")
		if i < 0 {
			return s
		}
		i += from
		if len(s) < i+7 || s[i+6] != '_' {
			from = i + 2
			continue
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || n >= 0xD800 && n < 0xE000 {
			from = i + 2
			continue
		}
		s = s[:i] + string(rune(n)) + s[i+7:]
		from = i + 1
	}
}

// builtin are the formats that every workbook has under these numbers.
var builtin = map[int]string{14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "d/m/yyyy h:mm",
	27: "yyyy-m", 28: "m-d-y", 29: "m-d-y", 30: "m-d-yy", 31: "yyyy-m-d", 36: "yyyy-m", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 50: "yyyy-m", 57: "yyyy-m", 58: "m-d-y"}

func (b *xlsxBook) readStyles(name string) error {
	codes := map[int]string{}
	inCells := false
	return b.walk(name, func(_ *xml.Decoder, e *xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(e, "numFmtId")); err == nil {
				codes[id] = attr(e, "formatCode")
			}
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs", "cellStyleXfs":
			inCells = false
		case "xf":
			if !inCells {
				return nil
			}
			id, err := strconv.Atoi(attr(e, "numFmtId"))
			code, own := codes[id]
			if err == nil && !own {
				code = builtin[id]
			}
			b.formats = append(b.formats, parseFormat(code))
		}
		return nil
	})
}

func (b *xlsxBook) open(i int) (sheetRows, error) {
	list, err := b.merged(b.files[i])
	if err != nil {
		return nil, err
	}
	r, err := b.part(b.files[i])
	if err != nil {
		return nil, err
	}
	return &xlsxRows{book: b, name: b.files[i], part: r, xml: newXML(r), merges: newMerges(list)}, nil
}

// merged finds the cells that were merged downwards. They stand behind the rows,
// so the part is looked through before it is read.
func (b *xlsxBook) merged(name string) (list []merge, err error) {
	r, err := b.part(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	const sign = "mergeCell "
	buf, kept := make([]byte, 64<<10), 0
	for {
		n, err := r.Read(buf[kept:])
		data := buf[:kept+n]
		for {
			at := bytes.Index(data, []byte(sign))
			if at < 0 || len(data)-at < 128 && err == nil {
				break
			}
			data = data[at+len(sign):]
			list = append(list, mergeOf(data[:min(len(data), 120)])...)
		}
		if err == io.EOF {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		kept = copy(buf, data[max(0, len(data)-128):])
	}
}

// mergeOf reads the place of merged cells; nothing where they are of one row.
func mergeOf(attributes []byte) []merge {
	_, rest, ok := bytes.Cut(attributes, []byte("ref="))
	if !ok || len(rest) < 2 {
		return nil
	}
	end := bytes.IndexByte(rest[1:], rest[0])
	if end < 0 {
		return nil
	}
	from, to, ok := strings.Cut(string(rest[1:1+end]), ":")
	if !ok {
		return nil
	}
	col, first := cellPlace(from)
	_, last := cellPlace(to)
	if col < 0 || first < 1 || last <= first {
		return nil
	}
	return []merge{{column: col, from: first, to: last}}
}

// placeName is the name of a cell, such as C7; the column counts from 0.
func placeName(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col+1, row)
	if err != nil {
		return strconv.Itoa(row)
	}
	return name
}

// cellPlace is the column, from 0, and the row of a cell such as C7; -1 where
// it is no cell.
func cellPlace(ref string) (col, row int) {
	i := 0
	for i < len(ref) && (ref[i] >= 'A' && ref[i] <= 'Z' || ref[i] >= 'a' && ref[i] <= 'z') {
		col = col*26 + int((ref[i]|0x20)-'a') + 1
		if i++; col > mostColumns {
			return -1, 0
		}
	}
	for ; i < len(ref); i++ {
		if ref[i] < '0' || ref[i] > '9' || row > 1<<24 {
			return -1, 0
		}
		row = row*10 + int(ref[i]-'0')
	}
	return col - 1, row
}
