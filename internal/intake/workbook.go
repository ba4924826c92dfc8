package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"fener/law"
)

const (
	largestWorkbook = 128 << 20 // bytes as they come
	largestUnpacked = 512 << 20 // bytes after unpacking
	workbookRows    = 512       // rows a batch
)

// workbook is the sheets of a workbook that have a header of ours.
type workbook struct {
	at     Problem
	opt    Options
	ev     *evidence
	book   book
	tables []*sheetTable // those that are read, in order
	at1    int           // the table at hand

	rows       sheetRows
	hiddenRows []int
	found      []Problem // what only reading to the end showed
}

// sheetTable is a sheet with a header.
type sheetTable struct {
	index    int // among the book's sheets
	info     sheetInfo
	lay      layout
	after    int // the number of the header's last row
	problems []Problem
}

func openWorkbook(at Problem, r io.Reader, opt Options, ev *evidence) (src source, problems []Problem, err error) {
	content, err := io.ReadAll(io.LimitReader(r, largestWorkbook+1))
	if err != nil {
		return nil, nil, err
	}
	kind, code := archiveKind(content)
	if code != "" {
		at.Code, at.Want = code, largestUnpacked>>20
		return nil, nil, &FileError{at}
	}
	w := &workbook{at: at, opt: opt, ev: ev}
	err = guard(func() error {
		if kind == odsArchive {
			w.book, err = openODS(content)
		} else {
			w.book, err = openXLSX(content)
		}
		if err != nil {
			return err
		}
		problems, err = w.choose()
		return err
	})
	if err == nil {
		ev.serials, ev.date1904 = true, w.book.date1904()
		return w, problems, nil
	}
	w.close()
	if stop := (*FileError)(nil); !errors.As(err, &stop) {
		return nil, nil, w.damaged(err, 0)
	}
	return nil, problems, err
}

type archive uint8

const (
	xlsxArchive archive = iota
	odsArchive
)

// archiveKind looks at a zip archive's list of contents before anything of it
// is unpacked, and names what is no workbook.
func archiveKind(content []byte) (archive, Code) {
	if len(content) > largestWorkbook {
		return 0, workbookTooBig
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return 0, badWorkbook
	}
	var size uint64
	has := map[string]bool{}
	kind := otherArchive
	for _, f := range z.File {
		if size += f.UncompressedSize64; f.UncompressedSize64 > largestUnpacked || size > largestUnpacked {
			return 0, workbookTooBig
		}
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		first, _, _ := strings.Cut(name, "/")
		has[name], has[first+"/"] = true, true
		if strings.HasSuffix(name, ".iwa") {
			kind = otherDocument
		}
	}
	switch {
	case has["xl/workbook.bin"]:
		return 0, binaryWorkbook
	case has["xl/"]:
		return xlsxArchive, ""
	case has["mimetype"] && has["content.xml"]:
		if isODS(z) {
			return odsArchive, ""
		}
		return 0, otherDocument
	case has["word/"], has["ppt/"]:
		return 0, otherDocument
	}
	return 0, kind
}

func isODS(z *zip.Reader) bool {
	f, err := z.Open("mimetype")
	if err != nil {
		return false
	}
	defer f.Close()
	kind, err := io.ReadAll(io.LimitReader(f, 200))
	return err == nil && strings.HasPrefix(string(kind), odsType)
}

// guard turns a panic on a damaged file into an error: such a file comes from
// outside, and must not end the program.
func guard(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the workbook's content contradicts itself: %v", r)
		}
	}()
	return f()
}

func (w *workbook) damaged(err error, row int) error {
	p := w.at
	p.Code, p.Row, p.Found = badWorkbook, row, excerpt(err.Error())
	return &FileError{p}
}

func (w *workbook) next(b *Batch) (more bool, err error) {
	number := 0
	err = guard(func() error {
		for w.at1 < len(w.tables) {
			t := w.tables[w.at1]
			if w.rows == nil {
				if w.rows, err = w.book.open(t.index); err != nil {
					return err
				}
			}
			b.input.table = t
			for len(b.input.rows) < workbookRows {
				row, err := w.rows.next()
				if err == io.EOF {
					w.endSheet(t)
					break
				}
				if err != nil {
					return err
				}
				if number = row.number; number <= t.after {
					continue
				}
				if row.hidden && len(w.hiddenRows) < mostListed {
					w.hiddenRows = append(w.hiddenRows, row.number)
				}
				row.keep(len(t.lay.columns))
				b.input.rows = append(b.input.rows, row)
			}
			if len(b.input.rows) > 0 {
				return nil
			}
		}
		return nil
	})
	if err != nil {
		return false, w.damaged(err, number)
	}
	return len(b.input.rows) > 0, nil
}

// mostListed is how many rows a message names.
const mostListed = 1000

// endSheet closes a sheet and goes to the next.
func (w *workbook) endSheet(t *sheetTable) {
	if n := len(w.hiddenRows); n > 0 {
		p := w.doubt(hiddenRows, t.info.name)
		p.Got, p.Other = n, firstNumbers(w.hiddenRows)
		w.found = append(w.found, p)
	}
	if w.opt.Account {
		w.remarksOf(t)
	}
	w.rows.close()
	w.rows, w.hiddenRows = nil, nil
	w.at1++
}

func (w *workbook) newDecoder() *decoder {
	return newDecoder(w.at.File, w.opt, &w.tables[0].lay, w.ev)
}

func (w *workbook) refused() bool { return w.tables[0].lay.refused }

func (w *workbook) decode(d *decoder, b *Batch) {
	t := b.input.table
	if d.lay != &t.lay {
		d.lay, d.told = &t.lay, 0
	}
	d.at.Sheet, d.at.Among = t.info.name, len(w.tables) > 1
	for i := range b.input.rows {
		d.workbookRow(b, &b.input.rows[i], t.lay.columns, w.ev.date1904)
	}
}

// workbookRow reads one row of typed cells.
func (d *decoder) workbookRow(b *Batch, row *sheetRow, columns []column, date1904 bool) {
	d.begin(b, row.number)
	if row.over > 0 {
		d.ragged(len(columns), row.over)
	}
	for j := range row.cells[:min(len(row.cells), len(columns))] {
		c, cell := columns[j], &row.cells[j]
		if c == colNone || cell.text == "" {
			continue
		}
		switch {
		case cell.kind == formulaCell && d.scan == nil:
			d.has |= 1 << c
			d.fail(c, cell.text, formulaUnsaved)
			continue
		case cell.kind == errorCell && d.scan == nil:
			d.has |= 1 << c
			d.fail(c, cell.text, errorValue)
			continue
		}
		text, made := cell.shown(c, date1904)
		d.set(c, text)
		if !made.IsZero() && d.scan == nil {
			d.wonder(c, text, dateInText, made.String(), "")
		}
	}
	d.nameless(func(i int) string {
		if i >= len(row.cells) {
			return ""
		}
		return row.cells[i].text
	})
	if d.scan == nil {
		d.shared(row.filled, columns)
	}
	d.finish(texts(row.cells))
}

// shared looks at what a row has from a cell merged with rows above. A
// punishment that stands once beside several counts of one person is one
// punishment for all of them.
func (d *decoder) shared(filled []int, columns []column) {
	var from uint64
	for _, j := range filled {
		if j < len(columns) {
			from |= 1 << columns[j]
		}
	}
	if from&(1<<colImprisonment|1<<colFine) == 0 {
		return
	}
	if from&(1<<colDefendant) != 0 && d.row.Facts.Joint == law.NotKnown {
		d.row.Facts.Joint = law.Yes
	}
	d.wonder(colImprisonment, "", mergedPunishment, "", "")
}

func (w *workbook) end(uint64) []Problem { return w.found }

// close gives back what is open. Nothing was written that could be lost.
func (w *workbook) close() {
	if w.rows != nil {
		w.rows.close()
	}
	if w.book != nil {
		w.book.close()
	}
}
