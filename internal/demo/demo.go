// Package demo fills a data folder for trying Fener out: with the example of
// Kosovo, every fact of which is cited, and with generated judgments where they
// are asked for. These say SYNTHETIC, and then so does every page.
package demo

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"
	"time"

	"fener/examples/kosovo"
	"fener/internal/batch"
	"fener/internal/batch/synthetic"
	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// Options say what a folder is filled with.
type Options struct {
	Pack      *law.Pack
	Now       time.Time
	Synthetic int // generated judgments beside the example

	// Standing says how things stand that the example's stories place; nil leaves
	// that out. done ends what it needed.
	Standing func(context.Context, ledger.Ledger) (standing *batch.Standing, done func() error, err error)

	Step     func(name string, of int) // a step begins; of is how many rows it has, 0 where nobody knows. May be nil
	Progress func(rows int)            // so many of the step's rows are read. May be nil
}

// author answers for what the demonstration enters.
const author = "fener demo"

// seed makes the generated judgments the same every time.
const seed = 1

// Key makes the ids of the example where it is shown and nothing of one's own is
// entered: its words are known to everybody, and its addresses stay the same.
func Key() *ledger.IDKey {
	k := ledger.IDKey(sha256.Sum256([]byte("the example of Fener")))
	return &k
}

// Fill takes the example into an empty ledger, published, and then the
// generated judgments. It returns how many entries the ledger holds.
func Fill(ctx context.Context, l ledger.Ledger, o Options) (entries int64, err error) {
	if o.Step == nil {
		o.Step = func(string, int) {}
	}
	published := batch.Options{
		By: author, Why: "the example of Kosovo, from public reporting",
		State: record.Published, Now: o.Now, Reviewed: true, Progress: o.Progress,
	}
	if err := o.files(ctx, l, published, "sources.csv", "institutions.csv"); err != nil {
		return 0, err
	}
	if err := o.cases(ctx, l, published); err != nil {
		return 0, err
	}
	if err := o.files(ctx, l, published, slices.Concat([]string{"observations.csv"}, sheets(), []string{"claims.yaml"})...); err != nil {
		return 0, err
	}
	if err := o.stories(ctx, l, published); err != nil {
		return 0, fmt.Errorf("taking the example's stories into the record: %w", err)
	}
	if o.Synthetic > 0 {
		if err := o.generate(ctx, l); err != nil {
			return 0, fmt.Errorf("taking generated judgments into the record: %w", err)
		}
		if err := o.talk(ctx, l); err != nil {
			return 0, fmt.Errorf("taking the SYNTHETIC talk into the record: %w", err)
		}
	}
	head, err := l.Head(ctx)
	return head.Seq, err
}

// cases takes in the judgments and what ties them into cases, and publishes both at once: a judgment that was public before its case was known would count
// as corrected, although nobody corrected anything.
func (o *Options) cases(ctx context.Context, l ledger.Ledger, published batch.Options) error {
	draft := published
	draft.State = record.Draft
	var drafts []record.Thing
	draft.Item = func(it *batch.Item) error {
		drafts = append(drafts, record.Thing{Kind: it.Kind, ID: it.ID})
		return nil
	}
	if err := o.files(ctx, l, draft, "judgments.csv", "cases.yaml"); err != nil {
		return err
	}
	_, err := batch.Publish(ctx, l, batch.PublishOptions{Things: drafts, By: published.By, Why: published.Why, Now: published.Now, Reviewed: published.Reviewed})
	if err != nil {
		return fmt.Errorf("publishing the example's cases: %w", err)
	}
	return nil
}

// sheets are the example's files that are sheets (record.Sheet), in the order in which things rest on each other.
func sheets() (names []string) {
	for _, d := range record.Definitions {
		if d.Sheet == nil {
			continue
		}
		if _, err := fs.Stat(kosovo.Files, d.Sheet.Name+".csv"); err == nil {
			names = append(names, d.Sheet.Name+".csv")
		}
	}
	return names
}

// files takes in files of the example by name. Sources come first, since what comes later finds them by their address, and claims, which are
// compared with what sheets hold, come last.
func (o *Options) files(ctx context.Context, l ledger.Ledger, as batch.Options, names ...string) error {
	takes := batch.Takes()
	takes["judgments"] = func(ctx context.Context, l ledger.Ledger, name string, from io.Reader, opt batch.Options) (batch.Summary, error) {
		return batch.Judgments(ctx, l, o.rows(ctx, name, from), opt)
	}
	for _, name := range names {
		o.Step(name, 0)
		from, err := kosovo.Files.Open(name)
		if err != nil {
			return fmt.Errorf("the example: %w", err)
		}
		_, err = takes[strings.TrimSuffix(name, path.Ext(name))](ctx, l, "examples/kosovo/"+name, from, as)
		from.Close() // of bytes in memory
		if err != nil {
			return fmt.Errorf("taking the example's %s into the record: %w", name, err)
		}
	}
	return nil
}

// rows reads judgments as an import does.
func (o *Options) rows(ctx context.Context, name string, from io.Reader) iter.Seq2[batch.Row, error] {
	return batch.Rows(ctx, from, batch.Reading{Name: name, Options: intake.Options{Pack: o.Pack, Now: period.DateOf(o.Now)}})
}

// generate takes generated judgments in while they are being written.
func (o *Options) generate(ctx context.Context, l ledger.Ledger) error {
	o.Step("SYNTHETIC judgments", o.Synthetic)
	from, to := io.Pipe()
	go func() { to.CloseWithError(synthetic.WriteCSV(to, o.Synthetic, seed)) }()
	defer from.Close() // ends the writing where reading ends early
	_, err := batch.Judgments(ctx, l, o.rows(ctx, "SYNTHETIC", from), batch.Options{
		By: author, Why: "SYNTHETIC: generated for trying Fener out", State: record.Published, Now: o.Now,
		Reviewed: true, Synthetic: true, Progress: o.Progress,
	})
	return err
}
