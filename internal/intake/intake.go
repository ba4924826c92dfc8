// Package intake reads spreadsheets of judgments, one row a count, from CSV,
// XLSX and JSON Lines. Every error names the file, the row, the column, the
// text found and what was expected; all of them are listed, not the first
// alone. What could be read in two ways is a doubt that stays with its row.
//
// Reading, decoding and the caller's work on the rows run in parallel, block by
// block, and come out in file order, in memory that does not grow with the file.
package intake

import (
	"context"
	"fmt"
	"io"
	"runtime"

	"fener/law"
	"fener/locale"
	"fener/period"
)

// Options say how to read.
type Options struct {
	Pack        *law.Pack   // what offences are resolved against; required
	Now         period.Date // today, for doubting dates to come; zero: no such doubt
	Strict      bool        // one error makes the whole file unusable
	MaxProblems int         // how many problems are listed; 200 if zero, the rest are counted
	Workers     int         // how many decode at once; one for each processor if zero
	Sheet       string      // the sheet of a workbook to read; empty: every visible one with a header
	OneSheet    bool        // several sheets with a header are an error that names them
	Account     bool        // the rows go to the record: notes are read, and what is passed over otherwise, such as running numbers, is named
}

const defaultMaxProblems = 200

func (o Options) withDefaults() Options {
	if o.MaxProblems <= 0 {
		o.MaxProblems = defaultMaxProblems
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	return o
}

// Row is one row of a file: one count, or a reported total of counts.
type Row struct {
	Line  int    // the row's number in the file as a person counts; the header is row 1
	Sheet string // the sheet it stands on, where several sheets of a workbook are read

	Case, Court, Instance, Defendant string
	Source, Place, Quote             string
	Note                             string // a person's own words; read only with Options.Account

	ChargedText, ConvictedText string // the offences as written

	Facts  law.Facts
	Final  law.Tri // whether the judgment is final
	Count  Count
	Doubts []Problem // what could be meant otherwise in this row
}

// Count says for how many people a row stands.
type Count struct {
	N        int
	Reported bool // a total that somebody reported, not a count on record
	AtLeast  bool // N or more, written as "1+"
}

// Batch is some consecutive rows of a file. Rows, and all their texts, are
// valid until sink returns; a text to be kept longer should be cloned, since
// it holds on to the block that it was read in.
type Batch struct {
	Rows     []Row     // the rows without errors
	Problems []Problem // errors, and doubts about the file as a whole
	Header   bool      // Problems are what the header shows of all rows; there are no rows in it, and it comes before any
	Out      []byte    // for the caller's work; empty at first, its memory is used again

	input    input
	seen     uint64 // the columns that JSON objects had, as bits
	rows     int    // data rows, good and bad
	errors   int    // all errors, listed or not
	unlisted int    // problems not kept in Problems
	doubts   []Problem
	err      error
	done     chan struct{}
}

// Summary is what a file held, in numbers.
type Summary struct {
	Rows     int // data rows, with and without errors
	Good     int // rows without errors
	Errors   int
	Doubts   int // about rows and about the file
	Unlisted int // problems beyond Options.MaxProblems
}

// FileError means that a file cannot be read, or not beyond some row. Its
// problem has also been given to sink.
type FileError struct{ Problem Problem }

func (e *FileError) Error() string { return e.Problem.Text(locale.EN) }

// StrictError means that a file with errors was read with Options.Strict:
// what sink received of its rows is not to be used.
type StrictError struct {
	File   string
	Errors int
}

func (e *StrictError) Error() string {
	return fmt.Sprintf("%s: nothing of the file is used, because it has errors (%d) and only a file without any was asked for; correct them, or read without strict", e.File, e.Errors)
}

// Each reads r, called name in messages, in the format that its content shows.
// It calls work on each batch, several at once, and then sink, one batch at a
// time in file order; either may be nil. It returns a *FileError where the
// file, or what follows some row, cannot be read, a *StrictError where
// Options.Strict was broken, and the first error of work, sink, r and ctx.
// It no longer reads from r when it returns.
func Each(ctx context.Context, name string, r io.Reader, opt Options, work, sink func(*Batch) error) (Summary, error) {
	if opt.Pack == nil {
		return Summary{}, fmt.Errorf("reading %s: no law pack to resolve offences with", name)
	}
	p := pipeline{name: name, opt: opt.withDefaults(), work: work, sink: sink}
	again := &rewinder{r: r}
	defer again.close()
	src, problems, err := open(name, again, p.opt)
	if err != nil {
		return p.refuse(problems, err)
	}
	defer src.close()
	err = p.run(ctx, src, problems)
	return p.sum, err
}
