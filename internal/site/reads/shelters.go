package reads

import (
	"errors"
	"fmt"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/view"
	"fener/period"
)

// Shelters is what was told of shelters and their money, with the sources that it rests on.
type Shelters struct {
	*coverage.Set
	Sources     map[string]record.Source
	First, Last int // years of the first and the last that was told of money, of a time without it, or of a closure; 0 where nothing was
}

// Told reads what was told of shelters and their money, once for each position of the record.
func Told(r *page.Request) (*Shelters, error) { return told.Of(r) }

// ToldIfAny is Told, and nil where there is no record or nothing was told.
func ToldIfAny(r *page.Request) (*Shelters, error) {
	of, err := Told(r)
	if page.IsNoData(err) {
		return nil, nil
	}
	if err != nil || of.Empty() {
		return nil, err
	}
	return of, nil
}

var told = page.NewOnce(func(r *page.Request) (*Shelters, error) {
	v, err := r.Record()
	if err != nil {
		return nil, err
	}
	of := &Shelters{Set: coverage.NewSet(), Sources: map[string]record.Source{}}
	if err := errors.Join(
		put[*record.Shelter](r, v, of, record.ShelterKind), put[*record.Call](r, v, of, record.CallKind), put[*record.Application](r, v, of, record.ApplicationKind),
		put[*record.Grant](r, v, of, record.GrantKind), put[*record.Payment](r, v, of, record.PaymentKind), put[*record.Closure](r, v, of, record.ClosureKind),
		put[*record.Gap](r, v, of, record.GapKind), put[*record.Event](r, v, of, record.EventKind), put[*record.Service](r, v, of, record.ServiceKind),
	); err != nil {
		return nil, fmt.Errorf("reading what was told of shelters: %w", err)
	}
	return of, nil
})

// put reads all that stands of a kind into the set.
func put[B record.Body](r *page.Request, v *view.View, of *Shelters, kind record.Kind) error {
	list, err := view.All[B](r.Context(), v, kind)
	if err != nil {
		return err
	}
	for _, one := range list {
		of.Put(record.Thing{Kind: kind, ID: one.ID}, one.Body)
		from, to := Days(one.Body)
		for _, year := range []int{from.Year(), to.Year()} {
			if year > 0 && (of.First == 0 || year < of.First) {
				of.First = year
			}
			of.Last = max(of.Last, year)
		}
		t := TellingOf(one.Body)
		if t == nil || t.Citation.Source == "" {
			continue
		}
		if _, has := of.Sources[t.Citation.Source]; has {
			continue
		}
		s, err := v.BareSource(r.Context(), t.Citation.Source)
		if err == nil {
			of.Sources[t.Citation.Source] = s.Source
		} else if !errors.Is(err, view.ErrNotFound) && !errors.Is(err, view.ErrGone) {
			return err
		}
	}
	return nil
}

// Empty tells whether no shelter is on record.
func (of *Shelters) Empty() bool {
	for range of.Shelters() {
		return false
	}
	return true
}

// Days are the days that a body bears on, as far as they are known: those of money, of times without it and of closures.
func Days(body record.Body) (from, to period.Date) {
	switch b := body.(type) {
	case *record.Grant:
		from, to = b.From, b.To
	case *record.Payment:
		from, to = b.From, b.To
	case *record.Closure:
		from, to = b.From, b.To
	case *record.Gap:
		from, to = b.From, b.To
	}
	return from, to
}

// TellingOf is what every body of these kinds has of its source; nil for another kind.
func TellingOf(body record.Body) *record.Telling {
	switch b := body.(type) {
	case *record.Shelter:
		return &b.Telling
	case *record.Call:
		return &b.Telling
	case *record.Application:
		return &b.Telling
	case *record.Grant:
		return &b.Telling
	case *record.Payment:
		return &b.Telling
	case *record.Closure:
		return &b.Telling
	case *record.Gap:
		return &b.Telling
	case *record.Event:
		return &b.Telling
	case *record.Service:
		return &b.Telling
	}
	return nil
}

// SheltersOf are the shelters that a telling names.
func SheltersOf(body record.Body) []string {
	switch b := body.(type) {
	case *record.Call:
		return b.Shelters
	case *record.Application:
		return b.Shelters
	case *record.Grant:
		return b.Shelters
	case *record.Payment:
		return b.Shelters
	case *record.Closure:
		return b.Shelters
	case *record.Gap:
		return b.Shelters
	case *record.Event:
		return b.Shelters
	case *record.Service:
		return []string{b.Shelter}
	}
	return nil
}
