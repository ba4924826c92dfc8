package desk

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"fener/internal/record"
	"fener/internal/sqlitefile"
	"fener/internal/tables"
	"fener/period"
)

// PlansName is the file in a data folder that holds by when things are to be done, and what is to become public at a time. It holds ids, days and times, and no
// words of the record.
const PlansName = "plans.db"

const plansSchema = `CREATE TABLE IF NOT EXISTS due (kind TEXT NOT NULL, id TEXT NOT NULL, day TEXT NOT NULL, account TEXT NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS embargo (
	kind TEXT NOT NULL, id TEXT NOT NULL, rev INTEGER NOT NULL, at TEXT NOT NULL, account TEXT NOT NULL, looked TEXT NOT NULL, failed TEXT NOT NULL, PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID`

// Plans are by when things at the desk are to be done, and what is to become public at a time. None of it is part of the record.
type Plans struct {
	db *tables.DB
	mu sync.Mutex // one at a time makes public what is due
}

var plansRoom = tables.Room{Name: "plans", Schema: plansSchema, Forms: tables.Below(forms, "forms/plans")}

// OpenPlans opens what is planned wherever it lies; a file is closed to all other users.
func OpenPlans(ctx context.Context, place tables.Place) (*Plans, error) {
	db, err := tables.Open(ctx, place, &plansRoom)
	if err != nil {
		return nil, fmt.Errorf("opening what is planned: %w", err)
	}
	return &Plans{db: db}, nil
}

// CopyPlans copies what is planned, also while it is in use, into a file that is not there yet; it does nothing where there is none.
func CopyPlans(ctx context.Context, from, to string) error {
	if err := sqlitefile.CopyPrivate(ctx, from, to, ""); err != nil {
		return fmt.Errorf("copying what is planned: %w", err)
	}
	return nil
}

// CarryPlans fills empty tables with what is planned elsewhere. Errors: tables.ErrHolds.
func CarryPlans(ctx context.Context, from, to tables.Place) error {
	if err := tables.Carry(ctx, &plansRoom, from, to, "due", "embargo"); err != nil {
		return fmt.Errorf("copying what is planned: %w", err)
	}
	return nil
}

// Restored notes in a file that came out of a backup that nothing of it becomes public by itself: whether an editor thought otherwise since, the backup does not tell.
func Restored(ctx context.Context, path string) error {
	if err := sqlitefile.Change(ctx, path, `UPDATE embargo SET failed = '`+failedRestored+`' WHERE failed = ''`); err != nil {
		return fmt.Errorf("taking over what is planned: %w", err)
	}
	return nil
}

// Close closes the file.
func (p *Plans) Close() error { return p.db.Close() }

// due is by when a thing is to be done.
type due struct {
	record.Thing
	Day period.Date
}

// setDue says by when a thing is to be done; a zero day that nothing is said any more.
func (p *Plans) setDue(ctx context.Context, t record.Thing, day period.Date, account string) (err error) {
	if day.IsZero() {
		_, err = p.db.ExecContext(ctx, `DELETE FROM due WHERE kind = ? AND id = ?`, string(t.Kind), t.ID)
	} else {
		_, err = p.db.ExecContext(ctx, `INSERT INTO due (kind, id, day, account) VALUES ($1, $2, $3, $4) ON CONFLICT (kind, id) DO UPDATE SET day = $3, account = $4`, string(t.Kind), t.ID, day.String(), account)
	}
	if err != nil {
		return fmt.Errorf("writing down by when something is to be done: %w", err)
	}
	return nil
}

// dueOf is by when a thing is to be done; zero where nobody said.
func (p *Plans) dueOf(ctx context.Context, t record.Thing) (day period.Date, err error) {
	var text string
	switch err := p.db.QueryRowContext(ctx, `SELECT day FROM due WHERE kind = ? AND id = ?`, string(t.Kind), t.ID).Scan(&text); {
	case errors.Is(err, sql.ErrNoRows):
		return period.Date{}, nil
	case err != nil:
		return period.Date{}, fmt.Errorf("reading by when something is due: %w", err)
	}
	return period.ParseDate(text)
}

// allDue are by when things are to be done, the earliest first.
func (p *Plans) allDue(ctx context.Context) (list []due, err error) {
	rows, err := p.db.QueryContext(ctx, `SELECT kind, id, day FROM due ORDER BY day, kind, id`)
	if err != nil {
		return nil, fmt.Errorf("reading what is due: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var d due
		var day string
		if err := rows.Scan(&d.Kind, &d.ID, &day); err != nil {
			return nil, fmt.Errorf("reading what is due: %w", err)
		}
		if d.Day, err = period.ParseDate(day); err != nil {
			return nil, fmt.Errorf("reading what is due: %w", err)
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

// embargo is a thing that is to become public at a time, as it stands in one revision.
type embargo struct {
	record.Thing
	Rev     int
	At      time.Time
	Account string   // the id of whoever publishes it
	Looked  []string // the warnings that they decided on
	Failed  string   // why it did not become public, as one of the words of failedBy; empty while it waits
}

// hold writes down that a thing is to become public at a time.
func (p *Plans) hold(ctx context.Context, e *embargo) error {
	_, err := p.db.ExecContext(ctx, `INSERT INTO embargo (kind, id, rev, at, account, looked, failed) VALUES ($1, $2, $3, $4, $5, $6, '')
ON CONFLICT (kind, id) DO UPDATE SET rev = $3, at = $4, account = $5, looked = $6, failed = ''`, string(e.Kind), e.ID, e.Rev, sqlitefile.FormatTime(e.At), e.Account, strings.Join(e.Looked, " "))
	if err != nil {
		return fmt.Errorf("holding something back until a time: %w", err)
	}
	return nil
}

// held are the things that are to become public at a time, the earliest first; of one thing where t names it.
func (p *Plans) held(ctx context.Context, t record.Thing) (list []embargo, err error) {
	rows, err := p.db.QueryContext(ctx, `SELECT kind, id, rev, at, account, looked, failed FROM embargo WHERE $1 = '' OR kind = $1 AND id = $2 ORDER BY at, kind, id`, string(t.Kind), t.ID)
	if err != nil {
		return nil, fmt.Errorf("reading what is held back: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var e embargo
		var at, looked string
		if err := rows.Scan(&e.Kind, &e.ID, &e.Rev, &at, &e.Account, &looked, &e.Failed); err != nil {
			return nil, fmt.Errorf("reading what is held back: %w", err)
		}
		if e.At, err = sqlitefile.ParseTime(at); err != nil {
			return nil, fmt.Errorf("reading what is held back: %w", err)
		}
		e.Looked = strings.Fields(looked)
		list = append(list, e)
	}
	return list, rows.Err()
}

// lift ends the embargo of a thing.
func (p *Plans) lift(ctx context.Context, t record.Thing) error {
	if _, err := p.db.ExecContext(ctx, `DELETE FROM embargo WHERE kind = ? AND id = ?`, string(t.Kind), t.ID); err != nil {
		return fmt.Errorf("ending an embargo: %w", err)
	}
	return nil
}

// fail notes why a thing did not become public.
func (p *Plans) fail(ctx context.Context, t record.Thing, why string) error {
	if _, err := p.db.ExecContext(ctx, `UPDATE embargo SET failed = ? WHERE kind = ? AND id = ?`, why, string(t.Kind), t.ID); err != nil {
		return fmt.Errorf("noting that something did not become public: %w", err)
	}
	return nil
}
