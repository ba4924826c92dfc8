package shown

import (
	"slices"
	"strconv"
	"strings"

	"fener/internal/evidence"
	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/law"
	"fener/locale"
)

// observedIndicator is the definition of what is observed; nil where a source counts something that nobody has defined yet.
func observedIndicator(id string) *evidence.Indicator {
	all, err := evidence.Indicators()
	if err != nil { // the file is part of the program, and a test reads it
		return nil
	}
	if i := slices.IndexFunc(all, func(in *evidence.Indicator) bool { return in.ID == id }); i >= 0 {
		return all[i]
	}
	return nil
}

func IndicatorName(r *page.Request, id string) string {
	if in := observedIndicator(id); in != nil {
		return in.Names.In(r.Lang)
	}
	return page.Capital(strings.ReplaceAll(id, "_", " "))
}

func IndicatorDefinition(r *page.Request, id string) string {
	if in := observedIndicator(id); in != nil {
		return in.Definition.In(r.Lang)
	}
	return ""
}

func IndicatorNames(id string) Names {
	if in := observedIndicator(id); in != nil {
		return Names{SQ: in.Names.SQ, SR: in.Names.SR, EN: in.Names.EN}
	}
	return Names{}
}

// TopicOf is what an indicator is about; the last topic takes in what nobody has defined.
func TopicOf(id string) string {
	if in := observedIndicator(id); in != nil {
		return string(in.Topic)
	}
	return string(evidence.Topics[len(evidence.Topics)-1])
}

// RelatedTo are the indicators that are easily taken for this one, in either direction, of which something was reported.
func RelatedTo(set *evidence.Set, id string) []string {
	var near []string
	if in := observedIndicator(id); in != nil {
		near = append(near, in.Beside...)
	}
	var out []string
	for _, other := range IndicatorsOf(set) {
		in := observedIndicator(other)
		if other != id && (slices.Contains(near, other) || in != nil && slices.Contains(in.Beside, id)) {
			out = append(out, other)
		}
	}
	return out
}

// UnitName is a unit in words. What the interface has no word for stands as the record has it.
func UnitName(r *page.Request, unit string) string {
	key := "unit_of." + unit
	if r.Has(key) {
		return r.T(key)
	}
	return unit
}

// UnitOf is the unit of one value, in the number that the value asks for: 1 lice, 2 slučaja, 5 predmeta.
func UnitOf(r *page.Request, o *evidence.Observation) string {
	return evidence.UnitFor(r.Lang, o.Unit, o.Value)
}

// Differing are the years of each series for which different values were reported.
func Differing(r *page.Request) map[evidence.Series][]int {
	out, err := differing.Of(r)
	if err != nil {
		return nil
	}
	return out
}

var differing = page.NewOnce(func(r *page.Request) (map[evidence.Series][]int, error) {
	set, err := reads.Said(r)
	if err != nil {
		return nil, err
	}
	out := map[evidence.Series][]int{}
	for _, c := range set.Conflicts() {
		out[c.Series] = append(out[c.Series], c.Span.First().Year())
	}
	return out, nil
})

func Decimal(text string) (float64, bool) {
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil
}

// PlainNumber writes a number of an axis.
func PlainNumber(r *page.Request, v float64) string {
	if v == float64(int64(v)) {
		return locale.Integer(r.Lang, int64(v))
	}
	return locale.Decimal(r.Lang, v, 1)
}

// RecordedAs are the figures of the record that count what an indicator counts.
var RecordedAs = map[string]string{reads.ReportedConvicted: "persons_convicted", reads.ReportedSuspended: "persons_suspended", reads.ReportedFined: "persons_fined_only"}

// RecordedYear says how many of what was reported for a year are on record.
func RecordedYear(r *page.Request, set *evidence.Set, indicator string, year int) ([]page.Summary, error) {
	measure, ok := RecordedAs[indicator]
	if !ok {
		return nil, nil
	}
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	v, ok := reads.FigureOf(of, measure, reads.YearSpanOf(year))
	if !ok {
		return nil, nil
	}
	n := RecordedNumber(of, indicator, year, &v)
	var out []page.Summary
	for _, o := range set.Observations(evidence.Series{Indicator: indicator, Place: reads.WholeCountry}) {
		if at, whole := reads.WholeYearOf(o.Span()); !whole || at != year || o.Doubtful {
			continue
		}
		out = append(out, page.Summary{Term: strconv.Itoa(year), Text: page.Link{Text: OnRecord(r, n, o.Value), Href: RowsURL(r, v.Query)}})
	}
	if len(out) > 1 {
		out = slices.CompactFunc(out, func(a, b page.Summary) bool { return a.Text.Text == b.Text.Text })
	}
	return out, nil
}

// OnRecord says how many of what was reported are on record. Where more are than were reported, none of the two is a part of the other: both are said.
func OnRecord(r *page.Request, n int, reported record.Stated) string {
	if total, known := reported.Number(); known && float64(n) > total {
		return r.T("home.coverage_more", "n", n, "reported", StatedText(r, reported))
	}
	return r.T("home.coverage", "n", n, "reported", StatedText(r, reported))
}

// RecordedNumber is how many the record holds. Convictions are those for trafficking itself, as sources report them.
func RecordedNumber(of *reads.Reading, indicator string, year int, v *figure.Value) int {
	if indicator == reads.ReportedConvicted {
		return of.Totals.ByYear[year].Convicted
	}
	return v.N
}

// RecordedBeside says it for every year of which the indicator was reported.
func RecordedBeside(r *page.Request, set *evidence.Set, indicator string) ([]page.Summary, error) {
	var out []page.Summary
	covered, _ := reads.YearsCovered(set, evidence.Series{Indicator: indicator, Place: reads.WholeCountry})
	for _, year := range covered {
		some, err := RecordedYear(r, set, indicator, year)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// LawRef reads the provision that a piece of evidence rests on.
func LawRef(text string) (law.Ref, bool) {
	place, _, _ := strings.Cut(text, " ")
	return law.ParseRef(place)
}
