package intake

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Line writes one count as a line of JSON Lines, from its cells by the canonical names of their columns. The columns without which nothing can
// be said of a count stand in it even where they are empty.
func Line(cells map[string]string) ([]byte, error) {
	object := map[string]string{}
	for _, c := range essential {
		object[c.String()] = ""
	}
	for name, cell := range cells {
		if cell != "" {
			object[name] = cell
		}
	}
	line, err := json.Marshal(object)
	if err != nil {
		return nil, fmt.Errorf("writing the cells of one count: %w", err)
	}
	return line, nil
}

// One reads one count from cells by the canonical names of their columns, with the readers of files: what Line writes of it is read. A column that is
// not among the cells, or is empty, says nothing: what would stand in it is not known, not even that there was none. ok is false where an
// error keeps the row from being read; the problems are its errors, or its doubts. The cells must be UTF-8.
func One(ctx context.Context, cells map[string]string, opt Options) (row Row, problems []Problem, ok bool, err error) {
	line, err := Line(cells)
	if err != nil {
		return row, nil, false, err
	}
	opt.Workers = 1
	_, err = Each(ctx, "", bytes.NewReader(line), opt, nil, func(b *Batch) error {
		for _, p := range b.Problems {
			if p.Row > 0 || p.Kind == Error { // the others are about a file, which this is not
				problems = append(problems, p)
			}
		}
		for i := range b.Rows {
			row, ok = b.Rows[i], true
			row.Doubts = slices.Clone(row.Doubts) // the memory is the batch's
			problems = append(problems, row.Doubts...)
		}
		return nil
	})
	if stop := new(FileError); errors.As(err, &stop) {
		err = nil // it is among the problems
	}
	return row, problems, ok, err
}
