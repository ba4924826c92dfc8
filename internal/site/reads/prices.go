package reads

import (
	"fmt"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/view"
)

// Prices are the changes of consumer prices on record, as series, with the sources that they rest on.
type Prices struct {
	Series  []coverage.Prices
	Sources map[string]record.Source
	Changes map[string]*record.Price // by id
}

// AllPrices reads the changes of prices, once for each position of the record; none where there is no record.
func AllPrices(r *page.Request) (*Prices, error) {
	of, err := prices.Of(r)
	if page.IsNoData(err) {
		return &Prices{}, nil
	}
	return of, err
}

// Of is the series of a currency, the longest; nil where there is none.
func (p *Prices) Of(currency string) *coverage.Prices {
	for i := range p.Series {
		if p.Series[i].Currency == currency {
			return &p.Series[i]
		}
	}
	return nil
}

var prices = page.NewOnce(func(r *page.Request) (*Prices, error) {
	v, err := r.Record()
	if err != nil {
		return nil, err
	}
	list, err := view.All[*record.Price](r.Context(), v, record.PriceKind)
	if err != nil {
		return nil, fmt.Errorf("reading the changes of prices: %w", err)
	}
	of := &Prices{Sources: map[string]record.Source{}, Changes: map[string]*record.Price{}}
	for _, one := range list {
		of.Changes[one.ID] = one.Body
	}
	of.Series = coverage.NewPrices(of.Changes)
	for i := range of.Series {
		id := of.Series[i].Source
		if s, err := v.BareSource(r.Context(), id); err == nil {
			of.Sources[id] = s.Source
		}
	}
	return of, nil
})
