package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// A FormFile is a file with sheets.
type FormFile struct {
	Name  string // in messages
	From  io.Reader
	Sheet string // the only one of a workbook to be read; empty: all
}

// short is the file's name without its folder and its ending; tables are called by it as sheets are.
func (f FormFile) short() string {
	base := path.Base(strings.ReplaceAll(f.Name, `\`, "/"))
	return strings.TrimSuffix(base, path.Ext(base))
}

// gridSheet is a sheet of a workbook, or a table.
type gridSheet struct {
	name     string // in messages
	tab      string // as the workbook calls it
	hidden   bool
	inBook   bool
	date1904 bool
	open     func() (sheetRows, error)
	damaged  func(err error, row int) error
}

// formSource is a file of sheets that was opened.
type formSource struct {
	sheets   []gridSheet
	problems []Problem
	close    func()
}

// openForms tells what a file is by its content.
func openForms(file FormFile) (*formSource, error) {
	at := Problem{File: file.Name}
	data, err := io.ReadAll(io.LimitReader(file.From, largestWorkbook+1))
	if err != nil {
		return nil, err
	}
	head := data[:min(len(data), sniffed)]
	switch {
	case isLockFile(file.Name, head):
		at.Code = lockFile
	case len(data) > largestWorkbook:
		at.Code, at.Want = workbookTooBig, largestUnpacked>>20
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return openFormArchive(file, at, data)
	default:
		return openTable(file.short(), at, data)
	}
	return nil, &FileError{at}
}

func openFormArchive(file FormFile, at Problem, data []byte) (*formSource, error) {
	kind, code := archiveKind(data)
	if code == otherArchive {
		return openTables(at, data)
	}
	if code != "" {
		at.Code, at.Want = code, largestUnpacked>>20
		return nil, &FileError{at}
	}
	w := &workbook{at: at}
	err := guard(func() (err error) {
		if kind == odsArchive {
			w.book, err = openODS(data)
		} else {
			w.book, err = openXLSX(data)
		}
		return err
	})
	if err != nil {
		return nil, w.damaged(err, 0)
	}
	s := &formSource{close: w.close}
	for i, info := range w.book.sheets() {
		s.sheets = append(s.sheets, gridSheet{name: info.name, tab: info.name, hidden: info.hidden, inBook: true, date1904: w.book.date1904(), damaged: w.damaged,
			open: func() (sheetRows, error) { return w.book.open(i) }})
	}
	return s, nil
}

// openTables opens an archive with a table for each sheet. Its list of contents was looked at before: it unpacks to no more than a workbook may.
func openTables(at Problem, data []byte) (*formSource, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		at.Code = badWorkbook
		return nil, &FileError{at}
	}
	all := &formSource{close: func() {}}
	for _, f := range z.File {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		if !strings.EqualFold(path.Ext(name), ".csv") || strings.HasPrefix(path.Base(name), ".") || strings.HasPrefix(name, "__MACOSX/") {
			continue
		}
		text, err := unpacked(f)
		if err != nil {
			at.Code, at.Found = badWorkbook, excerpt(err.Error())
			return nil, &FileError{at}
		}
		one, err := openTable(FormFile{Name: name}.short(), Problem{File: at.File + "/" + name}, text)
		if err != nil {
			return nil, err
		}
		all.sheets, all.problems = append(all.sheets, one.sheets...), append(all.problems, one.problems...)
	}
	if len(all.sheets) == 0 {
		at.Code = otherArchive
		return nil, &FileError{at}
	}
	return all, nil
}

// unpacked is a file of an archive; what is longer than its list of contents says is an error.
func unpacked(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, largestUnpacked+1))
	if err == nil && uint64(len(data)) > f.UncompressedSize64 {
		err = errors.New("a file in it is longer than its list of contents says")
	}
	return data, err
}

// openTable opens a CSV table.
func openTable(name string, at Problem, data []byte) (*formSource, error) {
	t := &table{at: at}
	if order, wide := utf16(data); wide {
		decoded, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil {
			at.Code = binaryFile
			return nil, &FileError{at}
		}
		data = decoded
	}
	if start := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\uFEFF")), " \t\r\n"); len(start) > 0 && start[0] == '<' {
		if at.Code = markup(start); at.Code != "" {
			return nil, &FileError{at}
		}
	}
	text, ok := t.text(data)
	if !ok {
		return nil, &FileError{t.problems[len(t.problems)-1]}
	}
	if !utf8.ValidString(text) {
		at.Code = binaryFile
		return nil, &FileError{at}
	}
	rec := record{text: text, delim: delimiterOf(text), quotes: true}
	if c := newBlocks(at, nil, rec.delim).cut(text); c.open >= 0 {
		at.Code, at.Row, at.Got = unclosedQuote, c.rows+1, strings.Count(text[:c.open], "\n")+1
		at.Found = excerpt(text[c.open:])
		return nil, &FileError{at}
	}
	damaged := func(error, int) error { at.Code = binaryFile; return &FileError{at} }
	sheet := gridSheet{name: name, tab: name, damaged: damaged, open: func() (sheetRows, error) { return &tableRows{rec: rec}, nil }}
	return &formSource{sheets: []gridSheet{sheet}, problems: t.problems, close: func() {}}, nil
}

// delimiterOf is the sign that divides the first rows into most fields.
func delimiterOf(text string) byte {
	best, most := byte(','), 0
	for _, d := range []byte{',', ';', '\t'} {
		rec := record{text: text[:min(len(text), sniffed)], delim: d, quotes: true}
		for n := 0; n < headerWithin && rec.next(); n++ {
			if len(rec.fields) > most {
				best, most = d, len(rec.fields)
			}
		}
	}
	return best
}

// tableRows reads the rows of a CSV table as those of a sheet.
type tableRows struct {
	rec    record
	number int
	cells  []cell
}

func (r *tableRows) next() (sheetRow, error) {
	for r.rec.next() {
		r.number++
		if blank(r.rec.fields) {
			continue
		}
		r.cells = r.cells[:0]
		for _, f := range r.rec.fields {
			r.cells = append(r.cells, cell{text: f})
		}
		row := sheetRow{number: r.number, cells: r.cells}
		if r.rec.stray {
			row.stray = excerpt(r.rec.strayAt)
		}
		return row, nil
	}
	return sheetRow{}, io.EOF
}

func (r *tableRows) hiddenColumns() []int       { return nil }
func (r *tableRows) remarks() ([]string, error) { return nil, nil }
func (r *tableRows) close()                     {}

const (
	mostFormRoom    = 512 << 20 // bytes that the cells of one reading fill
	mostFormColumns = 256       // fields of a row that are looked at
	cellRoom        = 48        // bytes of a cell beside its text
)

// all are the rows of a sheet that have something in them, each with its own cells. They are planned together, so there are only so many of them.
func (s *gridSheet) all(r *formReader) (list []sheetRow, err error) {
	at := 0
	err = guard(func() error {
		rows, err := s.open()
		if err != nil {
			return err
		}
		defer rows.close()
		for {
			row, err := rows.next()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			if at = row.number; blank(texts(row.cells)) {
				continue
			}
			row.cells = filledCells(row.cells)
			for i := range row.cells {
				r.room -= cellRoom + len(row.cells[i].text)
			}
			if r.rows++; r.rows > mostFormRows || r.room < 0 {
				p := r.problem(s.name, tooManyRows, Error)
				p.Want = mostFormRows
				return &FileError{p}
			}
			list = append(list, row)
		}
	})
	if err != nil && !errors.As(err, new(*FileError)) {
		err = s.damaged(err, at)
	}
	return list, err
}

// filledCells is a copy of a row's cells up to the last that has something in it.
func filledCells(cells []cell) []cell {
	n := min(len(cells), mostFormColumns)
	for n > 0 && cells[n-1].text == "" {
		n--
	}
	return slices.Clone(cells[:n])
}
