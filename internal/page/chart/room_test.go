package chart

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"
	"testing"
)

// worded is a piece of a drawing that words take.
type worded struct {
	box
	words string
}

// boxesOf finds where the words of an SVG lie, from its text elements and the widths of letters. Words in a moved or scaled part are looked at as they
// lie in the whole.
func boxesOf(t testing.TB, svg string) []worded {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	states := []state{{scale: 1}}
	class := ""
	var out []worded
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			s, err := states[len(states)-1].inside(e)
			if err != nil {
				t.Fatal(err)
			}
			class = ""
			for _, a := range e.Attr {
				if a.Name.Local == "class" {
					class = a.Value
				}
			}
			states = append(states, s)
		case xml.EndElement:
			states = states[:len(states)-1]
		case xml.CharData:
			s := states[len(states)-1]
			if s.anchor == "" {
				continue
			}
			if s.size == 0 { // not dressed: by its class
				s.size, s.bold = sizes[class], isBold(class)
			}
			at, size := s.at(s.x, s.y), s.size*s.scale
			wide := width(string(e), size, s.bold)
			switch s.anchor {
			case "middle":
				at.x -= wide / 2
			case "end":
				at.x -= wide
			}
			out = append(out, worded{box{at.x, at.y - size*0.75, at.x + wide, at.y + size*0.2}, string(e)})
		}
	}
}

// crowded says what is wrong with the places of a drawing's words: those that leave it, and those that cover others.
func crowded(t testing.TB, svg string) (wrong []string) {
	t.Helper()
	_, size, _ := strings.Cut(svg, ` viewBox="0 0 `)
	var wide, high float64
	if _, err := fmt.Sscanf(size, "%g %g", &wide, &high); err != nil {
		t.Fatal(err)
	}
	all := boxesOf(t, svg)
	for i, a := range all {
		if a.left < -0.5 || a.right > wide+0.5 || a.top < -1 || a.bottom > high+0.5 {
			wrong = append(wrong, fmt.Sprintf("%q leaves the drawing of %v x %v: %.1f", a.words, wide, high, a.box))
		}
		for _, b := range all[:i] {
			if a.meets(b.box) {
				wrong = append(wrong, fmt.Sprintf("%q covers %q: %.1f, %.1f", a.words, b.words, a.box, b.box))
			}
		}
	}
	return wrong
}

// extremes are charts that are harder to set than any on record.
func extremes() map[string]string {
	long := "Gjykata Themelore në Prishtinë, Departamenti për Krime të Rënda, dega në Gračanica"
	longest := strings.Repeat("Pamundësisht", 9)
	out := map[string]string{}
	years := func(first, last int) (c []Column) {
		for y := first; y <= last; y++ {
			c = append(c, Column{Year: y, Value: float64(y%7) / 7, Low: float64(y%7) / 9, High: min(1, float64(y%7)/6), Says: "100,0 %", None: y%11 == 0})
		}
		return c
	}
	for _, span := range [][2]int{{2020, 2020}, {2019, 2021}, {2001, 2026}, {1950, 2030}} {
		c := &Columns{Columns: years(span[0], span[1]), Ticks: []Tick{{0, "0 %"}, {0.5, "50 %"}, {1, "100 %"}}}
		out[fmt.Sprintf("columns of %v", span)] = string(c.SVG())
		c.Ticks = []Tick{{0, "0"}, {0.5, long}, {1, longest}}
		out[fmt.Sprintf("columns of %v with long ticks", span)] = string(c.SVG())
	}
	for name, words := range map[string]string{"long": long, "one long word": longest} {
		l := sample()
		for i := range 40 {
			l.Dots = append(l.Dots, Dot{At: day(strconv.Itoa(1999 + i)), Years: float64(i), Standing: Standing(i % 4), Life: i == 3})
			l.Reported = append(l.Reported, Reported{From: day(strconv.Itoa(2001 + i)), Lane: Lane(i % 3), Value: "12 / at least 100,000"})
		}
		l.First, l.Last = 1999, 2040
		l.Sum, l.LinesWords.Unit, l.Unread, l.Life, l.LinesWords.Reported = words, words, words, words, words
		l.Lanes = [lanes]string{"", words, words}
		for i := range l.Lines {
			l.Lines[i].Name = words
			for k := range l.Lines[i].Segments {
				l.Lines[i].Segments[k].Says, l.Lines[i].Segments[k].Short = words, "12,5*"
			}
		}
		out["lines, "+name] = string(l.SVG())

		b := &Bars{Ticks: [3]string{words, words, words}}
		r := &Ranges{Tick: func(float64) string { return words }}
		s := &Series{First: 1999, Last: 2026, Unit: words, EmptyWords: words, Empty: []int{2000, 2001, 2002, 2003, 2004, 2005, 2006}, Tick: func(v float64) string { return fmt.Sprintf("%.0f.000.000.000", v) }}
		for i := range 30 {
			b.Bars = append(b.Bars, Bar{Label: words, Value: float64(i) / 30, Low: 0, High: 1, Says: words})
			r.Ranges = append(r.Ranges, Range{Label: words, Low: float64(i), High: 1e6, NoMedian: true, Says: words})
			s.Marks = append(s.Marks, Observed{From: day(strconv.Itoa(1999 + i%28)), Low: float64(i * i * 1000), High: float64(i * i * 1000), Stated: Exactness(i % int(exactness)), Label: string([]rune(words)[:12+i])})
		}
		days := everyDay()
		for i := range days.Rows {
			days.Rows[i].Label = words
		}
		for i := range days.Ticks {
			days.Ticks[i].Name, days.Ticks[i].Short = words, words
		}
		days.Over = name == "long"
		out["strip, "+name] = string(days.SVG())
		out["bars, "+name], out["ranges, "+name], out["series, "+name] = string(b.SVG()), string(r.SVG()), string(s.SVG())
	}
	out["strip"] = string(everyDay().SVG())
	return out
}

func TestNoWordsCoverOthersOrLeaveThePicture(t *testing.T) {
	l := look(t)
	for name, svg := range extremes() {
		for drawing := range strings.SplitSeq(svg, "\n") {
			for _, wrong := range crowded(t, drawing) {
				t.Errorf("%s: %s", name, wrong)
			}
		}
		wide, _, _ := strings.Cut(svg, "\n")
		f := sampleFile()
		f.Picture = template.HTML(wide)
		for _, wrong := range crowded(t, string(l.SVG(f))) {
			t.Errorf("%s, as a file: %s", name, wrong)
		}
	}
}

// A test of the test: words that do cover each other are found.
func TestCrowdedWordsAreFound(t *testing.T) {
	d := &drawing{form: narrow, height: 40}
	d.text(10, 20, "start", "", "covered")
	d.text(20, 22, "start", "name", "covering")
	d.text(290, 38, "start", "", "leaving")
	if wrong := crowded(t, string(d.finish(Words{}))); len(wrong) != 2 {
		t.Errorf("of one that covers and one that leaves the drawing these were found: %v", wrong)
	}
}
