package view

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/sqlitefile"
)

const (
	findThingSQL = `SELECT doc, seq, rev, state, at, author, reason, batch, title, parent, gone, synthetic, body FROM things WHERE kind = ? AND id = ?`
	archiveSQL   = `INSERT INTO earlier (seq, doc, rev, state, at, author, reason, batch, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	updateSQL    = `UPDATE things SET seq = ?, rev = ?, state = ?, at = ?, author = ?, reason = ?, batch = ?, title = ?, parent = ?,
		gone = ?, synthetic = ?, body = ? WHERE doc = ?`
	seqSQL       = `SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'seq'`
	shownSeqSQL  = `SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'shown'`
	setMetaSQL   = `INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	forgetSQL    = `UPDATE earlier SET body = NULL, reason = '' WHERE doc = ? AND rev = ?`
	hushSQL      = `UPDATE things SET reason = '' WHERE seq = ?`
	addToCaseSQL = ` ON CONFLICT (id) DO UPDATE SET
		title = CASE WHEN title = '' THEN excluded.title ELSE title END,
		court = CASE WHEN judgments = 0 OR excluded.last > last THEN excluded.court ELSE court END,
		last = max(last, excluded.last), judgments = judgments + excluded.judgments,
		defendants = max(defendants, excluded.defendants), outcomes = outcomes | excluded.outcomes, answers = answers | excluded.answers,
		trafficking = trafficking | excluded.trafficking, care = care | excluded.care, synthetic = synthetic | excluded.synthetic`
)

// erasedUnexplained is Erased for a text that is missing from an entry whose
// erasure, later in the ledger, was not folded yet. Reads show it as Erased.
const erasedUnexplained Gone = 3

// standing is a row of things.
type standing struct {
	doc, seq                         int64
	rev                              int
	state, at, author, reason, batch string
	title, parent                    string
	gone                             Gone
	synthetic                        int64
	body                             sql.Null[[]byte]
}

// writer applies prepared entries inside one transaction after the other, over
// the one connection that writes.
type writer struct {
	scope   Scope
	checker *checker
	log     *slog.Logger
	entries Entries
	conn    *sql.Conn
	counted counted // what is public
	past    *past

	bulks  map[*table]*bulk
	stmts  map[string]*sql.Stmt
	fresh  map[thing]bool    // things whose rows wait in the bulks
	shares map[string]*share // what new judgments add to their cases
	dirty  map[string]bool   // cases whose row must be worked out again

	at   time.Time // last time that was written, and its text: entries made together share it
	text string

	bare    bool // the file still lacks its indices
	removed bool // this batch takes away what nobody may find in the file any more
	litter  bool // an earlier one did, and the log may still hold it
}

type thing struct {
	kind record.Kind
	id   string
}

func newWriter(ctx context.Context, v *View, conn *sql.Conn, public counted) (*writer, error) {
	w := &writer{scope: v.opts.Scope, checker: v.checker, log: v.log, entries: v.opts.Ledger, conn: conn, counted: public, past: v.opts.past, bare: v.opts.bulk, litter: !v.opts.bulk,
		bulks: map[*table]*bulk{}, stmts: map[string]*sql.Stmt{}, fresh: map[thing]bool{}, shares: map[string]*share{}, dirty: map[string]bool{}}
	tables := []*table{thingsTable, citesTable, searchTable, searchNamesTable}
	for _, f := range folders {
		tables = append(tables, f.tables...)
	}
	for _, t := range tables {
		suffix := ""
		if t == casesTable {
			suffix = addToCaseSQL
		}
		b, err := newBulk(ctx, conn, t, suffix)
		if err != nil {
			return nil, err
		}
		w.bulks[t] = b
	}
	return w, nil
}

// close closes every prepared statement.
func (w *writer) close() error {
	var errs []error
	for _, b := range w.bulks {
		errs = append(errs, b.full.Close(), b.one.Close())
	}
	for _, stmt := range w.stmts {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(errs...)
}

// exec runs a statement that is prepared once.
func (w *writer) exec(ctx context.Context, query string, args ...any) error {
	stmt, err := w.prepared(ctx, query)
	if err != nil {
		return err
	}
	if _, err := stmt.ExecContext(ctx, args...); err != nil {
		return fmt.Errorf("%s: %w", firstWords(query), err)
	}
	return nil
}

func (w *writer) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt := w.stmts[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := w.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", firstWords(query), err)
	}
	w.stmts[query] = stmt
	return stmt, nil
}

func firstWords(query string) string {
	words := strings.Fields(query)
	return strings.Join(words[:min(3, len(words))], " ")
}

// batch writes one batch and how far it reaches in one transaction.
func (w *writer) batch(ctx context.Context, b *batch) (err error) {
	if err := w.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			w.forget()
			// The error that made us roll back is the one to tell; a failing
			// rollback means the connection is gone, and with it the transaction.
			_, _ = w.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	if err := w.checkPlace(ctx, b.entries[0].Seq-1); err != nil {
		return err
	}
	for i := range b.prepared {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.apply(ctx, &b.prepared[i]); err != nil {
			return fmt.Errorf("view: fold entry %d: %w", b.prepared[i].entry.Seq, err)
		}
	}
	if err := w.holdChildren(ctx, b); err != nil {
		return err
	}
	for id, care := range b.turned {
		if err := w.turn(ctx, id, care); err != nil {
			return fmt.Errorf("view: fold case %q anew: %w", id, err)
		}
	}
	for id := range b.children {
		if _, done := b.turned[id]; done {
			continue
		}
		if err := w.refold(ctx, id); err != nil {
			return fmt.Errorf("view: check case %q anew: %w", id, err)
		}
	}
	if err := w.shareCare(ctx, b); err != nil {
		return fmt.Errorf("view: coarsen what shares a source with a child victim's case: %w", err)
	}
	if err := w.settle(ctx); err != nil {
		return err
	}
	removed := w.removed
	if removed {
		if err := w.tidy(ctx); err != nil {
			return err
		}
	}
	if err := w.note(ctx, b); err != nil {
		return err
	}
	if err := w.exec(ctx, "COMMIT"); err != nil {
		return err
	}
	w.removed = false
	w.litter = w.litter || removed
	return w.clean(ctx)
}

// clean empties SQLite's log where it may still hold what was taken away. A reader
// that holds the log for long keeps that for the next time; the log then stays
// marked.
func (w *writer) clean(ctx context.Context) error {
	if !w.litter {
		return nil
	}
	done, err := w.emptyLog(ctx)
	if err == nil && !done {
		w.log.Warn("what was erased or taken back still stands in the view's log, because a reader holds it; it is tried again")
	}
	w.litter = !done
	return err
}

// emptyLog folds SQLite's log into the file and cuts it to nothing; false where a
// reader holds it.
func (w *writer) emptyLog(ctx context.Context) (done bool, err error) {
	if done, err = sqlitefile.EmptyLog(ctx, w.conn); err != nil {
		return false, fmt.Errorf("empty the log: %w", err)
	}
	return done, nil
}

// complete makes the indices of a file that was built without them.
func (w *writer) complete(ctx context.Context) error {
	if !w.bare {
		return nil
	}
	for _, statement := range schema() {
		if isIndex(statement) {
			if err := w.exec(ctx, statement); err != nil {
				return err
			}
		}
	}
	w.bare = false
	return nil
}

// errMoved means that somebody else folded into the same file meanwhile.
var errMoved = errors.New("view: another process folds into the same file")

// checkPlace makes sure that the file ends where the batch begins.
func (w *writer) checkPlace(ctx context.Context, seq int64) error {
	stmt, err := w.prepared(ctx, seqSQL)
	if err != nil {
		return err
	}
	var there int64
	if err := stmt.QueryRowContext(ctx).Scan(&there); err != nil {
		return fmt.Errorf("read how far the view reaches: %w", err)
	}
	if there != seq {
		return errMoved
	}
	return nil
}

// tidy removes for good what was erased or coarsened: the words that the search
// index keeps until it merges, and the copies in SQLite's log.
func (w *writer) tidy(ctx context.Context) error {
	for _, index := range []*table{searchTable, searchNamesTable} {
		if err := w.exec(ctx, "INSERT INTO "+index.name+" ("+index.name+") VALUES ('optimize')"); err != nil {
			return err
		}
	}
	return nil
}

// forget drops what a batch that is rolled back left behind.
func (w *writer) forget() {
	for _, b := range w.bulks {
		b.values = b.values[:0]
	}
	w.removed = false
	clear(w.fresh)
	clear(w.shares)
	clear(w.dirty)
}

// flush writes every waiting row, so that statements see it.
func (w *writer) flush(ctx context.Context) error {
	for _, s := range w.shares {
		if err := w.bulks[casesTable].add(ctx, s.values()...); err != nil {
			return err
		}
	}
	clear(w.shares)
	for _, b := range w.bulks {
		if err := b.flush(ctx); err != nil {
			return err
		}
	}
	clear(w.fresh)
	return nil
}

// apply folds one entry.
func (w *writer) apply(ctx context.Context, p *prepared) error {
	e := p.entry
	if e.Kind == ledger.Erasure {
		return w.erase(ctx, p)
	}
	var old *standing
	if e.Rev > 1 {
		var err error
		if old, err = w.find(ctx, e.Kind, e.ID); err != nil {
			return err
		}
	}
	switch {
	case old == nil && e.State == record.Withdrawn:
		return nil // the public never saw it, so it must not hear of it now
	case old == nil:
		if err := w.count(ctx, e, 1, 0); err != nil {
			return err
		}
		return w.insert(ctx, p)
	}
	nth, err := w.nth(ctx, old)
	if err != nil {
		return err
	}
	if err := w.count(ctx, e, nth, 0); err != nil {
		return err
	}
	return w.replace(ctx, old, p)
}

// find reads what stands of a thing in the view; nil where it was never there.
func (w *writer) find(ctx context.Context, kind record.Kind, id string) (*standing, error) {
	if err := w.complete(ctx); err != nil { // without an index each search would go through everything
		return nil, err
	}
	if w.fresh[thing{kind, id}] {
		if err := w.flush(ctx); err != nil {
			return nil, err
		}
	}
	stmt, err := w.prepared(ctx, findThingSQL)
	if err != nil {
		return nil, err
	}
	var s standing
	err = stmt.QueryRowContext(ctx, string(kind), id).Scan(&s.doc, &s.seq, &s.rev, &s.state, &s.at, &s.author, &s.reason, &s.batch,
		&s.title, &s.parent, &s.gone, &s.synthetic, &s.body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find %s %q: %w", kind, id, err)
	}
	return &s, nil
}

func (w *writer) insert(ctx context.Context, p *prepared) error {
	e := p.entry
	r := &p.reading
	if err := w.bulks[thingsTable].add(ctx, e.Seq, string(e.Kind), e.ID, e.Seq, e.Rev, string(e.State), w.timeText(e.At), e.By, p.why(),
		e.Batch, r.title, r.parent, int64(p.gone), number(r.synthetic), text(r.body)); err != nil {
		return err
	}
	w.fresh[thing{e.Kind, e.ID}] = true
	if p.gone != Standing {
		return nil
	}
	return w.spread(ctx, e.Kind, e.Seq, r, true)
}

func (w *writer) timeText(at time.Time) string {
	if w.text == "" || !at.Equal(w.at) {
		w.at, w.text = at, sqlitefile.FormatTime(at)
	}
	return w.text
}

// spread puts what was read of a standing thing into the tables of its kind.
func (w *writer) spread(ctx context.Context, kind record.Kind, doc int64, r *reading, isNew bool) error {
	for i := range r.rows {
		if err := w.bulks[r.rows[i].table].add(ctx, r.rows[i].values...); err != nil {
			return err
		}
	}
	for _, source := range r.cites {
		if err := w.bulks[citesTable].add(ctx, source, doc); err != nil {
			return err
		}
	}
	if r.text != "" {
		if err := w.bulks[indexOf(kind)].add(ctx, searchRow(doc), r.text); err != nil {
			return err
		}
	}
	w.touch(kind, r, isNew)
	return nil
}

// touch notes what a changed thing means for the rows of cases. A new judgment
// only adds; whatever else happens, the case's row is worked out again.
func (w *writer) touch(kind record.Kind, r *reading, isNew bool) {
	switch {
	case r.share != nil && isNew:
		if s := w.shares[r.share.id]; s != nil {
			s.add(r.share)
		} else {
			s := *r.share
			w.shares[s.id] = &s
		}
	case r.share != nil, kind == record.CaseKind:
		w.dirty[r.parent] = true
	}
}

// stored is the body as it goes into a table.
func (s *standing) stored() any {
	if !s.body.Valid {
		return nil
	}
	return string(s.body.V)
}

// text is a body as a table's TEXT; nil stays NULL.
func text(body []byte) any {
	if body == nil {
		return nil
	}
	return string(body)
}
