package shown

import (
	"net/url"
	"strconv"
	"strings"

	"fener/internal/evidence"
	"fener/internal/record"
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
	Source *Source             `json:"source,omitempty"`
	HTCDS  record.ForeignTerms `json:"htcds,omitempty"` // what the victims are told apart by, in the terms of HTCDS
	Path   string              `json:"path"`
}

// NewObservation is an observation with its source, which may be nil.
func NewObservation(o *evidence.Observation, src *record.Source) Observation {
	d := Observation{ID: o.ID, Observation: o.Observation, HTCDS: o.InHTCDS(), Path: ObservationPath(o)}
	if src != nil {
		s := SourceOf(o.Citation.Source, *src)
		d.Source = &s
	}
	return d
}

// ObservationColumns are the columns of an observation as a row.
var ObservationColumns = []string{
	"id", "indicator", "place", "from", "to", "value", "stated", "low", "high", "unit", "counted", "counted_by", "victims_sex", "victims_age", "victims_origin", "exploitation", "published", "restates", "retelling",
	"doubtful", "reason", "source", "source_title", "source_address", "source_place", "quote", "path", "htcds",
}

// Row is an observation as cells under ObservationColumns.
func (o *Observation) Row() []string {
	title, address := "", ""
	if o.Source != nil {
		title, address = o.Source.Title, o.Source.Address
	}
	return []string{
		o.ID, o.Indicator, o.Place, o.From.String(), o.To.String(), o.Value.Text, string(o.Value.Kind), o.Value.Low, o.Value.High, o.Unit, o.Counted, o.CountedBy,
		o.Sex, o.Age, o.Origin, o.Form, o.Published.String(), strings.Join(o.Restates, " "), strconv.FormatBool(o.Retelling), strconv.FormatBool(o.Doubtful), o.Reason, o.Citation.Source, title,
		address, o.Citation.Place, o.Citation.Quote, o.Path, o.HTCDS.String(),
	}
}
