package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fener/internal/site/reads"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fener/internal/batch"
	"fener/internal/demo"
	"fener/internal/disk"
	"fener/internal/evidence"
	"fener/internal/figure"
	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/terminal"
	"fener/internal/view"
	"fener/law"
	"fener/period"
)

// claimsChecked is one run of `fener claims check`.
type claimsChecked struct {
	*command
	dataFolder // no folder: the example
	format     string
	pack       *law.Pack
}

// claimsCommand checks the claims of an article against what is on record, lists
// what they can be compared with, or begins a file of them.
func claimsCommand(ctx context.Context, c *command, args []string) (code int, err error) {
	k := &claimsChecked{command: c}
	f := c.flags("fener claims")
	k.where(c, f)
	f.StringVar(&k.format, "format", "table", "table or json")
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	do := ""
	if len(rest) > 0 {
		do, rest = rest[0], rest[1:]
	}
	switch {
	case k.format != "table" && k.format != "json":
		return exitUsage, wrongUse("--format is table or json, not %q", k.format)
	case do == "new" && len(rest) <= 1:
		return c.newClaims(strings.Join(rest, ""), time.Now())
	case do == "check" && len(rest) == 1, do == "indicators":
	case do == "check":
		return exitUsage, wrongUse("claims check takes one file: claims check FILE.yaml; `fener claims new FILE.yaml` begins one")
	case do == "new":
		return exitUsage, wrongUse("claims new takes one file at most")
	default:
		known := []string{"check", "indicators", "new"}
		return exitUsage, wrongUse("claims has the commands check FILE.yaml, indicators [WORD] and new [FILE.yaml]%s", nearest(do, known))
	}
	if k.pack, err = c.pack(); err != nil {
		return exitUnreadable, err
	}
	if do == "indicators" {
		return k.indicators(ctx, strings.Join(rest, " "))
	}
	return k.run(ctx, rest[0])
}

func (k *claimsChecked) run(ctx context.Context, name string) (code int, err error) {
	articles, wrong, err := k.read(ctx, name)
	if err != nil {
		return exitUnreadable, err
	}
	set, done, err := k.record(ctx, articles)
	if err != nil {
		return exitUnreadable, err
	}
	defer func() { err = errors.Join(err, done()) }()
	report := newClaimsReport(k.lang, set, articles)
	if k.format == "json" {
		err = report.json(terminal.Data(k.out))
	} else {
		err = report.table(k.out)
	}
	if err != nil {
		return exitUnreadable, err
	}
	if wrong {
		return exitUnreadable, nil
	}
	return report.exitCode(), nil
}

// read reads the claims and says what is wrong with the file. Claims that are
// not wrong are checked all the same.
func (k *claimsChecked) read(ctx context.Context, name string) (articles []intake.ArticleClaims, wrong bool, err error) {
	from, err := k.input(ctx, name)
	if err != nil {
		return nil, false, fmt.Errorf("opening the file of claims: %w", err)
	}
	defer from.Close()
	if name == stdinName {
		name = "standard input"
	}
	articles, problems, err := intake.Claims(name, from, batch.Comparable(k.pack))
	for _, p := range problems {
		fmt.Fprintln(k.streams.err, p.Text(k.lang))
	}
	return articles, intake.Failed(problems), err
}

// record folds what the public can read of the record; done gives it back.
func (k *claimsChecked) record(ctx context.Context, articles []intake.ArticleClaims) (set *evidence.Set, done func() error, err error) {
	temporary, err := os.MkdirTemp("", "fener-claims-")
	if err != nil {
		return nil, nil, fmt.Errorf("a place for the fold: %w", err)
	}
	closers := []func() error{func() error { return disk.RemoveAll(temporary) }}
	done = func() (err error) {
		for i := len(closers) - 1; i >= 0; i-- {
			err = errors.Join(err, closers[i]())
		}
		return err
	}
	l, err := k.ledger(ctx, temporary)
	if err != nil {
		return nil, nil, errors.Join(err, done())
	}
	closers = append(closers, l.Close)
	for i := range articles {
		// What the draft calls its source, and what its claims rest on, is a thing of
		// the record where that knows it.
		source, err := batch.Named(ctx, l, record.Thing{Kind: record.SourceKind, ID: articles[i].Source})
		if err != nil && !errors.Is(err, ledger.ErrNotFound) {
			return nil, nil, errors.Join(err, done())
		}
		articles[i].Source = source.ID
		for n := range articles[i].Claims {
			of := &articles[i].Claims[n].Comparison.Shelter
			if *of == "" {
				continue
			}
			shelter, err := batch.Named(ctx, l, record.Thing{Kind: record.ShelterKind, ID: *of})
			if err != nil && !errors.Is(err, ledger.ErrNotFound) {
				return nil, nil, errors.Join(err, done())
			}
			*of = shelter.ID
		}
	}
	options := evidence.Options{Entries: l, Pack: k.pack}
	if asksFigures(articles) {
		columns, err := k.columns(ctx, l, temporary)
		if err != nil {
			return nil, nil, errors.Join(err, done())
		}
		options.Figures = evidence.RecordedIn(func() *figure.Columns { return columns })
	}
	keeper, err := evidence.Fold(ctx, options)
	if err != nil {
		return nil, nil, errors.Join(err, done())
	}
	return keeper.Set(), done, nil
}

// ledger is the data folder's, or one filled with the example.
func (k *claimsChecked) ledger(ctx context.Context, temporary string) (*ledger.Store, error) {
	if k.dir != "" {
		return k.open(ctx, true)
	}
	l, err := ledger.Open(ctx, filepath.Join(temporary, "example"), ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true, Key: demo.Key()})
	if err != nil {
		return nil, err
	}
	if _, err := demo.Fill(ctx, l, demo.Options{Pack: k.pack, Now: time.Now()}); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

func asksFigures(articles []intake.ArticleClaims) bool {
	for i := range articles {
		for n := range articles[i].Claims {
			if articles[i].Claims[n].Comparison.Figure != "" {
				return true
			}
		}
	}
	return false
}

// columns are what figures are computed from, over a view of its own: the
// folder's may be in use.
func (k *claimsChecked) columns(ctx context.Context, l *ledger.Store, temporary string) (_ *figure.Columns, err error) {
	v, err := view.Open(ctx, view.Options{Path: filepath.Join(temporary, view.Public.FileName()), Ledger: l, Pack: k.pack})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, v.Close()) }()
	if err := v.CatchUp(ctx); err != nil {
		return nil, err
	}
	figures, err := reads.ReadFigures(ctx, v, figure.AsOf{Seq: v.Seq(), Date: period.DateOf(time.Now())})
	if err != nil {
		return nil, err
	}
	return figures.Columns, nil
}
