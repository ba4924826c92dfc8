package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"time"

	"fener/internal/account"
	"fener/internal/backup"
	"fener/internal/desk"
	"fener/internal/ledger"
	"fener/internal/publish"
)

// backupCommand copies a data folder into one file, also while it is served.
func backupCommand(ctx context.Context, c *command, args []string) (int, error) {
	var d dataFolder
	file, dir, err := fileAndFolder(c, "backup", args, func(f *flag.FlagSet) { c.ledgerFlag(f, &d.ledger) })
	if err != nil {
		return exitUsage, err
	}
	if d.dir = dir; d.checkLedger() != nil {
		return exitUsage, d.checkLedger()
	}
	copies, err := c.copies(dir)
	if err != nil {
		return exitUnreadable, err
	}
	contents, err := backup.WriteFrom(ctx, backup.From{Dir: dir, Ledger: d.ledger, Copies: copies}, file, time.Now())
	if err != nil {
		return exitUnreadable, err
	}
	fmt.Fprintf(c.out, "%s: a backup of ledger %s up to entry %d, with %d documents; it was read back and holds\n",
		file, contents.Ledger, contents.Seq, len(contents.Files)-1)
	for _, name := range contents.Altered {
		fmt.Fprintf(c.err, "fener: %s is not what its name says: it was altered or damaged; it was kept as it is, look for another copy\n", name)
	}
	if len(contents.Altered) > 0 {
		return exitFindings, nil
	}
	return exitDone, nil
}

// restoreCommand puts a backup in place as a new data folder.
func restoreCommand(ctx context.Context, c *command, args []string) (int, error) {
	var checkpoints *string
	file, dir, err := fileAndFolder(c, "restore", args, func(f *flag.FlagSet) { checkpoints = c.checkpointsFlag(f) })
	if err != nil {
		return exitUsage, err
	}
	contents, err := backup.Restore(ctx, file, dir)
	if err != nil {
		return exitUnreadable, err
	}
	fmt.Fprintf(c.out, "%s: ledger %s up to entry %d, with %d documents, as of %s; every commitment holds\n",
		dir, contents.Ledger, contents.Seq, len(contents.Files)-1, contents.Made.Format(time.RFC3339))
	if contents.Has(account.FileName) {
		fmt.Fprintf(c.err, "fener: the key of the secrets of authenticators is in no backup. Put the one of the old server where fener serve --accounts-key looks for it; without it people sign in with a recovery code or a passkey, and set up their authenticator anew\n")
	}
	if contents.Has(desk.PlansName) {
		fmt.Fprintf(c.err, "fener: what was held back until a time does not become public by itself in a restored record: it stands on the first page of the desk, for an editor to look at again\n")
	}
	return exitDone, sayBehind(ctx, c, dir, *checkpoints)
}

// sayBehind says what a restored record lacks of what was seen of it: what was kept here, and what was signed, with who saw it.
func sayBehind(ctx context.Context, c *command, dir, checkpoints string) (err error) {
	if checkpoints == "" {
		return nil
	}
	l, err := ledger.Open(ctx, dir, ledger.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	head, err := l.Head(ctx)
	if err != nil {
		return err
	}
	tree, err := l.LogTree(ctx)
	if err != nil {
		return err
	}
	signed, text, err := publish.RecallLog(checkpoints, head.Ledger)
	if err != nil || signed == nil || signed.N <= tree.N {
		return err
	}
	fmt.Fprintf(c.err, "fener: this backup is BEHIND what was signed: the log %s had %d leaves, seen by %d witnesses, and here are %d. What was published, withdrawn and erased since is missing; "+
		"it is not served before somebody says that this is meant (fener ledger accept)\n", signed.Origin, signed.N, max(0, bytes.Count(text, []byte("\n— "))-1), tree.N)
	return nil
}

// fileAndFolder reads the arguments of the two.
func fileAndFolder(c *command, name string, args []string, more ...func(*flag.FlagSet)) (file, dir string, err error) {
	f := c.flags("fener " + name)
	for _, add := range more {
		add(f)
	}
	f.StringVar(&dir, "data", "", "the data folder")
	rest, err := c.parse(f, args, true)
	switch {
	case err != nil:
		return "", "", err
	case len(rest) != 1:
		return "", "", wrongUse("%s takes one file: fener %s FILE --data DIR", name, name)
	case dir == "":
		return "", "", wrongUse("which data folder? Name it with --data DIR")
	}
	return rest[0], dir, nil
}
