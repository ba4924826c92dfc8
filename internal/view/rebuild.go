package view

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"fener/internal/disk"
	"fener/internal/sqlitefile"
	"fener/law"
)

const compareSQL = `SELECT ` + `j.case_id, j.doc, j.id, j.court, j.care, j.synthetic, j.packed, NULL, NULL, NULL, t.seq
	FROM judgments j JOIN things t ON t.doc = j.doc ORDER BY j.case_id, j.doc`

// Rebuild folds the whole ledger into a new file, puts it in the place of the
// old one and says which findings differ and why. The old file serves until
// then and stays when the rebuild is stopped. Nobody may have the view open. A view
// that knows more than the ledger is left alone, see Open.
func Rebuild(ctx context.Context, o Options) (Changes, error) {
	if err := newView(o).refuseRewound(ctx); err != nil {
		return Changes{}, err
	}
	v, err := build(ctx, o)
	if err != nil {
		return Changes{}, err
	}
	changes, err := v.against(ctx, o.Path)
	if err := errors.Join(err, v.finish(ctx)); err != nil {
		return Changes{}, errors.Join(fmt.Errorf("view: build %s anew: %w", o.Path, err), removeFile(v.opts.Path))
	}
	if err := replaceFile(v.opts.Path, o.Path); err != nil {
		return Changes{}, err
	}
	return changes, seal(o.Path)
}

// Remove removes the files of a view that nobody has open, and tells whether there
// were any: what is left in a freed page of them goes with them.
func Remove(path string) (removed bool, err error) {
	if _, err := os.Lstat(path); err == nil {
		removed = true
	}
	return removed, errors.Join(removeFile(path), removeFile(path+".new"))
}

// Forget removes a view that knows another ledger than the one there is, see
// ErrRewound; any other is left alone.
func Forget(ctx context.Context, o Options) (forgotten bool, err error) {
	v := &View{fold: &fold{opts: o}}
	if err := v.refuseRewound(ctx); !errors.Is(err, ErrRewound) {
		return false, err
	}
	return true, removeFile(o.Path)
}

// refuseRewound compares the ledger with the view that is there, if it can be read.
func (v *View) refuseRewound(ctx context.Context) error {
	if _, err := sqlitefile.Look(v.opts.Path); err != nil {
		return nil
	}
	db, err := openFile(v.opts.Path, looking)
	if err != nil {
		return err
	}
	defer db.Close()
	id, err := readIdentity(ctx, db)
	if err != nil {
		return nil // a view that cannot be read knows nothing
	}
	head, err := v.opts.Ledger.Head(ctx)
	if err != nil {
		return fmt.Errorf("view: ask where the ledger ends: %w", err)
	}
	return rewound(ctx, v.opts.Path, id, head, v.opts.Ledger)
}

// build folds the whole ledger into a new file beside a view's. The caller
// finishes it.
func build(ctx context.Context, o Options) (*View, error) {
	o.Path += ".new"
	o.bulk = true
	if err := removeFile(o.Path); err != nil {
		return nil, err
	}
	v := newView(o)
	err := v.openFiles(ctx, building)
	if err == nil {
		err = v.CatchUp(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("view: build %s: %w", o.Path, err), v.Close(), removeFile(o.Path))
	}
	return v, nil
}

// finish closes a file that was built apart and brings it to the disk.
func (v *View) finish(ctx context.Context) error {
	err := v.complete(ctx)
	if err := errors.Join(err, v.Close()); err != nil {
		return err
	}
	if err := disk.Sync(v.opts.Path); err != nil {
		return fmt.Errorf("view: bring %s to the disk: %w", v.opts.Path, err)
	}
	return nil
}

func (v *View) complete(ctx context.Context) error {
	f, err := v.start(ctx)
	if err != nil {
		return err
	}
	if err := f.writer.complete(ctx); err != nil {
		return err
	}
	return f.writer.exec(ctx, "PRAGMA journal_mode = WAL")
}

// against compares this view with the file of an earlier one. An earlier file
// that cannot be read is no error: it is the reason why a view is built anew.
func (v *View) against(ctx context.Context, path string) (Changes, error) {
	changes := Changes{Folded: v.Seq()}
	old, err := v.comparable(ctx, path, &changes)
	if err != nil {
		return changes, err
	}
	if old == nil {
		return v.uncompared(ctx)
	}
	defer old.Close()
	err = v.read("compare with the view before", func(db querier) error {
		c := comparison{checker: v.checker, changes: &changes}
		return c.run(ctx, old, db)
	})
	var damaged *oldFileError
	if errors.As(err, &damaged) {
		v.log.Warn("the old view cannot be compared to the end", "path", path, "error", damaged.error)
		return v.uncompared(ctx)
	}
	return changes, err
}

// uncompared is what can be said where there is nothing to compare with.
func (v *View) uncompared(ctx context.Context) (Changes, error) {
	changes := Changes{Folded: v.Seq()}
	err := v.EachCount(ctx, func(*CountRow) error { changes.CountsAfter++; return nil })
	return changes, err
}

// comparable opens an earlier view's file, if it is one of the same form and
// scope.
func (v *View) comparable(ctx context.Context, path string, changes *Changes) (*sql.DB, error) {
	if _, err := sqlitefile.Look(path); err != nil {
		return nil, nil
	}
	db, err := openFile(path, looking)
	if err != nil {
		return nil, err
	}
	id, err := readIdentity(ctx, db)
	if err != nil || id.schema != schemaVersion || id.scope != v.opts.Scope.String() {
		return nil, db.Close()
	}
	changes.Compared, changes.PackChanged = true, id.pack != v.packHash
	return db, nil
}

// oldFileError marks what goes wrong with the earlier file.
type oldFileError struct{ error }

// comparison walks through the judgments of two views side by side.
type comparison struct {
	checker *checker
	changes *Changes
}

// side is one of the two files, one judgment at a time.
type side struct {
	rows   *sql.Rows
	row    packedRow
	seq    int64
	counts []CountRow
	unpack *caseCounts
	done   bool
}

func (c *comparison) side(ctx context.Context, db querier) (*side, error) {
	rows, err := db.QueryContext(ctx, compareSQL)
	return &side{rows: rows, unpack: newCaseCounts(c.checker)}, err
}

func (s *side) next() error {
	s.counts = nil
	if s.done || !s.rows.Next() {
		s.done = true
		return s.rows.Err()
	}
	var none any
	s.row.base = CountRow{}
	r := &s.row.base
	var care, synthetic int64
	if err := s.rows.Scan(&r.Case, &s.row.doc, &r.Judgment, &r.Court, &care, &synthetic, &s.row.packed, &none, &none, &none, &s.seq); err != nil {
		return err
	}
	if care != 0 {
		r.ChildVictim = law.Yes
	}
	s.unpack.counts, s.unpack.steps = nil, nil
	err := s.unpack.add(&s.row)
	s.counts = s.unpack.counts
	return err
}

func (c *comparison) run(ctx context.Context, old, now querier) error {
	a, err := c.side(ctx, old)
	if err != nil {
		return &oldFileError{err}
	}
	defer a.rows.Close()
	b, err := c.side(ctx, now)
	if err != nil {
		return err
	}
	defer b.rows.Close()
	forwardA := func() error {
		if err := a.next(); err != nil {
			return &oldFileError{err}
		}
		c.changes.CountsBefore += int64(len(a.counts))
		return nil
	}
	forwardB := func() error {
		err := b.next()
		c.changes.CountsAfter += int64(len(b.counts))
		return err
	}
	if err := errors.Join(forwardA(), forwardB()); err != nil {
		return err
	}
	for !a.done || !b.done {
		switch order := a.compare(b); {
		case order < 0:
			c.differ(a.counts, nil, CauseEntries)
			err = forwardA()
		case order > 0:
			c.differ(nil, b.counts, CauseEntries)
			err = forwardB()
		default:
			c.differ(a.counts, b.counts, c.cause(a, b))
			err = errors.Join(forwardA(), forwardB())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// compare orders two sides by case and judgment; one that is at its end is last.
func (s *side) compare(t *side) int {
	switch {
	case t.done:
		return -1
	case s.done:
		return 1
	case s.row.base.Case != t.row.base.Case:
		if s.row.base.Case < t.row.base.Case {
			return -1
		}
		return 1
	}
	return int(s.row.doc - t.row.doc)
}

// cause says why findings on one judgment can differ.
func (c *comparison) cause(a, b *side) ChangeCause {
	switch {
	case a.seq != b.seq, a.row.base.ChildVictim != b.row.base.ChildVictim:
		return CauseEntries
	case c.changes.PackChanged:
		return CausePack
	}
	return CauseProgram
}

func (c *comparison) differ(before, after []CountRow, why ChangeCause) {
	type key struct {
		label string
		n     int
	}
	old := map[key]*CountRow{}
	for i := range before {
		old[key{before[i].Defendant, before[i].N}] = &before[i]
	}
	for i := range after {
		k := key{after[i].Defendant, after[i].N}
		c.note(old[k], &after[i], why)
		delete(old, k)
	}
	for i := range before {
		if r := old[key{before[i].Defendant, before[i].N}]; r != nil {
			c.note(r, nil, why)
		}
	}
}

func (c *comparison) note(before, after *CountRow, why ChangeCause) {
	var f FindingChange
	if before != nil {
		f = FindingChange{Case: before.Case, Judgment: before.Judgment, Defendant: before.Defendant, N: before.N,
			Before: before.Finding.Outcomes, BeforeBelow: before.Finding.Below}
	}
	if after != nil {
		f.Case, f.Judgment, f.Defendant, f.N = after.Case, after.Judgment, after.Defendant, after.N
		f.After, f.AfterBelow = after.Finding.Outcomes, after.Finding.Below
	}
	if f.Before == f.After && f.BeforeBelow == f.AfterBelow {
		return
	}
	f.Why = why
	if c.changes.FindingsInAll++; len(c.changes.Findings) < MaxFindingChanges {
		c.changes.Findings = append(c.changes.Findings, f)
	}
}
