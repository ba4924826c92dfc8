package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fener/internal/account"
	"fener/internal/archive"
	"fener/internal/desk"
	"fener/internal/ledger"
	"fener/internal/live"
	"fener/internal/node"
	"fener/internal/record"
	"fener/internal/relay"
	"fener/internal/sealed"
	"fener/internal/view"
)

// folderNames are what a data folder holds, but for its databases.
var folderNames = []string{"LOCK", ledger.KeyName, relay.SocketName, archive.Folder, archive.KeptFolder, archive.PlaceName, archive.TextFolder, desk.UploadsFolder, sealed.Folder, node.CertificatesFolder, node.DownloadsFolder, node.PastFolder, node.PDFFolder}

// verifyCommand verifies every file of a data folder: the ledger by itself, everything else by the ledger.
func verifyCommand(ctx context.Context, c *command, args []string) (code int, err error) {
	var d dataFolder
	var against []string
	f := c.flags("fener verify")
	d.where(c, f)
	f.Func("against", "a checkpoint that was kept elsewhere", func(s string) error { against = append(against, s); return nil })
	rest, err := c.parse(f, args, true)
	switch {
	case err != nil:
		return exitUsage, err
	case len(rest) > 0:
		return exitUsage, wrongUse("verify takes no %q; the folder is named with --data", rest[0])
	case d.dir == "":
		return exitUsage, wrongUse("which data folder? Name it with --data DIR (fener init DIR makes one)")
	}
	report, checkpoints, err := auditAgainst(ctx, c, &d, against)
	if err != nil {
		return exitUnreadable, err
	}
	if !report.OK() {
		return printFaults(c, &report), nil // nothing else can be held against it
	}
	fmt.Fprintf(c.out, "ledger: %d entries, %d of them erased: every commitment and every number holds\n", report.Entries, report.Erased)
	printAgainst(c, &report, checkpoints)
	l, err := d.open(ctx, true)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	faults := 0
	for _, look := range []func(context.Context, *command, *dataFolder, *ledger.Store) (int, error){verifyViews, verifyDocuments, nameOthers} {
		found, err := look(ctx, c, &d, l)
		if err != nil {
			return exitUnreadable, err
		}
		faults += found
	}
	if faults > 0 {
		fmt.Fprintf(c.err, "fener: %d things in the folder are not what the ledger says; views are made anew with fener view rebuild, documents come back from a backup\n", faults)
		return exitFindings, nil
	}
	return exitDone, nil
}

// verifyViews folds the ledger once more and compares.
func verifyViews(ctx context.Context, c *command, d *dataFolder, l *ledger.Store) (faults int, err error) {
	pack, err := c.pack()
	if err != nil {
		return 0, err
	}
	for _, scope := range []view.Scope{view.Public, view.Desk} {
		path := filepath.Join(d.dir, scope.FileName())
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			continue
		}
		bar := countEntries(c)
		found, err := view.Check(ctx, view.Options{Path: path, Scope: scope, Ledger: l, Pack: pack, Progress: bar.set})
		bar.finish()
		if err != nil {
			return faults, err
		}
		for _, text := range found {
			fmt.Fprintf(c.out, "%s: %s\n", scope.FileName(), text)
		}
		if len(found) == 0 {
			fmt.Fprintf(c.out, "%s: it is what the ledger gives, or will be made anew from it\n", scope.FileName())
		}
		faults += len(found)
	}
	return faults, nil
}

// verifyDocuments reads every copy, and looks for those that sources name.
func verifyDocuments(ctx context.Context, c *command, d *dataFolder, l *ledger.Store) (faults int, err error) {
	store, err := c.copies(d.dir)
	if err != nil {
		return 0, err
	}
	wanted, err := wantedCopies(ctx, l)
	if err != nil {
		return 0, err
	}
	names, err := store.Names()
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		if _, named := wanted[name]; !named {
			wanted[name] = record.Archive{SHA256: name, Name: name}
		}
	}
	sums := keysOf(wanted)
	for _, sum := range sums {
		if err := ctx.Err(); err != nil {
			return faults, err
		}
		a := wanted[sum]
		if err := store.Check(&a); err != nil {
			fmt.Fprintf(c.out, "%s: %v\n", verifiedPlace(store), err)
			faults++
		}
	}
	if faults == 0 {
		fmt.Fprintf(c.out, "%s: %d copies, each what its name says\n", verifiedPlace(store), len(sums))
	}
	return faults, nil
}

// verifiedPlace is where copies lie, as a line of verifying begins.
func verifiedPlace(store *archive.Store) string {
	if store.Away() != nil {
		return store.Place()
	}
	return archive.Folder
}

// wantedCopies are the copies that the last revisions of sources name, by their hash.
func wantedCopies(ctx context.Context, l *ledger.Store) (map[string]record.Archive, error) {
	last := map[string]record.Archive{} // by the source's id
	for after := int64(0); ; {
		entries, err := l.Read(ctx, after, 5000)
		if err != nil {
			return nil, err
		}
		if len(entries) == 0 {
			break
		}
		for i := range entries {
			e := &entries[i]
			after = e.Seq
			if e.Kind != record.SourceKind {
				continue
			}
			delete(last, e.ID)
			var s struct{ Archive *record.Archive }
			if !e.Erased && json.Unmarshal(e.Body, &s) == nil && s.Archive != nil {
				last[e.ID] = *s.Archive
			}
		}
	}
	wanted := map[string]record.Archive{}
	for _, a := range last {
		wanted[a.SHA256] = a
	}
	return wanted, nil
}

// nameOthers names what lies in the folder and is not Fener's. It is no fault, but whoever looks after what was erased should know of it.
func nameOthers(_ context.Context, c *command, d *dataFolder, _ *ledger.Store) (faults int, err error) {
	entries, err := os.ReadDir(d.dir)
	if err != nil {
		return 0, err
	}
	databases := []string{ledger.FileName, view.Public.FileName(), view.Desk.FileName(), account.FileName, desk.WorkName, desk.PlansName, live.FileName}
	for _, e := range entries {
		ours := slices.Contains(folderNames, e.Name()) || slices.ContainsFunc(databases, func(name string) bool {
			after, begins := strings.CutPrefix(e.Name(), name)
			return begins && slices.Contains([]string{"", "-wal", "-shm", ".seal"}, after)
		})
		if !ours {
			fmt.Fprintf(c.out, "%s: not of this folder; nobody looks after what it holds\n", e.Name())
		}
	}
	return 0, nil
}
