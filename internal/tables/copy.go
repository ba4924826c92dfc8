package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// ErrHolds says that tables which were to be filled hold something.
var ErrHolds = errors.New("the tables hold something already; nothing was copied")

// Copy fills empty tables with the rows of others, of the same columns, all or nothing. Those that others refer to come first.
func Copy(ctx context.Context, from, to *DB, names ...string) (err error) {
	var one *sql.TxOptions // all of it as it stands at one moment
	if from.Shared {
		one = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	read, err := from.BeginTx(ctx, one)
	if err != nil {
		return err
	}
	defer func() { _ = read.Rollback() }() // nothing was written
	tx, err := to.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	for _, name := range names {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM `+name).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return fmt.Errorf("%s: %w", name, ErrHolds)
		}
		if err := copyTable(ctx, read, tx, name); err != nil {
			return fmt.Errorf("copying %s: %w", name, err)
		}
		if to.Shared {
			if err := countOn(ctx, tx, name); err != nil {
				return fmt.Errorf("copying %s: %w", name, err)
			}
		}
	}
	return tx.Commit()
}

func copyTable(ctx context.Context, from, tx *sql.Tx, name string) (err error) {
	columns, truths, err := columnsOf(ctx, from, tx, name)
	if err != nil {
		return err
	}
	rows, err := from.QueryContext(ctx, `SELECT `+strings.Join(columns, ", ")+` FROM `+name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	insert := `INSERT INTO ` + name + ` (` + strings.Join(columns, ", ") + `) VALUES (?` + strings.Repeat(", ?", len(columns)-1) + `)`
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, truth := range truths {
			if n, is := values[i].(int64); is && truth {
				values[i] = n != 0 // as SQLite has it
			}
		}
		if _, err := tx.ExecContext(ctx, insert, values...); err != nil {
			return err
		}
	}
	return rows.Err()
}

// columnsOf are the columns that both have, and which of those to be filled are true or false. What only one engine has is for its own use.
func columnsOf(ctx context.Context, from, tx *sql.Tx, name string) (columns []string, truths []bool, err error) {
	list := func(q *sql.Tx) (names []string, kinds map[string]string, err error) {
		rows, err := q.QueryContext(ctx, `SELECT * FROM `+name+` LIMIT 0`)
		if err != nil {
			return nil, nil, err
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		types, err := rows.ColumnTypes()
		if err != nil {
			return nil, nil, err
		}
		kinds = map[string]string{}
		for _, t := range types {
			names = append(names, t.Name())
			kinds[t.Name()] = t.DatabaseTypeName()
		}
		return names, kinds, rows.Err()
	}
	names, _, err := list(from)
	if err != nil {
		return nil, nil, err
	}
	_, kinds, err := list(tx)
	if err != nil {
		return nil, nil, err
	}
	for _, column := range names {
		if kind, both := kinds[column]; both {
			columns, truths = append(columns, column), append(truths, kind == "BOOL")
		}
	}
	return columns, truths, nil
}

// countOn lets the numbers that PostgreSQL gives by itself go on behind those that were copied.
func countOn(ctx context.Context, tx *sql.Tx, name string) error {
	var column sql.NullString
	err := tx.QueryRowContext(ctx, `SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(?) AND attidentity <> ''`, name).Scan(&column)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, `SELECT setval(pg_get_serial_sequence(`+"?, ?"+`), COALESCE((SELECT MAX(`+column.String+`) FROM `+name+`), 0) + 1, false)`, name, column.String)
	}
	return err
}
