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
	text  float64 // the width that a letter is reckoned with, in units of the drawing
}

// The styles give text 12 units in both. The wide drawing is shown between 540 and 800 wide, the narrow one between 246 (a
// screen of 320) and 580.
var (
	wide   = form{class: "wide", width: 640, text: 6.4}
	narrow = form{class: "narrow", width: 300, text: 6.4}
)

// drawing collects the elements of one SVG.
type drawing struct {
	form
	strings.Builder
	height float64
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
	d.add(`<text x="%v" y="%v"`, x, y)
	if anchor != "start" {
		d.add(` text-anchor="%v"`, anchor)
	}
	if class != "" {
		d.add(` class="%v"`, class)
	}
	d.add(">%v</text>", words)
}

// fits tells whether words are surely narrower than the room; browsers' fonts differ, so a letter is reckoned wide.
func (d *drawing) fits(words string, room float64) bool {
	return float64(len([]rune(words)))*d.form.text <= room
}

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
