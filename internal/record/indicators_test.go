package record

import (
	"strings"
	"testing"
)

func TestIndicatorsAreWhole(t *testing.T) {
	list, err := Indicators()
	if err != nil {
		t.Fatal(err)
	}
	topics := map[Topic]int{}
	for _, in := range list {
		topics[in.Topic]++
		for _, d := range []string{in.Definition.SQ, in.Definition.SR, in.Definition.EN} {
			if !strings.HasSuffix(d, ".") {
				t.Errorf("%s: %q is not a sentence", in.ID, d)
			}
		}
		if strings.HasSuffix(in.ID, "_trend") != in.Trend {
			t.Errorf("%s: trend is %v", in.ID, in.Trend)
		}
	}
	for _, topic := range Topics {
		if topics[topic] == 0 {
			t.Errorf("nothing is said of %s", topic)
		}
	}
	if IndicatorOf("") != nil || IndicatorOf("nothing_of_the_kind") != nil || IndicatorOf("victims_identified") == nil {
		t.Error("an indicator that does not exist is known, or one that does is not")
	}
}

func TestFaultyIndicatorsAreRefused(t *testing.T) {
	const good = "- {id: a, topic: arrests, unit: persons, names: {sq: x, sr: x, en: x}, definition: {sq: x., sr: x., en: x.}}\n"
	for _, c := range []struct{ name, file, want string }{
		{"no id", "- {topic: arrests}\n", "indicator 1 has no id"},
		{"twice", good + good, "a: stands twice"},
		{"unknown topic", strings.Replace(good, "arrests", "weather", 1), `topic: "weather"; expected one of`},
		{"unknown unit", strings.Replace(good, "persons", "acres", 1), `unit: "acres"; expected one of`},
		{"a trend in numbers", strings.Replace(good, "unit", "trend: true, unit", 1), "a trend is in words"},
		{"a language missing", strings.Replace(good, "sr: x, ", "", 1), "must stand in sq, sr and en"},
		{"beside nothing", strings.Replace(good, "unit", "beside: [b], unit", 1), `beside: "b" is no other indicator`},
		{"of victims, and not marked", strings.Replace(good, "arrests", "victims", 1), "a: is about victims and has no victims"},
		{"a part of nothing", strings.Replace(good, "unit", "victims: {of: b}, unit", 1), `a: victims.of: "b" is no whole count of victims`},
		{"an unknown field", strings.Replace(good, "unit", "colour: red, unit", 1), "colour"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := readIndicators([]byte(c.file)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, expected one with %q", err, c.want)
			}
		})
	}
	if _, err := readIndicators([]byte(good)); err != nil {
		t.Errorf("a good file is refused: %v", err)
	}
}
