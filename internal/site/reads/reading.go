// Package reads holds what the pages are made from: the figures over every count, the courts, the institutions and what was said in public, each read
// once for each position of the record.
package reads

import (
	"slices"
	"sync"

	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// Reading is what the pages of figures are made from: one pass over every count of the public record, made once for each position of the ledger.
type Reading struct {
	Figures   *Figures
	Sentences []Sentence
	Totals    Totals
	Courts    map[string]record.Names
	Changed   period.Date // the day of the record's last change

	drawing sync.Mutex
	lines   map[locale.Lang]page.Chart // the line and the dots, as they were drawn
}

// Line gives the picture of the line and the dots in a language. It goes through every sentence, and stands on two pages.
func (of *Reading) Line(l locale.Lang, draw func() page.Chart) page.Chart {
	of.drawing.Lock()
	defer of.drawing.Unlock()
	c, ok := of.lines[l]
	if !ok {
		if of.lines == nil {
			of.lines = map[locale.Lang]page.Chart{}
		}
		c = draw()
		of.lines[l] = c
	}
	return c
}

// Totals say how much is on record.
type Totals struct {
	Cases, Judgments, Persons, Counts int
	ByYear                            map[int]YearTotals     // by the year of the judgment; 0 for judgments without a date
	ByCourt                           map[string]map[int]int // judgments by court and year
	NoTerm                            int                    // sentences of imprisonment whose length is not on record
	FinalUnknown                      int                    // judgments of which it is not known whether they are final

	lastCase, lastPerson string
	seen                 map[string]bool // judgments of the case being read
	convicted            map[int]bool    // years in which the person being read stands convicted of trafficking
}

// YearTotals say how much is on record of one year.
type YearTotals struct{ Judgments, Convicted int }

// add takes in the next count; counts come ordered by case and defendant.
func (t *Totals) add(c *view.CountRow) {
	if t.ByYear == nil {
		t.ByYear = map[int]YearTotals{}
	}
	if t.Counts == 0 || c.Case != t.lastCase {
		t.Cases++
		t.lastCase, t.lastPerson, t.seen = c.Case, "", map[string]bool{}
	}
	if c.Defendant != t.lastPerson {
		t.Persons++
		t.lastPerson, t.convicted = c.Defendant, map[int]bool{}
	}
	t.Counts++
	year := c.Date.Year()
	of := t.ByYear[year]
	if !t.seen[c.Judgment] {
		t.seen[c.Judgment] = true
		t.Judgments++
		of.Judgments++
		t.given(c.Court, year)
		if c.Final == law.NotKnown {
			t.FinalUnknown++
		}
	}
	if c.Verdict == law.Convicted && c.Convicted.Trafficking && !c.Superseded && !t.convicted[year] {
		t.convicted[year] = true
		of.Convicted++
	}
	if c.Sentence.Imprisonment.State == law.ForUnknownTerm {
		t.NoTerm++
	}
	t.ByYear[year] = of
}

// given counts a judgment of a court.
func (t *Totals) given(court string, year int) {
	if t.ByCourt == nil {
		t.ByCourt = map[string]map[int]int{}
	}
	if t.ByCourt[court] == nil {
		t.ByCourt[court] = map[int]int{}
	}
	t.ByCourt[court][year]++
}

// MissingYears are the years between two in which no judgment on record was given.
func (t *Totals) MissingYears(first, last int) []period.Span {
	var out []period.Span
	for year := first; year <= last; year++ {
		if t.ByYear[year].Judgments > 0 {
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

// Numbers gives what the figures are made from, at the position of the ledger that the page shows.
func Numbers(r *page.Request) (*Reading, error) { return readings.Of(r) }

var readings = page.NewOnce(func(r *page.Request) (*Reading, error) {
	v, err := r.Record()
	if err != nil {
		return nil, err
	}
	out := &Reading{Courts: map[string]record.Names{}}
	if out.Changed, err = r.Changed(); err != nil {
		return nil, err
	}
	courts, err := CourtRows(r)
	if err != nil {
		return nil, err
	}
	for _, c := range courts {
		out.Courts[c.ID] = c.Names
	}
	found := &sentenceFold{}
	out.Figures, err = ReadFigures(r.Context(), v, figure.AsOf{Seq: r.Position, Date: out.Changed}, found.add, out.Totals.add)
	if err != nil {
		return nil, err
	}
	out.Sentences = slices.Clip(found.sorted())
	return out, nil
})

// The indicators of observations that the picture and the coverage know.
const (
	ReportedSuspended = "traffickers_suspended"
	ReportedFined     = "traffickers_fined_only"
	ReportedConvicted = "traffickers_convicted"
)
