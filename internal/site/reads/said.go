package reads

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"fener/internal/evidence"
	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/view"
	"fener/period"
)

// keeper keeps what was said in step with the ledger, from the first page that asks for it.
type keeper struct {
	mu   sync.Mutex
	kept *evidence.Keeper
	seq  int64
}

// at gives what was said as of a position of the ledger at least. What claims say of figures is judged by the figures at that position.
func (k *keeper) at(ctx context.Context, seq int64, options evidence.Options, public *view.View) (*evidence.Set, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept == nil {
		if options.Care == nil { // the present: the view has read nearly all of it
			seen, err := public.Care(ctx)
			if err != nil {
				return nil, fmt.Errorf("reading what is kept back: %w", err)
			}
			options.Seen = seen
		}
		kept, err := evidence.Fold(ctx, options)
		if err != nil {
			return nil, fmt.Errorf("folding what was said: %w", err)
		}
		k.kept, k.seq = kept, seq
		return kept.Set(), nil
	}
	if k.seq < seq {
		if err := k.kept.CatchUp(ctx); err != nil {
			return nil, fmt.Errorf("folding what was said: %w", err)
		}
		k.kept.Refigure()
		k.seq = seq
	}
	return k.kept.Set(), nil
}

// Said gives what was said in public: reported figures, articles and their claims, and replies.
func Said(r *page.Request) (*evidence.Set, error) {
	if r.Public() == nil || r.Ledger() == nil {
		return nil, &page.Error{Kind: page.NoData}
	}
	s := r.Site
	return keepers.Of(s).at(r.Context(), r.Seq, evidence.Options{
		Scope: view.Public, Entries: r.Ledger(), Care: r.Public().Kept(), Pack: r.Law(), Figures: evidence.RecordedIn(func() *figure.Columns { return columnsOf(s) }), Log: r.Log(),
	}, r.Public())
}

// SaidIfAny is Said, and nil where nothing is on record.
func SaidIfAny(r *page.Request) (*evidence.Set, error) {
	set, err := Said(r)
	if page.IsNoData(err) {
		return nil, nil
	}
	return set, err
}

var keepers page.PerSite[keeper]

// columnsOf are what figures are computed from, for claims to be held against; none where there is nothing to compute from.
func columnsOf(s *page.Site) *figure.Columns {
	var of *Reading
	err := s.Own(func(r *page.Request) (err error) {
		of, err = Numbers(r)
		return err
	})
	if err != nil {
		if !page.IsNoData(err) {
			s.Log().Error("claims could not be held against the record's figures", "error", err)
		}
		return figure.NewBuilder(figure.AsOf{}, 0).Build()
	}
	return of.Figures.Columns
}

// WholeCountry is the place of figures that are not limited to a part of the country.
const WholeCountry = "Kosovo"

// FigureOf computes a figure over a year, or over everything on record for an empty span. The record's figures know no other periods.
func FigureOf(of *Reading, indicator string, span period.Span) (v figure.Value, ok bool) {
	q := figure.Query{Measure: indicator}
	if !span.IsZero() {
		year, whole := WholeYearOf(span)
		if !whole {
			return v, false
		}
		var err error
		if q.Filter, err = q.Filter.With(figure.Year, fmt.Sprint(year)); err != nil {
			return v, false
		}
	}
	v, err := of.Figures.FixedFigure(q)
	return v, err == nil
}

// WholeYearOf is the calendar year that a span is.
func WholeYearOf(s period.Span) (year int, ok bool) {
	first, last := s.First(), s.Last()
	year, month, day := first.Parts()
	lastYear, lastMonth, lastDay := last.Parts()
	return year, !s.IsZero() && year > 0 && year == lastYear && month == 1 && day == 1 && lastMonth == 12 && lastDay == 31
}

// YearDate is a year as a date; the unknown date where there is no such year.
func YearDate(year int) period.Date {
	d, _ := period.NewDate(year, 0, 0) // an impossible year stays the unknown date, and is said to be unknown
	return d
}

// SeriesOf are the series of one indicator, the whole country's first.
func SeriesOf(set *evidence.Set, indicator string) []evidence.Series {
	var out []evidence.Series
	for _, key := range set.AllSeries() {
		if key.Indicator == indicator {
			out = append(out, key)
		}
	}
	slices.SortStableFunc(out, func(a, b evidence.Series) int {
		if (a.Place == WholeCountry) != (b.Place == WholeCountry) {
			if a.Place == WholeCountry {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Place, b.Place)
	})
	return out
}

// YearsCovered are the years that a series' observations cover, with those between that none covers.
func YearsCovered(set *evidence.Set, key evidence.Series) (covered, gaps []int) {
	for _, o := range set.Observations(key) {
		for _, y := range YearsTold(o) {
			if !slices.Contains(covered, y) {
				covered = append(covered, y)
			}
		}
	}
	slices.Sort(covered)
	return covered, set.Gaps(key)
}

// YearsTold are the years that an observation's period touches; none where its source does not say when.
func YearsTold(o *evidence.Observation) (years []int) {
	if o.From.IsZero() {
		return nil
	}
	for y := o.Span().First().Year(); y <= o.Span().Last().Year(); y++ {
		years = append(years, y)
	}
	return years
}

// YearList writes years with runs drawn together: "2001, 2007–2009".
func YearList(years []int) string {
	var parts []string
	for i := 0; i < len(years); {
		k := i
		for k+1 < len(years) && years[k+1] == years[k]+1 {
			k++
		}
		parts = append(parts, SpanOfYears(years[i], years[k]))
		i = k + 1
	}
	return strings.Join(parts, ", ")
}
