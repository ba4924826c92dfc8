package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"fener/internal/ledger"
	"fener/internal/view"
)

// foldViews brings the public view up to what was just imported, and the desk's
// where there is one, so that the next `fener serve` opens at once. The import
// is durable by now: what goes wrong here is said, and is no reason to call the
// import failed, since the views are folded from the ledger at any time.
func (m *importing) foldViews(ctx context.Context, l ledger.Ledger) {
	if _, own := l.(*ledger.Store); !own { // a server has the folder, and its views follow by themselves: two that write one file undo each other's work
		return
	}
	for _, scope := range []view.Scope{view.Public, view.Desk} {
		if err := m.foldView(ctx, l, scope); err != nil {
			fmt.Fprintf(m.streams.err, "the import is on record, but the %s view was not brought up to date; fener serve or fener view rebuild does it: %v\n", scope, err)
		}
	}
}

func (m *importing) foldView(ctx context.Context, l ledger.Ledger, scope view.Scope) (err error) {
	path := filepath.Join(m.dir, scope.FileName())
	if _, missing := os.Stat(path); missing != nil && scope == view.Desk {
		return nil
	}
	pack, err := m.pack()
	if err != nil {
		return err
	}
	bar := countEntries(m.command)
	defer bar.finish()
	v, err := view.Open(ctx, view.Options{Path: path, Scope: scope, Ledger: l, Pack: pack, Progress: bar.set})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, v.Close()) }()
	return v.CatchUp(ctx)
}
