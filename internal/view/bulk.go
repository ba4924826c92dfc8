package view

import (
	"context"
	"database/sql"
	"fmt"
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
	if len(b.values) < cap(b.values) {
		return nil
	}
	_, err := b.full.ExecContext(ctx, b.values...)
	b.values = b.values[:0]
	return b.explain(err)
}

// flush writes what is left over.
func (b *bulk) flush(ctx context.Context) error {
	width := len(b.table.columns)
	for i := 0; i < len(b.values); i += width {
		if _, err := b.one.ExecContext(ctx, b.values[i:i+width]...); err != nil {
			return b.explain(err)
		}
	}
	b.values = b.values[:0]
	return nil
}

func (b *bulk) explain(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("insert into %s: %w", b.table.name, err)
}
