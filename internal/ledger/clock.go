package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"time"

	"fener/internal/record"
	"fener/internal/sqlitefile"
)

// Clock is the kind of the entries in which somebody says that the clock is right
// now, although it stands far from the entry before. Only TrustClock appends them.
// After one of them, and nowhere else, times may go back.
const Clock record.Kind = "clock"

// How far a clock may stand from what is known before somebody has to look. Clocks
// are set back by seconds every day and by hours when a time zone was wrong; a
// record may lie untouched for months. One entry of 2099 would date all after it.
const (
	clockBack  = 24 * time.Hour
	clockAhead = 180 * 24 * time.Hour
)

// Clocked is the body of a Clock entry.
type Clocked struct {
	Before string `json:"before"` // time of the entry before
	Now    string `json:"now"`    // what the clock says
}

// checkClock refuses to date entries by a clock that cannot be right. It is held
// against the last entry, against the file's own time when it was opened, and
// against the day on which the program was built.
func (l *Store) checkClock(now, last time.Time) error {
	const remedy = "set the clock; if it is right, say so once: fener ledger clock --data DIR --why REASON"
	show := func(t time.Time) string { return t.UTC().Format(time.DateTime) }
	latest := last
	for _, t := range []time.Time{l.engine.touchedAt(), l.opts.Built} {
		if t.After(latest) {
			latest = t
		}
	}
	switch {
	case now.Before(l.opts.Built.Add(-clockBack)):
		return faultf(ErrClock, nil, "the clock says %s (UTC), which is before this program was built (%s); nothing was appended: %s", show(now), show(l.opts.Built), remedy)
	case now.Before(last.Add(-clockBack)):
		return faultf(ErrClock, nil, "the clock says %s (UTC), and the last entry is dated %s: one of the two is wrong; nothing was appended: %s", show(now), show(last), remedy)
	case now.After(latest.Add(clockAhead)):
		return faultf(ErrClock, nil, "the clock says %s (UTC), and nothing here is newer than %s; all later entries would be dated by it, so nothing was appended: %s",
			show(now), show(latest), remedy)
	}
	return nil
}

// TrustClock appends an entry that says the clock is right now. by is who
// answers for it, why the reason; both are required.
func (l *Store) TrustClock(ctx context.Context, by, why string) (Span, error) {
	if why == "" {
		return Span{}, faultf(ErrInvalid, nil, "saying that the clock is right: the reason is missing; it stays visible")
	}
	return l.transact(ctx, "dating", func(tx *appendTx) error {
		now := l.opts.Now().UTC().Truncate(time.Microsecond)
		body, err := json.Marshal(Clocked{Before: sqlitefile.FormatTime(tx.head.At), Now: sqlitefile.FormatTime(now)})
		if err != nil {
			return fmt.Errorf("ledger: writing what the clock says: %w", err)
		}
		salt, err := drawSalts(l.opts.Rand)
		if err != nil {
			return err
		}
		var entry Entry
		change := Change{Kind: Clock, ID: strconv.FormatInt(tx.head.Seq+1, 10), State: record.Published, By: by, Why: why, Body: body}
		if err := fill(&entry, &change, 0, salt); err != nil {
			return err
		}
		tx.now = now
		return tx.write(ctx, &prepared{entries: []Entry{entry}}, 0)
	})
}

// date gives a transaction the time of its entries.
func (l *Store) date(tx *appendTx) error {
	now := l.opts.Now()
	if err := l.checkClock(now, tx.head.At); err != nil {
		return err
	}
	tx.now = stamp(now, tx.head.At)
	return nil
}

// timeOf is when a file was last written, zero where there is none.
func timeOf(path string) time.Time {
	info, err := os.Stat(path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}
