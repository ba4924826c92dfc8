package evidence

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"

	"fener/internal/record"
	"fener/law"
)

//go:embed indicators.yaml
var indicatorsFile []byte

// Topic is what an observed indicator is about.
type Topic string

// Topics in the order in which they are shown.
var Topics = []Topic{"victims", "arrests", "prosecution", "convictions", "sentences", "shelters", "money", "institutions", "reports"}

// Units are what the values of observations may be in.
func Units() []string { return record.Units() }

// Indicator is something of which figures are reported.
type Indicator struct {
	ID         string    `yaml:"id"`
	Topic      Topic     `yaml:"topic"`
	Unit       string    `yaml:"unit"`   // as sources usually count it; an observation has its own
	Trend      bool      `yaml:"trend"`  // values are words for a direction, never drawn as numbers
	Beside     []string  `yaml:"beside"` // what is easily taken for the same and is not; shown beside it
	Names      law.Names `yaml:"names"`
	Definition law.Names `yaml:"definition"`
}

// Indicators are all observed indicators in the order in which they are shown.
// They are read once and must not be changed.
var Indicators = sync.OnceValues(func() ([]*Indicator, error) { return readIndicators(indicatorsFile) })

// KnownIndicator reports whether there is an observed indicator with the id.
func KnownIndicator(id string) bool {
	list, err := Indicators()
	return err == nil && find(list, id) != nil
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
	fail(in.Trend && in.Unit != "words", "a trend is in words, not in %s", in.Unit)
	for _, n := range []law.Names{in.Names, in.Definition} {
		fail(n.SQ == "" || n.SR == "" || n.EN == "", "names and definition must stand in sq, sr and en")
	}
	for _, other := range in.Beside {
		fail(other == in.ID || find(all, other) == nil, "beside: %q is no other indicator", other)
	}
	return fs
}
