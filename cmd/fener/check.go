package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fener/internal/disk"
	"golang.org/x/term"

	"fener/internal/report"
	"fener/internal/terminal"
	"fener/law"
	"fener/period"
)

// checking is one run of `fener check`.
type checking struct {
	*command
	format report.Format
	out    string
	failOn law.Outcomes
	strict bool
	sheet  string // of a workbook
	errors string // workbook to write, with the problems marked
	steps  bool
	book   bool
	files  []string
}

func check(ctx context.Context, c *command, args []string) (int, error) {
	k := &checking{command: c}
	f := c.flags("fener check")
	f.Func("format", "table, csv, jsonl, html or xlsx", func(s string) (err error) {
		k.format, err = report.ParseFormat(s)
		return err
	})
	f.StringVar(&k.out, "out", "", "file to write, instead of the screen")
	f.Func("fail-on", "outcomes that end the program with exit code 1", func(s string) (err error) {
		k.failOn, err = law.ParseOutcomes(s)
		return err
	})
	f.StringVar(&k.sheet, "sheet", "", "the sheet of a workbook to read")
	f.StringVar(&k.errors, "errors", "", "workbook to write the table to, with what is wrong marked and explained")
	f.BoolVar(&k.strict, "strict", false, "write nothing where a file has an error")
	f.BoolVar(&k.steps, "steps", false, "show the steps in the table too")
	f.BoolVar(&k.book, "codebook", false, "write what every column and code means, and read nothing")
	var err error
	if k.files, err = c.parse(f, args, true); err != nil {
		return exitUsage, err
	}
	if k.book {
		return k.codebook()
	}
	if len(k.files) == 0 {
		return exitUsage, wrongUse("check needs at least one file, or - for standard input")
	}
	switch {
	case k.errors == "":
	case len(k.files) != 1 || k.files[0] == "-":
		return exitUsage, wrongUse("--errors writes one table back, so it needs one file")
	case !strings.EqualFold(filepath.Ext(k.errors), ".xlsx"):
		return exitUsage, wrongUse("--errors writes a workbook; name it with .xlsx at the end, not %q", k.errors)
	}
	if file, ok := c.streams.out.(*os.File); ok && k.format == report.XLSX && k.out == "" && term.IsTerminal(int(file.Fd())) {
		return exitUsage, wrongUse("a workbook is nothing for the screen: name a file with --out")
	}
	pack, err := c.pack()
	if err != nil {
		return exitUnreadable, err
	}
	return k.run(ctx, pack)
}

// codebook writes what the columns and codes of the answer mean, and reads nothing.
func (k *checking) codebook() (code int, err error) {
	if len(k.files) > 0 {
		return exitUsage, wrongUse("--codebook describes the answer to any file, so it takes none")
	}
	if k.format != report.Table && k.format != report.CSV {
		return exitUsage, wrongUse("the codebook is written as csv, or as Markdown where no --format is given")
	}
	to, err := k.target()
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, to.discard()) }()
	if err := report.WriteCodebook(to, k.format); err != nil {
		return exitUnreadable, err
	}
	return exitDone, to.keep()
}

func (k *checking) run(ctx context.Context, pack *law.Pack) (code int, err error) {
	to, err := k.target()
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, to.discard()) }()
	r, err := report.New(to, report.Options{Format: k.format, Lang: k.lang, Pack: pack, Steps: k.steps, Files: k.names()})
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, r.Discard()) }()
	unreadable, err := k.read(ctx, r)
	if err != nil {
		return exitUnreadable, err
	}
	tally := r.Tally()
	if tally.Errors > 0 {
		unreadable = true
	}
	if unreadable && k.strict {
		return exitUnreadable, errors.New("nothing was written, because --strict allows no errors")
	}
	if err := errors.Join(r.Close(), to.keep()); err != nil {
		return exitUnreadable, err
	}
	if k.out != "" && k.format.Packaged() {
		if _, err := report.WritePackage(k.out, k.format, k.lang); err != nil {
			return exitUnreadable, err
		}
	}
	fmt.Fprint(k.err, r.Summary())
	switch {
	case unreadable:
		return exitUnreadable, nil
	case tally.Has(k.failOn):
		return exitFindings, nil
	}
	return exitDone, nil
}

// target is where the report goes: the screen, a file, or with --strict a place to wait in until all files were read.
func (k *checking) target() (target, error) {
	switch {
	case k.out != "":
		return newFileTarget(k.out)
	case k.strict:
		return newHeldTarget(k.screen())
	}
	return plainTarget{k.screen()}, nil
}

// screen is what a report that is not for people passes by.
func (k *checking) screen() io.Writer {
	if k.format == report.Table {
		return k.command.streams.out
	}
	return terminal.Data(k.command.streams.out)
}

// names are the files' names for messages.
func (k *checking) names() []string {
	names := make([]string, len(k.files))
	for i, file := range k.files {
		names[i] = file
		if file == stdinName {
			names[i] = "standard input"
		}
	}
	return names
}

// read checks every file; one that cannot be read does not keep the others from being read.
func (k *checking) read(ctx context.Context, r *report.Report) (unreadable bool, err error) {
	bar := k.progress()
	defer bar.finish()
	how := report.Reading{Now: period.DateOf(time.Now()), Strict: k.strict, Sheet: k.sheet, Doubts: k.errors != ""}
	for i, name := range k.names() {
		err := k.readOne(ctx, r, bar, k.files[i], name, how)
		var path *os.PathError
		var held *disk.HeldError
		var kind *disk.KindError
		switch {
		case err == nil:
		case report.OfFile(err): // its problem has been printed
			unreadable = true
		case errors.As(err, &held), errors.As(err, &kind), errors.As(err, &path) && (path.Op == "open" || path.Op == "stat"):
			fmt.Fprintf(k.err, "fener: %s\n", k.explain(err))
			unreadable = true
		case errors.Is(err, context.Canceled):
			return true, fmt.Errorf("stopped by a signal before %s was read to its end", name)
		default:
			return true, err
		}
	}
	return unreadable, nil
}

func (k *checking) readOne(ctx context.Context, r *report.Report, bar *progress, path, name string, how report.Reading) error {
	from, err := k.input(ctx, path)
	if err != nil {
		return fmt.Errorf("opening a file to check: %w", err)
	}
	defer from.Close()
	found, err := r.Check(ctx, name, bar.watch(from), how)
	bar.clear()
	for _, cause := range found.Causes() {
		fmt.Fprintln(k.streams.err, cause.Text(k.lang))
	}
	if k.errors == "" || !found.Markable(err) { // where nothing is wrong nothing is written: an old file would mislead
		return err
	}
	return errors.Join(err, k.mark(r, path, name, found, how))
}

// mark writes the table back with its problems.
func (k *checking) mark(r *report.Report, path, name string, found report.Found, how report.Reading) (err error) {
	from, err := disk.Open(path)
	if err != nil {
		return fmt.Errorf("reading the file again for --errors: %w", err)
	}
	defer from.Close()
	to, err := newFileTarget(k.errors)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.discard()) }()
	if err := r.Mark(name, from, to, found, how); err != nil {
		return err
	}
	return to.keep()
}
