package view

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"reflect"
	"strings"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/sqlitefile"
)

// mostFaults is how many faults Check tells of one view.
const mostFaults = 20

// Check says in what a view's file differs from what a fresh fold of the ledger up
// to the same entry makes: every table, every row, and every word of the search
// index. It changes nothing and can run while another process serves the view; the
// fresh fold takes as much room beside the file as the file. No file is no fault.
// The error is for what kept it from looking.
func Check(ctx context.Context, o Options) (faults []string, err error) {
	if _, err := os.Stat(o.Path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if _, err := sqlitefile.Look(o.Path); err != nil {
		return []string{err.Error()}, nil
	}
	db, err := openFile(o.Path, looking)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // one moment, while a server folds
	if err != nil {
		return damageOr(err)
	}
	defer func() { _ = tx.Rollback() }() // it only read
	id, err := readIdentity(ctx, tx)
	if err == nil {
		err = checkMade(ctx, tx)
	}
	if errors.Is(err, errBroken) {
		return []string{err.Error()}, nil
	}
	if err != nil {
		return damageOr(err)
	}
	v := newView(o)
	head, err := o.Ledger.Head(ctx)
	if err != nil {
		return nil, fmt.Errorf("view: ask where the ledger ends: %w", err)
	}
	switch why, err := v.compare(ctx, id, head); {
	case errors.Is(err, ErrRewound), why != "" && why != otherPack:
		return []string{strings.TrimSpace(fmt.Sprint(why, " ", errorText(err)))}, nil
	case err != nil:
		return nil, err
	case why == otherPack:
		return nil, nil // it is built anew at the next start; there is nothing to compare it with
	}
	return v.compareFresh(ctx, tx, id)
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func damageOr(err error) ([]string, error) {
	if isDamage(err) {
		return []string{err.Error()}, nil
	}
	return nil, err
}

// compareFresh folds the ledger into a file beside the view's and compares the two.
func (v *View) compareFresh(ctx context.Context, tx *sql.Tx, id identity) (faults []string, err error) {
	o := v.opts
	o.Ledger = upTo{o.Ledger, id.seq}
	o.Path += ".check"
	fresh, err := build(ctx, o)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, removeFile(fresh.opts.Path)) }()
	if err := fresh.finish(ctx); err != nil {
		return nil, err
	}
	now, err := openFile(fresh.opts.Path, looking)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, now.Close()) }()
	objects, err := made()
	if err != nil {
		return nil, err
	}
	for i := range objects {
		query := compareQuery(&objects[i])
		if query == "" {
			continue
		}
		differs, err := compareRows(ctx, tx, now, query)
		if err != nil {
			return damageOr(fmt.Errorf("table %s: %w", objects[i].Name, err))
		}
		if differs != "" {
			faults = append(faults, fmt.Sprintf("table %s: %s", objects[i].Name, differs))
		}
	}
	broken, err := integrity(ctx, tx)
	return append(faults, broken...), err
}

// compareQuery reads a table, which comes in the order of its key. The search index is compared
// by its words; how it keeps them depends on how it came about.
func compareQuery(o *sqlitefile.Object) string {
	switch {
	case o.Type != "table", strings.HasPrefix(o.Name, "sqlite_"):
		return ""
	case strings.HasSuffix(o.Name, "_words"):
		return `SELECT term, doc FROM ` + o.Name + ` ORDER BY term, doc`
	case strings.HasPrefix(o.Name, "search"):
		return ""
	}
	return `SELECT * FROM ` + o.Name + ` NOT INDEXED` // in the order of its key
}

func compareRows(ctx context.Context, old, now querier, query string) (differs string, err error) {
	a, err := old.QueryContext(ctx, query)
	if err != nil {
		return "", err
	}
	defer a.Close()
	b, err := now.QueryContext(ctx, query)
	if err != nil {
		return "", err
	}
	defer b.Close()
	columns, err := a.Columns()
	if err != nil {
		return "", err
	}
	left, right := values(len(columns)), values(len(columns))
	for n := 1; ; n++ {
		moreA, moreB := a.Next(), b.Next()
		if moreA != moreB {
			if err := errors.Join(a.Err(), b.Err()); err != nil {
				return "", err
			}
			return fmt.Sprintf("it has another number of rows than the ledger gives (row %d)", n), nil
		}
		if !moreA {
			return "", errors.Join(a.Err(), b.Err())
		}
		if err := errors.Join(a.Scan(left...), b.Scan(right...)); err != nil {
			return "", err
		}
		for i := range columns {
			if !reflect.DeepEqual(left[i], right[i]) {
				return fmt.Sprintf("row %d, column %s is not what the ledger gives", n, columns[i]), nil
			}
		}
	}
}

func values(n int) []any {
	all := make([]any, n)
	for i := range all {
		all[i] = new(any)
	}
	return all
}

func integrity(ctx context.Context, db querier) (faults []string, err error) {
	rows, err := db.QueryContext(ctx, `PRAGMA integrity_check(20)`)
	if err != nil {
		return damageOr(err)
	}
	defer rows.Close()
	for rows.Next() && len(faults) < mostFaults {
		var text string
		if err := rows.Scan(&text); err != nil {
			return faults, err
		}
		if text != "ok" {
			faults = append(faults, text)
		}
	}
	return faults, rows.Err()
}

// upTo is a ledger that ends with an entry.
type upTo struct {
	Entries
	seq int64
}

func (u upTo) Head(ctx context.Context) (ledger.Head, error) {
	head, err := u.Entries.Head(ctx)
	head.Seq = min(head.Seq, u.seq)
	return head, err
}

func (u upTo) Read(ctx context.Context, after int64, limit int) ([]ledger.Entry, error) {
	if limit = int(min(int64(limit), u.seq-after)); limit <= 0 {
		return nil, nil
	}
	return u.Entries.Read(ctx, after, limit)
}

func (u upTo) History(ctx context.Context, kind record.Kind, id string) ([]ledger.Entry, error) {
	all, err := u.Entries.History(ctx, kind, id)
	for i := range all {
		if all[i].Seq > u.seq {
			return all[:i], err
		}
	}
	return all, err
}

func (u upTo) Follow(context.Context, int64) iter.Seq2[ledger.Entry, error] {
	return func(func(ledger.Entry, error) bool) {} // nothing comes after its end
}
