package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fener/internal/batch"
	"fener/internal/record"
)

// undo takes a batch back by new entries.
func undo(ctx context.Context, c *command, args []string) (code int, err error) {
	var d dataFolder
	var opt batch.UndoOptions
	f := c.flags("fener undo")
	d.flags(c, f)
	f.BoolVar(&opt.Keep, "keep", false, "leave alone what later entries stand on")
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) != 1 {
		return exitUsage, wrongUse("undo takes one batch, such as B2026-11-24-1; import printed it")
	}
	opt.By, opt.Why, opt.Now = d.by, d.why, time.Now()
	l, err := d.reach(ctx, false)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	done, err := batch.Undo(ctx, l, rest[0], opt)
	if err != nil {
		return exitUnreadable, err
	}
	fmt.Fprintf(c.out, "batch %s was taken back by batch %s: %d withdrawn, %d restored\n", rest[0], done.Batch, done.Withdrawn, done.Restored)
	for _, kept := range done.Kept {
		fmt.Fprintf(c.out, "left alone: %s\n", kept)
	}
	return exitDone, nil
}

// publishCommand brings a batch or things to the public.
func publishCommand(ctx context.Context, c *command, args []string) (code int, err error) {
	var d dataFolder
	var opt batch.PublishOptions
	f := c.flags("fener publish")
	d.flags(c, f)
	f.StringVar(&opt.Batch, "batch", "", "everything of this batch")
	f.BoolVar(&opt.Reviewed, "reviewed", false, "somebody looked at the warnings")
	f.BoolVar(&opt.DryRun, "dry-run", false, "only show what would happen")
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if opt.Batch == "" && len(rest) == 0 {
		return exitUsage, wrongUse("publish what? Name things as kind:id, or a batch with --batch")
	}
	for _, text := range rest {
		thing, err := record.ParseThing(text)
		if err != nil {
			return exitUsage, wrongUse("%v", err)
		}
		opt.Things = append(opt.Things, thing)
	}
	opt.By, opt.Why, opt.Now = d.by, d.why, time.Now()
	preview := batch.TextPreview(c.out, c.lang)
	opt.Item = preview.Item
	l, err := d.reach(ctx, opt.DryRun)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	sum, err := batch.Publish(ctx, l, opt)
	if refused := new(batch.RefusedError); err != nil && !errors.As(err, &refused) {
		return exitUnreadable, err
	}
	if err := preview.Summary(sum); err != nil {
		return exitUnreadable, err
	}
	if sum.Classes[batch.Refused] > 0 {
		return exitUnreadable, nil
	}
	return exitDone, nil
}

// withdraw takes one thing back.
func withdraw(ctx context.Context, c *command, args []string) (code int, err error) {
	var d dataFolder
	var opt batch.WithdrawOptions
	f := c.flags("fener withdraw")
	d.flags(c, f)
	f.BoolVar(&opt.Anyway, "anyway", false, "although other things rest on it")
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) != 1 {
		return exitUsage, wrongUse("withdraw takes one thing as kind:id, such as source:report-2017-1a2b3c4d")
	}
	thing, err := record.ParseThing(rest[0])
	if err != nil {
		return exitUsage, wrongUse("%v", err)
	}
	if d.why == "" {
		return exitUsage, wrongUse("withdraw needs a reason (--why), which stays visible")
	}
	opt.By, opt.Why, opt.Now = d.by, d.why, time.Now()
	l, err := d.reach(ctx, false)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	label, err := batch.Withdraw(ctx, l, thing, opt)
	if err != nil {
		return exitUnreadable, err
	}
	fmt.Fprintf(c.out, "%s was withdrawn, as batch %s\n", thing, label)
	return exitDone, nil
}
