package batch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
)

// PublishOptions say what is published, and who answers for it.
type PublishOptions struct {
	Batch    string         // everything of this batch that is not published or withdrawn
	Things   []record.Thing // and these
	By, Why  string         // By is required
	Label    string         // of the new batch; made from the day where empty
	Now      time.Time
	Reviewed bool // somebody looked at the warnings of Care
	DryRun   bool
	Item     func(*Item) error
}

// Publish brings things through the states that lack to Published, all or none:
// a *RefusedError where one lacks what must hold in public, such as a source
// and a quotation, or rests on something that the public cannot read.
func Publish(ctx context.Context, l ledger.Ledger, opt PublishOptions) (Summary, error) {
	return alone(ctx, l, func() (Summary, error) { return publish(ctx, l, opt, nil) })
}

// publish publishes with what is known of the record; nil: it is read.
func publish(ctx context.Context, l ledger.Ledger, opt PublishOptions, k *known) (_ Summary, err error) {
	if k == nil {
		if k, err = readKnown(ctx, l, false); err != nil {
			return Summary{}, err
		}
	}
	chosen := map[record.Thing]bool{}
	var order []record.Thing
	choose := func(t record.Thing) {
		if !chosen[t] {
			chosen[t], order = true, append(order, t)
		}
	}
	named := map[record.Thing]bool{}
	for _, text := range opt.Things {
		t, err := Named(ctx, l, text)
		if err != nil && !errors.Is(err, ledger.ErrNotFound) {
			return Summary{}, fmt.Errorf("publishing: %w", err)
		}
		named[t] = true
		choose(t)
	}
	if opt.Batch != "" {
		err := Each(ctx, l, func(e *ledger.Entry) error {
			if e.Batch == opt.Batch && !ledger.Own(e.Kind) {
				choose(record.Thing{Kind: e.Kind, ID: e.ID})
			}
			return nil
		})
		if err != nil {
			return Summary{}, err
		}
	}
	if len(order) == 0 {
		if opt.Batch != "" {
			return Summary{}, fmt.Errorf("publishing batch %q: %w", opt.Batch, ErrNoBatch)
		}
		return Summary{}, errors.New("publishing: nothing was named; name a batch or things")
	}
	slices.SortStableFunc(order, func(a, b record.Thing) int { return a.Kind.Order() - b.Kind.Order() })
	run, err := beginWith(l, k, Options{By: opt.By, Why: opt.Why, Batch: opt.Label, Now: opt.Now,
		State: record.Published, Reviewed: opt.Reviewed, DryRun: opt.DryRun, Item: opt.Item})
	if err != nil {
		return Summary{}, err
	}
	return run.do(ctx, func(take func(plan) error) error {
		for _, t := range order {
			p, err := run.planner.publish(ctx, t, chosen, named[t])
			if err != nil {
				return err
			}
			if err := take(p); err != nil {
				return err
			}
		}
		return nil
	})
}

// publish plans one thing. What was withdrawn stays so unless it was named.
func (p *planner) publish(ctx context.Context, t record.Thing, chosen map[record.Thing]bool, named bool) (plan, error) {
	stood := p.known.things[p.known.thing(t.Kind, t.ID)]
	if stood.rev == 0 {
		return plan{}, fmt.Errorf("publishing: there is no %s on record", t)
	}
	it := &Item{Kind: t.Kind, ID: t.ID, Revision: int(stood.rev), State: stood.state()}
	if stood.state() == record.Published || stood.state() == record.Withdrawn && !named {
		it.Class = Same
		return plan{items: []*Item{it}}, nil
	}
	body, err := p.standing(ctx, t.Kind, t.ID)
	if err != nil {
		return plan{}, err
	}
	if body == nil {
		return plan{}, fmt.Errorf("publishing: %s was erased", t)
	}
	it.Title = TitleOf(body)
	if err := p.fit(ctx, it, body, chosen); err != nil {
		return plan{}, err
	}
	it.Differences = []Difference{{"state", string(stood.state()), string(record.Published)}}
	it.classify(false)
	out := plan{items: []*Item{it}}
	if it.Class != Refused {
		out.changes = p.sign.revisions(t.Kind, t.ID, int(stood.rev), stood.state(), record.Published, body)
		if t.Kind == record.CaseKind { // cases come before judgments, which may then follow
			err = p.known.protected.hear(p.known.thing(t.Kind, t.ID), record.Published, int(stood.rev)+len(out.changes), body)
		}
	}
	return out, err
}

// fit asks whether a thing may be public.
func (p *planner) fit(ctx context.Context, it *Item, body []byte, chosen map[record.Thing]bool) error {
	thing, known, err := record.Read(it.Kind, body)
	if !known {
		return p.restsOn(it, body, chosen)
	}
	if err != nil {
		return fmt.Errorf("%s %s: %w", it.Kind, it.ID, err)
	}
	for _, f := range thing.Validate(true) {
		it.Refused = append(it.Refused, faulty(f, 0))
	}
	p.care(it, thing)
	if err := p.figures(ctx, it, thing); err != nil {
		return err
	}
	if err := p.restsOn(it, body, chosen); err != nil {
		return err
	}
	it.classify(false)
	p.published(it, thing)
	return nil
}

// restsOn refuses what rests on something that is neither public nor about to be.
func (p *planner) restsOn(it *Item, body []byte, chosen map[record.Thing]bool) error {
	on, err := references(it.Kind, body)
	if err != nil {
		return fmt.Errorf("%s %s: %w", it.Kind, it.ID, err)
	}
	slices.SortFunc(on, func(a, b record.Thing) int { return strings.Compare(a.String(), b.String()) })
	for _, t := range slices.Compact(on) {
		at, stood := p.known.things[p.known.thing(t.Kind, t.ID)]
		if t.Kind == record.CaseKind {
			continue
		}
		if !stood || at.public || chosen[t] && at.state() != record.Withdrawn {
			continue
		}
		it.Refused = append(it.Refused, Reason{Code: RefusedCitation, Detail: p.known.say(t)})
	}
	return nil
}
