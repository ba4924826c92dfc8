package chart

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// reported2017 is what was said of the victims of 2017, with a value in every form.
func reported2017() *Series {
	s := &Series{First: 2015, Last: 2019, Unit: "Persons", Empty: []int{2016}, EmptyWords: "no figure", Tick: func(v float64) string { return strconv.Itoa(int(v)) }}
	s.Words = Words{ID: "victims", Title: "Victims <identified>", Says: "Six values."}
	s.Marks = []Observed{
		{From: day("2017-01-01"), To: day("2017-06-30"), Low: 16, Label: "16"},
		{From: day("2017-01-01"), To: day("2017-09-30"), Low: 22, Label: "22"},
		{From: day("2017-01-01"), To: day("2017-12-31"), Low: 32, Label: "32", Retold: true},
		{From: day("2018-01-01"), To: day("2018-12-31"), Low: 20, Stated: Roughly, Label: "about 20"},
		{From: day("2019-01-01"), To: day("2019-12-31"), Low: 10, High: 20, Stated: Between, Label: "10-20"},
		{From: day("2015-01-01"), To: day("2015-12-31"), High: 5, Stated: Under, Label: "<5"},
		{From: day("2015-01-01"), To: day("2015-12-31"), Low: 30, Stated: Above, Label: "over 30"},
	}
	return s
}

func TestSeriesMarksAreAsWideAsTheirPeriods(t *testing.T) {
	svg := string(reported2017().SVG())
	wellFormed(t, svg)
	first, _, _ := strings.Cut(svg, "</svg>")
	var widths []float64
	for _, m := range regexp.MustCompile(`<rect class="obs[^"]*" x="[^"]*" y="[^"]*" width="([^"]*)" height="5"/>`).FindAllStringSubmatch(first, -1) {
		w, err := strconv.ParseFloat(m[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		widths = append(widths, w)
	}
	// In the order of their start: the two of 2015, then the half-year, the nine months and the year 2017.
	if len(widths) != 5 {
		t.Fatalf("%d bars, want 5: %v", len(widths), widths)
	}
	half, nine, year := widths[2]/widths[4], widths[3]/widths[4], widths[4]
	if half < 0.48 || half > 0.51 || nine < 0.73 || nine > 0.77 || year < 50 {
		t.Errorf("of a year %v wide, a half-year takes %.2f and nine months %.2f", year, half, nine)
	}
}

func TestSeriesDrawsEachValueAsWhatItIs(t *testing.T) {
	svg := string(reported2017().SVG())
	for what, n := range map[string]int{
		`class="obs retold"`: 2, `class="obs rough"`: 2, `class="obs between"`: 2, `class="arrow"`: 4, `class="empty"`: 2, ">16<": 2, ">&lt;5<": 2, ">about 20<": 2,
		"Victims &lt;identified&gt;": 2, "polyline": 0, "style=": 0,
	} {
		if got := strings.Count(svg, what); got != n {
			t.Errorf("%s stands %d times, want %d (once in each of the two drawings)", what, got, n)
		}
	}
	if strings.Count(svg, "no figure") == 0 {
		t.Error("nothing says that the shaded year has no figure")
	}
}

func TestSeriesLabelsDoNotCoverEachOther(t *testing.T) {
	s := reported2017()
	for i := range 40 {
		s.Marks = append(s.Marks, Observed{From: day("2018-01-01"), To: day("2018-12-31"), Low: float64(20 + i%3), Label: strconv.Itoa(20 + i%3)})
	}
	svg, _, _ := strings.Cut(string(s.SVG()), "</svg>")
	wellFormed(t, svg+"</svg>")
	type place struct{ x, y float64 }
	var seen []place
	for _, m := range regexp.MustCompile(`<text x="([^"]*)" y="([^"]*)" text-anchor="middle" class="count">`).FindAllStringSubmatch(svg, -1) {
		x, _ := strconv.ParseFloat(m[1], 64)
		y, _ := strconv.ParseFloat(m[2], 64)
		for _, p := range seen {
			if x-p.x < 8 && p.x-x < 8 && y-p.y < labelHeight-1 && p.y-y < labelHeight-1 {
				t.Errorf("two labels at %v,%v and %v,%v", x, y, p.x, p.y)
			}
		}
		seen = append(seen, place{x, y})
	}
	if len(seen) < 5 {
		t.Errorf("%d labels were drawn", len(seen))
	}
}

func TestSeriesOfNothingAndOfOneYear(t *testing.T) {
	for _, s := range []*Series{{}, {First: 2017, Last: 2017, Marks: []Observed{{From: day("2017-03-05"), To: day("2017-03-05"), Low: 0, Label: "0"}}}} {
		s.Tick = func(v float64) string { return strconv.Itoa(int(v)) }
		wellFormed(t, string(s.SVG()))
	}
}
