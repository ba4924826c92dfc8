package reads

import (
	"errors"

	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/view"
)

// A ruling is from which entry on the record asks for a second person, or no longer does.
type ruling struct {
	seq int64
	on  bool
}

var rulings = page.NewOnce(func(r *page.Request) ([]ruling, error) {
	v, err := r.Record()
	if err != nil {
		return nil, err
	}
	history, err := v.History(r.Context(), record.RuleKind, record.FourEyesID)
	if errors.Is(err, view.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []ruling
	for i := range history {
		h := &history[i]
		list = append(list, ruling{h.Seq, ledger.RuleInForce(&ledger.Entry{State: h.State, Body: h.Body})})
	}
	return list, nil
})

// Checked reports whether a second person verified each of the entries, by their numbers, before it was public: the ledger takes no other while the record asks
// for one.
func Checked(r *page.Request, entries ...int64) (bool, error) {
	list, err := rulings.Of(r)
	if err != nil {
		return false, err
	}
	for _, seq := range entries {
		on := false
		for _, rule := range list {
			if rule.seq < seq {
				on = rule.on
			}
		}
		if !on {
			return false, nil
		}
	}
	return len(entries) > 0, nil
}
