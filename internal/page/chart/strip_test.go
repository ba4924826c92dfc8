package chart

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// everyDay is a strip with each state of a day, sure and not, and each closure.
func everyDay() *Strip {
	s := &Strip{Words: Words{ID: "strip", Title: "Days", Says: "Each day."}, Columns: 366}
	for i, name := range []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"} {
		s.Ticks = append(s.Ticks, StripTick{i * 30, name, strconv.Itoa(i + 1)})
	}
	for year := 2008; year <= 2024; year++ {
		row := StripRow{Label: strconv.Itoa(year), Href: "#y" + strconv.Itoa(year), Says: "the year", Pick: -1}
		for state := range dayStates {
			from := int(state) * 40
			row.Runs = append(row.Runs, Run{From: from, To: from + 19, State: state}, Run{From: from + 20, To: from + 39, State: state, Unsure: true, Shut: Shutting(year % 3)})
		}
		s.Rows = append(s.Rows, row)
	}
	s.Rows[3].Pick = 365
	return s
}

// No two states may look alike to someone who sees no colour: each has a fill or a pattern that no other has.
func TestEachStateOfADayHasItsOwnPattern(t *testing.T) {
	colour := regexp.MustCompile(`(fill|stroke)="#[0-9a-f]+"`)
	place := regexp.MustCompile(` (x|y|width|height|d)="[^"]*"`)
	l := look(t)
	seen := map[string]DayState{}
	for state := range dayStates {
		bare := place.ReplaceAllString(l.dress(string(StripKey(state, false))), "")
		if state != DayWithout && state != DayUnknown { // these two are flat: black and pale, which TestFlatDaysDifferInLight holds
			bare = colour.ReplaceAllString(bare, "$1")
		}
		if other, found := seen[bare]; found {
			t.Errorf("states %d and %d are drawn alike: %s", state, other, bare)
		}
		seen[bare] = state
	}
}

// Flat days differ by how light they are, so that a grey copy tells them apart.
func TestFlatDaysDifferInLight(t *testing.T) {
	light := func(state DayState) float64 {
		hex := regexp.MustCompile(`fill="(#[0-9a-f]{6})"`).FindStringSubmatch(look(t).dress(string(StripKey(state, false))))
		if hex == nil {
			t.Fatalf("state %d has no fill", state)
		}
		c, _, err := paint(hex[1])
		if err != nil {
			t.Fatal(err)
		}
		return 0.2126*float64(c.R) + 0.7152*float64(c.G) + 0.0722*float64(c.B)
	}
	unknown, paid, without := light(DayUnknown), light(DayPaid), light(DayWithout)
	if unknown-paid < 60 || paid-without < 60 {
		t.Errorf("not known %.0f, paid %.0f, without %.0f: at least 60 of 255 must lie between two", unknown, paid, without)
	}
}

// What is not known to the day is lower than what is, and what is only perhaps is a thread.
func TestUnsureDaysAreLower(t *testing.T) {
	sure, unsure := string(StripKey(DayWithout, false)), string(StripKey(DayWithout, true))
	high := func(svg string) float64 {
		m := regexp.MustCompile(`height="([\d.]+)"`).FindAllStringSubmatch(svg, -1)
		v, err := strconv.ParseFloat(m[len(m)-1][1], 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if high(unsure) >= high(sure) {
		t.Errorf("a day that is not sure is %v high, one that is sure %v", high(unsure), high(sure))
	}
	if !strings.Contains(string(StripKey(DayMaybe, false)), `class="thread"`) {
		t.Error("a day without money perhaps is no thread")
	}
}

func TestRowsOfALinkedStripAreWays(t *testing.T) {
	s := everyDay()
	linked, plain := string(s.Linked()), string(s.SVG())
	if n := strings.Count(linked, `<a href="#y`); n != 2*len(s.Rows) {
		t.Errorf("%d ways, want %d", n, 2*len(s.Rows))
	}
	if strings.Contains(linked, `role="img"`) || strings.Contains(plain, "<a ") {
		t.Error("a picture holds ways that nobody can reach, or a group of ways says that it is a picture")
	}
	if png, err := PNG(look(t).SVG(&File{Title: "Days", Picture: s.SVG()}), 2); err != nil || len(png) == 0 {
		t.Errorf("the strip cannot be painted: %v", err)
	}
	if wrong := crowded(t, regexp.MustCompile(`(?s)^.*?</svg>`).FindString(plain)); len(wrong) > 0 {
		t.Error(strings.Join(wrong, "\n"))
	}
}
