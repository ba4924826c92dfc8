package api

import (
	"net/url"
	"strconv"
	"strings"

	"fener/internal/evidence"
	"fener/internal/record"
	"fener/period"
)

// SeriesPath is the address of what was reported of one indicator, below the language.
func SeriesPath(indicator string) string { return "reported/" + url.PathEscape(indicator) }

// YearPath is the address of everything reported of one indicator for one year.
func YearPath(indicator string, year int) string {
	return SeriesPath(indicator) + "/" + strconv.Itoa(year)
}

// ObservationPath is the address of one observation: its place on the page of its year, or in its series where it has no period.
func ObservationPath(o *evidence.Observation) string {
	if year := o.Span().First().Year(); year > 0 && !o.From.IsZero() {
		return YearPath(o.Indicator, year) + "#" + o.ID
	}
	return SeriesPath(o.Indicator) + "#" + o.ID
}

// Observation is a figure that somebody reported, as it was said.
type Observation struct {
	ID string `json:"id"`
	record.Observation
	Source *Source `json:"source,omitempty"`
	Path   string  `json:"path"`
}

// NewObservation is an observation with its source, which may be nil.
func NewObservation(o *evidence.Observation, src *record.Source) Observation {
	d := Observation{ID: o.ID, Observation: o.Observation, Path: ObservationPath(o)}
	if src != nil {
		s := sourceOf(o.Citation.Source, *src)
		d.Source = &s
	}
	return d
}

// observationColumns are the columns of an observation as a row.
var observationColumns = []string{
	"id", "indicator", "place", "from", "to", "value", "stated", "low", "high", "unit", "counted", "counted_by", "victims_sex", "victims_age", "victims_origin", "exploitation", "published", "restates", "retelling",
	"doubtful", "reason", "source", "source_title", "source_address", "source_place", "quote", "path",
}

func (o *Observation) row() []string {
	title, address := "", ""
	if o.Source != nil {
		title, address = o.Source.Title, o.Source.Address
	}
	return []string{
		o.ID, o.Indicator, o.Place, o.From.String(), o.To.String(), o.Value.Text, string(o.Value.Kind), o.Value.Low, o.Value.High, o.Unit, o.Counted, o.CountedBy,
		o.Sex, o.Age, o.Origin, o.Form, o.Published.String(), strings.Join(o.Restates, " "), strconv.FormatBool(o.Retelling), strconv.FormatBool(o.Doubtful), o.Reason, o.Citation.Source, title,
		address, o.Citation.Place, o.Citation.Quote, o.Path,
	}
}

// SeriesEntry says how much was reported of one indicator.
type SeriesEntry struct {
	Indicator    string   `json:"indicator"`
	Name         Names    `json:"name,omitzero"`
	Topic        string   `json:"topic,omitempty"`
	Places       []string `json:"places"`
	Observations int      `json:"observations"`
	Doubtful     int      `json:"doubtful,omitempty"`
	Years        []int    `json:"years"`           // covered by at least one observation
	Gaps         []int    `json:"years_without"`   // between the first and the last
	Conflicts    []int    `json:"years_differing"` // of which different values were reported
	Path         string   `json:"path"`
}

// ReportedDocument lists the indicators of which something was reported.
type ReportedDocument struct {
	Head
	Series []SeriesEntry `json:"series"`
}

// Sheet is the list as rows.
func (d *ReportedDocument) Sheet() *Sheet {
	s := &Sheet{Columns: []string{"indicator", "name_en", "topic", "places", "observations", "doubtful", "years", "years_without", "years_differing", "path"}}
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

// SeriesDocument is everything reported of one indicator.
type SeriesDocument struct {
	Head
	SeriesEntry
	Said []Observation `json:"reported"`
}

// Sheet is what was reported as rows.
func (d *SeriesDocument) Sheet() *Sheet {
	s := &Sheet{Columns: observationColumns}
	for i := range d.Said {
		s.Rows = append(s.Rows, d.Said[i].row())
	}
	return s
}

// Compared is one observation beside the others of its year.
type Compared struct {
	Observation
	Relation    evidence.Relation     `json:"period_is"` // to the year: same, part, longer, overlaps, none
	Differences []evidence.Difference `json:"differs_by,omitempty"`
}

// ConflictDocument is everything reported of one indicator for one year. No value in it is the number: it holds what was said.
type ConflictDocument struct {
	Head
	Indicator string      `json:"indicator"`
	Year      int         `json:"year"`
	Disagree  bool        `json:"same_period_different_values"`
	Said      []Compared  `json:"reported"`
	Path      string      `json:"path"`
	AsOf      period.Date `json:"as_of,omitzero"`
}

// Sheet is what was reported as rows.
func (d *ConflictDocument) Sheet() *Sheet {
	s := &Sheet{Columns: append([]string{"year", "period_is", "differs_by"}, observationColumns...)}
	for i := range d.Said {
		c := &d.Said[i]
		var words []string
		for _, w := range c.Differences {
			words = append(words, string(w))
		}
		s.Rows = append(s.Rows, append([]string{strconv.Itoa(d.Year), string(c.Relation), strings.Join(words, " ")}, c.row()...))
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
	Head
	List
	Conflicts []Differing `json:"conflicts"`
}

// Sheet is the list as rows.
func (d *ConflictsDocument) Sheet() *Sheet {
	s := &Sheet{Columns: []string{"indicator", "place", "year", "values", "same_period_different_values", "path"}}
	for _, c := range d.Conflicts {
		s.Rows = append(s.Rows, []string{c.Indicator, c.Place, strconv.Itoa(c.Year), strings.Join(c.Values, " | "), strconv.FormatBool(c.Disagree), c.Path})
	}
	return s
}

// Gap is one thing that is missing from the record.
type Gap struct {
	Kind      string `json:"kind"` // cases, court, year, court_year, figure, text
	Year      int    `json:"year,omitempty"`
	Court     string `json:"court,omitempty"`
	Indicator string `json:"indicator,omitempty"`
	Reported  string `json:"reported,omitempty"` // as stated
	Recorded  int    `json:"recorded"`
	Law       string `json:"law,omitempty"`       // of a text not yet checked
	Provision string `json:"provision,omitempty"` // where it is known
	What      string `json:"what,omitempty"`      // that the text would tell, as in a finding's missing
	Counts    int    `json:"counts,omitempty"`    // on record that wait for the text
	Path      string `json:"path,omitempty"`
}

// MissingDocument lists what is missing.
type MissingDocument struct {
	Head
	Missing []Gap `json:"missing"`
}

// Sheet is the list as rows.
func (d *MissingDocument) Sheet() *Sheet {
	s := &Sheet{Columns: []string{"kind", "year", "court", "indicator", "reported", "recorded", "law", "provision", "what", "counts", "path"}}
	for _, g := range d.Missing {
		year, counts := "", ""
		if g.Year > 0 {
			year = strconv.Itoa(g.Year)
		}
		if g.Counts > 0 {
			counts = strconv.Itoa(g.Counts)
		}
		s.Rows = append(s.Rows, []string{g.Kind, year, g.Court, g.Indicator, g.Reported, strconv.Itoa(g.Recorded), g.Law, g.Provision, g.What, counts, g.Path})
	}
	return s
}
