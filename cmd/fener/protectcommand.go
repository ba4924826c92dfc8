package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fener/internal/batch"
)

// protectCommand lifts the protection of a case with a child victim: the one act
// that does.
func protectCommand(ctx context.Context, c *command, args []string) (code int, err error) {
	var d dataFolder
	var opt batch.LiftOptions
	sure := false
	f := c.flags("fener protect")
	d.flags(c, f)
	f.StringVar(&opt.Second, "second", "", "a second person who answers for it")
	f.BoolVar(&sure, "lift-protection", false, "do it; without this only what would be laid open is shown")
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) != 2 || rest[0] != "lift" {
		return exitUsage, wrongUse("protect takes lift and the id of one case; see fener help protect")
	}
	opt.By, opt.Why, opt.Now, opt.DryRun = d.by, d.why, time.Now(), !sure
	l, err := d.reach(ctx, !sure)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	done, err := batch.Lift(ctx, l, rest[1], opt)
	if err != nil {
		return exitUnreadable, err
	}
	fmt.Fprintf(c.out, "case %s: without the protection of a child victim everyone can read:\n", done.Case)
	for _, laid := range done.Laid {
		fmt.Fprintf(c.out, "  %s, %s: %s\n", laid.Thing, laid.Field, laid.Text)
	}
	if done.Batch == "" {
		fmt.Fprintln(c.out, "Nothing was changed. To lift it, name two people (--by, --second) and the reason (--why), and add --lift-protection.")
		return exitDone, nil
	}
	fmt.Fprintf(c.out, "The protection was lifted, as batch %s. To protect the case again, enter child_victim: yes; a draft is enough.\n", done.Batch)
	return exitDone, nil
}
