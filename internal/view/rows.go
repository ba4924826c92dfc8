package view

import (
	"context"
	"database/sql"

	"fener/internal/sqlitefile"
)

// each runs a function on every row that a query finds. An error of the function
// ends it and is returned.
func each(ctx context.Context, db sqlitefile.Querier, one func(row *sql.Rows) error, query string, args ...any) error {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := one(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// collect is what a function reads of every row that a query finds.
func collect[T any](ctx context.Context, db sqlitefile.Querier, read func(row scanner) (T, error), query string, args ...any) (list []T, err error) {
	err = each(ctx, db, func(row *sql.Rows) error {
		one, err := read(row)
		if err == nil {
			list = append(list, one)
		}
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return list, nil
}

// column reads the one column of a row.
func column[T any](row scanner) (value T, err error) {
	err = row.Scan(&value)
	return value, err
}

// texts reads a list of one column.
func texts(ctx context.Context, db sqlitefile.Querier, query string, args ...any) ([]string, error) {
	return collect(ctx, db, column[string], query, args...)
}

// set reads a list of one column as a set.
func set(ctx context.Context, db sqlitefile.Querier, query string, args ...any) (map[string]bool, error) {
	list, err := texts(ctx, db, query, args...)
	all := make(map[string]bool, len(list))
	for _, s := range list {
		all[s] = true
	}
	return all, err
}

func scanName(row scanner) (t thing, err error) {
	err = row.Scan(&t.kind, &t.id)
	return t, err
}
