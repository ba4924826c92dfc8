package site

import (
	"slices"
	"strconv"
	"strings"

	"fener/internal/api"
	"fener/internal/evidence"
	"fener/internal/figure"
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

func (r *Request) indicatorName(id string) string {
	if in := observedIndicator(id); in != nil {
		return in.Names.In(r.Lang)
	}
	return capital(strings.ReplaceAll(id, "_", " "))
}

func (r *Request) indicatorDefinition(id string) string {
	if in := observedIndicator(id); in != nil {
		return in.Definition.In(r.Lang)
	}
	return ""
}

func indicatorNames(id string) api.Names {
	if in := observedIndicator(id); in != nil {
		return api.Names{SQ: in.Names.SQ, SR: in.Names.SR, EN: in.Names.EN}
	}
	return api.Names{}
}

// topicOf is what an indicator is about; the last topic takes in what nobody has defined.
func topicOf(id string) string {
	if in := observedIndicator(id); in != nil {
		return string(in.Topic)
	}
	return string(evidence.Topics[len(evidence.Topics)-1])
}

// relatedTo are the indicators that are easily taken for this one, in either direction, of which something was reported.
func relatedTo(set *evidence.Set, id string) []string {
	var near []string
	if in := observedIndicator(id); in != nil {
		near = append(near, in.Beside...)
	}
	var out []string
	for _, other := range indicatorsOf(set) {
		in := observedIndicator(other)
		if other != id && (slices.Contains(near, other) || in != nil && slices.Contains(in.Beside, id)) {
			out = append(out, other)
		}
	}
	return out
}

// unitName is a unit in words. What the interface has no word for stands as the record has it.
func (r *Request) unitName(unit string) string {
	key := "unit_of." + unit
	if r.Has(key) {
		return r.T(key)
	}
	return unit
}

// unitOf is the unit of one value, in the number that the value asks for: 1 lice, 2 slučaja, 5 predmeta.
func (r *Request) unitOf(o *evidence.Observation) string {
	return evidence.UnitFor(r.Lang, o.Unit, o.Value)
}

// differing are the years of each series for which different values were reported.
func (r *Request) differing() map[evidence.Series][]int {
	out, err := differing.Of(r)
	if err != nil {
		return nil
	}
	return out
}

var differing = NewOnce(func(r *Request) (map[evidence.Series][]int, error) {
	set, err := r.said()
	if err != nil {
		return nil, err
	}
	out := map[evidence.Series][]int{}
	for _, c := range set.Conflicts() {
		out[c.Series] = append(out[c.Series], c.Span.First().Year())
	}
	return out, nil
})

func decimal(text string) (float64, bool) {
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil
}

// plainNumber writes a number of an axis.
func (r *Request) plainNumber(v float64) string {
	if v == float64(int64(v)) {
		return locale.Integer(r.Lang, int64(v))
	}
	return locale.Decimal(r.Lang, v, 1)
}

// recordedAs are the figures of the record that count what an indicator counts.
var recordedAs = map[string]string{reportedConvicted: "persons_convicted", reportedSuspended: "persons_suspended", reportedFined: "persons_fined_only"}

// recordedYear says how many of what was reported for a year are on record.
func (r *Request) recordedYear(set *evidence.Set, indicator string, year int) ([]Summary, error) {
	measure, ok := recordedAs[indicator]
	if !ok {
		return nil, nil
	}
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	v, ok := figureOf(of, measure, yearSpanOf(year))
	if !ok {
		return nil, nil
	}
	n := recordedNumber(of, indicator, year, &v)
	var out []Summary
	for _, o := range set.Observations(evidence.Series{Indicator: indicator, Place: wholeCountry}) {
		if at, whole := wholeYearOf(o.Span()); !whole || at != year || o.Doubtful {
			continue
		}
		out = append(out, Summary{strconv.Itoa(year), Link{Text: r.T("home.coverage", "n", n, "reported", r.statedText(o.Value)), Href: r.rowsURL(v.Query)}})
	}
	if len(out) > 1 {
		out = slices.CompactFunc(out, func(a, b Summary) bool { return a.Text.Text == b.Text.Text })
	}
	return out, nil
}

// recordedNumber is how many the record holds. Convictions are those for trafficking itself, as sources report them.
func recordedNumber(of *reading, indicator string, year int, v *figure.Value) int {
	if indicator == reportedConvicted {
		return of.totals.byYear[year].convicted
	}
	return v.N
}

// recordedBeside says it for every year of which the indicator was reported.
func (r *Request) recordedBeside(set *evidence.Set, indicator string) ([]Summary, error) {
	var out []Summary
	covered, _ := yearsCovered(set, evidence.Series{Indicator: indicator, Place: wholeCountry})
	for _, year := range covered {
		some, err := r.recordedYear(set, indicator, year)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// lawRef reads the provision that a piece of evidence rests on.
func lawRef(text string) (law.Ref, bool) {
	place, _, _ := strings.Cut(text, " ")
	return law.ParseRef(place)
}
