package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"fener/internal/archive"
	"fener/internal/batch"
	"fener/internal/ledger"
)

// carryLedger takes a data folder that an older Fener began over into a new one.
// The old folder stays as it is.
func carryLedger(ctx context.Context, c *command, d *dataFolder, to string) (code int, err error) {
	switch {
	case to == "":
		return exitUsage, wrongUse("ledger carry goes into a new folder: name it with --to DIR")
	case d.by == "" || d.why == "":
		return exitUsage, wrongUse("ledger carry needs who does it (--by) and why (--why), which stay visible")
	}
	if _, err := os.Stat(filepath.Join(to, ledger.FileName)); err == nil {
		return exitUnreadable, fmt.Errorf("%s holds a ledger already; carry over into a new folder", to)
	}
	from, err := d.open(ctx, false)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	target, err := ledger.Open(ctx, to, ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true})
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	done, err := batch.Carry(ctx, from, target, d.by, d.why)
	if err != nil {
		return exitUnreadable, fmt.Errorf("%w; what was begun in %s can be removed", err, to)
	}
	copies, err := c.copyDocuments(ctx, d.dir, to)
	if err != nil {
		return exitUnreadable, err
	}
	fmt.Fprintf(c.out, "%d entries (%d erased) were carried over from ledger %s into ledger %s, and both were read again side by side: "+
		"they are equal but for the ids of %d things\n%d documents were copied\nthe old ledger's checkpoint, which stands in the last entry of the new one:\n%s",
		done.Entries, done.Erased, done.From.Ledger, done.To.Ledger, done.Renamed, copies, done.From)
	fmt.Fprintf(c.out, "Serve %s from now on. %s was left as it is: it holds what ids and reasons said, so remove it, and its backups, when the new one has proved itself.\n", to, d.dir)
	return exitDone, nil
}

// copyDocuments copies the archived copies of sources, each of which is read to
// its end and held against its name. Where they lie in a store, both folders name it.
func (c *command) copyDocuments(ctx context.Context, from, to string) (copied int, err error) {
	old, err := c.copies(from)
	if err != nil {
		return 0, err
	}
	if old.Away() != nil {
		names, err := old.Names()
		return len(names), errors.Join(err, archive.SetPlace(to, old.Away().String()))
	}
	err = archive.Copy(old, archive.In(to), func(string) error {
		copied++
		return ctx.Err()
	})
	return copied, err
}
