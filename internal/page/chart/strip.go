package chart

import "html/template"

// DayState is how a day of a strip stands, and so how it is drawn: each has a pattern of its own, which colour repeats.
type DayState uint8

// The states of days.
const (
	DayUnknown  DayState = iota // pale and flat: nobody wrote of it
	DayPaid                     // full, with a frame
	DayBridged                  // upright stripes
	DayOther                    // two level lines
	DayPromised                 // a broken frame with dots
	DayWithout                  // black and flat
	DayMaybe                    // a black thread: without, on some day of the time or in some shelter
	DayDisputed                 // a board of squares
	DayMixed                    // a fine ladder: several of these by turns, each too short to be drawn
	dayStates
)

var dayClasses = [dayStates]string{"unknown", "paid", "bridged", "other", "promised", "without", "maybe", "disputed", "mixed"}

// Shutting says how surely something was closed on a day.
type Shutting uint8

// Whether it was closed.
const (
	NotShut   Shutting = iota
	MaybeShut          // a broken line under the day
	Shut               // a full line
)

// Run is days of a row that stand alike, from one column to another, both included.
type Run struct {
	From, To int
	State    DayState
	Unsure   bool // where it begins or ends is not known to the day: drawn half as high
	Shut     Shutting
}

// StripRow is a year, or a part of one.
type StripRow struct {
	Label string
	Href  string // where its days stand in words; empty for nowhere
	Says  string // the same for who hears it, with the label in it; empty: the label
	Runs  []Run
	Pick  int // the column of a day that was asked about; below zero for none
}

// StripTick is a column at which a part of the row begins, such as a month, and its name: the short one where there is no room.
type StripTick struct {
	Column      int
	Name, Short string
}

// Strip is a calendar: years under each other, days beside each other.
type Strip struct {
	Words
	Columns int
	Ticks   []StripTick
	Rows    []StripRow
	Over    bool // names stand over their rows, where they are longer than a year's number
}

const (
	stripHead = 18.0
	yearRow   = 27.0
	bandHigh  = 16.0
	overRow   = 16.0 // for a name over a row
)

// SVG draws the calendar.
func (s *Strip) SVG() template.HTML {
	return both(s.Words, func(f form) *drawing { return s.draw(f, false) })
}

// Linked draws the calendar with each row as a way to its words.
func (s *Strip) Linked() template.HTML {
	return s.draw(wide, true).group(s.Words) + "\n" + s.draw(narrow, true).group(s.Words)
}

// span is the columns of a strip as places of a drawing.
type span struct{ left, day float64 }

func (s span) x(column int) float64 { return s.left + float64(column)*s.day }

func (s *Strip) draw(f form, linked bool) *drawing {
	high, left := yearRow, 0.0
	if s.Over {
		high += overRow
	} else {
		for _, row := range s.Rows {
			left = max(left, min(width(row.Label, letterSize, true), f.width/3)+8)
		}
	}
	d := &drawing{form: f, height: stripHead + float64(len(s.Rows))*high + 2}
	at := span{left: left}
	at.day = (f.width - at.left - 1) / float64(max(1, s.Columns))
	s.drawMonths(d, at)
	for i := range s.Rows {
		row := &s.Rows[i]
		top := stripHead + float64(i)*high
		if linked && row.Href != "" {
			if row.Says != "" {
				d.add(`<a href="%v" aria-label="%v">`, row.Href, row.Says)
			} else {
				d.add(`<a href="%v">`, row.Href)
			}
			d.add(`<rect class="touch" x="0" y="%v" width="%v" height="%v"/>`, top, f.width, high)
		}
		if s.Over {
			d.add(`<path class="back" d="M0 %vH%v"/>`, top+8, f.width) // over the lines of the months
			d.text(0, top+12, "start", "name", shorten(row.Label, letterSize, true, f.width))
			top += overRow
		} else {
			d.text(0, top+bandHigh/2+6, "start", "name", shorten(row.Label, letterSize, true, left-8))
		}
		s.drawRow(d, at, row, top+bandHigh/2+2)
		if linked && row.Href != "" {
			d.WriteString("</a>")
		}
	}
	return d
}

// drawMonths names the parts of the rows, and draws where they begin.
func (s *Strip) drawMonths(d *drawing, at span) {
	room := func(i int) float64 {
		if i+1 < len(s.Ticks) {
			return at.x(s.Ticks[i+1].Column) - at.x(s.Ticks[i].Column)
		}
		return at.x(s.Columns) - at.x(s.Ticks[i].Column)
	}
	short := false // for one is short for all: two ways of writing beside each other read badly
	for i, tick := range s.Ticks {
		short = short || !fits(tick.Name, room(i)-3)
	}
	for i, tick := range s.Ticks {
		x, words := at.x(tick.Column), tick.Name
		if short {
			words = tick.Short
		}
		if fits(words, room(i)) {
			d.text(x+1, 12, "start", "", words)
		}
		d.add(`<path class="grid" d="M%v %vV%v"/>`, x, 2.0, d.height-2)
	}
}

func (s *Strip) drawRow(d *drawing, at span, row *StripRow, y float64) {
	for _, run := range row.Runs {
		x0, x1 := at.x(run.From), at.x(run.To+1)
		high := bandHigh
		if run.Unsure {
			high /= 2
			drawDays(d, DayUnknown, x0, x1, y, bandHigh)
		}
		drawDays(d, run.State, x0, x1, y, high)
		drawShut(d, run.Shut, x0, x1, y+bandHigh/2+5)
	}
	if row.Pick >= 0 {
		x := at.x(row.Pick) + at.day/2
		d.add(`<path class="dot below" d="M%v %vh10l-5 8z"/>`, x-5, y-bandHigh/2-6)
	}
}

// drawDays draws a run of days around a height. Patterns are broken lines, which every program that shows SVG draws alike.
func drawDays(d *drawing, state DayState, x0, x1, y, high float64) {
	class, low := dayClasses[state], ""
	if high < bandHigh*0.7 {
		low = " low"
	}
	box := func(class string) {
		d.add(`<rect class="day %v" x="%v" y="%v" width="%v" height="%v"/>`, class, x0, y-high/2, x1-x0, high)
	}
	switch state {
	case DayMaybe:
		box(dayClasses[DayUnknown])
		d.add(`<path class="thread" d="M%v %vH%v"/>`, x0, y, x1)
	case DayBridged:
		box(class)
		d.add(`<path class="stripes%v" d="M%v %vH%v"/>`, low, x0+1.5, y, x1-0.5)
	case DayOther:
		box(class)
		d.add(`<path class="lines" d="M%v %vH%vM%v %vH%v"/>`, x0, y-high/5, x1, x0, y+high/5, x1)
	case DayPromised:
		box(class)
		d.add(`<path class="dots" d="M%v %vH%v"/>`, x0+2, y, x1-1)
	case DayMixed:
		box(class)
		d.add(`<path class="ladder" d="M%v %vH%v"/>`, x0+1, y, x1-0.5)
	case DayDisputed:
		box(class)
		d.add(`<path class="squares%v" d="M%v %vH%v"/>`, low, x0, y-high/4, x1)
		if x1-x0 > 4 {
			d.add(`<path class="squares%v" d="M%v %vH%v"/>`, low, x0+4, y+high/4, x1)
		}
	default:
		box(class)
	}
}

func drawShut(d *drawing, shut Shutting, x0, x1, y float64) {
	switch shut {
	case MaybeShut:
		d.add(`<path class="shut maybe" d="M%v %vH%v"/>`, x0, y, x1)
	case Shut:
		d.add(`<path class="shut" d="M%v %vH%v"/>`, x0, y, x1)
	}
}

// StripKey is the mark of a state of days, to stand before its words in the key of a chart.
func StripKey(state DayState, unsure bool) template.HTML {
	d := &drawing{form: form{class: "mark", width: 16}}
	high := bandHigh - 4
	if unsure {
		high = bandHigh / 2
	}
	drawDays(d, state, 1, 15, 8, high)
	return d.mark()
}

// ShutKey is the mark of a closure.
func ShutKey(shut Shutting) template.HTML {
	d := &drawing{form: form{class: "mark", width: 16}}
	drawShut(d, shut, 1, 15, 8)
	return d.mark()
}

// group puts the elements into an SVG whose parts can be reached one by one.
func (d *drawing) group(w Words) template.HTML {
	title, desc := w.ID+"-"+d.class+"-t", w.ID+"-"+d.class+"-d"
	return template.HTML(`<svg class="` + d.class + `" viewBox="0 0 ` + number(d.width) + " " + number(d.height) + `" role="group" aria-labelledby="` + escape(title) +
		`" aria-describedby="` + escape(desc) + `"><title id="` + escape(title) + `">` + escape(w.Title) + `</title><desc id="` + escape(desc) + `">` + escape(w.Says) + `</desc>` +
		d.String() + "</svg>")
}
