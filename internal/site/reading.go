package site

import (
	"slices"
	"sync"

	"fener/internal/api"
	"fener/internal/figure"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// reading is what the pages of figures are made from: one pass over every count of the public record, made once for each position of the ledger.
type reading struct {
	figures   *api.Figures
	sentences []sentence
	totals    totals
	courts    map[string]record.Names
	changed   period.Date // the day of the record's last change

	drawing sync.Mutex
	lines   map[locale.Lang]Chart // the line and the dots, as they were drawn
}

// line gives the picture of the line and the dots in a language. It goes through every sentence, and stands on two pages.
func (of *reading) line(l locale.Lang, draw func() Chart) Chart {
	of.drawing.Lock()
	defer of.drawing.Unlock()
	c, ok := of.lines[l]
	if !ok {
		if of.lines == nil {
			of.lines = map[locale.Lang]Chart{}
		}
		c = draw()
		of.lines[l] = c
	}
	return c
}

// totals say how much is on record.
type totals struct {
	cases, judgments, persons, counts int
	byYear                            map[int]yearTotals     // by the year of the judgment; 0 for judgments without a date
	byCourt                           map[string]map[int]int // judgments by court and year
	noTerm                            int                    // sentences of imprisonment whose length is not on record
	finalUnknown                      int                    // judgments of which it is not known whether they are final

	lastCase, lastPerson string
	seen                 map[string]bool // judgments of the case being read
	convicted            map[int]bool    // years in which the person being read stands convicted of trafficking
}

// yearTotals say how much is on record of one year.
type yearTotals struct{ judgments, convicted int }

// add takes in the next count; counts come ordered by case and defendant.
func (t *totals) add(c *view.CountRow) {
	if t.byYear == nil {
		t.byYear = map[int]yearTotals{}
	}
	if t.counts == 0 || c.Case != t.lastCase {
		t.cases++
		t.lastCase, t.lastPerson, t.seen = c.Case, "", map[string]bool{}
	}
	if c.Defendant != t.lastPerson {
		t.persons++
		t.lastPerson, t.convicted = c.Defendant, map[int]bool{}
	}
	t.counts++
	year := c.Date.Year()
	of := t.byYear[year]
	if !t.seen[c.Judgment] {
		t.seen[c.Judgment] = true
		t.judgments++
		of.judgments++
		t.given(c.Court, year)
		if c.Final == law.NotKnown {
			t.finalUnknown++
		}
	}
	if c.Verdict == law.Convicted && c.Convicted.Trafficking && !c.Superseded && !t.convicted[year] {
		t.convicted[year] = true
		of.convicted++
	}
	if c.Sentence.Imprisonment.State == law.ForUnknownTerm {
		t.noTerm++
	}
	t.byYear[year] = of
}

// given counts a judgment of a court.
func (t *totals) given(court string, year int) {
	if t.byCourt == nil {
		t.byCourt = map[string]map[int]int{}
	}
	if t.byCourt[court] == nil {
		t.byCourt[court] = map[int]int{}
	}
	t.byCourt[court][year]++
}

// missingYears are the years between two in which no judgment on record was given.
func (t *totals) missingYears(first, last int) []period.Span {
	var out []period.Span
	for year := first; year <= last; year++ {
		if t.byYear[year].judgments > 0 {
			continue
		}
		day, err := period.NewDate(year, 0, 0)
		if err != nil {
			continue
		}
		if n := len(out); n > 0 && out[n-1].To.Year() == year-1 {
			out[n-1].To = day
			continue
		}
		out = append(out, period.Span{From: day, To: day})
	}
	return out
}

// reading gives what the figures are made from, at the position of the ledger that the page shows.
func (r *Request) reading() (*reading, error) { return readings.Of(r) }

var readings = NewOnce(func(r *Request) (*reading, error) {
	v, err := r.publicView()
	if err != nil {
		return nil, err
	}
	out := &reading{courts: map[string]record.Names{}}
	if out.changed, err = r.Changed(); err != nil {
		return nil, err
	}
	courts, err := r.courtRows()
	if err != nil {
		return nil, err
	}
	for _, c := range courts {
		out.courts[c.ID] = c.Names
	}
	found := &sentenceFold{}
	out.figures, err = api.ReadFigures(r.Context(), v, figure.AsOf{Seq: r.Position, Date: out.changed}, found.add, out.totals.add)
	if err != nil {
		return nil, err
	}
	out.sentences = slices.Clip(found.sorted())
	return out, nil
})
