package figure

import (
	"testing"

	"fener/period"
)

func TestAKeptValueIsReadAsItWas(t *testing.T) {
	length := func(s string) Quantity {
		n, err := period.ParseLength(s)
		if err != nil {
			t.Fatal(err)
		}
		return Quantity{Number: trim(n.NominalDays()), Length: n}
	}
	persons := &Indicator{ID: "persons", Unit: Persons, Measure: Number}
	share := &Indicator{ID: "share", Unit: Share, Measure: ShareOf}
	terms := &Indicator{ID: "terms", Unit: Length, Measure: Range}
	median := &Indicator{ID: "median", Unit: Length, Measure: Median}
	for _, row := range []struct {
		kept  string
		value Value
	}{
		{"12", Value{Indicator: persons, State: Known, Quantity: Quantity{Number: 12}}},
		{"0", Value{Indicator: persons, State: Known}},
		{"3..7", Value{Indicator: persons, State: Known, Quantity: Quantity{Number: 3}, Bounds: &Bounds{3, 7}}},
		{"no_data", Value{Indicator: persons, State: NoData}},
		{"not_known", Value{Indicator: share, State: NotKnown}},
		{"0.35", Value{Indicator: share, State: Known, Quantity: Quantity{Number: 0.35}, Bounds: &Bounds{0.2, 0.5}}},
		{"6m..8y", Value{Indicator: terms, State: Known, Low: length("6m"), High: length("8y")}},
		{"4y 6m", Value{Indicator: median, State: Known, Quantity: length("4y6m")}},
	} {
		if got := row.value.Kept(); got != row.kept {
			t.Errorf("%+v is kept as %q, want %q", row.value, got, row.kept)
			continue
		}
		again, err := row.value.Indicator.ParseKept(row.kept)
		if err != nil {
			t.Errorf("%q: %v", row.kept, err)
		} else if again.Kept() != row.kept {
			t.Errorf("%q is read as %q", row.kept, again.Kept())
		}
	}
	for _, text := range []string{"", "many", "3..", "..7", "3..x"} {
		if v, err := persons.ParseKept(text); err == nil {
			t.Errorf("%q is read as %+v", text, v)
		}
	}
}
