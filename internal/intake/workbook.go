package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	largestWorkbook = 128 << 20 // bytes as they come
	largestUnpacked = 512 << 20 // bytes after unpacking
	largestPart     = 16 << 20  // bytes of a part kept in memory; larger ones go to disk
	workbookRows    = 512       // rows a batch
	headerWithin    = 20        // rows in which the header is looked for
)

// workbook is the first sheet of an XLSX file that has a header of ours.
type workbook struct {
	at       Problem
	opt      Options
	file     *excelize.File
	rows     *excelize.Rows
	number   int
	lay      layout
	date1904 bool
}

func openWorkbook(at Problem, r io.Reader, opt Options) (src source, problems []Problem, err error) {
	content, err := io.ReadAll(io.LimitReader(r, largestWorkbook+1))
	if err != nil {
		return nil, nil, err
	}
	if code := refusedArchive(content); code != "" {
		at.Code, at.Want = code, largestUnpacked>>20
		return nil, nil, &FileError{at}
	}
	w := &workbook{at: at, opt: opt}
	err = guard(func() error {
		w.file, err = excelize.OpenReader(bytes.NewReader(content), excelize.Options{
			RawCellValue: true, UnzipSizeLimit: largestUnpacked, UnzipXMLSizeLimit: largestPart,
		})
		if err != nil {
			return err
		}
		problems, err = w.findHeader()
		return err
	})
	var stop *FileError
	if err != nil {
		w.close()
	}
	if err != nil && !errors.As(err, &stop) {
		return nil, nil, w.damaged(err)
	}
	return w, problems, err
}

// refusedArchive looks at a zip archive's list of contents before anything of
// it is unpacked.
func refusedArchive(content []byte) Code {
	if len(content) > largestWorkbook {
		return workbookTooBig
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return badWorkbook
	}
	var size uint64
	sheets := false
	for _, f := range z.File {
		if f.UncompressedSize64 > largestUnpacked {
			return workbookTooBig
		}
		size += f.UncompressedSize64
		sheets = sheets || strings.HasPrefix(strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/")), "xl/")
	}
	switch {
	case size > largestUnpacked:
		return workbookTooBig
	case !sheets:
		return otherArchive
	}
	return ""
}

// guard turns a panic of the library on a damaged file into an error: such a
// file comes from outside, and must not end the program.
func guard(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the workbook's content contradicts itself: %v", r)
		}
	}()
	return f()
}

func (w *workbook) damaged(err error) error {
	p := w.at
	p.Code, p.Row, p.Found = badWorkbook, w.number, excerpt(err.Error())
	return &FileError{p}
}

// findHeader takes the first sheet in whose first rows there is a header. If
// there is none, the row that came nearest says what is missing.
func (w *workbook) findHeader() (nearest []Problem, err error) {
	props, err := w.file.GetWorkbookProps()
	if err != nil {
		return nil, err
	}
	w.date1904 = props.Date1904 != nil && *props.Date1904
	most := -1
	for _, sheet := range w.file.GetSheetList() {
		rows, err := w.file.Rows(sheet)
		if err != nil {
			continue // a chart sheet has no rows
		}
		w.rows, w.number = rows, 0
		for w.number < headerWithin && w.rows.Next() {
			w.number++
			fields, err := w.rows.Columns()
			if err != nil {
				return nil, err
			}
			if blank(fields) {
				continue
			}
			at := w.at
			at.Row = w.number
			lay, problems := readHeader(at, fields)
			if firstError(problems) == nil {
				return problems, w.use(lay)
			}
			if n := known(fields); n > most {
				most, nearest = n, problems
			}
		}
		if err := rows.Close(); err != nil {
			return nil, err
		}
	}
	if most < 0 {
		p := w.at
		p.Code = emptyFile
		return nil, &FileError{p}
	}
	return nearest, firstError(nearest)
}

func (w *workbook) use(lay layout) error {
	w.lay = lay
	for i, c := range lay.columns {
		letters, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		w.lay.letters[c] = letters
	}
	w.lay.letters[colNone] = ""
	return nil
}

func (w *workbook) next(b *Batch) (more bool, err error) {
	err = guard(func() error {
		for len(b.input.cells) < workbookRows && w.rows.Next() {
			w.number++
			cells, err := w.rows.Columns()
			if err != nil {
				return err
			}
			if len(cells) > 0 {
				b.input.cells, b.input.numbers = append(b.input.cells, cells), append(b.input.numbers, w.number)
			}
		}
		return w.rows.Error()
	})
	if err != nil {
		return false, w.damaged(err)
	}
	return len(b.input.cells) > 0, nil
}

func (w *workbook) newDecoder() *decoder {
	return newDecoder(w.at.File, w.opt, &w.lay, parseSerial(w.date1904))
}

func (w *workbook) decode(d *decoder, b *Batch) {
	columns := w.lay.columns
	for i, cells := range b.input.cells {
		d.begin(b, b.input.numbers[i])
		if n := len(columns); len(cells) > n && !blank(cells[n:]) {
			d.ragged(n, len(cells))
		}
		for j, cell := range cells[:min(len(cells), len(columns))] {
			c := columns[j]
			if c == colNone || cell == "" {
				continue
			}
			if _, decimals, _ := strings.Cut(cell, "."); c == colFine && len(decimals) > 4 {
				cell = plainNumber(cell)
			}
			d.set(c, cell)
		}
		d.finish()
	}
}

func (w *workbook) end(uint64) []Problem { return nil }

// close removes what was unpacked to disk. An error to do so leaves a
// temporary file, which is nothing that a reader of rows could mend.
func (w *workbook) close() {
	if w.rows != nil {
		_ = w.rows.Close()
	}
	if w.file != nil {
		_ = w.file.Close()
	}
}
