package desk

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"sync"
	"time"

	"fener/internal/record"
	"fener/internal/sqlitefile"
	"fener/internal/tables"
)

// WorkName is the file in a data folder that holds what people typed and did not save yet.
const WorkName = "desk.db"

// WorkFiles are the files of which it is made. What was typed may be what is erased from the record, so they go then.
func WorkFiles() []string { return []string{WorkName, WorkName + "-wal", WorkName + "-shm"} }

// keptDays is how long what was typed is kept.
const keptDays = 30

const workSchema = `CREATE TABLE IF NOT EXISTS kept (
	account TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, base INTEGER NOT NULL, form TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (account, kind, id)
) STRICT, WITHOUT ROWID`

//go:embed forms
var forms embed.FS

var workRoom = tables.Room{Name: "desk", Schema: workSchema, Pragmas: []string{"synchronous(NORMAL)"}, Forms: tables.Below(forms, "forms/work")}

// Work is what people at the desk are in the middle of: what they typed and did not save, which is private to each, and who looks at what. None of it is part of the
// record.
type Work struct {
	db    *tables.DB
	now   func() time.Time
	tries *tries

	mu      sync.Mutex
	looking map[record.Thing]map[string]time.Time // by the names of people; where nodes share the tables it stands there
}

// OpenWork opens what people are typing wherever it lies; a file is closed to all other users.
func OpenWork(ctx context.Context, place tables.Place, now func() time.Time) (*Work, error) {
	db, err := tables.Open(ctx, place, &workRoom)
	if err != nil {
		return nil, fmt.Errorf("opening what people are typing: %w", err)
	}
	w := &Work{db: db, now: now, tries: newTries(), looking: map[record.Thing]map[string]time.Time{}}
	if _, err := db.ExecContext(ctx, `DELETE FROM kept WHERE at < ?`, sqlitefile.FormatTime(now().AddDate(0, 0, -keptDays))); err != nil {
		return nil, errors.Join(fmt.Errorf("removing what was typed long ago: %w", err), db.Close())
	}
	return w, nil
}

// Close closes the tables.
func (w *Work) Close() error { return w.db.Close() }

// Carry fills empty tables with what people typed and what is planned elsewhere. Errors: tables.ErrHolds.
func Carry(ctx context.Context, from, to tables.Home) error {
	if from.Place(WorkName).There() {
		if err := tables.Carry(ctx, &workRoom, from.Place(WorkName), to.Place(WorkName), "kept"); err != nil {
			return fmt.Errorf("copying what people typed (%s): %w", WorkName, err)
		}
	}
	if !from.Place(PlansName).There() {
		return nil
	}
	return CarryPlans(ctx, from.Place(PlansName), to.Place(PlansName))
}

// ForgetTyped removes all that people typed and did not save from a database: it may be what is erased from the record.
func ForgetTyped(ctx context.Context, place tables.Place) (err error) {
	db, err := tables.Open(ctx, place, &workRoom)
	if err != nil {
		return fmt.Errorf("opening what people are typing: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, `TRUNCATE kept`); err != nil {
		return fmt.Errorf("removing what people are typing: %w", err)
	}
	return nil
}

// A kept form is what somebody typed and did not save.
type kept struct {
	Base   int
	Values url.Values
	At     time.Time
}

func (w *Work) keep(ctx context.Context, account string, t record.Thing, base int, values url.Values) error {
	_, err := w.db.ExecContext(ctx, `INSERT INTO kept (account, kind, id, base, form, at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (account, kind, id) DO UPDATE SET base = $4, form = $5, at = $6`, account, string(t.Kind), t.ID, base, values.Encode(), sqlitefile.FormatTime(w.now()))
	if err != nil {
		return fmt.Errorf("keeping what was typed: %w", err)
	}
	return nil
}

// keptOf is what somebody typed of a thing and did not save; nil where there is nothing.
func (w *Work) keptOf(ctx context.Context, account string, t record.Thing) (*kept, error) {
	var k kept
	var form, at string
	err := w.db.QueryRowContext(ctx, `SELECT base, form, at FROM kept WHERE account = ? AND kind = ? AND id = ?`, account, string(t.Kind), t.ID).Scan(&k.Base, &form, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading what was typed: %w", err)
	}
	if k.Values, err = url.ParseQuery(form); err != nil {
		return nil, fmt.Errorf("reading what was typed: %w", err)
	}
	k.At, err = sqlitefile.ParseTime(at)
	return &k, err
}

func (w *Work) drop(ctx context.Context, account string, t record.Thing) error {
	if _, err := w.db.ExecContext(ctx, `DELETE FROM kept WHERE account = ? AND kind = ? AND id = ?`, account, string(t.Kind), t.ID); err != nil {
		return fmt.Errorf("dropping what was typed: %w", err)
	}
	return nil
}

// keptThings are the things of which somebody typed something and did not save it, the newest first.
func (w *Work) keptThings(ctx context.Context, account string) (list []record.Thing, err error) {
	rows, err := w.db.QueryContext(ctx, `SELECT kind, id FROM kept WHERE account = ? ORDER BY at DESC LIMIT 20`, account)
	if err != nil {
		return nil, fmt.Errorf("reading what was typed: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var t record.Thing
		if err := rows.Scan(&t.Kind, &t.ID); err != nil {
			return nil, fmt.Errorf("reading what was typed: %w", err)
		}
		list = append(list, t)
	}
	return list, rows.Err()
}

// present is how long somebody counts as looking at a thing after they last said so.
const present = 90 * time.Second

// looks notes that somebody looks at a thing, and names the others who do.
func (w *Work) looks(ctx context.Context, t record.Thing, name string) (others []string, err error) {
	now := w.now()
	if w.db.Shared {
		return w.looksTogether(ctx, t, name, now)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.looking[t] == nil {
		w.looking[t] = map[string]time.Time{}
	}
	w.looking[t][name] = now
	for who, at := range w.looking[t] {
		if now.Sub(at) > present {
			delete(w.looking[t], who)
		} else if who != name {
			others = append(others, who)
		}
	}
	if len(w.looking) > 10_000 {
		for other, of := range w.looking {
			if other != t && !slices.ContainsFunc(slices.Collect(maps.Values(of)), func(at time.Time) bool { return now.Sub(at) <= present }) {
				delete(w.looking, other)
			}
		}
	}
	slices.Sort(others)
	return others, nil
}

// looksTogether does it for all nodes.
func (w *Work) looksTogether(ctx context.Context, t record.Thing, name string, now time.Time) (others []string, err error) {
	_, err = w.db.ExecContext(ctx, `INSERT INTO looking (kind, id, name, at) VALUES ($1, $2, $3, $4) ON CONFLICT (kind, id, name) DO UPDATE SET at = $4`, string(t.Kind), t.ID, name, sqlitefile.FormatTime(now))
	if err != nil {
		return nil, fmt.Errorf("noting who looks at something: %w", err)
	}
	rows, err := w.db.QueryContext(ctx, `SELECT name FROM looking WHERE kind = ? AND id = ? AND name <> ? AND at >= ? ORDER BY name`, string(t.Kind), t.ID, name, sqlitefile.FormatTime(now.Add(-present)))
	if err != nil {
		return nil, fmt.Errorf("reading who looks at something: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var other string
		if err := rows.Scan(&other); err != nil {
			return nil, fmt.Errorf("reading who looks at something: %w", err)
		}
		others = append(others, other)
	}
	return others, rows.Err()
}

// leaves notes that somebody looks at a thing no more.
func (w *Work) leaves(ctx context.Context, t record.Thing, name string) error {
	if w.db.Shared {
		if _, err := w.db.ExecContext(ctx, `DELETE FROM looking WHERE kind = $1 AND id = $2 AND name = $3 OR at < $4`, string(t.Kind), t.ID, name, sqlitefile.FormatTime(w.now().Add(-present))); err != nil {
			return fmt.Errorf("noting that somebody looks at something no more: %w", err)
		}
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.looking[t], name)
	if len(w.looking[t]) == 0 {
		delete(w.looking, t)
	}
	return nil
}
