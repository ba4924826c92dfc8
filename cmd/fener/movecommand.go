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
	"fener/internal/ledger"
	"fener/internal/postgres"

	"golang.org/x/mod/sumdb/tlog"
)

// moveCommand copies a ledger from a data folder into a database, or back, and proves that both are equal.
func moveCommand(ctx context.Context, c *command, args []string) (int, error) {
	var from, to string
	onlyDesk := false
	f := c.flags("fener move")
	f.BoolVar(&onlyDesk, "desk", false, "only what the desk keeps beside the ledger")
	f.StringVar(&from, "from", "", "where the ledger is: a data folder, or the address of a database")
	f.StringVar(&to, "to", "", "where it is to be")
	rest, err := c.parse(f, args, true)
	switch {
	case err != nil:
		return exitUsage, err
	case len(rest) > 0:
		return exitUsage, wrongUse("move takes no %q; the places are named with --from and --to", rest[0])
	case from == "" || to == "":
		return exitUsage, wrongUse("move needs two places, each a data folder or the address of a database: fener move --from DIR --to postgres://USER@HOST/DATABASE")
	}
	// A password in an argument is seen by everybody on the machine, so the address of the database can stand in the environment.
	for _, place := range []*string{&from, &to} {
		if *place == "postgres" {
			*place = c.env(ledgerVariable)
		}
		if err := (&dataFolder{ledger: addressIn(*place)}).checkLedger(); err != nil || *place == "" {
			return exitUsage, errors.Join(err, emptyPlace(*place))
		}
	}
	if onlyDesk {
		if err := moveDesk(ctx, c, from, to); err != nil {
			return exitUnreadable, err
		}
		return exitDone, nil
	}
	bar := countEntries(c)
	done, err := ledger.Move(ctx, from, to, ledger.Options{Now: time.Now, Built: built(), Rand: rand.Reader}, bar.set)
	bar.finish()
	if err != nil {
		return exitUnreadable, err
	}
	fmt.Fprintf(c.out, "%d entries (%d erased) of ledger %s were copied from %s to %s\n", done.Entries, done.Erased, done.Head.Ledger, done.From, done.To)
	fmt.Fprintf(c.out, "Both were verified and are equal in every column:\n  every column of every row, SHA-256  %x\n  last entry %d, chain  %x\n  proof log, %d leaves, root  %s\n  checkpoint:\n%s",
		done.Sum, done.Head.Seq, done.Head.Chain, done.Log.Size(), tlog.Hash(done.Log.Root()), done.Checkpoint())
	if err := moveDesk(ctx, c, from, to); err != nil {
		return exitUnreadable, fmt.Errorf("the ledger was moved; what the desk keeps was not: %w; once that is repaired give fener move --desk with the same places", err)
	}
	return exitDone, sayWhatStays(c, from, to)
}

// addressIn is a place where it is meant as an address.
func addressIn(place string) string {
	if postgres.IsAddress(place) {
		return place
	}
	return ""
}

func emptyPlace(place string) error {
	if place != "" {
		return nil
	}
	return wrongUse("postgres stands for the address in %s, and that is empty", ledgerVariable)
}

// sayWhatStays says what a move leaves to do.
func sayWhatStays(c *command, from, to string) error {
	if !postgres.IsAddress(from) {
		fmt.Fprintf(c.out, "%s was left as it is. Once every node is served from the new place, put %s away under another name, so that nobody takes it for the record.\n", from, filepath.Join(from, ledger.FileName))
	} else {
		fmt.Fprintln(c.out, "The database was left as it is. See to it that no node appends to it any more: both would go on as the same ledger, each in another way.")
	}
	if postgres.IsAddress(to) || postgres.IsAddress(from) {
		return nil
	}
	if _, err := os.Stat(filepath.Join(from, archive.Folder)); err == nil {
		fmt.Fprintf(c.out, "Documents and originals are not part of the ledger: copy %s too.\n", filepath.Join(from, archive.Folder))
	}
	return nil
}
