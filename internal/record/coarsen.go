package record

import (
	"strings"

	"fener/period"
)

// What shares a source with the case of a child victim is coarsened with it: a
// headline, its day and its address say what the case page keeps back. A source
// keeps who published it and in which year.

// Coarsen takes out of a source everything that could name the case it is about.
func (s *Source) Coarsen() {
	s.Published = year(s.Published)
	s.Title = s.Publisher
	if y := s.Published.String(); y != "" {
		s.Title = strings.TrimPrefix(s.Title+", "+y, ", ")
	}
	if s.Title == "" {
		s.Title = "–"
	}
	s.Address, s.Note, s.Archive = "", "", nil
}

// Coarsen takes out of an observation the words of its source and everything
// finer than a year.
func (o *Observation) Coarsen() {
	o.From, o.To, o.Published = year(o.From), year(o.To), year(o.Published)
	o.Citation.Place, o.Citation.Quote = "", ""
	o.Counted, o.Reason, o.Note = "", "", ""
}

// Coarsen takes out of an article what names it.
func (a *Article) Coarsen() {
	a.Published = year(a.Published)
	a.Title, a.Author = "–", ""
	if y := a.Published.String(); y != "" {
		a.Title = y
	}
}

// Coarsen takes out of a reply the words of its source.
func (a *Reply) Coarsen() {
	if a.Citation != nil {
		a.Citation.Place, a.Citation.Quote = "", ""
	}
}

// Coarsen takes out of a claim the words of its article.
func (c *Claim) Coarsen() { c.Quote, c.Where = "", "" }

func year(d period.Date) period.Date {
	y, err := period.NewDate(d.Year(), 0, 0)
	if err != nil { // the unknown date
		return period.Date{}
	}
	return y
}
