package record

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

// Topic is what an observed indicator is about.
type Topic string

// Topics in the order in which they are shown.
var Topics = []Topic{"victims", "arrests", "prosecution", "convictions", "sentences", "shelters", "money", "institutions", "reports"}

// Indicator is something of which figures are reported.
type Indicator struct {
	ID         string     `yaml:"id"`
	Topic      Topic      `yaml:"topic"`
	Unit       string     `yaml:"unit"`    // as sources usually count it; an observation has its own
	Trend      bool       `yaml:"trend"`   // values are words for a direction, never drawn as numbers
	Victims    *OfVictims `yaml:"victims"` // the figure is of victims, and the care rule holds for it; nil for others
	Beside     []string   `yaml:"beside"`  // what is easily taken for the same and is not; shown beside it
	Names      law.Names  `yaml:"names"`
	Definition law.Names  `yaml:"definition"`
}

// OfVictims says which victims a figure is of.
type OfVictims struct {
	Of         string `yaml:"of"` // the count that it is a part of; empty where it is whole by itself
	Attributes `yaml:",inline"`
}

// Attributes are what victims are told apart by, as words; empty where a figure
// is of all of them.
type Attributes struct {
	Sex    string `json:"victims_sex,omitempty" yaml:"sex"`       // female, male, or as the source says it
	Age    string `json:"victims_age,omitempty" yaml:"age"`       // child, adult, or years: 14, 14-17
	Origin string `json:"victims_origin,omitempty" yaml:"origin"` // a country, a community
	Form   string `json:"exploitation,omitempty" yaml:"form"`     // of exploitation
}

// Indicators are all observed indicators in the order in which they are shown.
// They are read once and must not be changed.
var Indicators = sync.OnceValues(func() ([]*Indicator, error) { return readIndicators(indicatorsFile) })

// IndicatorOf is the observed indicator with the id; nil where there is none.
func IndicatorOf(id string) *Indicator {
	list, err := Indicators()
	if err != nil { // the file is part of the program, and a test reads it
		return nil
	}
	return find(list, id)
}

func find(list []*Indicator, id string) *Indicator {
	if at := slices.IndexFunc(list, func(in *Indicator) bool { return in.ID == id }); at >= 0 {
		return list[at]
	}
	return nil
}

func readIndicators(data []byte) ([]*Indicator, error) {
	var list []*Indicator
	if err := yaml.UnmarshalWithOptions(data, &list, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("indicators.yaml: %w", err)
	}
	var problems []error
	for i, in := range list {
		if in == nil || in.ID == "" {
			return nil, fmt.Errorf("indicators.yaml: indicator %d has no id", i+1)
		}
	}
	for i, in := range list {
		for _, what := range in.faults(list[:i], list) {
			problems = append(problems, fmt.Errorf("indicators.yaml: %s: %s", in.ID, what))
		}
	}
	return list, errors.Join(problems...)
}

func (in *Indicator) faults(before, all []*Indicator) (fs []string) {
	fail := func(broken bool, format string, args ...any) {
		if broken {
			fs = append(fs, fmt.Sprintf(format, args...))
		}
	}
	fail(find(before, in.ID) != nil, "stands twice")
	fail(!slices.Contains(Topics, in.Topic), "topic: %q; expected one of %v", in.Topic, Topics)
	fail(!slices.Contains(Units(), in.Unit), "unit: %q; expected one of %v", in.Unit, Units())
	if v := in.Victims; v != nil && v.Of != "" {
		whole := find(all, v.Of)
		fail(whole == nil || whole.Victims == nil || whole.Victims.Of != "" || whole == in, "victims.of: %q is no whole count of victims", v.Of)
	}
	fail(in.Victims == nil && in.Topic == "victims", "is about victims and has no victims: {}; write what the care rule must know of it")
	fail(in.Trend && in.Unit != "words", "a trend is in words, not in %s", in.Unit)
	for _, n := range []law.Names{in.Names, in.Definition} {
		fail(n.SQ == "" || n.SR == "" || n.EN == "", "names and definition must stand in sq, sr and en")
	}
	for _, other := range in.Beside {
		fail(other == in.ID || find(all, other) == nil, "beside: %q is no other indicator", other)
	}
	return fs
}
