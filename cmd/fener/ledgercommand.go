package main

import (
	"context"
	"fmt"

	"fener/internal/ledger"
)

// ledgerCommand verifies the ledger: every commitment, every link, every number.
func ledgerCommand(ctx context.Context, c *command, args []string) (code int, err error) {
	var d dataFolder
	f := c.flags("fener ledger")
	f.StringVar(&d.dir, "data", "", "the data folder")
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) != 1 || rest[0] != "verify" {
		return exitUsage, wrongUse("ledger has one command: ledger verify --data DIR")
	}
	if d.dir == "" {
		return exitUsage, wrongUse("which data folder? Name it with --data DIR (fener init DIR makes one)")
	}
	bar := countEntries(c)
	// Audit also looks at a ledger that every other command refuses because its end was altered.
	report, err := ledger.Audit(ctx, d.dir, bar.set)
	bar.finish()
	if err != nil {
		return exitUnreadable, err
	}
	for _, fault := range report.Faults {
		fmt.Fprintln(c.out, fault)
	}
	if report.More > 0 {
		fmt.Fprintf(c.out, "and %d faults more\n", report.More)
	}
	if !report.OK() {
		fmt.Fprintf(c.err, "fener: the ledger does not hold; what is written above was altered or lost: restore a backup (fener restore)\n")
		return exitFindings, nil
	}
	fmt.Fprintf(c.out, "%d entries, %d of them erased: every commitment and every number holds\nledger %s ends with entry %d, chain %x\n",
		report.Entries, report.Erased, report.Head.Ledger, report.Head.Seq, report.Head.Chain)
	return exitDone, nil
}
