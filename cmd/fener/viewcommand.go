package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"fener/internal/terminal"
	"fener/internal/view"

	"github.com/schollz/progressbar/v3"
)

// shownChanges is how many changed findings are printed; all are counted.
const shownChanges = 200

// viewCommand builds the views anew from the ledger and says which findings
// changed, and why.
func viewCommand(ctx context.Context, c *command, args []string) (code int, err error) {
	var d dataFolder
	f := c.flags("fener view")
	d.where(c, f)
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) != 1 || rest[0] != "rebuild" {
		return exitUsage, wrongUse("view has one command: view rebuild --data DIR")
	}
	pack, err := c.pack()
	if err != nil {
		return exitUnreadable, err
	}
	// For writing, although nothing is written to it: the lock keeps a server
	// from having the views open meanwhile.
	l, err := d.open(ctx, false)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	for _, scope := range []view.Scope{view.Public, view.Desk} {
		bar := countEntries(c)
		changes, err := view.Rebuild(ctx, view.Options{Path: filepath.Join(d.dir, scope.FileName()), Scope: scope, Ledger: l, Pack: pack, Progress: bar.set})
		bar.finish()
		if err != nil {
			return exitUnreadable, err
		}
		printChanges(c, scope, &changes)
	}
	return exitDone, nil
}

func printChanges(c *command, scope view.Scope, changes *view.Changes) {
	fmt.Fprintf(c.out, "%s view: %d entries folded, %d counts\n", scope, changes.Folded, changes.CountsAfter)
	if !changes.Compared {
		fmt.Fprintln(c.out, "  there was no view before to compare with")
		return
	}
	if changes.PackChanged {
		fmt.Fprintln(c.out, "  the law pack changed since the view was built")
	}
	fmt.Fprintf(c.out, "  findings that changed: %d\n", changes.FindingsInAll)
	for i, f := range changes.Findings {
		if i == shownChanges {
			fmt.Fprintf(c.out, "  and %d more\n", changes.FindingsInAll-int64(i))
			break
		}
		fmt.Fprintf(c.out, "  %s, %s, count %d: %s -> %s (because of: %s)\n", f.Judgment, f.Defendant, f.N+1, f.Before, f.After, f.Why)
	}
}

// entryBar shows on a terminal how many entries were gone through.
type entryBar struct{ *progress }

func countEntries(c *command) *entryBar {
	if !terminal.Is(c.streams.err) {
		return &entryBar{&progress{}}
	}
	return &entryBar{&progress{newBar(c.streams.err, -1, progressbar.OptionShowCount())}}
}

func (b *entryBar) set(done, total int64) {
	if b.bar != nil {
		b.bar.ChangeMax64(total)
		_ = b.bar.Set64(done) // a bar that cannot be drawn is no reason to stop
	}
}
