package chart

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"fener/period"
)

var day = period.MustDate

// kosovo are the limits of trafficking, basic form, as the embedded pack has them.
func kosovo() []Line {
	segments := func(values [4]float64) []Segment {
		dates := []string{"2001-01-12", "2004-04-06", "2013-01-01", "2019-04-14", ""}
		var out []Segment
		for i, v := range values {
			s := Segment{From: day(dates[i]), Years: v, Known: v > 0, Short: "?"}
			if dates[i+1] != "" {
				s.To = day(dates[i+1]).AddDays(-1)
			}
			if s.Known {
				s.Says, s.Short = fmt.Sprintf("%v years", v), fmt.Sprint(v)
			}
			out = append(out, s)
		}
		return out
	}
	return []Line{
		{Name: "Statutory minimum", Segments: segments([4]float64{0, 2, 5, 5})},
		{Name: "Floor", Floor: true, Segments: segments([4]float64{0, 0, 0, 3})},
	}
}

func sample(dots ...Dot) *Lines {
	l := &Lines{First: 2001, Last: 2026, Lines: kosovo(), Dots: dots}
	l.Words = Words{ID: "home", Title: "The line and the dots", Says: "Each mark is one sentence."}
	l.LinesWords.Unit, l.Unread, l.Life, l.LinesWords.Reported = "Imprisonment, years", "not read", "life", "reported"
	l.Lanes = [lanes]string{"", "Suspended", "Only fined"}
	return l
}

func wellFormed(t *testing.T, svg string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader("<x>" + svg + "</x>"))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("the drawing is not well-formed: %v\n%s", err, svg)
		}
	}
}

// The minimum's line at a moment, read off the picture's own scale.
func minimumAt(p *plot, lines []Line, at float64) float64 {
	for _, s := range lines[0].Segments {
		if s.Known && moment(s.From) <= at && at < p.end(s.To) {
			return p.y(s.Years)
		}
	}
	return math.NaN()
}

func TestDotsBelowTheLineAreBelowIt(t *testing.T) {
	var dots []Dot
	for year := 2004; year <= 2025; year++ {
		minimum := 2.0
		if year >= 2013 {
			minimum = 5
		}
		for i, months := range []float64{1, 6, 12, 18, 23} {
			at := fmt.Sprintf("%d-%02d-%02d", year, 5+i, 1+5*i)
			if i == 4 && year != 2004 {
				at = strconv.Itoa(year) // known to the year only
			}
			dots = append(dots, Dot{At: day(at), Years: months / 12, Standing: Below}, Dot{At: day(at), Years: minimum + months/12, Standing: Meets})
		}
	}
	for _, f := range []form{wide, narrow} {
		l := sample(dots...)
		p := l.layout(f)
		marks := p.place(l.Dots, l.Lines)
		if len(marks) != len(dots) {
			t.Fatalf("%s: %d of %d dots are drawn", f.class, len(marks), len(dots))
		}
		for _, m := range marks {
			at := float64(p.first) + (m.x-p.left)/(p.right-p.left)*float64(p.last+1-p.first)
			line := minimumAt(p, l.Lines, at)
			if below := m.y > line; below != (m.Standing == Below) {
				t.Errorf("%s: %v years on %v stands at y %.1f and the line at %.1f: below %v", f.class, m.Years, m.At, m.y, line, below)
			}
			if m.x-p.size < p.left-1 || m.x+p.size > p.right+1 || m.y < p.top || m.y > p.bottom {
				t.Errorf("%s: the dot of %v lies outside the picture at %.1f, %.1f", f.class, m.At, m.x, m.y)
			}
		}
	}
}

func TestADotStaysUnderTheLawOfItsDay(t *testing.T) {
	l := sample()
	for i := range 40 { // far more than there is room for
		l.Dots = append(l.Dots, Dot{At: day("2019-04-13"), Years: 4}, Dot{At: day("2019-04-14").AddDays(i), Years: 4})
	}
	for _, f := range []form{wide, narrow} {
		p := l.layout(f)
		step := p.x(moment(day("2019-04-14")))
		for _, m := range p.place(l.Dots, l.Lines) {
			if old := m.At.Before(day("2019-04-14")); old != (m.x < step) {
				t.Errorf("%s: a sentence under the law of %v is drawn at %.1f, the step is at %.1f", f.class, m.At, m.x, step)
			}
		}
	}
}

func TestDotsOfOneYearAndLengthStandSideBySide(t *testing.T) {
	l := sample(Dot{At: day("2015"), Years: 3}, Dot{At: day("2015"), Years: 3}, Dot{At: day("2015"), Years: 3})
	p := l.layout(wide)
	marks := p.place(l.Dots, l.Lines)
	for i := 1; i < len(marks); i++ {
		if gap := marks[i].x - marks[i-1].x; gap < 2*p.size {
			t.Errorf("marks %d and %d are %.1f apart and cover each other", i-1, i, gap)
		}
	}
}

var (
	rulePath  = regexp.MustCompile(`<path class="(rule[^"]*)" d="M([\d.]+) ([\d.]+)H([\d.]+)(?:V([\d.]+))?"/>`)
	stripMark = regexp.MustCompile(`M0 [\d.]+h20`)
)

func TestTheLineStepsWhenTheLawChangesAndBreaksWhereNobodyReadIt(t *testing.T) {
	l := sample()
	for _, f := range []form{wide, narrow} {
		p := l.layout(f)
		svg := stripMark.ReplaceAllString(l.draw(f).String(), "")
		near := func(text string, want float64) bool {
			got, err := strconv.ParseFloat(text, 64)
			return err == nil && math.Abs(got-want) < 0.1
		}
		rules := rulePath.FindAllStringSubmatch(svg, -1)
		if len(rules) != 4 {
			t.Fatalf("%s: %d stretches of lines, want three of the minimum and one of the floor", f.class, len(rules))
		}
		for i, want := range []struct {
			class            string
			from, to         float64
			years, then      float64
			stepsTo, doubted bool
		}{
			{"rule", moment(day("2004-04-06")), 2013, 2, 5, true, false},
			{"rule", 2013, moment(day("2019-04-14")), 5, 5, true, false},
			{"rule", moment(day("2019-04-14")), 2027, 5, 0, false, false},
			{"rule floor", moment(day("2019-04-14")), 2027, 3, 0, false, false},
		} {
			m := rules[i]
			if m[1] != want.class || !near(m[2], p.x(want.from)) || !near(m[3], p.y(want.years)) || !near(m[4], p.x(want.to)) {
				t.Errorf("%s: stretch %d is %v, want %s from %.1f to %.1f at %.1f", f.class, i, m, want.class, p.x(want.from), p.x(want.to), p.y(want.years))
			}
			if want.stepsTo != (m[5] != "") || want.stepsTo && !near(m[5], p.y(want.then)) {
				t.Errorf("%s: stretch %d ends with %q, want a step to %v years: %v", f.class, i, m[5], want.then, want.stepsTo)
			}
		}
	}
}

func TestAGapSaysThatItIsNotRead(t *testing.T) {
	l := sample()
	if svg := l.draw(wide).String(); strings.Count(svg, ">not read<") != 2 || strings.Count(svg, "span unread") != 2 {
		t.Errorf("the gaps of the minimum and of the floor are not both named:\n%s", svg)
	}
	// On a phone the short gap has no room for the words and is a mark of its own; the long one keeps them.
	if svg := l.draw(narrow).String(); strings.Count(svg, ">not read<") != 1 || strings.Count(svg, "span unread") != 2 {
		t.Errorf("the gaps on a narrow screen:\n%s", svg)
	}
}

func TestEachStandingAndJointHasALookOfItsOwn(t *testing.T) {
	l := sample()
	for standing := range standings {
		l.Dots = append(l.Dots, Dot{At: day("2015"), Years: float64(standing) + 1, Standing: standing},
			Dot{At: day("2016"), Years: float64(standing) + 1, Standing: standing, Joint: true})
	}
	svg := l.draw(wide).String()
	for _, class := range []string{"dot open", "dot meets", "dot below", "dot other", "dot open joint", "dot meets joint", "dot below joint", "dot other joint"} {
		if strings.Count(svg, `class="`+class+`"`) != 1 {
			t.Errorf("no single group of %q", class)
		}
	}
	outlines := map[string]Standing{}
	for _, s := range []Standing{Open, Below, Other} {
		shape := outline(s, 10, 10, 4)
		if before, ok := outlines[shape]; ok {
			t.Errorf("standings %d and %d have one shape", before, s)
		}
		outlines[shape] = s
	}
}

func TestLanesLieBelowTheZeroLine(t *testing.T) {
	l := sample(Dot{At: day("2017"), Lane: Suspended, Years: 2, Standing: Below}, Dot{At: day("2017"), Lane: FineOnly, Standing: Below})
	for _, f := range []form{wide, narrow} {
		p := l.layout(f)
		marks := p.place(l.Dots, l.Lines)
		if len(marks) != 2 || marks[0].y <= p.bottom || marks[1].y <= marks[0].y || marks[1].y >= p.axis {
			t.Errorf("%s: the marks without a length to serve lie at %v, the zero line at %.1f", f.class, marks, p.bottom)
		}
	}
}

func TestReportedTotalsAreBlocksAndNeverDots(t *testing.T) {
	l := sample()
	l.Reported = []Reported{{From: day("2017"), Lane: Suspended, Value: "7"}, {From: day("2012-01-01"), To: day("2012-08-31"), Lane: FineOnly, Value: "at least 1"}}
	svg := l.draw(wide).String()
	if strings.Count(svg, `class="block"`) != 2 || !strings.Contains(svg, ">7<") || !strings.Contains(svg, "Suspended: reported") {
		t.Errorf("the reported totals are not blocks with their numbers:\n%s", svg)
	}
	if strings.Contains(svg, `class="dot`) {
		t.Error("a reported total became a dot")
	}
	p := l.layout(wide)
	width := regexp.MustCompile(`class="block" x="[\d.]+" y="[\d.]+" width="([\d.]+)"`).FindAllStringSubmatch(svg, -1)
	for i, days := range []float64{365, 244} {
		got, _ := strconv.ParseFloat(width[i][1], 64)
		if want := days / 365.25 * (p.x(2018) - p.x(2017)); math.Abs(got-want) > 0.5 {
			t.Errorf("block %d is %.1f wide, its period is %.1f", i, got, want)
		}
	}
}

func TestWhatSeveralSaidOfOnePeriodIsSaidSideBySide(t *testing.T) {
	l := sample()
	for _, value := range []string{"7", "8", "7"} {
		l.Reported = append(l.Reported, Reported{From: day("2017"), Lane: Suspended, Value: value})
	}
	if svg := l.draw(wide).String(); strings.Count(svg, `class="block"`) != 1 || !strings.Contains(svg, ">7 / 8<") {
		t.Errorf("two values for one year are not one block with both:\n%s", svg)
	}
}

func TestLifeStandsAboveEveryTerm(t *testing.T) {
	l := sample(Dot{At: day("2020"), Life: true}, Dot{At: day("2020"), Years: 25})
	p := l.layout(wide)
	marks := p.place(l.Dots, l.Lines)
	if marks[0].y >= marks[1].y {
		t.Errorf("life stands at %.1f and 25 years at %.1f", marks[0].y, marks[1].y)
	}
	if svg := l.draw(wide).String(); !strings.Contains(svg, ">life<") {
		t.Error("the tick does not say life")
	}
}

func TestWeightAndDensity(t *testing.T) {
	many := func(n int) *Lines {
		l := sample()
		for i := range n {
			l.Dots = append(l.Dots, Dot{At: day(strconv.Itoa(2001 + i*7%25)), Years: float64(i*13%240) / 12, Standing: Standing(i % 4), Joint: i%5 == 0})
		}
		return l
	}
	for _, row := range []struct {
		dots  int
		dense bool
		bytes int
	}{{0, false, 6 << 10}, {200, false, 25 << 10}, {MostDots, false, 30 << 10}, {5000, true, 30 << 10}, {200_000, true, 34 << 10}} {
		l := many(row.dots)
		svg := string(l.SVG())
		wellFormed(t, svg)
		if l.Dense() != row.dense || len(svg) > row.bytes {
			t.Errorf("%d dots: dense %v, %d bytes; want dense %v and at most %d", row.dots, l.Dense(), len(svg), row.dense, row.bytes)
		}
	}
	l := many(5000)
	p := l.layout(wide)
	cells, _ := p.density(l.Dots)
	sum := 0
	for _, n := range cells {
		sum += n
	}
	if sum != 5000 {
		t.Errorf("the density marks stand for %d sentences, want 5000", sum)
	}
}

func TestWordsAreEscapedAndEachDrawingIsNamed(t *testing.T) {
	hostile := `"><script>&`
	l := sample(Dot{At: day("2015"), Years: 3})
	l.Words = Words{ID: hostile, Title: hostile, Says: hostile}
	l.LinesWords.Unit, l.Unread, l.Lanes[Suspended], l.Lines[0].Name = hostile, hostile, hostile, hostile
	l.Reported = []Reported{{From: day("2017"), Value: hostile}}
	bars := &Bars{Words: l.Words, Bars: []Bar{{Label: hostile, Says: hostile}}, Ticks: [3]string{hostile}}
	ranges := &Ranges{Words: l.Words, Ranges: []Range{{Label: hostile, Says: hostile}}, Tick: func(float64) string { return hostile }}
	for _, svg := range []string{string(l.SVG()), string(bars.SVG()), string(ranges.SVG())} {
		wellFormed(t, svg)
		if strings.Contains(svg, "<script") || strings.Contains(svg, " style=") {
			t.Errorf("hostile words or a style came through:\n%s", svg)
		}
		if strings.Count(svg, "<title ") != 2 || strings.Count(svg, "<desc ") != 2 || strings.Count(svg, `role="img"`) != 2 {
			t.Errorf("a drawing lacks its title or its sentence:\n%s", svg)
		}
	}
}

func TestBarsShowTheIntervalAroundTheShare(t *testing.T) {
	b := &Bars{Words: Words{ID: "b"}, Bars: []Bar{{Label: "A", Value: 0.5, Low: 0.25, High: 0.75, Says: "50%"}, {Label: "B", None: true, Says: "0 of 0"}}}
	for _, f := range []form{wide, narrow} {
		svg := b.draw(f).String()
		length := f.width - 18
		for _, want := range []string{
			fmt.Sprintf(`class="bar" x="4" y="23" width="%s"`, number(length/2)),
			fmt.Sprintf(`d="M%s 25v8m0-4H%sm0-4v8"`, number(4+length/4), number(4+length*3/4)),
		} {
			if !strings.Contains(svg, want) {
				t.Errorf("%s lacks %s:\n%s", f.class, want, svg)
			}
		}
		if strings.Count(svg, `class="bar"`) != 1 || strings.Count(svg, "span unread") != 1 {
			t.Errorf("%s: a share of nothing has a bar:\n%s", f.class, svg)
		}
	}
}

func TestRangesKeepTheirOrder(t *testing.T) {
	r := &Ranges{Ranges: []Range{{Label: "A", Low: 6, Median: 36, High: 96}, {Label: "B", None: true}}, Tick: func(v float64) string { return number(v) }}
	svg := r.draw(wide).String()
	m := regexp.MustCompile(`class="whisker" d="M([\d.]+) [\d.]+v10m0-5H([\d.]+)m`).FindStringSubmatch(svg)
	c := regexp.MustCompile(`cx="([\d.]+)"`).FindStringSubmatch(svg)
	if m == nil || c == nil {
		t.Fatalf("no range is drawn:\n%s", svg)
	}
	low, _ := strconv.ParseFloat(m[1], 64)
	high, _ := strconv.ParseFloat(m[2], 64)
	median, _ := strconv.ParseFloat(c[1], 64)
	if !(low < median && median < high && high < wide.width) {
		t.Errorf("lowest %.1f, median %.1f, highest %.1f", low, median, high)
	}
	for _, row := range []struct{ most, step float64 }{{0, 1}, {1, 0.2}, {5, 1}, {12, 5}, {96, 20}, {240, 50}, {1000, 200}} {
		if got := TickStep(row.most); math.Abs(got-row.step) > 1e-9 {
			t.Errorf("ticks to %v are %v apart, want %v", row.most, got, row.step)
		}
	}
}

func TestALongNameOfABarIsCutAndNeverRunsIntoItsValue(t *testing.T) {
	b := &Bars{Bars: []Bar{{Label: strings.Repeat("Gjykata ", 12), Value: 0.4, Says: "42.3% (11 of 26)"}}}
	svg := b.draw(narrow).String()
	m := regexp.MustCompile(`class="name">([^<]*)<`).FindStringSubmatch(svg)
	if m == nil || !strings.HasSuffix(m[1], "…") {
		t.Fatalf("the name is not cut: %v", m)
	}
	if got := width(m[1], letterSize, true) + width("42.3% (11 of 26)", letterSize, false); got > narrow.width-18 {
		t.Errorf("name and value are %.0f wide, more than there is room for", got)
	}
}

func BenchmarkLines(b *testing.B) {
	l := sample()
	for i := range 200 {
		l.Dots = append(l.Dots, Dot{At: day(strconv.Itoa(2001 + i%25)), Years: float64(i%15) + 0.5, Standing: Standing(i % 3)})
	}
	for b.Loop() {
		l.SVG()
	}
}
