package page

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
)

// Head opens every JSON document: what it is, which position of the record it shows, and whether the data were generated.
type Head struct {
	Document  string `json:"document"`              // what it holds: "provisions", "case" ...
	Seq       int64  `json:"seq"`                   // how many public entries there were: drafts are not counted
	AsItStood string `json:"as_it_stood,omitempty"` // of a past that was asked for by a day: that day, at whose end the record stood so
	Synthetic bool   `json:"synthetic"`
	Notice    string `json:"notice,omitempty"`
}

// A Document is the data of a page as JSON: how it is made, and of which type it is, by which the description of the addresses says its fields.
type Document struct {
	make func(*Request) (any, error)
	of   reflect.Type
}

// DocumentOf is the document that a function makes.
func DocumentOf[T any](make func(*Request) (T, error)) *Document {
	return &Document{func(r *Request) (any, error) { return make(r) }, reflect.TypeFor[T]()}
}

// SyntheticNotice is what every document says whose data were generated.
const SyntheticNotice = "SYNTHETIC: these data were generated to try out the program and say nothing about real people or courts"

// NewHead is the head of a document.
func NewHead(document string, seq int64, synthetic bool) Head {
	h := Head{Document: document, Seq: seq, Synthetic: synthetic}
	if synthetic {
		h.Notice = SyntheticNotice
	}
	return h
}

// List says which part of a list a document holds.
type List struct {
	Total  int `json:"total"` // rows that there are in all
	Offset int `json:"offset"`
	Limit  int `json:"limit"`
	// Next is the address of the next page; empty on the last. The same list as CSV is always whole.
	Next string `json:"next,omitempty"`
}

// JSON writes a document, indented for people who look at it.
func JSON(document any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(document); err != nil {
		return nil, fmt.Errorf("writing a document as JSON: %w", err)
	}
	return b.Bytes(), nil
}

// Sheet is a document as rows.
type Sheet struct {
	Columns []string
	Rows    [][]string
}

// RowsOf makes a page's rows of the document that stands beside it as JSON, so that both are made once in the code. Its errors are those of making the document.
func RowsOf[D interface{ Sheet() *Sheet }](document func(*Request) (D, error)) func(*Request) (*Sheet, error) {
	return func(r *Request) (*Sheet, error) {
		d, err := document(r)
		if err != nil {
			return nil, err
		}
		return d.Sheet(), nil
	}
}

// CSV writes the sheet (RFC 4180, UTF-8). Where the data were generated, a last column says so in every row.
func (s *Sheet) CSV(synthetic bool) ([]byte, error) {
	var b bytes.Buffer
	if err := NewSheetWriter(&b, synthetic).Write(s); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// SheetWriter writes a sheet in parts, as Sheet.CSV writes it whole.
type SheetWriter struct {
	out       *csv.Writer
	synthetic bool
	begun     bool
	row       []string
}

// NewSheetWriter writes to w.
func NewSheetWriter(w io.Writer, synthetic bool) *SheetWriter {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	return &SheetWriter{out: out, synthetic: synthetic}
}

// Write writes the rows of one part; the columns of the first stand above all.
func (w *SheetWriter) Write(part *Sheet) error {
	if !w.begun {
		w.begun = true
		if err := w.line(part.Columns, "data"); err != nil {
			return err
		}
	}
	for _, cells := range part.Rows {
		if len(cells) != len(part.Columns) {
			return fmt.Errorf("writing a document as CSV: a row of %d cells under %d columns", len(cells), len(part.Columns))
		}
		if err := w.line(cells, "SYNTHETIC"); err != nil {
			return err
		}
	}
	w.out.Flush()
	if err := w.out.Error(); err != nil {
		return fmt.Errorf("writing a document as CSV: %w", err)
	}
	return nil
}

func (w *SheetWriter) line(cells []string, mark string) error {
	w.row = w.row[:0]
	for _, cell := range cells {
		w.row = append(w.row, harmless(cell))
	}
	if w.synthetic {
		w.row = append(w.row, mark)
	}
	if err := w.out.Write(w.row); err != nil {
		return fmt.Errorf("writing a document as CSV: %w", err)
	}
	return nil
}

// harmless keeps a spreadsheet from running a cell as a formula: an apostrophe before it makes it text (OWASP, CSV injection).
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// Failure is the one shape of an error in every document: what RFC 9457 has, and the same in our words.
type Failure struct {
	Title  string  `json:"title,omitempty"`
	Status int     `json:"status,omitempty"`
	Detail string  `json:"detail,omitempty"`
	Error  Problem `json:"error"`
}

// problemType is the media type of a Failure (RFC 9457).
const problemType = "application/problem+json"

// Problem says what went wrong: its kind as a word, a sentence for people, and the field or parameter it is about, if any.
type Problem struct {
	Kind    string `json:"kind"`
	Message string `json:"message"`
	Field   string `json:"field,omitempty"`
}
