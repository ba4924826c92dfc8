package batch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// ErrNoBatch means that no entry bears the label.
var ErrNoBatch = errors.New("there is no such batch")

// OnTopError says that a batch cannot be taken back because later entries stand
// on what it made.
type OnTopError struct {
	Batch string
	Later []Dependent
}

func (e *OnTopError) Error() string {
	return fmt.Sprintf("batch %s was not taken back: later entries stand on it; take those back first, or keep what they stand on (--keep):%s", e.Batch, nameAll(e.Later))
}

// UndoOptions say how a batch is taken back.
type UndoOptions struct {
	By, Why string    // By is required; Why is "undo of batch ..." where empty
	Label   string    // of the new batch; made from the day where empty
	Now     time.Time // for the label
	Keep    bool      // leave alone what later entries stand on, and take back the rest
}

// An Undone says what taking back a batch came to.
type Undone struct {
	Batch     string      `json:"batch"` // of the entries that took it back
	Withdrawn int         `json:"withdrawn"`
	Restored  int         `json:"restored"`
	Kept      []Dependent `json:"kept,omitempty"` // why things were left alone
	Entries   int         `json:"entries"`
}

// touched is what a batch did to one thing.
type touched struct {
	thing record.Thing
	first int // revision of the batch's first entry for it
	last  int
}

// Undo takes a batch back by new entries: what it created is withdrawn, what it
// changed gets the body and state back that stood before, for the desk and for
// the public alike. It refuses with an *OnTopError where later revisions stand
// on the batch's, or later things rest on what it created.
func Undo(ctx context.Context, l ledger.Ledger, label string, opt UndoOptions) (Undone, error) {
	if opt.By == "" {
		return Undone{}, errors.New("taking back a batch: nobody answers for it; say who (--by)")
	}
	u := &undoing{label: label, at: map[record.Thing]int{}, later: map[record.Thing]Dependent{}, created: map[record.Thing]bool{}}
	labels := newKnown()
	err := Each(ctx, l, func(e *ledger.Entry) error {
		labels.labels[e.Batch] = true
		return u.hear(e)
	})
	if err != nil {
		return Undone{}, err
	}
	if len(u.things) == 0 {
		return Undone{}, fmt.Errorf("taking back batch %q: %w; its label stands in the last line of the import", label, ErrNoBatch)
	}
	kept := u.onTop()
	if len(kept) > 0 && !opt.Keep {
		if err := lookUp(ctx, l, kept); err != nil {
			return Undone{}, err
		}
		return Undone{}, &OnTopError{label, kept}
	}
	if opt.Label == "" {
		opt.Label = labels.label(period.DateOf(opt.Now))
	}
	if opt.Why == "" {
		opt.Why = "undo of batch " + label
	}
	return u.append(ctx, l, opt, kept)
}

// lookUp finds how people call what the first of the list rest on.
func lookUp(ctx context.Context, l ledger.Ledger, list []Dependent) error {
	for i := range list[:min(len(list), maxNamed)] {
		d := &list[i]
		if d.On == d.Thing {
			continue
		}
		history, err := l.History(ctx, d.On.Kind, d.On.ID)
		if err != nil {
			return err
		}
		d.OnIs = TitleOf(history[len(history)-1].Body)
	}
	return nil
}

type undoing struct {
	label   string
	things  []touched
	at      map[record.Thing]int // place in things
	created map[record.Thing]bool
	later   map[record.Thing]Dependent // what stands on top, by the thing that does
}

func (u *undoing) hear(e *ledger.Entry) error {
	if ledger.Own(e.Kind) {
		return nil
	}
	it := record.Thing{Kind: e.Kind, ID: e.ID}
	i, mine := u.at[it]
	if e.Batch == u.label {
		if !mine {
			i = len(u.things)
			u.at[it], u.things = i, append(u.things, touched{thing: it, first: e.Rev})
			u.created[it] = e.Rev == 1
		}
		u.things[i].last = e.Rev
		delete(u.later, it)
		return nil
	}
	if mine {
		u.later[it] = Dependent{Thing: it, On: it, Title: TitleOf(e.Body), Rev: e.Rev, By: e.By, Batch: e.Batch}
		return nil
	}
	return u.hearOther(it, e)
}

// hearOther notes the things of others that rest on what the batch created.
func (u *undoing) hearOther(it record.Thing, e *ledger.Entry) error {
	if len(u.created) == 0 || e.Erased {
		return nil
	}
	delete(u.later, it)
	if e.State == record.Withdrawn {
		return nil
	}
	on, err := references(e.Kind, e.Body)
	if err != nil {
		return fmt.Errorf("reading %s: %w", it, err)
	}
	for _, r := range on {
		if u.created[r] {
			u.later[it] = Dependent{Thing: it, On: r, Title: TitleOf(e.Body), Rev: e.Rev, By: e.By, Batch: e.Batch}
		}
	}
	return nil
}

// onTop lists what stands on the batch, in order. What was withdrawn since
// carries nothing.
func (u *undoing) onTop() []Dependent {
	var list []Dependent
	for _, d := range u.later {
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b Dependent) int { return bytes.Compare([]byte(a.String()), []byte(b.String())) })
	return list
}

// append takes things back in the opposite order, so that nothing rests on what
// was taken back before it.
func (u *undoing) append(ctx context.Context, l ledger.Ledger, opt UndoOptions, kept []Dependent) (Undone, error) {
	done := Undone{Batch: opt.Label, Kept: kept}
	keep := map[record.Thing]bool{}
	for _, d := range kept {
		keep[d.On] = true
	}
	sign := signature{opt.By, opt.Why, opt.Label}
	span, err := l.AppendAll(ctx, func(yield func(ledger.Change, error) bool) {
		for _, t := range slices.Backward(u.things) {
			if keep[t.thing] {
				continue
			}
			changes, err := takeBack(ctx, l, t, sign)
			if err != nil {
				yield(ledger.Change{}, err)
				return
			}
			if t.first == 1 {
				done.Withdrawn++
			} else {
				done.Restored++
			}
			for _, c := range changes {
				if !yield(c, nil) {
					return
				}
			}
		}
	})
	done.Entries = span.Len()
	return done, err
}

// was is what the desk and the public read of a thing after some revisions.
type was struct {
	state  record.State
	body   []byte
	public []byte // nil: nothing
}

func after(history []ledger.Entry) (w was) {
	for _, e := range history {
		w.state, w.body = e.State, e.Body
		switch e.State {
		case record.Published:
			w.public = e.Body
		case record.Withdrawn:
			w.public = nil
		}
	}
	return w
}

// keepProtection keeps a case protected that some revision says has a child
// victim, whatever an undo brings back: taking back a batch is no act by which
// anyone decided to lay a child's case open.
func (w *was) keepProtection(history []ledger.Entry) error {
	var p record.Protection
	for i := range history {
		body := history[i].Body
		if history[i].Erased {
			body = nil
		}
		var err error
		if p, err = p.Hear(history[i].State, history[i].Rev, body); err != nil {
			return err
		}
	}
	if !p {
		return nil
	}
	for _, body := range []*[]byte{&w.body, &w.public} {
		if *body == nil {
			continue
		}
		var c record.Case
		if err := record.Decode(*body, &c); err != nil {
			return err
		}
		if c.ChildVictim == law.Yes {
			continue
		}
		c.ChildVictim, c.LiftedAt = law.Yes, 0
		encoded, err := record.Encode(&c)
		if err != nil {
			return err
		}
		*body = encoded
	}
	return nil
}

// takeBack are the changes that make desk and public read again what they read
// before the batch.
func takeBack(ctx context.Context, l ledger.Ledger, t touched, sign signature) ([]ledger.Change, error) {
	history, err := l.History(ctx, t.thing.Kind, t.thing.ID)
	if err != nil {
		return nil, err
	}
	before, now := after(history[:t.first-1]), after(history)
	if t.thing.Kind == record.CaseKind {
		if err := before.keepProtection(history); err != nil {
			return nil, fmt.Errorf("%s: %w", t.thing, err)
		}
	}
	if now.body == nil || t.first > 1 && before.body == nil {
		return nil, fmt.Errorf("%s cannot be taken back: what stood was erased", t.thing)
	}
	var changes []ledger.Change
	rev := len(history)
	move := func(to record.State, body []byte) {
		if now.state == to && bytes.Equal(now.body, body) {
			return
		}
		some := sign.revisions(t.thing.Kind, t.thing.ID, rev, now.state, to, body)
		changes, rev = append(changes, some...), rev+len(some)
		now.state, now.body = to, body
	}
	switch {
	case t.first == 1:
		if now.state != record.Withdrawn {
			move(record.Withdrawn, now.body)
		}
		return changes, nil
	case before.public == nil && now.public != nil:
		move(record.Withdrawn, now.body)
	case before.public != nil && !bytes.Equal(before.public, now.public):
		move(record.Published, before.public)
	}
	if before.state != record.Withdrawn || now.state != record.Withdrawn {
		move(before.state, before.body)
	}
	return changes, nil
}
