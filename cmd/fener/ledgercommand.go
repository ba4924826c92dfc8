package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"fener/internal/ledger"

	"golang.org/x/mod/sumdb/tlog"
)

// ledgerCommand looks at the ledger as a whole.
func ledgerCommand(ctx context.Context, c *command, args []string) (code int, err error) {
	var d dataFolder
	var against []string
	f := c.flags("fener ledger")
	d.flags(c, f)
	kept := c.checkpointsFlag(f)
	f.Func("against", "a checkpoint that was kept elsewhere", func(s string) error { against = append(against, s); return nil })
	to := ""
	f.StringVar(&to, "to", "", "a new folder to carry over into")
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) != 1 || !slices.Contains([]string{"verify", "checkpoint", "clock", "accept", "carry"}, rest[0]) {
		return exitUsage, wrongUse("ledger has the commands: ledger verify --data DIR [--against FILE], ledger checkpoint --data DIR, ledger clock --data DIR --why REASON, " +
			"ledger accept --data DIR --why REASON, ledger carry --data OLD --to NEW --why REASON")
	}
	if d.dir == "" {
		return exitUsage, wrongUse("which data folder? Name it with --data DIR (fener init DIR makes one)")
	}
	switch rest[0] {
	case "clock":
		return trustClock(ctx, c, &d)
	case "carry":
		return carryLedger(ctx, c, &d, to)
	case "accept":
		return acceptLedger(ctx, c, &d, kept)
	}
	report, checkpoints, err := auditAgainst(ctx, c, &d, against)
	if err != nil {
		return exitUnreadable, err
	}
	if !report.OK() {
		return printFaults(c, &report), nil
	}
	if rest[0] == "checkpoint" {
		fmt.Fprint(c.out, report.Checkpoint())
		return exitDone, nil
	}
	fmt.Fprintf(c.out, "%d entries, %d of them erased: every commitment and every number holds\nledger %s ends with entry %d, chain %x\n",
		report.Entries, report.Erased, report.Head.Ledger, report.Head.Seq, report.Head.Chain)
	fmt.Fprintf(c.out, "its proof log has %d leaves, which are those of the entries; root %s\n", report.Log.Size(), tlog.Hash(report.Log.Root()))
	printAgainst(c, &report, checkpoints)
	return exitDone, nil
}

// trustClock says in the ledger that the clock is right now.
func trustClock(ctx context.Context, c *command, d *dataFolder) (code int, err error) {
	if d.why == "" {
		return exitUsage, wrongUse("ledger clock needs a reason (--why), which stays visible")
	}
	l, err := d.open(ctx, false)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	span, err := l.TrustClock(ctx, d.by, d.why)
	if err != nil {
		return exitUnreadable, err
	}
	head, err := l.Head(ctx)
	if err != nil {
		return exitUnreadable, err
	}
	fmt.Fprintf(c.out, "entry %d says that it is now %s (UTC); later entries are dated from there\n", span.First, head.At.Format(time.DateTime))
	return exitDone, nil
}

func printFaults(c *command, report *ledger.Report) int {
	for _, fault := range report.Faults {
		fmt.Fprintln(c.out, fault)
	}
	if report.More > 0 {
		fmt.Fprintf(c.out, "and %d faults more\n", report.More)
	}
	fmt.Fprintf(c.err, "fener: the ledger does not hold; what is written above was altered or lost: restore a backup (fener restore)\n")
	return exitFindings
}

// printAgainst says which checkpoints hold, and what was erased after the last of
// them: an erasure fits every checkpoint, so that somebody has to know of it.
func printAgainst(c *command, report *ledger.Report, kept []ledger.Checkpoint) {
	for _, k := range kept {
		fmt.Fprintf(c.out, "the first %d %s are those of the checkpoint\n", k.Size, k.Entries())
	}
	for _, e := range report.Erasures {
		if len(kept) > 0 && e.By > report.Covered {
			fmt.Fprintf(c.out, "since then: entry %d erased %s %q revision %d (entry %d), by %s: %s\n", e.By, e.Kind, e.ID, e.Rev, e.Seq, e.Author, e.Why)
		}
	}
}

// auditAgainst holds the ledger against itself and the checkpoints in files, telling how far it is; its errors are of reading, and what
// it finds is in the report. It also looks at a ledger that every other command refuses because its end was altered.
func auditAgainst(ctx context.Context, c *command, d *dataFolder, files []string) (report ledger.Report, kept []ledger.Checkpoint, err error) {
	if err := d.checkLedger(); err != nil {
		return report, nil, err
	}
	if kept, err = readCheckpoints(c.in, files); err != nil {
		return report, nil, err
	}
	bar := countEntries(c)
	defer bar.finish()
	report, err = ledger.Audit(ctx, d.place(), kept, bar.set)
	return report, kept, err
}

// maxCheckpoint is the largest file that is read as a checkpoint, in bytes: three
// lines, and signatures.
const maxCheckpoint = 1 << 20

// readCheckpoints reads files that hold a checkpoint each; - is standard input.
func readCheckpoints(in io.Reader, names []string) (all []ledger.Checkpoint, err error) {
	for _, name := range names {
		text, err := readSmall(in, name)
		if err != nil {
			return nil, fmt.Errorf("reading the checkpoint: %w", err)
		}
		c, err := ledger.ParseCheckpoint(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, c)
	}
	return all, nil
}

func readSmall(in io.Reader, name string) (text string, err error) {
	return readSmallOf(in, name, maxCheckpoint)
}

// readSmallOf reads a file of so many bytes at most; - is standard input.
func readSmallOf(in io.Reader, name string, most int64) (text string, err error) {
	if name != "-" {
		info, err := os.Stat(name)
		if err != nil {
			return "", err
		}
		if !info.Mode().IsRegular() {
			return "", fmt.Errorf("%s is no file", name)
		}
		file, err := os.Open(name)
		if err != nil {
			return "", err
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		in = file
	}
	data, err := io.ReadAll(io.LimitReader(in, most))
	return string(data), err
}
