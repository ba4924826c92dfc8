package view

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// chunkValues is about how many values one statement inserts: enough that the
// cost of a statement no longer matters, far below SQLite's limit of 32,766.
const chunkValues = 600

// bulk collects rows for one table and inserts many with one statement.
type bulk struct {
	table  *table
	suffix string // of the statement, such as ON CONFLICT ...
	rows   int    // in a full chunk
	full   *sql.Stmt
	one    *sql.Stmt
	values []any
}

func newBulk(ctx context.Context, conn *sql.Conn, t *table, suffix string) (*bulk, error) {
	b := &bulk{table: t, suffix: suffix, rows: max(1, chunkValues/len(t.columns))}
	if t.single {
		b.rows = 1
	}
	var err error
	if b.full, err = conn.PrepareContext(ctx, t.insert(b.rows)+suffix); err != nil {
		return nil, fmt.Errorf("prepare inserting into %s: %w", t.name, err)
	}
	if b.one, err = conn.PrepareContext(ctx, t.insert(1)+suffix); err != nil {
		return nil, fmt.Errorf("prepare inserting into %s: %w", t.name, err)
	}
	b.values = make([]any, 0, b.rows*len(t.columns))
	return b, nil
}

func (b *bulk) add(ctx context.Context, values ...any) error {
	b.values = append(b.values, values...)
	if b.table.sorted || len(b.values) < b.rows*len(b.table.columns) {
		return nil
	}
	_, err := b.full.ExecContext(context.WithoutCancel(ctx), b.values...)
	b.values = b.values[:0]
	return b.explain(err)
}

// flush writes what waits. The driver starts a goroutine for each statement
// whose context can end, so it gets one that cannot: statements are short, and
// whoever writes a batch looks at the context between them.
func (b *bulk) flush(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	width := len(b.table.columns)
	values := b.values
	if b.table.sorted {
		values = b.inOrder(width)
	}
	for full := b.rows * width; len(values) >= full; values = values[full:] {
		if _, err := b.full.ExecContext(ctx, values[:full]...); err != nil {
			return b.explain(err)
		}
	}
	for ; len(values) > 0; values = values[width:] {
		if _, err := b.one.ExecContext(ctx, values[:width]...); err != nil {
			return b.explain(err)
		}
	}
	clear(b.values) // so that the texts can be collected
	b.values = b.values[:0]
	return nil
}

// inOrder is the waiting rows by the first column of their key.
func (b *bulk) inOrder(width int) []any {
	places := make([]int, 0, len(b.values)/width)
	for i := 0; i < len(b.values); i += width {
		places = append(places, i)
	}
	slices.SortStableFunc(places, func(i, j int) int {
		if s, ok := b.values[i].(string); ok {
			return strings.Compare(s, b.values[j].(string))
		}
		return cmp.Compare(b.values[i].(int64), b.values[j].(int64))
	})
	sorted := make([]any, 0, len(b.values))
	for _, i := range places {
		sorted = append(sorted, b.values[i:i+width]...)
	}
	return sorted
}

func (b *bulk) explain(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("insert into %s: %w", b.table.name, err)
}
