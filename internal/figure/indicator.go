package figure

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"

	"fener/law"
)

//go:embed indicators.yaml
var indicatorsFile []byte

// Indicators are all indicators in the order in which they are shown. They are
// read from indicators.yaml once and must not be changed.
var Indicators = sync.OnceValues(func() ([]*Indicator, error) { return readIndicators(indicatorsFile) })

// Indicator is the definition of a figure.
type Indicator struct {
	ID         string       `yaml:"id"`
	Names      law.Names    `yaml:"names"`
	Definition law.Names    `yaml:"definition"`
	Unit       Unit         `yaml:"unit"`
	Counted    Unit         `yaml:"counted"` // persons, counts or judgments
	Measure    Measure      `yaml:"measure"`
	Value      Amount       `yaml:"value"`      // what a median or a range is of
	Of         Conditions   `yaml:"of"`         // the denominator: which of the counts in question are looked at
	Filter     Conditions   `yaml:"filter"`     // which of these are counted
	Unknown    []Conditions `yaml:"unknown"`    // of which of these it is not known; any of the lines
	Breakdowns []Field      `yaml:"breakdowns"` // what it can be laid out by
}

// Unit is what a value is in.
type Unit string

// The units. A share is of 1; a length is in years, months and days.
const (
	Persons   Unit = "persons"
	Counts    Unit = "counts"
	Judgments Unit = "judgments"
	Length    Unit = "length"
	Euros     Unit = "euros"
	InDays    Unit = "days"
	Share     Unit = "share"
)

// Measure is how a value is made of what is counted.
type Measure string

// The measures.
const (
	Number  Measure = "number"
	ShareOf Measure = "share"
	Median  Measure = "median"
	Lowest  Measure = "lowest"
	Highest Measure = "highest"
	Range   Measure = "range"
)

// Amount is what a median, a range, the lowest or the highest is of.
type Amount string

// The amounts. NoAmount is of numbers and shares.
const (
	NoAmount Amount = ""
	OfTerm   Amount = "imprisonment"
	OfFine   Amount = "fine"
	OfDays   Amount = "days"
)

// Conditions are the values that fields must have.
type Conditions map[Field]string

// filter is the filter with the conditions added. ok is false where they
// exclude each other, so that nothing can fulfil both.
func (c Conditions) filter(f Filter) (_ Filter, ok bool) {
	ok = true
	for field, value := range c {
		if had := f.values[field]; had != "" && had != value {
			ok = false
		}
		f.values[field] = value
	}
	return f, ok
}

func readIndicators(data []byte) ([]*Indicator, error) {
	var list []*Indicator
	if err := yaml.UnmarshalWithOptions(data, &list, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("indicators.yaml: %w", err)
	}
	var problems []error
	seen := map[string]bool{}
	for i, in := range list {
		if in == nil || in.ID == "" {
			problems = append(problems, fmt.Errorf("indicators.yaml: indicator %d has no id", i+1))
			continue
		}
		if seen[in.ID] {
			problems = append(problems, fmt.Errorf("indicators.yaml: %s stands twice", in.ID))
		}
		seen[in.ID] = true
		for _, what := range in.faults() {
			problems = append(problems, fmt.Errorf("indicators.yaml: %s: %s", in.ID, what))
		}
	}
	return list, errors.Join(problems...)
}

// faults is everything that makes no sense in an indicator.
func (in *Indicator) faults() []string {
	var fs []string
	fail := func(broken bool, format string, args ...any) {
		if broken {
			fs = append(fs, fmt.Sprintf(format, args...))
		}
	}
	for _, n := range []law.Names{in.Names, in.Definition} {
		fail(n.SQ == "" || n.SR == "" || n.EN == "", "names and definition must stand in sq, sr and en")
	}
	fail(!slices.Contains([]Unit{Persons, Counts, Judgments}, in.Counted), "counted: %q; expected persons, counts or judgments", in.Counted)
	fail(in.Unit != in.unit(), "unit: %q does not fit measure %q of %q; expected %q", in.Unit, in.Measure, in.Value, in.unit())
	fail(in.Measure.ofAmount() != (in.Value != NoAmount), "value: %q does not fit measure %q", in.Value, in.Measure)
	fail((in.Value == OfDays) != (in.Counted == Judgments && in.Value != NoAmount), "days are of judgments, terms and fines of counts")
	fail(in.Measure == Median && in.Value == OfFine, "a median of fines is not computed")
	for _, conditions := range append([]Conditions{in.Of, in.Filter}, in.Unknown...) {
		for field, value := range conditions {
			expected, ok := field.check(value)
			fail(!ok || field.Values() == nil, "%s: %q; expected %s, of a field with a closed set", field, value, expected)
		}
	}
	fail(in.Counted == Judgments && len(in.Of)+len(in.Filter)+len(in.Unknown) > 0, "judgments are counted without conditions")
	for _, f := range in.Breakdowns {
		fail(!f.IsAxis(), "breakdowns: %s is not one of %v", f, axisWords())
		fail(f == Outcome && in.Measure == Median, "breakdowns: a count can have several outcomes, so a median is not laid out by them")
		fail(f == Outcome && in.Counted == Judgments, "breakdowns: outcomes are of counts, not of judgments")
	}
	return fs
}

func (m Measure) ofAmount() bool { return m == Median || m == Lowest || m == Highest || m == Range }

// unit is the unit that follows from the measure; empty for an unknown one.
func (in *Indicator) unit() Unit {
	switch {
	case in.Measure == Number:
		return in.Counted
	case in.Measure == ShareOf:
		return Share
	case !in.Measure.ofAmount():
		return ""
	}
	return map[Amount]Unit{OfTerm: Length, OfFine: Euros, OfDays: InDays}[in.Value]
}

// UnmarshalYAML reads conditions such as {verdict: convicted}.
func (c *Conditions) UnmarshalYAML(unmarshal func(any) error) error {
	var raw map[string]string
	if err := unmarshal(&raw); err != nil {
		return err
	}
	*c = Conditions{}
	for name, value := range raw {
		var f Field
		if err := f.UnmarshalText([]byte(name)); err != nil {
			return err
		}
		(*c)[f] = value
	}
	return nil
}
