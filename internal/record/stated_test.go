package record

import "testing"

func TestValuesAreKeptAsStated(t *testing.T) {
	for _, row := range []struct {
		text      string
		kind      ValueKind
		low, high string
	}{
		{"24", Exact, "24", ""},
		{"100,000", Exact, "100000", ""},
		{"100.000", Exact, "100000", ""}, // a hundred thousand in Albanian and Serbian
		{"100 000", Exact, "100000", ""},
		{"2.5", Exact, "2.5", ""},
		{"2,5", Exact, "2.5", ""},
		{"7.0", Exact, "7", ""},
		{"65 mijë", Exact, "65000", ""},
		{"1.5 million", Exact, "1500000", ""},
		{"five", Exact, "5", ""},
		{"pesë", Exact, "5", ""},
		{"pet", Exact, "5", ""},
		{"<5", Fewer, "", "5"},
		{"fewer than 5", Fewer, "", "5"},
		{"nën 5", Fewer, "", "5"},
		{"up to 5", NoMore, "", "5"},
		{"no more than 5", NoMore, "", "5"},
		{"≤ 5", NoMore, "", "5"},
		{"më së shumti 5", NoMore, "", "5"},
		{"deri në 5", NoMore, "", "5"},
		{"највише 5", NoMore, "", "5"},
		{"do 65.000", NoMore, "", "65000"},
		{"5 or fewer", NoMore, "", "5"},
		{"just over 1000", MoreThan, "1000", ""},
		{"more than 300", MoreThan, "300", ""},
		{"mbi 100.000", MoreThan, "100000", ""},
		{"at least 5", NoFewer, "5", ""},
		{"At least five", NoFewer, "5", ""},
		{"no fewer than 5", NoFewer, "5", ""},
		{"së paku 5", NoFewer, "5", ""},
		{"se paku pesë", NoFewer, "5", ""},
		{"jo më pak se 5", NoFewer, "5", ""},
		{"najmanje 5", NoFewer, "5", ""},
		{"најмање 5", NoFewer, "5", ""},
		{"≥5", NoFewer, "5", ""},
		{"5+", NoFewer, "5", ""},
		{"5 or more", NoFewer, "5", ""},
		{"5 e më shumë", NoFewer, "5", ""},
		{"5 ili više", NoFewer, "5", ""},
		{"around 72,000", About, "72000", ""},
		{"rreth 30", About, "30", ""},
		{"afër", InWords, "", ""},
		{"gotovo 30", About, "30", ""},
		{"10-20", Range, "10", "20"},
		{"between 10 and 20", Range, "10", "20"},
		{"prej 10 deri në 20", Range, "10", "20"},
		{"između 10 i 20", Range, "10", "20"},
		{"20-10", InWords, "", ""},
		{"10 and 20", InWords, "", ""},
		{"majority", InWords, "", ""},
		{"3y 4m", InWords, "", ""},
		{"at least some", InWords, "", ""},
		{"dozen", InWords, "", ""},
		{"fewer than the year before", InWords, "", ""},
		{"more than the year before, lenient", InWords, "", ""},
		{"five-year low, lenient", InWords, "", ""},
	} {
		got := ParseStated(row.text)
		if got != (Stated{row.text, row.kind, row.low, row.high}) {
			t.Errorf("ParseStated(%q) = %+v", row.text, got)
		}
	}
}

func TestNoFigureIsNoValue(t *testing.T) {
	for _, text := range []string{"n/a", "N/A", " NA ", "-", "–", "NULL", "#N/A", "nan", "..", "?", "nuk ka të dhëna", "нема података", "Unknown", "#REF!"} {
		if !NoFigure(text) {
			t.Errorf("%q is taken for a value", text)
		}
	}
	for _, text := range []string{"0", "none were identified", "many", "increase", "yes", "no"} {
		if NoFigure(text) {
			t.Errorf("%q is taken for no value", text)
		}
	}
}

func TestCensoredValueIsNoNumber(t *testing.T) {
	for _, text := range []string{"<5", "up to 5", "majority", "10-20"} {
		if n, ok := ParseStated(text).Number(); ok {
			t.Errorf("%q is taken for the number %v", text, n)
		}
	}
}
