package batch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"fener/internal/intake"
)

// maxRefusedRows is how many lines that cannot be read are heard of one by one.
// A file with more has something wrong with it as a whole.
const maxRefusedRows = 50_000

var errEnough = errors.New("no more rows are wanted")

// Reading says how Rows reads a file.
type Reading struct {
	Name    string // in messages
	Options intake.Options

	// Beside refuses a row next to a line that could not be read: that line may
	// belong to the same judgment, which would be taken in part otherwise. It
	// is for imports that leave out what is refused.
	Beside bool

	Problem func(*intake.Problem) // hears of doubts about the file as a whole; may be nil
}

// Rows reads a file with the check's reader. Lines that it cannot take come as
// rows that are refused; an unreadable file ends in an error.
func Rows(ctx context.Context, r io.Reader, how Reading) iter.Seq2[Row, error] {
	how.Options.MaxProblems, how.Options.Account = maxRefusedRows, true
	return func(yield func(Row, error) bool) {
		f := feeder{how: how, yield: yield}
		sum, err := intake.Each(ctx, how.Name, r, how.Options, nil, f.sink)
		switch {
		case errors.Is(err, errEnough):
		case err != nil:
			f.tellAll(err)
			yield(Row{}, err)
		case sum.Unlisted > 0:
			yield(Row{}, fmt.Errorf("%s: more than %d problems; correct the first ones and try again, they may have one cause", how.Name, maxRefusedRows))
		default:
			f.flush()
		}
	}
}

// A feeder passes rows on in file order. The last row waits until it is known
// whether the line after it can be read.
type feeder struct {
	how     Reading
	yield   func(Row, error) bool
	convert converter
	held    *Row
	bad     int // the last line that could not be read
	wrong   []intake.Problem
	ended   bool
}

// tellAll says everything that is wrong with a file that cannot be read, as
// nothing of it comes out as rows.
func (f *feeder) tellAll(err error) {
	if stop := new(intake.FileError); !errors.As(err, &stop) || f.how.Problem == nil {
		return
	}
	for i := range f.wrong {
		f.how.Problem(&f.wrong[i])
	}
}

func (f *feeder) sink(b *intake.Batch) error {
	problems := b.Problems
	for i := range b.Rows {
		problems = f.upTo(problems, b.Rows[i].Line)
		row := f.convert.row(&b.Rows[i])
		if f.bad > 0 && f.bad == row.Line-1 {
			f.beside(&row, f.bad)
		}
		f.flush()
		f.held = &row
	}
	f.upTo(problems, int(^uint(0)>>1))
	if f.ended {
		return errEnough
	}
	return nil
}

// upTo passes on the lines before a row that could not be read. A line with
// several problems is one row.
func (f *feeder) upTo(problems []intake.Problem, line int) []intake.Problem {
	for len(problems) > 0 && problems[0].Row < line {
		p := problems[0]
		problems = problems[1:]
		if p.Kind == intake.Doubt || p.Row == 0 {
			if f.how.Problem != nil {
				f.how.Problem(&p)
			}
			continue
		}
		f.wrong = append(f.wrong, p)
		if f.held != nil && f.held.Line == p.Row {
			f.held.Refused = append(f.held.Refused, refusal(&p).Refused...)
			continue
		}
		if f.held != nil && f.held.Line == p.Row-1 && !f.held.unread() {
			f.beside(f.held, p.Row)
		}
		f.flush()
		row := refusal(&p)
		f.held, f.bad = &row, p.Row
	}
	return problems
}

func (f *feeder) beside(row *Row, line int) {
	if f.how.Beside {
		row.Refused = append(row.Refused, Reason{Code: RefusedNeighbour, Line: row.Line, Detail: fmt.Sprint(line)})
	}
}

func (f *feeder) flush() {
	if f.held != nil && !f.ended {
		f.ended = !f.yield(*f.held, nil)
	}
	f.held = nil
}
