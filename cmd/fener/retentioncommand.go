package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"fener/internal/archive"
	"fener/internal/batch"
	"fener/internal/retention"
	"fener/internal/terminal"
)

// retained is what fener retention --json writes.
type retained struct {
	Limits    retention.Limits `json:"limits"`
	Due       []retention.Due  `json:"due"`
	Documents []string         `json:"documents"` // archived copies that nothing names
}

// retentionCommand lists what on record somebody has to look at again.
func retentionCommand(ctx context.Context, c *command, args []string) (code int, err error) {
	var d dataFolder
	asJSON, name := false, ""
	f := c.flags("fener retention")
	d.where(c, f)
	f.StringVar(&name, "limits", "", "a file of other limits")
	f.BoolVar(&asJSON, "json", false, "as one JSON document")
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) > 0 {
		return exitUsage, wrongUse("retention takes no %q", rest[0])
	}
	limits, err := limitsFrom(name)
	if err != nil {
		return exitUnreadable, err
	}
	l, err := d.open(ctx, true)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	due, err := retention.List(ctx, l, limits, time.Now())
	if err != nil {
		return exitUnreadable, err
	}
	store, err := c.copies(d.dir)
	if err != nil {
		return exitUnreadable, err
	}
	copies, err := batch.CheckCopies(ctx, l, store)
	if err != nil {
		return exitUnreadable, err
	}
	list := retained{limits, due, copies.Unused}
	if asJSON {
		out := json.NewEncoder(terminal.Data(c.out))
		out.SetIndent("", "  ")
		err = out.Encode(list)
	} else {
		printRetained(c, &list)
	}
	if err != nil {
		return exitUnreadable, err
	}
	if len(list.Due)+len(list.Documents) > 0 {
		return exitFindings, nil
	}
	return exitDone, nil
}

func limitsFrom(name string) (_ retention.Limits, err error) {
	if name == "" {
		return retention.HouseLimits()
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("opening the limits: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return retention.ReadLimits(name, file)
}

func printRetained(c *command, list *retained) {
	var last retention.Cause
	for _, d := range list.Due {
		if d.Cause != last {
			last = d.Cause
			fmt.Fprintf(c.out, "%s, after %d days: %s\n", d.Cause, list.Limits[d.Cause].Days, list.Limits[d.Cause].Why)
		}
		fmt.Fprintf(c.out, "  %s: %s, revision %d, since %s (%d days)\n", d.Thing, d.Title, d.Rev, d.Since.Format(time.DateOnly), d.Days)
	}
	for i, name := range list.Documents {
		if i == 0 {
			fmt.Fprintln(c.out, "documents that nothing on record names:")
		}
		fmt.Fprintf(c.out, "  %s/%s\n", archive.Folder, name)
	}
	fmt.Fprintf(c.out, "%d things and %d documents are due; nothing was changed\n", len(list.Due), len(list.Documents))
}
