package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"fener/internal/ledger"
	"fener/internal/publish"
	"fener/internal/view"
)

// checkpointsFlag is the folder in which the last checkpoint of each ledger is kept: outside all data folders, so that what takes a folder back does
// not take back what was known of it.
func (c *command) checkpointsFlag(f *flag.FlagSet) *string {
	return f.String("checkpoints", c.checkpointsFolder(), "where the last checkpoint is kept")
}

// checkpointsFolder is the usual place; empty where the system names none.
func (c *command) checkpointsFolder() string { return c.stateFolder("fener/checkpoints") }

// stateFolder is where this user's programs keep what belongs to no data folder; empty where the system names no such place.
func (c *command) stateFolder(below string) string {
	if state := c.env("XDG_STATE_HOME"); filepath.IsAbs(state) {
		return filepath.Join(state, below)
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		if dir, err := os.UserConfigDir(); err == nil {
			return filepath.Join(dir, below)
		}
	}
	if home := c.env("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".local", "state", below)
	}
	return ""
}

// acceptLedger lets a ledger be served again that is older than what was seen of it, or another one: by somebody who says why.
func acceptLedger(ctx context.Context, c *command, d *dataFolder, checkpoints *string) (code int, err error) {
	if d.why == "" {
		return exitUsage, wrongUse("ledger accept needs a reason (--why), which is kept beside the checkpoint that is put aside")
	}
	l, err := d.open(ctx, false)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	report, err := l.Verify(ctx, nil)
	if err != nil {
		return exitUnreadable, err
	}
	if !report.OK() {
		return printFaults(c, &report), nil
	}
	head := report.Head
	kept, err := ledger.Remembered(*checkpoints, head.Ledger)
	if err != nil {
		return exitUnreadable, err
	}
	accepted := 0
	if kept != nil && l.HoldAgainst(ctx, kept) != nil {
		aside, err := ledger.Forget(*checkpoints, kept, time.Now(), d.by, d.why)
		if err != nil {
			return exitUnreadable, err
		}
		fmt.Fprintf(c.out, "the checkpoint of %d entries was put aside: %s\n", kept.Size, aside)
		accepted++
	}
	signed, _, err := publish.RecallLog(*checkpoints, head.Ledger)
	if err != nil {
		return exitUnreadable, err
	}
	if signed != nil && publish.HoldsAgainst(ctx, l, signed) != nil {
		aside, err := publish.ForgetLog(*checkpoints, head.Ledger, time.Now())
		if err != nil {
			return exitUnreadable, err
		}
		fmt.Fprintf(c.out, "the checkpoint of %d leaves that was signed for %s was put aside: %s\nthat log has ended, and mirrors and witnesses follow no other under its name: "+
			"make a key under another one (fener log key new FILE --origin NAME)\n", signed.N, signed.Origin, aside)
		accepted++
	}
	for _, scope := range []view.Scope{view.Public, view.Desk} {
		path := filepath.Join(d.dir, scope.FileName())
		forgotten, err := view.Forget(ctx, view.Options{Path: path, Scope: scope, Ledger: l})
		if err != nil {
			return exitUnreadable, err
		}
		if forgotten {
			fmt.Fprintf(c.out, "%s was removed; it is folded again from this ledger\n", path)
			accepted++
		}
	}
	if accepted == 0 {
		fmt.Fprintln(c.out, "nothing here knows of another ledger; there was nothing to accept")
		return exitDone, nil
	}
	fmt.Fprintf(c.out, "the ledger is accepted as it stands, with %d entries\n", head.Seq)
	return exitDone, nil
}
