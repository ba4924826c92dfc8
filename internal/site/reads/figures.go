package reads

import (
	"context"
	"fmt"
	"strings"

	"fener/internal/figure"
	"fener/internal/view"
	"fener/law"
)

// Figures are the columns that figures are computed from, as one position of the ledger has them, with the way from a row of theirs back to
// the count in the record. They are never changed after ReadFigures and may be read by any number of goroutines.
type Figures struct {
	*figure.Columns
	keys  []CountKey
	fixed remembered
}

// CountKey names one count of the record.
type CountKey struct {
	Judgment, Defendant string
	N                   int // place among the defendant's counts in the judgment, from 0
}

// ReadFigures folds every count of a view into columns. Each count is also given to the functions in also, so that whoever needs another fold
// reads the record once.
func ReadFigures(ctx context.Context, v *view.View, asOf figure.AsOf, also ...func(*view.CountRow)) (*Figures, error) {
	f := &Figures{}
	b := figure.NewBuilder(asOf, 0)
	var rows []figure.Row // of one case: a view has them in the order of instances, a Builder wants them by id
	flush := func() error {
		figure.SortRows(rows)
		for i := range rows {
			if err := b.Add(&rows[i]); err != nil {
				return err
			}
		}
		rows = rows[:0]
		return nil
	}
	err := eachCountBeside(ctx, v, func(c *view.CountRow) error {
		if len(rows) > 0 && rows[0].Case != c.Case {
			if err := flush(); err != nil {
				return err
			}
		}
		for _, fold := range also {
			fold(c)
		}
		rows = append(rows, figureRow(c, int64(len(f.keys))))
		f.keys = append(f.keys, CountKey{c.Judgment, c.Defendant, c.N})
		return nil
	})
	if err == nil {
		err = flush()
	}
	if err != nil {
		return nil, fmt.Errorf("reading the counts for the figures: %w", err)
	}
	f.Columns = b.Build()
	return f, nil
}

// FigureRows gives every count of a view as figures need it, in the order of the view.
func FigureRows(ctx context.Context, v *view.View, each func(*figure.Row) error) error {
	id := int64(0)
	return eachCountBeside(ctx, v, func(c *view.CountRow) error {
		row := figureRow(c, id)
		id++
		return each(&row)
	})
}

// Key names the count that a row of the columns stands for.
func (f *Figures) Key(id int64) CountKey { return f.keys[id] }

// figureRow is a count as figures need it. The offence is the one convicted of, or charged where no conviction is on record.
func figureRow(c *view.CountRow, id int64) figure.Row {
	offence := c.Convicted
	if offence.Text == "" {
		offence = c.Charged
	}
	name := offence.Ref
	if name == "" {
		name = offence.Text
	}
	return figure.Row{
		ID: id, Case: c.Case, Defendant: c.Defendant, Judgment: c.Judgment,
		Court: c.Court, Instance: c.Instance, Judged: c.Date, Indicted: c.Indicted,
		OffenceGroup: strings.Join(offence.Groups, "+"), Offence: name,
		Verdict: c.Verdict, Trafficked: charged(c), Sentence: c.Sentence.Law(), Joint: c.Joint, Final: c.Final,
		Superseded: c.Superseded, Outcomes: c.Finding.Outcomes, Below: c.Finding.BelowMinimum(), BelowFloor: c.Finding.BelowFloor(),
		AboveMaximum: c.Finding.AboveMaximum(), Unexplained: c.Finding.Unexplained(), Axes: axesFor(&c.Finding.Axes), Downgraded: c.Finding.Downgraded,
		Synthetic: c.Synthetic,
	}
}

func axesFor(a *view.Axes) figure.Axes {
	return figure.Axes{Term: a.Term, Ground: a.Ground, Reasons: a.Reasons, Form: a.Form, Fine: a.Fine, Measures: a.Measures, Law: a.Law}
}

// charged tells whether trafficking was among what was charged.
func charged(c *view.CountRow) law.Tri {
	switch {
	case c.Charged.Text == "":
		return law.NotKnown
	case c.Charged.Trafficking:
		return law.Yes
	}
	return law.No
}

// Behind is one count behind a figure, with the judgment it stands in.
type Behind struct {
	CountKey
	File  *view.JudgmentFile
	Count *view.CountFile
}

// CountsBehind reads one page of the counts behind the figure of a query, from page 1. Its errors are a *figure.ParamError where there is no
// such page, and those of the view.
func (f *Figures) CountsBehind(ctx context.Context, v *view.View, q figure.Query, window int) ([]Behind, figure.Page, error) {
	found, err := f.Rows(q, window)
	if err != nil {
		return nil, found, err
	}
	out, err := f.Counts(ctx, v, found.IDs)
	return out, found, err
}

// Counts reads counts by their ids.
func (f *Figures) Counts(ctx context.Context, v *view.View, ids []int64) ([]Behind, error) {
	var out []Behind
	var err error
	files := map[string]*view.JudgmentFile{}
	for _, id := range ids {
		b := Behind{CountKey: f.Key(id)}
		if b.File = files[b.Judgment]; b.File == nil {
			if b.File, err = v.Judgment(ctx, b.Judgment); err != nil {
				return nil, fmt.Errorf("reading the counts behind a figure: %w", err)
			}
			files[b.Judgment] = b.File
		}
		b.Count = countOf(b.File, b.CountKey)
		if b.Count == nil {
			return nil, fmt.Errorf("judgment %q has no count %d of %q any more: the figures are older than the view", b.Judgment, b.N, b.Defendant)
		}
		out = append(out, b)
	}
	return out, nil
}

func countOf(file *view.JudgmentFile, key CountKey) *view.CountFile {
	for i := range file.Files {
		d := &file.Files[i]
		if d.Label != key.Defendant {
			continue
		}
		for j := range d.Counts {
			if d.Counts[j].N == key.N {
				return &d.Counts[j]
			}
		}
	}
	return nil
}

// besideChunk is how many counts are handed over at a time; a few chunks of them fit a processor's cache.
const besideChunk = 256

// eachCountBeside is v.EachCount with f on another processor: while the view reads, f folds. f is called from one goroutine, in order, and the
// row is f's only until it returns.
func eachCountBeside(ctx context.Context, v *view.View, f func(*view.CountRow) error) error {
	ctx, stop := context.WithCancel(ctx)
	full, empty := make(chan []view.CountRow, 2), make(chan []view.CountRow, 3)
	for range cap(empty) {
		empty <- make([]view.CountRow, 0, besideChunk)
	}
	read := make(chan error, 1)
	go func() {
		defer close(full)
		chunk := <-empty
		err := v.EachCount(ctx, func(c *view.CountRow) error {
			if chunk = append(chunk, *c); len(chunk) < besideChunk {
				return nil
			}
			full <- chunk
			chunk = (<-empty)[:0]
			return ctx.Err()
		})
		full <- chunk
		read <- err
	}()
	var failed error
	for chunk := range full {
		for i := range chunk {
			if failed == nil {
				if failed = f(&chunk[i]); failed != nil {
					stop() // and go on taking chunks, so that the reader comes to its end
				}
			}
		}
		empty <- chunk
	}
	stop()
	if err := <-read; failed == nil {
		return err
	}
	return failed
}
