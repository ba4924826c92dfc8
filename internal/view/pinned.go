package view

import (
	"context"
	"database/sql"
)

// A pinned is a moment's transaction that prepares each statement once: a page
// reads thirty judgments by the same ones, and preparing them anew took more than
// a quarter of its time. Its statements end with the transaction.
type pinned struct {
	tx    *sql.Tx
	stmts map[string]*sql.Stmt
}

// read runs a function on the moment. SQLite's statements must not be begun anew
// while somebody still reads by them, so whoever comes meanwhile, from inside
// another read or from another goroutine, gets statements of their own.
func (p *pin) read(f func(db querier) error) error {
	if !p.using.TryLock() {
		return f(p.prepared.tx)
	}
	defer p.using.Unlock()
	return f(&p.prepared)
}

func (p *pinned) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt := p.stmts[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := p.tx.PrepareContext(ctx, query)
	if err == nil {
		p.stmts[query] = stmt
	}
	return stmt, err
}

func (p *pinned) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := p.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

func (p *pinned) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	stmt, err := p.statement(ctx, query)
	if err != nil {
		return p.tx.QueryRowContext(ctx, query, args...) // which fails likewise, and carries the error
	}
	return stmt.QueryRowContext(ctx, args...)
}

// PrepareContext gives a statement of the caller's own, who closes it.
func (p *pinned) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	return p.tx.PrepareContext(ctx, query)
}
