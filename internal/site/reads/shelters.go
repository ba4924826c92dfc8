package reads

import (
	"errors"
	"fmt"
	"sync"

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

	summed sync.Once
	sums   map[string]Sum
}

// Sum is how the days of a shelter stand from the first year of which something is told to the last.
type Sum struct {
	Days  map[coverage.State]int
	Blank bool // nothing is told of any of them
}

// Summed is how the days of each shelter stand, by its id; it is reckoned once for each position of the record. Nothing where nothing was told.
func (of *Shelters) Summed() map[string]Sum {
	of.summed.Do(func() {
		of.sums = map[string]Sum{}
		from, err := period.NewDate(of.First, 1, 1)
		to, err2 := period.NewDate(of.Last, 12, 31)
		if err != nil || err2 != nil { // nothing was told
			return
		}
		for id := range of.Shelters() {
			strip := of.Strip(id, from, to)
			of.sums[id] = Sum{strip.Count(), strip.Blank()}
		}
	})
	return of.sums
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
	for _, d := range record.Definitions {
		if _, is := d.New().(record.Told); !is {
			continue
		}
		if err := put(r, v, of, d.Kind); err != nil {
			return nil, fmt.Errorf("reading what was told of shelters: %w", err)
		}
	}
	return of, nil
})

// put reads all that stands of a kind into the set.
func put(r *page.Request, v *view.View, of *Shelters, kind record.Kind) error {
	list, err := view.All[record.Told](r.Context(), v, kind)
	if err != nil {
		return err
	}
	for _, one := range list {
		of.Put(record.Thing{Kind: kind, ID: one.ID}, one.Body)
		from, to := one.Body.OnDays()
		for _, year := range []int{from.Year(), to.Year()} {
			if year > 0 && (of.First == 0 || year < of.First) {
				of.First = year
			}
			of.Last = max(of.Last, year)
		}
		t := one.Body.Tells()
		if t.Citation.Source == "" {
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

// Days are the days of whose money a body tells, as far as they are known; none where it tells of no days, or of no shelters.
func Days(body record.Body) (from, to period.Date) {
	if told, is := body.(record.Told); is {
		return told.OnDays()
	}
	return from, to
}

// TellingOf is what a body has of its source; nil where it tells of no shelters.
func TellingOf(body record.Body) *record.Telling {
	if told, is := body.(record.Told); is {
		return told.Tells()
	}
	return nil
}

// SheltersOf are the shelters that a body names; none where it tells of none.
func SheltersOf(body record.Body) []string {
	if told, is := body.(record.Told); is {
		return told.OfShelters()
	}
	return nil
}
