package coverage

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"fener/internal/record"
)

// Prices are the changes of consumer prices of one country that one source states, year by year without one missing. With them a sum of one year is told in
// the prices of another: as many times as much as the average of prices of that year is above, or below, that of its own.
type Prices struct {
	Source   string // id
	Country  string
	Currency string
	First    int // the first year of whose prices anything is known: the one before the first change
	Last     int
	things   []string // ids, in the order of years
	level    []*big.Rat
}

// NewPrices puts the changes on record together: for each source, country and currency the longest run of years, of two as long the later. The longest of all
// comes first, of two as long the one that goes on to a later year. What states no single number, and a year that one source states twice differently, ends a run.
func NewPrices(things map[string]*record.Price) []Prices {
	type series struct{ source, country, currency string }
	years := map[series]map[int]string{}
	for _, id := range slices.Sorted(maps.Keys(things)) {
		p := things[id]
		key := series{p.Citation.Source, p.Country, p.Currency}
		if years[key] == nil {
			years[key] = map[int]string{}
		}
		if other, has := years[key][p.Year]; !has {
			years[key][p.Year] = id
		} else if other != "" && things[other].Change != p.Change {
			years[key][p.Year] = ""
		}
	}
	var list []Prices
	for key, of := range years {
		var best, run Prices
		for _, year := range slices.Sorted(maps.Keys(of)) {
			change, ok := new(big.Rat), false
			if of[year] != "" {
				change, ok = things[of[year]].Rat()
			}
			if !ok || year != run.Last+1 {
				run = Prices{Source: key.source, Country: key.country, Currency: key.currency, First: year - 1, Last: year - 1, level: []*big.Rat{big.NewRat(1, 1)}}
			}
			if !ok {
				continue
			}
			times := new(big.Rat).Add(big.NewRat(1, 1), new(big.Rat).Quo(change, big.NewRat(100, 1)))
			run.level = append(slices.Clip(run.level), times.Mul(times, run.level[len(run.level)-1]))
			run.things = append(slices.Clip(run.things), of[year])
			run.Last = year
			if run.Last-run.First >= best.Last-best.First {
				best = run
			}
		}
		if len(best.things) > 0 {
			list = append(list, best)
		}
	}
	slices.SortFunc(list, func(a, b Prices) int {
		return cmp.Or(cmp.Compare(b.Last-b.First, a.Last-a.First), cmp.Compare(b.Last, a.Last), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Country, b.Country), cmp.Compare(a.Currency, b.Currency))
	})
	return list
}

// Things are the ids of the changes that the series is made of, in the order of years.
func (p *Prices) Things() []string { return p.things }

// Has tells whether anything is known of the prices of a year.
func (p *Prices) Has(year int) bool { return year >= p.First && year <= p.Last }

// In is a sum of one year in the prices of another: sum × level(in) / level(of), where a level is the product of all changes up to the year. ok only
// where both years are of the series.
func (p *Prices) In(sum *big.Rat, of, in int) (r *big.Rat, ok bool) {
	if !p.Has(of) || !p.Has(in) {
		return nil, false
	}
	r = new(big.Rat).Mul(sum, p.level[in-p.First])
	return r.Quo(r, p.level[of-p.First]), true
}

// MoneyIn is what was told of money in the prices of a year; ok only where a single sum of the currency was stated, whose year is of the series.
func (p *Prices) MoneyIn(m *Money, in int) (r *big.Rat, ok bool) {
	sum, ok := m.Amount.Rat()
	if !ok || m.Amount.Currency != p.Currency {
		return nil, false
	}
	return p.In(sum, m.Year, in)
}
