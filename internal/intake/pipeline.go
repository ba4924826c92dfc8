package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
)

// source is one format: next and end are called by one goroutine, decode by
// several at once on different batches.
type source interface {
	// next fills b.input with the next rows; more is false at the end.
	next(b *Batch) (more bool, err error)
	// decode turns b.input into rows and problems.
	decode(d *decoder, b *Batch)
	// end lists what only the whole file shows; seen are all batches' columns.
	end(seen uint64) []Problem
	// newDecoder makes what one worker needs.
	newDecoder() *decoder
	// refused reports whether a column is wrong, so that no row may be used.
	refused() bool
	close()
}

// pipeline is one run: a reader, workers, and the order kept by the caller's
// own goroutine. The batches are a fixed number that goes round, which bounds memory.
type pipeline struct {
	name   string
	opt    Options
	work   func(*Batch) error
	sink   func(*Batch) error
	sum    Summary
	listed int
	seen   uint64
	keys   map[string]bool // unknown columns already listed
	broken atomic.Bool     // an error was found and Strict asked for none
	stop   *FileError      // what is wrong with the header
}

func (p *pipeline) run(ctx context.Context, src source, opening []Problem) error {
	if err := p.deliverOpening(opening, true); err != nil { // first, so that the rows can carry it
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	n := 2*p.opt.Workers + 2
	free, jobs, order := make(chan *Batch, n), make(chan *Batch, n), make(chan *Batch, n)
	for range n {
		free <- &Batch{done: make(chan struct{}, 1)}
	}
	var readErr error
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(order)
		defer close(jobs)
		readErr = p.feed(ctx, src, free, jobs, order)
	})
	for range p.opt.Workers {
		wg.Go(func() { p.decode(ctx, src.newDecoder(), src, jobs) })
	}
	if err := firstError(opening); err != nil {
		errors.As(err, &p.stop)
	}
	err := p.inOrder(ctx, free, order)
	cancel()
	wg.Wait()
	if err != nil {
		return err
	}
	return p.finish(src, readErr)
}

// feed reads until the end and hands each batch both to the workers and to
// the queue that keeps the order.
func (p *pipeline) feed(ctx context.Context, src source, free <-chan *Batch, jobs, order chan<- *Batch) error {
	for {
		var b *Batch
		select {
		case b = <-free:
		case <-ctx.Done():
			return ctx.Err()
		}
		b.reset()
		more, err := src.next(b)
		if err != nil || !more {
			return err
		}
		order <- b
		jobs <- b
	}
}

func (p *pipeline) decode(ctx context.Context, d *decoder, src source, jobs <-chan *Batch) {
	for b := range jobs {
		if ctx.Err() == nil {
			src.decode(d, b)
			if p.opt.Strict && b.errors > 0 {
				p.broken.Store(true)
			}
			if p.broken.Load() || src.refused() {
				b.Rows = b.Rows[:0]
			}
			if p.work != nil {
				b.err = p.work(b)
			}
		}
		b.done <- struct{}{}
	}
}

func (p *pipeline) inOrder(ctx context.Context, free chan<- *Batch, order <-chan *Batch) error {
	for b := range order {
		<-b.done
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("reading %s: %w", p.name, err)
		}
		if err := p.deliver(b); err != nil {
			return err
		}
		free <- b
	}
	return nil
}

// deliver counts a batch, keeps the problems within their limit and sinks it.
func (p *pipeline) deliver(b *Batch) error {
	if b.err != nil {
		return b.err
	}
	p.dropRepeated(b)
	p.seen |= b.seen
	p.sum.Rows += b.rows
	p.sum.Good += len(b.Rows)
	p.sum.Errors += b.errors
	p.sum.Doubts += len(b.Problems) + b.unlisted - b.errors
	for i := range b.Rows {
		p.sum.Doubts += len(b.Rows[i].Doubts)
	}
	if room := p.opt.MaxProblems - p.listed; len(b.Problems) > room {
		b.unlisted += len(b.Problems) - room
		b.Problems = b.Problems[:room]
	}
	p.listed += len(b.Problems)
	p.sum.Unlisted += b.unlisted
	if p.sink == nil {
		return nil
	}
	return p.sink(b)
}

// dropRepeated lists a column that is not read once for the file: JSON Lines
// name their columns on every line, and each block of a table meets those
// without a name.
func (p *pipeline) dropRepeated(b *Batch) {
	b.Problems = slices.DeleteFunc(b.Problems, func(found Problem) bool {
		key := found.Found
		switch found.Code {
		case unknownColumn, notTaken:
		case namelessColumn:
			key = "\x00" + found.Sheet + "\x00" + strconv.Itoa(found.Field)
		default:
			return false
		}
		if p.keys[key] || len(p.keys) >= p.opt.MaxProblems {
			return true
		}
		if p.keys == nil {
			p.keys = map[string]bool{}
		}
		p.keys[key] = true
		return false
	})
}

// deliverOpening gives problems without rows: what the header already showed, before any row, or what only the end shows.
func (p *pipeline) deliverOpening(problems []Problem, header bool) error {
	if len(problems) == 0 {
		return nil
	}
	b := Batch{Header: header}
	for _, problem := range problems {
		b.add(problem, p.opt.MaxProblems)
	}
	if p.work != nil {
		if err := p.work(&b); err != nil {
			return err
		}
	}
	return p.deliver(&b)
}

// finish ends a file that was read as far as it could be.
func (p *pipeline) finish(src source, readErr error) error {
	var stop *FileError
	problems := src.end(p.seen)
	switch {
	case errors.As(readErr, &stop):
		problems = append(problems, stop.Problem)
	case readErr != nil:
		return fmt.Errorf("reading %s: %w", p.name, readErr)
	case p.sum.Rows == 0 && p.stop == nil:
		problems = append(problems, Problem{File: p.name, Code: noRows})
	}
	if p.stop != nil {
		stop = p.stop
	}
	if err := p.deliverOpening(problems, false); err != nil {
		return err
	}
	for i := range problems {
		if stop == nil && problems[i].Kind == Error {
			stop = &FileError{problems[i]}
		}
	}
	if stop != nil {
		return stop
	}
	if p.opt.Strict && p.sum.Errors > 0 {
		return &StrictError{p.name, p.sum.Errors}
	}
	return nil
}

// refuse reports a file of which no row can be read.
func (p *pipeline) refuse(problems []Problem, err error) (Summary, error) {
	var stop *FileError
	if !errors.As(err, &stop) {
		return p.sum, fmt.Errorf("reading %s: %w", p.name, err)
	}
	if len(problems) == 0 {
		problems = []Problem{stop.Problem}
	}
	if sinkErr := p.deliverOpening(problems, false); sinkErr != nil {
		return p.sum, sinkErr
	}
	return p.sum, err
}

func (b *Batch) reset() {
	*b = Batch{Rows: b.Rows[:0], Problems: b.Problems[:0], Out: b.Out[:0], done: b.done, input: b.input.emptied()}
}

// add keeps a problem, or only counts it where there are too many already.
func (b *Batch) add(p Problem, most int) {
	if p.Kind == Error {
		b.errors++
	}
	if len(b.Problems) >= most {
		b.unlisted++
		return
	}
	b.Problems = append(b.Problems, p)
}
