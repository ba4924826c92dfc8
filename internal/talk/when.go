package talk

import (
	"time"

	"fener/internal/record"
	"fener/period"
)

// When is the time that a talk is announced for, as far as it is known.
type When struct {
	Day    period.Date
	Begins string // on the clock of the zone: "18:00"
	Ends   string // earlier than it begins: after midnight
	Zone   string // of the tz database
}

// WhenOf is the time that a revision of a talk says.
func WhenOf(t *record.Talk) When {
	w := When{Day: t.Day, Begins: t.Begins, Ends: t.Ends, Zone: t.Zone}
	if w.Day.Precision() != period.Day {
		w.Begins, w.Ends = "", ""
	}
	return w
}

// OnDay reports whether the day is known.
func (w When) OnDay() bool { return w.Day.Precision() == period.Day }

// At is when it begins and ends. begins is zero where the day, the time or the zone is not known, ends where the end is not.
func (w When) At() (begins, ends time.Time) {
	return (&record.Talk{Day: w.Day, Begins: w.Begins, Ends: w.Ends, Zone: w.Zone}).At()
}

// sameStart reports whether two times are of one day and one hour. A place or an end that became known moves nothing.
func (w When) sameStart(of When) bool { return w.Day == of.Day && w.Begins == of.Begins }

// Course is what the revisions of a talk say of its time.
type Course struct {
	Now     When // as its last revision has it; where that has no day, nothing is known
	Before  When // the time that was announced before, where it was another one; zero where it never was
	Pending bool // it was put off, and no new time is on record
}

// CourseOf reads the course of a talk from its public revisions, the first one first. Errors: none; without revisions nothing is known.
//
// A talk that is put off keeps its old day on record until a new one is known, or loses it: both mean that no new time is known.
func CourseOf(revisions []*record.Talk) (c Course) {
	if len(revisions) == 0 {
		return c
	}
	last := revisions[len(revisions)-1]
	c.Now = WhenOf(last)
	for i := len(revisions) - 2; i >= 0; i-- {
		if w := WhenOf(revisions[i]); w.OnDay() && Coming(revisions[i].Stage) && !w.sameStart(c.Now) {
			c.Before = w
			break
		}
	}
	if last.Stage == "postponed" {
		c.Pending = !c.Now.OnDay() || c.Now.sameStart(announced(revisions))
	}
	return c
}

// announced is the time for which a talk that was put off was announced last. One that came onto the record as put off was announced for the day that it
// came with.
func announced(revisions []*record.Talk) When {
	for i := len(revisions) - 1; i >= 0; i-- {
		if w := WhenOf(revisions[i]); revisions[i].Stage != "postponed" && w.OnDay() {
			return w
		}
	}
	for _, t := range revisions {
		if w := WhenOf(t); w.OnDay() {
			return w
		}
	}
	return When{}
}

// Shown is the time under which calendars keep it: its own, or, where it was put off and lost its day, the one that was announced before.
func (c Course) Shown() When {
	if c.Now.OnDay() {
		return c.Now
	}
	return c.Before
}

// Day is the day under which lists keep it, as far as it is known: its own, or the one that was announced before.
func (c Course) Day() period.Date {
	if !c.Now.Day.IsZero() {
		return c.Now.Day
	}
	return c.Before.Day
}

// Coming reports whether a talk of this stage is still to be held, or being held.
func Coming(stage string) bool {
	switch stage {
	case "announced", "open", "live", "postponed":
		return true
	}
	return false
}

// Ahead reports whether a talk is still to come on a day: it is of a stage in which it can, and its day, where that is known, is not over. One that was put
// off and has no new day stays ahead, whatever day it was announced for; one that was called off, until the day is over on which people could set out for it.
func Ahead(stage string, c Course, today period.Date) bool {
	over := c.Now.Day.Last().Before(today)
	if stage == "cancelled" {
		return c.Now.OnDay() && !over
	}
	return Coming(stage) && (c.Pending || c.Now.Day.IsZero() || !over)
}
