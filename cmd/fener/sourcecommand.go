package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"fener/internal/archive"
	"fener/internal/batch"
	"fener/internal/disk"
	"fener/internal/document"
	"fener/internal/record"
	"fener/period"
)

var sourceCommands = map[string]func(context.Context, *command, []string) (int, error){"add": sourceAdd, "check": sourceCheck}

func sourceCommand(ctx context.Context, c *command, args []string) (int, error) {
	if len(args) == 0 {
		return exitUsage, wrongUse("source needs one of %s", strings.Join(keysOf(sourceCommands), ", "))
	}
	do, ok := sourceCommands[args[0]]
	if !ok {
		return exitUsage, wrongUse("source has no command %q%s", args[0], nearest(args[0], keysOf(sourceCommands)))
	}
	return do(ctx, c, args[1:])
}

// sourceAdd keeps a copy of a file and enters the source that it is of.
func sourceAdd(ctx context.Context, c *command, args []string) (code int, err error) {
	var d dataFolder
	var s record.Source
	var opt batch.Options
	id, state := "", string(record.Draft)
	f := c.flags("fener source add")
	d.flags(c, f)
	f.StringVar(&id, "id", "", "of a source on record, to give it a copy")
	f.StringVar(&s.Title, "title", "", "its title")
	f.StringVar(&s.Publisher, "publisher", "", "who published it")
	f.StringVar(&s.Kind, "kind", "", "judgment, law, report, article, release, statistics, letter or other")
	f.StringVar(&s.Language, "language", "", "its language, such as sq")
	f.StringVar(&s.Address, "address", "", "where it stands on the web")
	f.StringVar(&s.Retells, "retells", "", "id of the source that it retells")
	f.StringVar(&s.Note, "note", "", "what else is to be said of it")
	f.Func("date", "when it was published", func(text string) (err error) { s.Published, err = period.ParseDate(text); return err })
	f.StringVar(&state, "state", state, "draft or published")
	f.StringVar(&opt.Batch, "batch", "", "label of the batch")
	f.BoolVar(&opt.DryRun, "dry-run", false, "only show what would happen")
	f.BoolVar(&opt.Reviewed, "reviewed", false, "somebody looked at the warnings")
	rest, err := c.parse(f, args, true)
	switch {
	case err != nil:
		return exitUsage, err
	case len(rest) != 1:
		return exitUsage, wrongUse("source add takes one file, or the address of a page of which no copy is kept")
	case s.Title == "" && id == "":
		return exitUsage, wrongUse("source add needs a title (--title), or the id of a source on record (--id)")
	}
	opt.By, opt.Why, opt.State, opt.Now = d.by, d.why, record.State(state), time.Now()
	l, err := d.reach(ctx, opt.DryRun)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	if err := c.keep(ctx, &d, rest[0], opt.DryRun, &s); err != nil {
		return exitUnreadable, err
	}
	preview := batch.TextPreview(c.out, c.lang)
	opt.Item = preview.Item
	sum, err := batch.AddSource(ctx, l, id, s, opt)
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

// keep copies what is named into the documents, before the entry that names the
// copy: a crash between them leaves a file too many, and no entry without its
// file. An address is only noted down.
func (c *command) keep(ctx context.Context, d *dataFolder, what string, dryRun bool, s *record.Source) (err error) {
	if strings.HasPrefix(what, "http://") || strings.HasPrefix(what, "https://") {
		if s.Address != "" && s.Address != what {
			return wrongUse("two addresses are given, %s and --address %s", what, s.Address)
		}
		s.Address = what
		fmt.Fprintln(c.out, "the address is noted; nothing is fetched, and there is no archived copy")
		return nil
	}
	file, err := disk.Open(what)
	if err != nil {
		return fmt.Errorf("opening the file to keep: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if dryRun {
		return nil
	}
	store, err := c.copies(d.dir)
	if err != nil {
		return err
	}
	a, err := store.Put(file, what)
	if err != nil {
		return err
	}
	s.Archive = &a
	fmt.Fprintf(c.out, "kept as %s/%s: %d bytes, %s\n", archive.Folder, a.SHA256, a.Bytes, a.MediaType)
	return c.tellText(ctx, store, &a)
}

// tellText reads the text of a copy, so that what is not read of it is known when it is kept, and not when a quotation is looked for.
func (c *command) tellText(ctx context.Context, store *archive.Store, a *record.Archive) error {
	text, err := store.Text(ctx, a)
	unread := new(document.UnreadError)
	switch {
	case errors.As(err, &unread):
		fmt.Fprintf(c.out, "quotations cannot be looked for in it: %s\n", unread.Reason.Text())
	case err != nil:
		return err
	case text == nil:
		fmt.Fprintln(c.out, "quotations cannot be looked for in a file of this kind; only in PDF, scans, DOCX, ODT, plain text and HTML")
	case text.Unread != "":
		fmt.Fprintf(c.out, "not read: %s\n", text.Unread)
	case text.Recognised:
		fmt.Fprintln(c.out, "its text was recognised in pictures; a quotation that is not found in it may stand there all the same")
	}
	return nil
}

// sourceCheck finds archived copies that are missing or altered, and quotations
// that do not occur in them.
func sourceCheck(ctx context.Context, c *command, args []string) (code int, err error) {
	var d dataFolder
	f := c.flags("fener source check")
	d.where(c, f)
	rest, err := c.parse(f, args, true)
	switch {
	case err != nil:
		return exitUsage, err
	case len(rest) > 0:
		return exitUsage, wrongUse("source check takes no %q", rest[0])
	}
	l, err := d.open(ctx, true)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	store, err := c.copies(d.dir)
	if err != nil {
		return exitUnreadable, err
	}
	report, err := batch.CheckCopies(ctx, l, store)
	if err != nil {
		return exitUnreadable, err
	}
	for _, fault := range report.Faults {
		if fault.Thing.ID != "" {
			fmt.Fprintf(c.out, "source %s (%s), quoted by %s: %v\n", fault.Source, fault.Title, fault.Thing, fault.Err)
			continue
		}
		fmt.Fprintf(c.out, "source %s (%s): %v\n", fault.Source, fault.Title, fault.Err)
	}
	for _, one := range report.Unsearched {
		if one.Thing.ID != "" {
			fmt.Fprintf(c.out, "not sure: source %s (%s), quoted by %s: %v; letters were recognised in pictures, or pages were not read\n", one.Source, one.Title, one.Thing, one.Err)
			continue
		}
		fmt.Fprintf(c.out, "not read: source %s (%s): %v\n", one.Source, one.Title, one.Err)
	}
	for _, name := range report.Unused {
		fmt.Fprintf(c.out, "%s/%s belongs to no source\n", archive.Folder, name)
	}
	fmt.Fprintf(c.out, "%d sources, %d with an archived copy, %d of which can be searched; %d quotations looked for; %d faults\n",
		report.Sources, report.Copies, report.Searched, report.Quotations, len(report.Faults))
	if len(report.Faults) > 0 {
		return exitFindings, nil
	}
	return exitDone, nil
}
