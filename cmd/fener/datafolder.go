package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"fener/internal/ledger"
	"fener/internal/relay"
)

// documentsFolder holds the archived copies of sources in a data folder, by
// their hash. Beside it lie ledger.db, which is the record, and the views.
const documentsFolder = "documents"

// dataFolder is the folder that a command works on, and who answers for it.
type dataFolder struct {
	dir, by, why string
}

func (d *dataFolder) flags(c *command, f *flag.FlagSet) {
	f.StringVar(&d.dir, "data", "", "the data folder")
	d.by = firstOf(c.env("FENER_BY"), c.env("USER"), c.env("LOGNAME"), c.env("USERNAME"))
	f.StringVar(&d.by, "by", d.by, "who answers for it")
	f.StringVar(&d.why, "why", "", "the reason, kept with every revision")
}

func firstOf(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// open opens the folder's ledger; the caller closes it. For reading only it can
// be open elsewhere.
func (d *dataFolder) open(ctx context.Context, readOnly bool) (*ledger.SQLite, error) {
	if d.dir == "" {
		return nil, wrongUse("which data folder? Name it with --data DIR (fener init DIR makes one)")
	}
	return ledger.Open(ctx, d.dir, ledger.Options{Now: time.Now, Built: built(), Rand: rand.Reader, ReadOnly: readOnly})
}

// reach opens the folder's ledger as open does; where a running Fener has the folder, what is appended goes to it.
func (d *dataFolder) reach(ctx context.Context, readOnly bool) (ledger.Ledger, error) {
	l, err := d.open(ctx, readOnly)
	if err == nil {
		return l, nil
	}
	if !errors.Is(err, ledger.ErrInUse) {
		return nil, err
	}
	running, reached := relay.Reach(ctx, d.dir, ledger.Options{Now: time.Now, Built: built(), Rand: rand.Reader})
	if reached != nil { // the first says who has the folder
		return nil, err
	}
	return running, nil
}

// initFolder makes a data folder.
func initFolder(ctx context.Context, c *command, args []string) (code int, err error) {
	rest, err := c.parse(c.flags("fener init"), args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) != 1 {
		return exitUsage, wrongUse("init takes one folder, which it makes")
	}
	dir := rest[0]
	if _, err := os.Stat(filepath.Join(dir, ledger.FileName)); err == nil {
		return exitUnreadable, fmt.Errorf("%s holds a ledger already; nothing was changed", dir)
	}
	l, err := ledger.Open(ctx, dir, ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true})
	if err != nil {
		return exitUnreadable, err
	}
	head, err := l.Head(ctx)
	if closed := l.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.MkdirAll(filepath.Join(dir, documentsFolder), 0o700)
	}
	if err != nil {
		return exitUnreadable, err
	}
	fmt.Fprintf(c.out, "%s: a new record, ledger %s\n", dir, head.Ledger)
	return exitDone, nil
}
