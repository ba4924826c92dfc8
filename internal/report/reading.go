package report

import (
	"context"
	"errors"
	"io"

	"fener/internal/intake"
	"fener/internal/marked"
	"fener/period"
)

// mostProblems bounds how many problems of a file are kept to be told by their causes; the rest are counted.
const mostProblems = 20_000

// Reading says how a check reads its files, at a terminal and in a browser alike.
type Reading struct {
	Now    period.Date // today, for doubting dates to come
	Sheet  string      // of a workbook; empty: every one with a header
	Strict bool        // one error makes the whole file unusable
	Doubts bool        // what stays with its row is kept too, as Mark needs it
}

// Found is what is wrong or in doubt in one file.
type Found struct {
	Problems []intake.Problem // errors, and doubts about the file as a whole
	Doubts   []intake.Problem // doubts that stay with their row, where they were asked for
}

// Causes are the problems put together by what brought them about.
func (f Found) Causes() []intake.Cause { return intake.Group(f.Problems) }

// Check reads one file into the report and keeps what is wrong with it. An error for which OfFile holds is about this file alone.
func (r *Report) Check(ctx context.Context, name string, from io.Reader, how Reading) (Found, error) {
	var found Found
	r.Doubt = nil
	if how.Doubts {
		r.Doubt = func(p intake.Problem) {
			if len(found.Doubts) < mostProblems {
				found.Doubts = append(found.Doubts, p)
			}
		}
	}
	err := r.Read(ctx, name, from, r.options(how), func(p intake.Problem) { found.Problems = append(found.Problems, p) })
	return found, err
}

func (r *Report) options(how Reading) intake.Options {
	return intake.Options{Pack: r.pack, Now: how.Now, Strict: how.Strict, Sheet: how.Sheet, MaxProblems: mostProblems}
}

// OfFile reports whether an error of Check says that the file cannot be used, or not as a whole: other files can be read all the same.
func OfFile(err error) bool {
	var file *intake.FileError
	var strict *intake.StrictError
	return errors.As(err, &file) || errors.As(err, &strict)
}

// Markable reports whether a file that Check ended so with can be written back: there is something to mark, and the file is a table.
func (f Found) Markable(err error) bool {
	if stop := new(intake.FileError); errors.As(err, &stop) && stop.Problem.Row == 0 {
		return false
	}
	return len(f.Problems)+len(f.Doubts) > 0
}

// Mark writes the table that Check read, from its beginning, back as a workbook with what was found marked and explained.
func (r *Report) Mark(name string, from io.Reader, to io.Writer, found Found, how Reading) error {
	all := append(append([]intake.Problem{}, found.Problems...), found.Doubts...)
	return marked.Write(name, from, to, all, r.lang, r.options(how))
}
