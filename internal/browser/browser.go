// Package browser answers a page that asks for one check: what `fener check FILE` does with a file, with what the command writes to the screen
// given as data. cmd/fener-wasm carries it into browsers, so nothing here may link a database, a network or a terminal.
package browser

import (
	"context"
	"errors"
	"fmt"
	"io"

	"fener/internal/intake"
	"fener/internal/report"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// Marked is the form of an answer that is the table itself, as a workbook with what is wrong in it marked and explained (`--errors` of the command).
const Marked = "marked"

// Request is what a page asks for.
type Request struct {
	Name   string `json:"name"`   // the file's, for messages
	Lang   string `json:"lang"`   // sq, sr, sr-Latn or en
	Law    string `json:"law"`    // the code of a country whose law pack the program carries; empty: xk
	Format string `json:"format"` // csv, jsonl, html, xlsx, or Marked
	Sheet  string `json:"sheet"`  // of a workbook; empty: every one with a header
	Show   int    `json:"show"`   // the HTML report is wanted too, to be shown, where no more rows than these were checked; 0: it is not
}

// ToShow is the request for the report to show that an answer leads to; ok is false where none is wanted.
func (ask Request) ToShow(a Answer) (again Request, ok bool) {
	rows := a.Counts + a.Reported
	ask.Format, ok = report.HTML.String(), rows > 0 && rows <= ask.Show
	return ask, ok
}

// Answer is what there is to say beside the report itself. Its texts are in the language of the request.
type Answer struct {
	Written    bool      `json:"written"`    // there is a report; false where not a row could be read, or nothing had to be marked
	Unreadable bool      `json:"unreadable"` // the file, a row of it or what follows some row could not be read: the command ends with 3
	Counts     int       `json:"counts"`     // individual counts that were checked
	Reported   int       `json:"reported"`   // reported totals that were checked
	Errors     int       `json:"errors"`
	Doubts     int       `json:"doubts"`
	Unlisted   int       `json:"unlisted"` // problems beyond those listed
	Summary    string    `json:"summary"`  // lines, as the command ends with
	Causes     []string  `json:"causes"`   // the problems, each cause told once
	Problems   []Problem `json:"problems"` // one by one
}

// Problem is one thing wrong or in doubt, with its place.
type Problem struct {
	Sheet    string      `json:"sheet,omitempty"`
	Row      int         `json:"row,omitempty"`    // as a person counts; absent: the file as a whole
	Cell     string      `json:"cell,omitempty"`   // C7, in a workbook
	Field    int         `json:"field,omitempty"`  // the column's place in the row, from 1
	Column   string      `json:"column,omitempty"` // its canonical name
	Header   string      `json:"header,omitempty"` // its name in the file
	Found    string      `json:"found,omitempty"`
	Kind     string      `json:"kind"` // error or doubt
	Code     intake.Code `json:"code"`
	Text     string      `json:"text"` // the whole sentence, with the place
	What     string      `json:"what"`
	Expected string      `json:"expected"`
}

// Run checks the file, read from its beginning, and writes the report to out. It errors on a request that makes no sense, and where file or out
// fail; what is wrong with the content of the file stands in the answer.
func Run(ctx context.Context, ask Request, now period.Date, file io.ReadSeeker, out io.Writer) (Answer, error) {
	l, err := locale.ParseLang(ask.Lang)
	if err != nil {
		return Answer{}, err
	}
	if ask.Law == "" {
		ask.Law = "xk"
	}
	pack, err := law.Embedded(ask.Law)
	if err != nil {
		return Answer{}, err
	}
	how := report.Reading{Now: now, Sheet: ask.Sheet, Doubts: ask.Format == Marked}
	o := report.Options{Lang: l, Pack: pack, Files: []string{ask.Name}}
	to := out
	if ask.Format == Marked { // the rows are read for their problems alone
		o.Format, to = report.CSV, io.Discard
	} else if o.Format, err = report.ParseFormat(ask.Format); err != nil {
		return Answer{}, err
	}
	r, err := report.New(to, o)
	if err != nil {
		return Answer{}, err
	}
	answer, found, stop, err := check(ctx, r, ask.Name, file, how, l)
	switch {
	case err != nil:
		return Answer{}, errors.Join(err, r.Discard())
	case ask.Format != Marked:
		answer.Written = answer.Counts+answer.Reported > 0 || stop == nil
		return answer, r.Close()
	case !found.Markable(stop):
		return answer, r.Close()
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return Answer{}, errors.Join(fmt.Errorf("reading %s again: %w", ask.Name, err), r.Discard())
	}
	answer.Written = true
	return answer, errors.Join(r.Mark(ask.Name, file, out, found, how), r.Close())
}

// check reads the file into the report. stop is why the file could not be used as a whole, nil where it could.
func check(ctx context.Context, r *report.Report, name string, file io.Reader, how report.Reading, l locale.Lang) (a Answer, found report.Found, stop, err error) {
	found, err = r.Check(ctx, name, file, how)
	if err != nil && !report.OfFile(err) {
		return a, found, nil, err
	}
	stop = err
	t := r.Tally()
	a = Answer{Unreadable: stop != nil || t.Errors > 0, Counts: t.Counts.N, Reported: t.Reported.N, Errors: t.Errors, Doubts: t.Doubts, Unlisted: t.Unlisted,
		Summary: r.Summary(), Causes: []string{}, Problems: []Problem{}}
	for _, c := range found.Causes() {
		a.Causes = append(a.Causes, c.Text(l))
	}
	for _, p := range found.Problems {
		a.Problems = append(a.Problems, Problem{Sheet: p.Sheet, Row: p.Row, Cell: p.Cell, Field: p.Field, Column: p.Column, Header: p.Header, Found: p.Found,
			Kind: p.Kind.String(), Code: p.Code, Text: p.Text(l), What: p.What(l), Expected: p.Expected(l)})
	}
	return a, found, stop, nil
}
