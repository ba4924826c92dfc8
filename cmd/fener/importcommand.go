package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"fener/internal/batch"
	"fener/internal/disk"
	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/standard"
	"fener/internal/terminal"
	"fener/period"
)

// importing is one run of `fener import`.
type importing struct {
	*command
	dataFolder
	opt    batch.Options
	state  string
	format string
	errors string // file for what was refused
	left   string // file for what the record has no place for
	sheet  string // of a workbook
	file   string
	more   []string // further files
	what   string   // the command

	failures *batch.Failures
	marks    *batch.Marks // of a workbook with several sheets; nil: rows are copied
}

type importer func(*importing, context.Context, ledger.Ledger, io.Reader) (batch.Summary, error)

var importCommands = func() map[string]importer {
	all := map[string]importer{"judgments": (*importing).judgments, "stories": (*importing).stories, "funding": (*importing).funding}
	for name, take := range batch.Takes() {
		all[name] = func(m *importing, ctx context.Context, l ledger.Ledger, from io.Reader) (batch.Summary, error) {
			return take(ctx, l, m.name(), from, m.opt)
		}
	}
	return all
}()

func importCommand(ctx context.Context, c *command, args []string) (int, error) {
	m := &importing{command: c, failures: batch.NewFailures(c.lang)}
	f := c.flags("fener import")
	m.dataFolder.flags(c, f)
	f.StringVar(&m.opt.Source, "source", "", "source of rows that name none")
	f.StringVar(&m.opt.Batch, "batch", "", "label of the batch")
	f.StringVar(&m.state, "state", string(record.Draft), "draft or published")
	f.StringVar(&m.format, "format", "text", "text or jsonl")
	f.StringVar(&m.errors, "errors", "", "file for the rows that were refused")
	f.StringVar(&m.sheet, "sheet", "", "the sheet of a workbook to read")
	f.StringVar(&m.left, "left-out", "", "file for what the record has no place for")
	f.BoolVar(&m.opt.KnownRecipients, "known-recipients", false, "only what went to shelters on record")
	f.BoolVar(&m.opt.DryRun, "dry-run", false, "only show what would happen")
	f.BoolVar(&m.opt.SkipRefused, "skip-refused", false, "import the rest")
	f.BoolVar(&m.opt.Reviewed, "reviewed", false, "somebody looked at the warnings")
	f.BoolVar(&m.opt.Erased, "although-erased", false, "what was erased may be entered again")
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) == 0 {
		return exitUsage, wrongUse("import needs one of %s, and a file", strings.Join(keysOf(importCommands), ", "))
	}
	do, ok := importCommands[rest[0]]
	switch {
	case !ok:
		return exitUsage, wrongUse("import has no command %q%s", rest[0], nearest(rest[0], keysOf(importCommands)))
	case len(rest) < 2, len(rest) > 2 && rest[0] != "stories" && rest[0] != "funding":
		return exitUsage, wrongUse("import %s takes one file", rest[0])
	case (m.left != "" || m.opt.KnownRecipients) && exportForms[rest[0]] == nil:
		return exitUsage, wrongUse("--left-out and --known-recipients are for %s", strings.Join(keysOf(exportForms), ", "))
	case m.errors != "" && exportForms[rest[0]] != nil:
		return exitUsage, wrongUse("--errors copies rows from a table, and this is none; --left-out FILE takes what the record has no place for")
	case m.format != "text" && m.format != "jsonl":
		return exitUsage, wrongUse("--format is text or jsonl, not %q", m.format)
	case m.errors != "" && (slices.Contains(rest[1:], "-") || rest[0] == "cases" || rest[0] == "claims" || rest[0] == "stories"):
		return exitUsage, wrongUse("--errors copies rows from a table, so it needs a file, and not one of cases, claims or stories")
	}
	if rest[0] == "claims" || rest[0] == "stories" {
		if m.opt.Pack, err = m.pack(); err != nil {
			return exitUnreadable, err
		}
	}
	if rest[0] == "funding" {
		files, err := filesIn(rest[1:])
		if err != nil {
			return exitUnreadable, err
		}
		rest = append(rest[:1:1], files...)
	}
	m.what, m.file, m.more, m.failures.Sheet, m.opt.Sheet = rest[0], rest[1], rest[2:], m.sheet, m.sheet
	if m.marksErrors() {
		m.marks = batch.NewMarks(m.lang)
	}
	return m.run(ctx, do)
}

func (m *importing) run(ctx context.Context, do importer) (code int, err error) {
	m.opt.By, m.opt.Why, m.opt.State, m.opt.Now = m.by, m.why, record.State(m.state), time.Now()
	if m.opt.Documents, err = m.copies(m.dir); err != nil {
		return exitUnreadable, err
	}
	var problems []intake.Problem
	m.opt.Problem = func(p *intake.Problem) { problems = append(problems, *p) }
	var left []standard.Left
	m.opt.Left = func(list []standard.Left) { left = list }
	l, err := m.reach(ctx, m.opt.DryRun)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	from, err := m.input(ctx, m.file)
	if err != nil {
		return exitUnreadable, fmt.Errorf("opening the file to import: %w", err)
	}
	defer from.Close()
	preview := batch.TextPreview(m.out, m.lang)
	if m.format == "jsonl" {
		preview = batch.JSONPreview(terminal.Data(m.out), m.lang)
	}
	m.opt.Item = func(it *batch.Item) error {
		if m.marks != nil {
			m.marks.Add(it)
		} else {
			m.failures.Add(it)
		}
		if !m.opt.DryRun && (it.Class == batch.New || it.Class == batch.Changed) {
			return nil // what needs nobody's eyes is counted
		}
		return preview.Item(it)
	}
	bar := watchFile(m.command, m.file)
	sum, err := do(m, ctx, l, bar.watch(from))
	bar.finish()
	writeLeft(m.streams.err, left, m.lang)
	if err := leftFile(m.left, left, m.lang); err != nil {
		return exitUnreadable, err
	}
	for _, cause := range intake.Group(problems) {
		fmt.Fprintln(m.streams.err, cause.Text(m.lang))
	}
	if file := new(intake.FileError); errors.As(err, &file) {
		return exitUnreadable, nil // it was told, with all else that is wrong with the file
	}
	if refused := new(batch.RefusedError); err != nil && !errors.As(err, &refused) {
		return exitUnreadable, err
	}
	if err := errors.Join(preview.Summary(sum), m.writeErrors()); err != nil {
		return exitUnreadable, err
	}
	if sum.Entries > 0 {
		m.foldViews(ctx, l)
	}
	if sum.Classes[batch.Refused] > 0 {
		return exitUnreadable, nil
	}
	return exitDone, nil
}

// watchFile is a progress bar for reading one file.
func watchFile(c *command, file string) *progress {
	return (&checking{command: c, files: []string{file}, out: "elsewhere"}).progress()
}

func (m *importing) judgments(ctx context.Context, l ledger.Ledger, from io.Reader) (batch.Summary, error) {
	pack, err := m.pack()
	if err != nil {
		return batch.Summary{}, err
	}
	rows := batch.Rows(ctx, from, batch.Reading{
		Name: m.name(), Beside: m.opt.SkipRefused, Options: intake.Options{Pack: pack, Now: period.DateOf(m.opt.Now), Sheet: m.sheet, OneSheet: true},
		Problem: m.opt.Problem,
	})
	return batch.Judgments(ctx, l, rows, m.opt)
}

func (m *importing) name() string {
	if m.file == "-" {
		return "standard input"
	}
	return m.file
}

// writeErrors writes the rows that were refused, and none where none was: an old
// error file would mislead.
func (m *importing) writeErrors() (err error) {
	if m.errors != "" && m.marks != nil {
		return m.writeMarks()
	}
	if m.errors == "" || m.failures.Len() == 0 {
		return nil
	}
	file, err := disk.Open(m.file)
	if err != nil {
		return fmt.Errorf("reading the file again for the error file: %w", err)
	}
	defer file.Close()
	to, err := newFileTarget(m.errors)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.discard()) }()
	if err := m.failures.Write(file, to); err != nil {
		return err
	}
	return to.keep()
}
