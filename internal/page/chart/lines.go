package chart

import (
	"html/template"

	"fener/period"
)

// Standing is how a sentence stands to the minimum that the law sets for it. It decides a mark's shape.
type Standing uint8

// The standings. The zero value claims least.
const (
	Open  Standing = iota // a diamond: there is no minimum to compare with, or too little is on record
	Meets                 // a circle: not below its minimum
	Below                 // a triangle pointing down: below its minimum
	Other                 // a cross: for another offence, to which the lines do not apply
	standings
)

// Lane is a row of its own below the picture, for sentences that have no length to serve.
type Lane uint8

// The lanes. None is the picture itself.
const (
	None Lane = iota
	Suspended
	FineOnly
	lanes
)

// Dot is one recorded sentence.
type Dot struct {
	At       period.Date // the day whose law counts, as far as it is known
	Years    float64     // length of imprisonment
	Life     bool        // imprisonment for life; Years is not read
	Lane     Lane
	Standing Standing
	Joint    bool // a single sentence for several offences: drawn hollow
}

// Segment is what the law said for some time: one limit, or that nobody has read it.
type Segment struct {
	From, To period.Date // To unknown: until today and on
	Years    float64
	Known    bool
	Doubtful bool   // known only from a source that is not the law's text: drawn thin
	Says     string // the limit in words, such as "5 years"
	Short    string // the same where there is little room, such as "5"
}

// Line is a limit through time. Where a segment is not known the line has a gap.
type Line struct {
	Name     string // "Statutory minimum"
	Floor    bool   // drawn dashed
	Segments []Segment
}

// Reported is a total that somebody reported, drawn as a block over its period with the number in it and never as dots.
type Reported struct {
	From, To period.Date // the reported period; To unknown: From's
	Lane     Lane
	Value    string // as stated: "7", "at least 1"
}

// LinesWords are the words inside the picture of the line and the dots.
type LinesWords struct {
	Words
	Sum      string        // over the picture, in large letters: how many lie below their minimum; empty for none
	Unit     string        // over the vertical axis: "Imprisonment, years"
	Unread   string        // in a gap of a line: "not read"
	Life     string        // the tick for imprisonment for life
	Lanes    [lanes]string // names of the lanes; None's is not read
	Reported string        // added to a lane's name for its blocks: "reported"
}

// Lines is the line and the dots: each sentence by the day whose law counts and its length, against the limits in force.
type Lines struct {
	LinesWords
	First, Last int // years of the horizontal axis
	Lines       []Line
	Dots        []Dot
	Reported    []Reported
}

// MostDots is how many sentences are drawn one by one; more are drawn as density marks whose area says how many they are.
const MostDots = 300

// Dense tells whether the picture shows density marks instead of one mark for each sentence.
func (l *Lines) Dense() bool { return len(l.Dots) > MostDots }

// Enough tells whether there is enough to draw: at least Least sentences, totals and limits together.
func (l *Lines) Enough() bool {
	n := len(l.Dots) + len(l.Reported)
	for _, line := range l.Lines {
		for _, s := range line.Segments {
			if s.Known {
				n++
			}
		}
	}
	return n >= Least
}

// SVG draws the chart. Dots outside First to Last, or without a date, are left out: whoever makes the chart counts and says them.
func (l *Lines) SVG() template.HTML {
	return both(l.Words, func(f form) *drawing { return l.draw(f) })
}
