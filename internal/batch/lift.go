package batch

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// LiftOptions say who takes the protection of a child victim away from a case,
// and why. Two people answer for it.
type LiftOptions struct {
	By, Second string // two names
	Why        string
	Label      string // of the new batch; made from the day where empty
	Now        time.Time
	DryRun     bool
}

// Laid is one thing that the public could read once the protection is gone.
type Laid struct {
	Thing record.Thing `json:"thing"`
	Field string       `json:"field"`
	Text  string       `json:"text"`
}

// Lifted is what lifting a protection came to.
type Lifted struct {
	Case  string `json:"case"`
	Laid  []Laid `json:"laid_open"`
	Batch string `json:"batch,omitempty"` // of the entry that did it; empty for a preview
}

// Lift takes away the protection of a case that some revision says has a child
// victim: an act of its own, for a case of which that turned out to be untrue. It
// lists first what would be laid open. The case must be on record and published,
// and two different people must answer for it.
func Lift(ctx context.Context, l ledger.Ledger, caseID string, opt LiftOptions) (Lifted, error) {
	meant, err := Named(ctx, l, record.Thing{Kind: record.CaseKind, ID: caseID})
	if err != nil {
		return Lifted{Case: caseID}, fmt.Errorf("lifting the protection of case %s: %w", caseID, err)
	}
	caseID = meant.ID
	done := Lifted{Case: caseID}
	history, err := l.History(ctx, record.CaseKind, caseID)
	if err != nil {
		return done, fmt.Errorf("lifting the protection of case %s: %w", caseID, err)
	}
	last := history[len(history)-1]
	switch {
	case last.Erased:
		return done, fmt.Errorf("case %s: its last revision was erased, and an erased text protects; enter the case anew first", caseID)
	case last.State != record.Published:
		return done, fmt.Errorf("case %s is %s: only the protection of a published case can be lifted, so that everyone can see that it was", caseID, last.State)
	}
	var c record.Case
	if err := record.Decode(last.Body, &c); err != nil {
		return done, fmt.Errorf("case %s: %w", caseID, err)
	}
	k := newKnown()
	if done.Laid, err = laidOpen(ctx, l, k, caseID, &c); err != nil {
		return done, err
	}
	if !k.protected[k.thing(record.CaseKind, caseID)] {
		return done, fmt.Errorf("case %s is not protected: no revision says that a child is among the victims", caseID)
	}
	if opt.DryRun {
		return done, nil
	}
	if err := opt.check(caseID); err != nil {
		return done, err
	}
	two, err := ruled(ctx, l)
	if err != nil {
		return done, err
	}
	steps := []step{{record.Published, opt.By}}
	if two { // the second person is the one whom the record asks for
		steps = []step{{record.Draft, opt.By}, {record.Submitted, opt.By}, {record.Verified, opt.Second}, {record.Published, opt.By}}
	}
	c.ChildVictim, c.LiftedAt = law.No, last.Rev+len(steps)
	body, err := record.Encode(&c)
	if err != nil {
		return done, fmt.Errorf("case %s: %w", caseID, err)
	}
	if done.Batch = opt.Label; done.Batch == "" {
		done.Batch = k.label(period.DateOf(opt.Now))
	}
	var changes []ledger.Change
	for i, s := range steps {
		changes = append(changes, ledger.Change{Kind: record.CaseKind, ID: caseID, Base: last.Rev + i, State: s.state, By: s.by, Why: opt.Why + " (seconded by " + opt.Second + ")", Batch: done.Batch, Body: body})
	}
	_, err = l.Append(ctx, changes)
	return done, err
}

// step is one revision on the way, and who answers for it.
type step struct {
	state record.State
	by    string
}

// ruled reports whether the record asks for a second person.
func ruled(ctx context.Context, l ledger.Ledger) (bool, error) {
	history, err := l.History(ctx, record.RuleKind, record.FourEyesID)
	if errors.Is(err, ledger.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("reading whether the record asks for a second person: %w", err)
	}
	return ledger.RuleInForce(&history[len(history)-1]), nil
}

func (o LiftOptions) check(caseID string) error {
	by, second := strings.TrimSpace(o.By), strings.TrimSpace(o.Second)
	switch {
	case by == "" || second == "" || strings.TrimSpace(o.Why) == "":
		return fmt.Errorf("lifting the protection of case %s: two people and the reason must be named (--by, --second, --why); they stay visible", caseID)
	case strings.EqualFold(by, second):
		return errors.New("lifting a protection: --by and --second name the same person; it takes two")
	}
	return nil
}

// laidOpen lists what of a case and its judgments is kept back while the case is
// protected, and notes on the way which cases are protected.
func laidOpen(ctx context.Context, l ledger.Ledger, k *known, caseID string, c *record.Case) ([]Laid, error) {
	judgments := map[string]*record.Judgment{}
	var order []string
	err := Each(ctx, l, func(e *ledger.Entry) error {
		k.labels[e.Batch] = true
		if err := k.watchCase(e); err != nil {
			return err
		}
		if e.Kind != record.JudgmentKind || e.State != record.Published && e.State != record.Withdrawn {
			return nil
		}
		delete(judgments, e.ID)
		if e.Erased || e.State == record.Withdrawn {
			return nil
		}
		var j record.Judgment
		if err := record.Decode(e.Body, &j); err != nil {
			return fmt.Errorf("judgment %s: %w", e.ID, err)
		}
		if j.Case == caseID {
			judgments[e.ID] = &j
			order = append(order, e.ID)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var list []Laid
	add := func(t record.Thing, field, text string) {
		if text != "" {
			list = append(list, Laid{t, field, text})
		}
	}
	own := record.Thing{Kind: record.CaseKind, ID: caseID}
	add(own, "indicted", c.Indicted.String())
	add(own, "exploitation", c.Form)
	add(own, "note", c.Note)
	for _, citation := range c.Citations {
		add(own, "quote", citation.Quote)
	}
	for _, id := range order {
		j := judgments[id]
		if j == nil {
			continue
		}
		delete(judgments, id)
		at := record.Thing{Kind: record.JudgmentKind, ID: id}
		add(at, "date", j.Date.String())
		add(at, "note", j.Note)
		for _, citation := range j.Citations {
			add(at, "quote", citation.Quote)
		}
		for _, d := range j.Defendants {
			for i := range d.Counts {
				add(at, "offence_from", d.Counts[i].From.String())
				add(at, "quote", d.Counts[i].Quote)
			}
		}
	}
	return list, nil
}
