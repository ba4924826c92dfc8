package ledger

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"slices"
	"strings"
	"time"

	"fener/internal/record"
	"fener/internal/sqlitefile"
)

// Sizes that were measured. An INSERT of many entries gained nothing over one for
// each; larger portions only hold more memory.
const (
	portionSize = 1024 // changes that are prepared and written at a time
	standingIDs = 64   // things in one question for what stands
)

// advanceSQL writes down where the ledger ends, in the same transaction.
const advanceSQL = `UPDATE ledger SET seq = $1, at = $2, chain = $3 WHERE one = 1`

const lastRevSQL = `SELECT MAX(rev) FROM entries WHERE kind = $1 AND id = $2`

var (
	insertSQL   = `INSERT INTO entries (` + columns + `) VALUES ` + tuples(1, strings.Count(columns, ",")+1)
	standingSQL = standingQuery(standingIDs)
)

// standingQuery returns the question for the last revision of so many things.
func standingQuery(things int) string {
	return `WITH asked (kind, id) AS (VALUES ` + tuples(things, 2) + `)
SELECT e.kind, e.id, e.rev, e.state
FROM asked AS a JOIN entries AS e ON e.kind = a.kind AND e.id = a.id
WHERE e.rev = (SELECT MAX(m.rev) FROM entries AS m WHERE m.kind = a.kind AND m.id = a.id)`
}

// tuples returns (?, ?), (?, ?) ... for so many rows of so many columns. The
// marks have no numbers: the driver looks for the name of each mark, which takes
// SQLite a search through all names, and numbered ones are names to it. With
// them the benchmark spent 28 % of its time there.
func tuples(rows, width int) string {
	one := "(" + strings.Repeat("?, ", width-1) + "?)"
	return strings.Repeat(one+", ", rows-1) + one
}

// Append implements Ledger.
func (l *Store) Append(ctx context.Context, changes []Change) (Span, error) {
	if len(changes) > MaxAppend {
		return Span{}, faultf(ErrInvalid, nil, "%d changes at once, at most %d fit into one Append; use AppendAll", len(changes), MaxAppend)
	}
	return l.AppendAll(ctx, func(yield func(Change, error) bool) {
		for _, c := range changes {
			if !yield(c, nil) {
				return
			}
		}
	})
}

// AppendAll implements Ledger. While one portion is written the next is brought
// into form on another processor.
func (l *Store) AppendAll(ctx context.Context, changes iter.Seq2[Change, error]) (Span, error) {
	next, stop := iter.Pull2(changes)
	defer stop()
	// The first portion is ready before the transaction begins: for small
	// appends it is the only one, and a bad change then locks nobody out.
	ready, err := l.nextPortion(next, 0)
	if err != nil {
		return Span{}, err
	}
	portion, err := ready()
	if err != nil || len(portion.entries) == 0 {
		return Span{}, err
	}
	if l.Shared() && len(portion.entries) < portionSize { // it is all
		return l.together(ctx, portion)
	}
	return l.transact(ctx, "appending", func(tx *appendTx) error {
		if err := l.date(tx); err != nil {
			return err
		}
		for index := int64(0); len(portion.entries) > 0; {
			following := index + int64(len(portion.entries))
			if ready, err = l.nextPortion(next, following); err != nil {
				return err
			}
			if err := tx.write(ctx, portion, index); err != nil {
				ready() // what prepares the next portion reads the caller's bodies, which are the caller's again once this returns
				return err
			}
			if portion, err = ready(); err != nil {
				return err
			}
			index = following
		}
		return nil
	})
}

// nextPortion takes changes from a sequence, begins to prepare them and returns
// a function that waits for the result: nothing at the end of the sequence.
func (l *Store) nextPortion(next func() (Change, error, bool), index int64) (ready func() (*prepared, error), err error) {
	if err := l.open(); err != nil {
		return nil, err
	}
	changes := make([]Change, 0, portionSize)
	for len(changes) < portionSize {
		c, err, ok := next()
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		changes = append(changes, c)
	}
	type result struct {
		prepared *prepared
		err      error
	}
	done := make(chan result, 1) // with room, so that nobody has to wait for it
	go func() {
		p, err := prepare(changes, index, l.opts.Rand)
		done <- result{p, err}
	}()
	return func() (*prepared, error) {
		r := <-done
		return r.prepared, r.err
	}, nil
}

// An appendTx is one transaction that appends.
type appendTx struct {
	sql    *sql.Tx
	engine engine
	head   Head      // where the ledger ends, with what was written so far
	now    time.Time // dates what is written; see date

	grows *growing // the proof log; nil until something public is written
}

// transact runs a function in a transaction that holds the ledger for writing,
// writes down the new end and returns the numbers of what was appended, when it
// is durable.
func (l *Store) transact(ctx context.Context, doing string, write func(*appendTx) error) (Span, error) {
	if err := l.open(); err != nil {
		return Span{}, err
	}
	if l.writer == nil {
		return Span{}, faultf(ErrReadOnly, nil, "%s was opened for reading only", l.path())
	}
	release, err := l.takeTurn(ctx, doing)
	if err != nil {
		return Span{}, err
	}
	defer release()
	tx, err := l.writer.BeginTx(ctx, l.engine.writing())
	if err != nil {
		return Span{}, l.explain(err, doing)
	}
	// After a commit this does nothing; otherwise its own error adds nothing
	// to the one that is returned: the transaction is gone either way.
	defer func() { _ = tx.Rollback() }()

	head, err := l.engine.hold(ctx, tx)
	if err != nil {
		return Span{}, l.explain(err, doing)
	}
	a := &appendTx{sql: tx, engine: l.engine, head: head}
	if err := write(a); err != nil {
		return Span{}, l.explainWrite(err, doing)
	}
	if err := a.moveLog(ctx); err != nil {
		return Span{}, l.explain(err, doing)
	}
	if _, err := tx.ExecContext(ctx, advanceSQL, a.head.Seq, sqlitefile.FormatTime(a.head.At), a.head.Chain[:]); err != nil {
		return Span{}, l.explain(err, doing)
	}
	if err := l.engine.notify(ctx, tx); err != nil {
		return Span{}, l.explain(err, doing)
	}
	if err := tx.Commit(); err != nil {
		if !l.engine.unsure(err) {
			return Span{}, l.explain(err, doing)
		}
		if err := l.findOut(ctx, a.head, err); err != nil {
			return Span{}, err
		}
	}
	l.bell.Ring()
	return Span{First: head.Seq + 1, Last: a.head.Seq}, nil
}

// explainWrite leaves alone what is not the engine's: errors about a change,
// and those that a sequence of changes yielded.
func (l *Store) explainWrite(err error, doing string) error {
	var engine *engineError
	if errors.As(err, &engine) {
		return l.explain(engine.error, doing)
	}
	return err
}

// An engineError marks an error of the engine among others.
type engineError struct{ error }

// write appends prepared entries; index is the place of the first among all
// that are appended together.
func (tx *appendTx) write(ctx context.Context, p *prepared, index int64) error {
	entries := p.entries
	standing, err := tx.standing(ctx, entries)
	if err != nil {
		return &engineError{err}
	}
	on, err := tx.ruled(ctx)
	if err != nil {
		return err
	}
	rule := watch{on: on, hands: map[thing]*hands{}}
	for i := range entries {
		e := &entries[i]
		if err := standing.follow(e, index+int64(i)); err != nil {
			return err
		}
		if err := rule.takes(ctx, tx, e, index+int64(i)); err != nil {
			return err
		}
		tx.place(e)
	}
	if err := tx.insert(ctx, entries, index); err != nil {
		return err
	}
	return tx.log(ctx, p)
}

// place gives an entry its number, its time and its link to the one before.
func (tx *appendTx) place(e *Entry) {
	e.Seq, e.At = tx.head.Seq+1, tx.now
	e.Chain = Chain(tx.head.Chain, e)
	tx.head.Seq, tx.head.At, tx.head.Chain = e.Seq, e.At, e.Chain
}

// A thing is one kind and id.
type thing struct {
	kind record.Kind
	id   string
}

// stands is the last revision of a thing and its state.
type stands struct {
	rev   int
	state record.State
}

// standings holds what stands of the things that a portion changes, as far as it
// is known; things that are to be new are not in it.
type standings map[thing]stands

// follow checks that an entry builds on what stands and then lets it stand.
func (s standings) follow(e *Entry, index int64) error {
	key := thing{e.Kind, e.ID}
	last := s[key]
	if e.Rev != last.rev+1 {
		return &ConflictError{Index: index, Kind: e.Kind, ID: e.ID, Base: e.Rev - 1, Stands: last.rev}
	}
	if !last.state.CanBecome(e.State) {
		return &TransitionError{Index: index, Kind: e.Kind, ID: e.ID, From: last.state, To: e.State}
	}
	s[key] = stands{e.Rev, e.State}
	return nil
}

// standing asks what stands of the things that the entries change. New things
// are not asked for, which makes an import a fifth faster: should one exist after
// all, the unique index refuses it, see insert.
func (tx *appendTx) standing(ctx context.Context, entries []Entry) (standings, error) {
	found := standings{}
	var changed []thing
	for i := range entries {
		if e := &entries[i]; e.Rev > 1 {
			changed = append(changed, thing{e.Kind, e.ID})
		}
	}
	for group := range slices.Chunk(changed, standingIDs) {
		args := make([]any, 0, 2*standingIDs)
		for i := range standingIDs {
			// A short group is filled up with its last thing; asking twice is harmless.
			asked := group[min(i, len(group)-1)]
			args = append(args, string(asked.kind), asked.id)
		}
		rows, err := tx.sql.QueryContext(ctx, standingSQL, args...)
		if err != nil {
			return nil, err
		}
		if err := found.collect(rows); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (s standings) collect(rows *sql.Rows) error {
	defer rows.Close()
	for rows.Next() {
		var key thing
		var last stands
		if err := rows.Scan(&key.kind, &key.id, &last.rev, &last.state); err != nil {
			return err
		}
		s[key] = last
	}
	return rows.Err()
}

// insert writes placed entries; index is the place of the first among all that
// are appended together.
func (tx *appendTx) insert(ctx context.Context, entries []Entry, index int64) error {
	at := sqlitefile.FormatTime(tx.now)
	rows := make([]row, len(entries))
	for i := range entries {
		rows[i] = entries[i].row(at)
	}
	written, err := tx.engine.insert(ctx, tx.sql, rows)
	if err != nil {
		return &engineError{err}
	}
	if written < len(entries) {
		return tx.notNew(ctx, &entries[written], index+int64(written))
	}
	return nil
}

// notNew says what stands of a thing that was to be new.
func (tx *appendTx) notNew(ctx context.Context, e *Entry, index int64) error {
	var stands sql.NullInt64
	if err := tx.sql.QueryRowContext(ctx, lastRevSQL, string(e.Kind), e.ID).Scan(&stands); err != nil {
		return &engineError{err}
	}
	if e.Rev > 1 || !stands.Valid {
		return &engineError{faultf(ErrDamaged, nil, "entry %d was not written although nothing failed: something in the database drops it, or has it twice (fener ledger verify shows what); nothing of it was kept", e.Seq)}
	}
	return &ConflictError{Index: index, Kind: e.Kind, ID: e.ID, Stands: int(stands.Int64)}
}
