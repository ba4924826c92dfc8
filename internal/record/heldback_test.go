package record

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fener/period"
)

// reported is an observation of victims by an authority.
func reported(indicator, place, from, to, value string) *Observation {
	o := &Observation{Indicator: indicator, Place: place, From: period.MustDate(from), To: period.MustDate(to), Value: ParseStated(value), Unit: "persons",
		CountedBy: "Kosovo Police", Citation: Citation{Source: "police", Place: "p. 4", Quote: "the words of the source"}, Note: "a note"}
	if o.Value.Kind == InWords {
		o.Unit = "words"
	}
	return o
}

func TestAVictimsFigureFinerThanTheRuleIsHeldBack(t *testing.T) {
	with := func(o *Observation, change func(*Observation)) *Observation { change(o); return o }
	year := func(indicator, value string) *Observation { return reported(indicator, "Kosovo", "2024", "", value) }
	for _, c := range []struct {
		name string
		o    *Observation
		held bool
	}{
		{"a country and a year", year("victims_identified", "1"), false},
		{"by the country's name in Serbian Cyrillic", reported("victims_identified", "Косово", "2024", "", "1"), false},
		{"a half-year", reported("victims_identified", "Kosovo", "2023-01-01", "2023-06-30", "3"), false},
		{"by one attribute", year("victims_male", "1"), false},
		{"a month", reported("victims_identified", "Kosovo", "2024-05", "", "1"), true},
		{"five months", reported("victims_identified", "Kosovo", "2024-01", "2024-05", "4"), true},
		{"a day", reported("victims_identified", "Kosovo", "2024-05-06", "", "2"), true},
		{"a municipality", reported("victims_identified", "Peja municipality", "2024", "", "4"), true},
		{"a part of the country", reported("victims_identified", "northern Kosovo", "2024", "", "4"), true},
		{"no time", reported("victims_identified", "Kosovo", "", "", "4"), true},
		{"two attributes of the indicator", year("victims_male_labour", "4"), true},
		{"one of the indicator, one of its own field", with(year("victims_male", "4"), func(o *Observation) { o.Age = "14" }), true},
		{"two of its own fields", with(year("victims_identified", "1"), func(o *Observation) { o.Sex, o.Origin = "female", "Roma" }), true},
		{"two in what was counted", with(year("victims_identified", "1"), func(o *Observation) { o.Counted = "girls" }), true},
		{"two in what was counted, in Albanian", with(year("victims_identified", "1"), func(o *Observation) { o.Counted = "vajza rome" }), true},
		{"two in what was counted, in Serbian", with(year("victims_identified", "1"), func(o *Observation) { o.Counted = "девојчице" }), true},
		{"two in words", year("victims_children", "16 girls and two boys"), true},
		{"words of large numbers", reported("children_found_begging", "Kosovo", "2024-04-15", "2024-04-27", "32 children from Kosovo and 7 from Albania"), false},
		{"words without a number", reported("victims_offered_shelter", "Peja", "2024-05", "", "all of them"), true},
		{"a direction", reported("victims_trend", "Kosovo", "2024-05", "", "decrease"), false},
		{"nobody named who counted", with(year("victims_identified", "2"), func(o *Observation) { o.CountedBy = "not stated" }), true},
		{"five", reported("victims_identified", "Peja", "2024-05", "", "5"), false},
		{"none", reported("victims_identified", "Peja", "2024-05", "", "0"), false},
		{"fewer than five, as the source says", reported("victims_identified", "Peja", "2024-05", "", "<5"), false},
		{"fewer than three", reported("victims_identified", "Peja", "2024-05", "", "<3"), true},
		{"about", reported("victims_identified", "Peja", "2024-05", "", "around 2"), true},
		{"a range", reported("victims_identified", "Peja", "2024-05", "", "2-9"), true},
		{"at least", reported("victims_identified", "Peja", "2024-05", "", "at least 3"), true},
		{"a share", with(reported("victims_children_share", "Peja", "2024-05", "", "100"), func(o *Observation) { o.Unit = "percent" }), true},
		{"not of victims", reported("arrests_trafficking", "Peja", "2024-05", "", "1"), false},
		{"an indicator that a newer program may know", reported("victims_of_tomorrow", "Peja", "2024-05", "", "1"), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := c.o.Citation.Source
			if held := c.o.HoldBack(); held != c.held {
				t.Fatalf("held back: %v, want %v", held, c.held)
			}
			if !c.held {
				return
			}
			text := fmt.Sprintf("%+v", *c.o)
			for _, gone := range []string{"the words of the source", "p. 4", "a note", "Roma", "girls", "16"} {
				if strings.Contains(text, gone) {
					t.Errorf("%q is still there: %s", gone, text)
				}
			}
			if c.o.Value != (Stated{Kind: HeldBack, High: "5"}) || c.o.Citation.Source != before {
				t.Errorf("it stands as %+v of source %q", c.o.Value, c.o.Citation.Source)
			}
			if again := *c.o; !again.HoldBack() || fmt.Sprint(again) != fmt.Sprint(*c.o) {
				t.Error("holding back twice is not holding back once")
			}
		})
	}
	stays := reported("victims_identified", "Kosovo", "2024", "", "22")
	stays.Citation.Quote = "22 victims; 16 were girls, four women, and two boys"
	if stays.HoldBack() || stays.Citation.Quote != "" || stays.Value.Text != "22" || stays.Note == "" {
		t.Errorf("a quotation that tells two boys apart stands beside the figure: %+v", stays)
	}
}

// Each row publishes figures one after the other. The last of them is refused
// where somebody could work out what is held back.
func TestDifferencesGiveNothingAway(t *testing.T) {
	year := func(indicator, value string) *Observation { return reported(indicator, "Kosovo", "2024", "", value) }
	at := func(place, value string) *Observation {
		return reported("victims_identified", place, "2024", "", value)
	}
	in := func(from, to, value string) *Observation {
		return reported("victims_identified", "Kosovo", from, to, value)
	}
	told := func(o *Observation, sex, age string) *Observation { o.Sex, o.Age = sex, age; return o }
	for _, c := range []struct {
		name string
		said []*Observation
		with []int // the figures named in the refusal; none: it may be published
	}{
		{"the whole less its other parts", []*Observation{at("Peja region", "2"), at("Prizren region", "6"), at("Pristina region", "6"), year("victims_identified", "14")}, []int{0, 1, 2}},
		{"the last part", []*Observation{year("victims_identified", "14"), at("Peja region", "2"), at("Pristina region", "12")}, []int{0}},
		{"what two regions leave", []*Observation{year("victims_identified", "14"), at("Prizren", "0"), at("Pristina region", "7"), at("Gjilan region", "5")}, []int{0, 2}},
		{"a month that the months beside it leave", []*Observation{in("2024-01-01", "2024-06-30", "15"), in("2024-04", "", "2"), in("2024-01", "2024-03", "6"), in("2024-05", "2024-06", "7")}, []int{0, 1, 2}},
		{"enough are left", []*Observation{year("victims_identified", "14"), at("Peja region", "2"), at("Pristina region", "7")}, nil},
		{"what is left of the country, though nobody stated it", []*Observation{year("victims_identified", "14"), at("Pristina region", "12")}, []int{0}},
		{"a region less its town", []*Observation{at("Peja region", "9"), at("Peja municipality", "8")}, []int{0}},
		{"the year less the first three quarters", []*Observation{in("2024-10-01", "2024-12-31", "1"), in("2024", "", "15"), in("2024-01-01", "2024-09-30", "14")}, []int{0, 1}},
		{"two long periods alone stay as they were stated", []*Observation{in("2024", "", "15"), in("2024-01-01", "2024-09-30", "14")}, nil},
		{"two half-years less the other regions' year", []*Observation{at("Peja region", "2"), in("2024-01-01", "2024-06-30", "7"), in("2024-07-01", "2024-12-31", "7"), at("Pristina region", "12")}, []int{0, 1, 2}},
		{"the sum of the sexes", []*Observation{told(year("victims_children", "2"), "male", ""), told(year("victims_children", "16"), "female", ""), year("victims_children", "18")}, []int{0, 1}},
		{"the sexes in other words", []*Observation{told(year("victims_children", "2"), "djem", ""), told(year("victims_children", "16"), "девојчице", ""), year("victims_children", "18")}, []int{0, 1}},
		{"a small whole tells of its part", []*Observation{year("victims_male", "1"), year("victims_male_labour", "1")}, []int{0}},
		{"two that are as large as they can be", []*Observation{told(at("Peja region", "4"), "male", ""), told(at("Peja region", "4"), "female", ""), at("Peja region", "8")}, []int{0, 1}},
		{"two of which nobody knows which is larger", []*Observation{told(at("Peja region", "4"), "male", ""), told(at("Peja region", "3"), "female", ""), at("Peja region", "7")}, nil},
		{"another count is no part of it", []*Observation{year("victims_assisted", "1"), year("victims_male_labour", "1")}, nil},
		{"another year", []*Observation{reported("victims_male", "Kosovo", "2023", "", "1"), year("victims_male_labour", "1")}, nil},
		{"parts that overlap are not taken together", []*Observation{year("victims_identified", "20"), at("Peja region", "3"), year("victims_female", "9"), year("victims_children", "9")}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p VictimCounts
			for i, o := range c.said {
				got := p.GivesAway(fmt.Sprint("o", i), o)
				if i < len(c.said)-1 {
					if got != nil {
						t.Fatalf("%d is refused already, with %v", i, got)
					}
					p.Hear(fmt.Sprint("o", i), o)
					continue
				}
				var want []string
				for _, n := range c.with {
					want = append(want, fmt.Sprint("o", n))
				}
				for _, id := range want {
					if !slices.Contains(got, id) {
						t.Errorf("named are %v, want %v among them", got, want)
					}
				}
				if c.with == nil && got != nil {
					t.Errorf("refused with %v", got)
				}
			}
		})
	}
	t.Run("an earlier revision that was corrected", func(t *testing.T) {
		var p VictimCounts
		p.Hear("total", year("victims_identified", "14")) // published, then corrected to 20
		p.Hear("total", year("victims_identified", "20"))
		p.Hear("part", at("Peja region", "2"))
		if got := p.GivesAway("rest", at("Pristina region", "12")); !slices.Contains(got, "total") {
			t.Errorf("named are %v", got)
		}
	})
}
