// Package chart draws the public pages' pictures as SVG on the server: the line and the dots, shares with their intervals, and ranges.
//
// A chart is made from plain values and ready words; it knows neither the record nor the law. Each is drawn twice, class "wide" and class
// "narrow", because text that shrinks with its picture cannot be read on a phone; the page's styles show one of the two. Meaning is carried by shape,
// fill and place, and colour only repeats it. Nothing in a chart needs a style attribute, which the content policy refuses.
package chart

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Words are what a chart says of itself to whoever does not see it. Both are ready to be read, in the page's language.
type Words struct {
	ID    string // unique on the page; the parts of the chart are named after it
	Title string
	Says  string // one sentence: what the picture shows
}

// form is one of the two drawings of a chart.
type form struct {
	class string
	width float64
}

// The styles give text letterSize in both. The wide drawing is shown between 540 and 800 wide, the narrow one between 246 (a
// screen of 320) and 580.
var (
	wide   = form{class: "wide", width: 640}
	narrow = form{class: "narrow", width: 300}
)

// Least is how many values a picture has at the least: fewer are said faster than they are drawn.
const Least = 3

// The sizes of letters in a drawing, as the styles have them.
const (
	letterSize = 12
	sumSize    = 17 // of the sentence that sums a picture up
)

// drawing collects the elements of one SVG.
type drawing struct {
	form
	strings.Builder
	height float64
	taken  []box // by words
}

// number writes a coordinate in as few letters as it needs.
func number(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

// add writes one element. Numbers are floats and written short; every other value is escaped.
func (d *drawing) add(pattern string, values ...any) {
	for i, v := range values {
		switch v := v.(type) {
		case float64:
			values[i] = number(v)
		case string:
			values[i] = template.HTMLEscapeString(v)
		}
	}
	fmt.Fprintf(d, pattern, values...)
}

// text writes words at a place; anchor is start, middle or end.
func (d *drawing) text(x, y float64, anchor, class, words string) {
	if words == "" {
		return
	}
	d.taken = append(d.taken, wordBox(x, y, anchor, class, words))
	d.add(`<text x="%v" y="%v"`, x, y)
	if anchor != "start" {
		d.add(` text-anchor="%v"`, anchor)
	}
	if class != "" {
		d.add(` class="%v"`, class)
	}
	d.add(">%v</text>", words)
}

// label writes words where they have room: inside the drawing, and free of the words before them. It tells whether it did; what finds no room stands in
// the table behind the chart.
func (d *drawing) label(x, y float64, anchor, class, words string) bool {
	b := wordBox(x, y, anchor, class, words)
	if b.left < 0 || b.right > d.width || b.top < 0 || b.bottom > d.height || slices.ContainsFunc(d.taken, b.meets) {
		return false
	}
	d.text(x, y, anchor, class, words)
	return true
}

// wordBox is the piece of a drawing that words take.
func wordBox(x, y float64, anchor, class, words string) box {
	size := sizes[class]
	wide := width(words, size, isBold(class))
	switch anchor {
	case "middle":
		x -= wide / 2
	case "end":
		x -= wide
	}
	return box{x, y - size*0.8, x + wide, y + size*0.22}
}

// isBold tells which words the styles set in bold letters.
func isBold(class string) bool {
	switch class {
	case "name", "count", "sum", "banner", "title", "headline":
		return true
	}
	return false
}

// fits tells whether words of the usual size are narrower than the room.
func fits(words string, room float64) bool { return width(words, letterSize, false) <= room }

// finish puts the elements into an SVG that says what it is.
func (d *drawing) finish(w Words) template.HTML {
	title, desc := w.ID+"-"+d.class+"-t", w.ID+"-"+d.class+"-d"
	head := fmt.Sprintf(`<svg class="%s" viewBox="0 0 %s %s" role="img" aria-labelledby="%s" aria-describedby="%s"><title id="%s">%s</title><desc id="%s">%s</desc>`,
		d.class, number(d.width), number(d.height), escape(title), escape(desc), escape(title), escape(w.Title), escape(desc), escape(w.Says))
	return template.HTML(head + d.String() + "</svg>")
}

func escape(s string) string { return template.HTMLEscapeString(s) }

// both draws the two forms of a chart.
func both(w Words, draw func(f form) *drawing) template.HTML {
	return draw(wide).finish(w) + "\n" + draw(narrow).finish(w)
}
