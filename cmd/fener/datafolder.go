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
	"fener/internal/postgres"
	"fener/internal/relay"
)

// documentsFolder holds the archived copies of sources in a data folder, by
// their hash. Beside it lie ledger.db, which is the record, and the views.
const documentsFolder = "documents"

// dataFolder is the folder that a command works on, and who answers for it.
type dataFolder struct {
	dir, by, why string
	ledger       string // the address of the database that the ledger lies in; empty: it lies in the folder
}

// ledgerVariable names the database of the ledger where --ledger does not; a password in it is then in no list of processes.
const ledgerVariable = "FENER_LEDGER"

// ledgerFlag lets a command be told where the ledger lies that is not in the data folder.
func (c *command) ledgerFlag(f *flag.FlagSet, to *string) {
	f.StringVar(to, "ledger", c.env(ledgerVariable), "address of the ledger's database")
}

// place is where the ledger lies.
func (d *dataFolder) place() string { return firstOf(d.ledger, d.dir) }

// checkLedger refuses an address that is none, and one beside a folder in which another ledger lies: a variable that is set for all commands must not let one
// of them look at another record than the folder's without a word.
func (d *dataFolder) checkLedger() error {
	if d.ledger == "" {
		return nil
	}
	if _, err := postgres.ParseAddress(d.ledger); err != nil {
		return wrongUse("--ledger (or %s): %v", ledgerVariable, err)
	}
	if d.dir == "" {
		return nil
	}
	if own := filepath.Join(d.dir, ledger.FileName); isThere(own) {
		return wrongUse("%s is a ledger of its own, and --ledger (or %s) names a database: to use the folder's, leave that empty (--ledger= or %s=); if it was moved into the database, put the file away under another name",
			own, ledgerVariable, ledgerVariable)
	}
	return nil
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// options are what a command opens the ledger with.
func (d *dataFolder) options(readOnly bool) ledger.Options {
	return ledger.Options{Now: time.Now, Built: built(), Rand: rand.Reader, ReadOnly: readOnly, Folder: d.dir}
}

func (d *dataFolder) flags(c *command, f *flag.FlagSet) {
	d.where(c, f)
	d.by = firstOf(c.env("FENER_BY"), c.env("USER"), c.env("LOGNAME"), c.env("USERNAME"))
	f.StringVar(&d.by, "by", d.by, "who answers for it")
	f.StringVar(&d.why, "why", "", "the reason, kept with every revision")
}

// where are the flags that say where the record lies.
func (d *dataFolder) where(c *command, f *flag.FlagSet) {
	f.StringVar(&d.dir, "data", "", "the data folder")
	c.ledgerFlag(f, &d.ledger)
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
func (d *dataFolder) open(ctx context.Context, readOnly bool) (*ledger.Store, error) {
	if d.dir == "" {
		return nil, wrongUse("which data folder? Name it with --data DIR (fener init DIR makes one)")
	}
	if err := d.checkLedger(); err != nil {
		return nil, err
	}
	return ledger.Open(ctx, d.place(), d.options(readOnly))
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
	running, reached := relay.Reach(ctx, d.dir, d.place(), d.options(false))
	if reached != nil { // the first says who has the folder
		return nil, err
	}
	return running, nil
}

// initFolder makes a data folder.
func initFolder(ctx context.Context, c *command, args []string) (code int, err error) {
	var d dataFolder
	f := c.flags("fener init")
	c.ledgerFlag(f, &d.ledger)
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) != 1 {
		return exitUsage, wrongUse("init takes one folder, which it makes")
	}
	dir := rest[0]
	d.dir = dir
	if err := d.checkLedger(); err != nil {
		return exitUsage, err
	}
	if _, err := os.Stat(filepath.Join(dir, ledger.FileName)); err == nil {
		return exitUnreadable, fmt.Errorf("%s holds a ledger already; nothing was changed", dir)
	}
	l, began, err := d.begin(ctx)
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
	if !began {
		fmt.Fprintf(c.out, "%s: a folder for one more node, which follows ledger %s\n", dir, head.Ledger)
		return exitDone, nil
	}
	fmt.Fprintf(c.out, "%s: a new record, ledger %s\n", dir, head.Ledger)
	return exitDone, nil
}

// begin opens the ledger of a database that has one, and begins one everywhere else.
func (d *dataFolder) begin(ctx context.Context) (l *ledger.Store, began bool, err error) {
	o := d.options(false)
	if d.ledger != "" {
		if l, err = ledger.Open(ctx, d.ledger, o); !errors.Is(err, ledger.ErrNoLedger) {
			return l, false, err
		}
	}
	o.Create = true
	l, err = ledger.Open(ctx, d.place(), o)
	return l, true, err
}
