package view

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/sqlitefile"
)

// preparing is for the file of a past moment: nobody misses it after a power cut, and
// it is made while readers are served, so it takes less memory than a new view does.
var preparing = url.Values{
	"_txlock": {"immediate"},
	"_pragma": {"journal_mode(OFF)", "synchronous(OFF)", "secure_delete(ON)", "cache_size(-32768)", "temp_store(MEMORY)"},
}

// ErrNotYet says that the public record had nothing on it at a moment.
var ErrNotYet = errors.New("view: the public record had not begun")

// past is what a view of a past moment is folded with.
type past struct {
	until int64 // the last entry that it takes in
	care  *Care
}

// Past folds the record as the public saw it at one of its positions into a file of
// its own, with the law and the program of today. What today's care keeps back is
// kept back there too, see Care. The view is only for reading and stays as it is;
// whoever closes it removes the file by Remove. It takes as long as folding that much
// of the ledger.
func (v *View) Past(ctx context.Context, path string, position int64, care *Care) (*View, error) {
	if v.opts.Scope != Public {
		return nil, errors.New("view: only the public view has a public past")
	}
	until, err := v.entryAt(ctx, position)
	if err != nil {
		return nil, err
	}
	o := v.opts
	o.Path, o.bulk, o.Progress = path, true, nil
	o.Ledger = upTo{v.opts.Ledger, until}
	o.past = &past{until: until, care: care}
	p := newView(o)
	if err := removeFile(path); err != nil {
		return nil, err
	}
	if err := p.foldPast(ctx, v.opts.Ledger); err != nil {
		return nil, errors.Join(fmt.Errorf("view: fold the record as it stood at position %d: %w", position, err), p.Close(), removeFile(path))
	}
	if p.Position() != position {
		return nil, errors.Join(fmt.Errorf("view: the record as it stood at position %d was folded to %d", position, p.Position()), p.Close(), removeFile(path))
	}
	return p, nil
}

func (v *View) foldPast(ctx context.Context, whole Entries) error {
	v.folding.Lock()
	defer v.folding.Unlock()
	if err := v.openFiles(ctx, preparing); err != nil {
		return err
	}
	if err := v.opts.past.care.hold(ctx, v.files.writer); err != nil {
		return err
	}
	if err := v.foldAll(ctx); err != nil {
		return err
	}
	f, err := v.start(ctx)
	if err != nil {
		return err
	}
	if err := f.writer.complete(ctx); err != nil {
		return err
	}
	if err := v.opts.past.entomb(ctx, f.writer, whole); err != nil {
		return err
	}
	return v.onlyRead(ctx)
}

// onlyRead opens the file anew for reading, so that what writing it needed is given back.
func (v *View) onlyRead(ctx context.Context) error {
	v.gate.Lock()
	defer v.gate.Unlock()
	err := v.state.close()
	v.state = nil
	if err := errors.Join(err, v.files.close()); err != nil {
		v.files = nil
		return err
	}
	v.files = nil
	f, _, err := v.openPair(ctx, looking)
	v.files = f
	return err
}

// Path is where the view's file lies.
func (v *View) Path() string { return v.opts.Path }

// Size is how many bytes the view's file takes.
func (v *View) Size() int64 {
	info, err := os.Stat(v.opts.Path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// Whole reports whether a view that is only read is what was folded, as far as that
// can be told at every request: no read met damage, and its file was not exchanged.
func (v *View) Whole() bool {
	v.gate.Lock()
	files := v.files
	v.gate.Unlock()
	if files == nil || v.hurt.Load() || v.foreign.Load() {
		return false
	}
	now, err := os.Stat(v.opts.Path)
	return err == nil && os.SameFile(now, files.info) && now.Size() == files.info.Size() && now.ModTime().Equal(files.info.ModTime())
}

// Entries is what the view was folded from: the ledger, of a past moment up to that.
func (v *View) Entries() Entries { return v.opts.Ledger }

// Kept is what a view of a past moment keeps back because today's care does; nil of
// any other view.
func (v *View) Kept() *Care {
	if v.opts.past == nil {
		return nil
	}
	return v.opts.past.care
}

// PositionOn is how many public entries there were when a moment came: 0 before the
// first of them.
func (v *View) PositionOn(ctx context.Context, moment time.Time) (int64, error) {
	last := v.Position()
	low, high := int64(0), last // low has come, above high has not
	for low < high {
		middle := low + (high-low+1)/2
		at, err := v.PublishedAt(ctx, middle)
		if err != nil {
			return 0, err
		}
		if at.Before(moment) {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low, nil
}

// PublishedAt is when the public entry of a position came onto the record, in UTC.
func (v *View) PublishedAt(ctx context.Context, position int64) (time.Time, error) {
	seq, err := v.entryAt(ctx, position)
	if err != nil {
		return time.Time{}, err
	}
	read, err := v.opts.Ledger.Read(ctx, seq-1, 1)
	if err != nil {
		return time.Time{}, fmt.Errorf("view: read entry %d: %w", seq, err)
	}
	if len(read) == 0 {
		return time.Time{}, fmt.Errorf("view: entry %d is not in the ledger: %w", seq, ErrNotFound)
	}
	return read[0].At, nil
}

const seqOfSQL = `SELECT number, seq FROM positions WHERE number <= ? ORDER BY number DESC LIMIT 1`

// entryAt is the ledger's number of a public entry.
func (v *View) entryAt(ctx context.Context, position int64) (seq int64, err error) {
	switch {
	case position < 1:
		return 0, ErrNotYet
	case position > v.Position():
		return 0, fmt.Errorf("position %d of a public record of %d: %w", position, v.Position(), ErrNotFound)
	}
	err = v.read("find an entry by its position", func(db querier) error {
		var number, first int64
		err := db.QueryRowContext(ctx, seqOfSQL, position).Scan(&number, &first)
		seq = first + position - number
		return err
	})
	return seq, err
}

const (
	entombSQL  = `UPDATE things SET at = ?, author = ?, reason = ?, gone = ?, title = '' WHERE kind = ? AND id = ? AND gone <> 0`
	erasedSQL  = `SELECT doc, seq FROM things WHERE gone = 3`
	explainSQL = `UPDATE things SET at = ?, author = ?, reason = ? WHERE doc = ?`
	leaveSQL   = `DELETE FROM things WHERE doc = ?`
)

// entomb gives what was taken off the record after the moment the tombstones that it
// has today, and leaves out what has none.
func (p *past) entomb(ctx context.Context, w *writer, whole Entries) error {
	for t, stone := range p.care.gone {
		if err := w.exec(ctx, entombSQL, stone.at, stone.author, stone.reason, int64(stone.gone), string(t.kind), t.id); err != nil {
			return err
		}
	}
	for id, stands := range p.care.stories {
		if stands <= p.until {
			continue
		}
		story, err := w.find(ctx, record.StoryKind, id)
		if err != nil || story == nil {
			if err != nil {
				return err
			}
			continue
		}
		if p.isRewritten(id, story.seq) {
			if err := w.exec(ctx, leaveSQL, story.doc); err != nil {
				return err
			}
		}
	}
	type row struct{ doc, seq int64 }
	erased, err := collect(ctx, w.conn, func(s scanner) (r row, err error) {
		err = s.Scan(&r.doc, &r.seq)
		return r, err
	}, erasedSQL)
	if err != nil {
		return err
	}
	for _, r := range erased { // a revision that was erased after the moment, of a thing that stands today
		told, err := whole.History(ctx, ledger.Erasure, strconv.FormatInt(r.seq, 10))
		if err != nil {
			return fmt.Errorf("read when entry %d was erased: %w", r.seq, err)
		}
		e := told[len(told)-1]
		if err := w.exec(ctx, explainSQL, sqlitefile.FormatTime(e.At), e.By, e.Why, r.doc); err != nil {
			return err
		}
	}
	return nil
}
