package batch

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/period"
)

// RestsError says that something cannot be withdrawn in silence, because other
// things rest on it.
type RestsError struct {
	Thing record.Thing
	Rests []Dependent
}

func (e *RestsError) Error() string {
	return fmt.Sprintf("%s was not withdrawn: other things rest on it; withdraw or correct those first, or say that they may stand without it (--anyway):%s", e.Thing, nameAll(e.Rests))
}

// WithdrawOptions say who withdraws and why; both are required.
type WithdrawOptions struct {
	By, Why string
	Label   string // of the new batch; made from the day where empty
	Now     time.Time
	Anyway  bool // although other things rest on it
}

// Withdraw takes a thing back. Its history stays visible. It refuses with a
// *RestsError where other things rest on it.
func Withdraw(ctx context.Context, l ledger.Ledger, t record.Thing, opt WithdrawOptions) (label string, err error) {
	if strings.TrimSpace(opt.By) == "" || strings.TrimSpace(opt.Why) == "" {
		return "", fmt.Errorf("withdrawing %s: who does it and why must be said (--by, --why); both stay visible", t)
	}
	asked := t
	t, err = Named(ctx, l, t)
	if err != nil {
		return "", fmt.Errorf("withdrawing: %w", err)
	}
	history, err := l.History(ctx, t.Kind, t.ID)
	if err != nil {
		return "", fmt.Errorf("withdrawing: %w", err)
	}
	last := history[len(history)-1]
	if last.State == record.Withdrawn {
		return "", fmt.Errorf("%s was withdrawn already, on %s by %s", t, last.At.Format(time.DateOnly), last.By)
	}
	if last.Erased {
		return "", fmt.Errorf("%s was erased; there is nothing left to withdraw", t)
	}
	k := newKnown()
	rests, err := resting(ctx, l, t, k)
	if err != nil {
		return "", err
	}
	if len(rests) > 0 && !opt.Anyway {
		for i := range rests {
			rests[i].On = asked // as the user calls it
		}
		return "", &RestsError{asked, rests}
	}
	if opt.Label == "" {
		opt.Label = k.label(period.DateOf(opt.Now))
	}
	sign := signature{opt.By, opt.Why, opt.Label}
	_, err = l.Append(ctx, sign.revisions(t.Kind, t.ID, last.Rev, last.State, record.Withdrawn, last.Body))
	return opt.Label, err
}

// resting lists what rests on a thing as it stands.
func resting(ctx context.Context, l ledger.Ledger, t record.Thing, k *known) ([]Dependent, error) {
	found := map[record.Thing]Dependent{}
	err := Each(ctx, l, func(e *ledger.Entry) error {
		k.labels[e.Batch] = true
		it := record.Thing{Kind: e.Kind, ID: e.ID}
		delete(found, it)
		if ledger.Own(e.Kind) || e.Erased || e.State == record.Withdrawn {
			return nil
		}
		on, err := references(e.Kind, e.Body)
		if err != nil {
			return fmt.Errorf("reading %s: %w", it, err)
		}
		if slices.Contains(on, t) {
			found[it] = Dependent{Thing: it, On: t, Title: TitleOf(e.Body), Rev: e.Rev, By: e.By, Batch: e.Batch}
		}
		return nil
	})
	var list []Dependent
	for _, d := range found {
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b Dependent) int { return strings.Compare(a.ID, b.ID) })
	return list, err
}
