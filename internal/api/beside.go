package api

import (
	"context"

	"fener/internal/view"
)

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
