package reported

import (
	"strconv"
	"strings"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/site/shown"
	"fener/period"
)

// SeriesEntry says how much was reported of one indicator.
type SeriesEntry struct {
	Indicator    string      `json:"indicator"`
	Name         shown.Names `json:"name,omitzero"`
	Topic        string      `json:"topic,omitempty"`
	Places       []string    `json:"places"`
	Observations int         `json:"observations"`
	Doubtful     int         `json:"doubtful,omitempty"`
	Years        []int       `json:"years"`           // covered by at least one observation
	Gaps         []int       `json:"years_without"`   // between the first and the last
	Conflicts    []int       `json:"years_differing"` // of which different values were reported
	Path         string      `json:"path"`
}

// ReportedDocument lists the indicators of which something was reported.
type ReportedDocument struct {
	page.Head
	Series []SeriesEntry `json:"series"`
}

// Sheet is the list as rows.
func (d *ReportedDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: []string{"indicator", "name_en", "topic", "places", "observations", "doubtful", "years", "years_without", "years_differing", "path"}}
	for _, e := range d.Series {
		s.Rows = append(s.Rows, []string{e.Indicator, e.Name.EN, e.Topic, strings.Join(e.Places, "; "), strconv.Itoa(e.Observations), strconv.Itoa(e.Doubtful),
			numbers(e.Years), numbers(e.Gaps), numbers(e.Conflicts), e.Path})
	}
	return s
}

func numbers(list []int) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, " ")
}

// FiguresDocument is a part of the list of every reported figure, or of those that the address chooses.
type FiguresDocument struct {
	page.Head
	page.List
	Said []shown.Observation `json:"reported"`
}

// Sheet is the figures as rows.
func (d *FiguresDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: shown.ObservationColumns}
	for i := range d.Said {
		s.Rows = append(s.Rows, d.Said[i].Row())
	}
	return s
}

// SeriesDocument is everything reported of one indicator.
type SeriesDocument struct {
	page.Head
	SeriesEntry
	Said []shown.Observation `json:"reported"`
}

// Sheet is what was reported as rows.
func (d *SeriesDocument) Sheet() *page.Sheet {
	return (&FiguresDocument{Said: d.Said}).Sheet()
}

// Compared is one observation beside the others of its year.
type Compared struct {
	shown.Observation
	Relation    evidence.Relation     `json:"period_is"` // to the year: same, part, longer, overlaps, none
	Differences []evidence.Difference `json:"differs_by,omitempty"`
}

// ConflictDocument is everything reported of one indicator for one year. No value in it is the number: it holds what was said.
type ConflictDocument struct {
	page.Head
	Indicator string      `json:"indicator"`
	Year      int         `json:"year"`
	Disagree  bool        `json:"same_period_different_values"`
	Said      []Compared  `json:"reported"`
	Path      string      `json:"path"`
	AsOf      period.Date `json:"as_of,omitzero"`
}

// Sheet is what was reported as rows.
func (d *ConflictDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: append([]string{"year", "period_is", "differs_by"}, shown.ObservationColumns...)}
	for i := range d.Said {
		c := &d.Said[i]
		var words []string
		for _, w := range c.Differences {
			words = append(words, string(w))
		}
		s.Rows = append(s.Rows, append([]string{strconv.Itoa(d.Year), string(c.Relation), strings.Join(words, " ")}, c.Row()...))
	}
	return s
}

// Differing names a year of an indicator for which different values were reported.
type Differing struct {
	Indicator string   `json:"indicator"`
	Place     string   `json:"place"`
	Year      int      `json:"year"`
	Values    []string `json:"values"` // as they were said
	Disagree  bool     `json:"same_period_different_values"`
	Path      string   `json:"path"`
}

// ConflictsDocument lists the years for which different values were reported.
type ConflictsDocument struct {
	page.Head
	page.List
	Conflicts []Differing `json:"conflicts"`
}

// Sheet is the list as rows.
func (d *ConflictsDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: []string{"indicator", "place", "year", "values", "same_period_different_values", "path"}}
	for _, c := range d.Conflicts {
		s.Rows = append(s.Rows, []string{c.Indicator, c.Place, strconv.Itoa(c.Year), strings.Join(c.Values, " | "), strconv.FormatBool(c.Disagree), c.Path})
	}
	return s
}
