// Package talk is what a public talk becomes: when it takes place, and what was promised there, from the first words to what evidence says of them. It
// computes, and knows neither the ledger nor pages.
package talk

import (
	"cmp"
	"slices"

	"fener/internal/record"
	"fener/period"
)

// Supports is what evidence supports of a commitment: a word of record.OutcomeWords, or NothingRead.
type Supports string

// What evidence can support. NothingRead says that no evidence on record was read by two people: that is no evidence of anything.
const (
	NothingRead Supports = "nothing_read"
	Kept        Supports = "kept"
	Partly      Supports = "partly"
	NotKept     Supports = "not_kept"
	CannotCheck Supports = "cannot_check"
)

// AllSupports are what evidence can support, in the order in which lists offer them.
var AllSupports = []Supports{Kept, Partly, NotKept, CannotCheck, NothingRead}

// Timing is how a commitment stands to the date that was said first. It is computed and never entered.
type Timing string

// How a commitment can stand to its first date.
const (
	InTime  Timing = "in_time" // evidence supports that it was kept by then
	Late    Timing = "late"    // evidence supports that it was kept, after it
	Overdue Timing = "overdue" // the date has passed, and no evidence supports that it was kept
	NotDue  Timing = "not_due" // the date has not passed
	NoDate  Timing = "no_date" // none was said
	Unknown Timing = "unknown" // evidence supports that it was kept, but not whether before the date or after it
)

// AllTimings are the timings in the order in which lists offer them.
var AllTimings = []Timing{Overdue, NotDue, InTime, Late, Unknown, NoDate}

// A Reading is an outcome: what somebody reads out of evidence.
type Reading struct {
	ID string
	*record.Outcome
	Order     int64 // the order of publication
	Confirmed bool  // by a second person
}

// A Statement is an institution's reply to a commitment.
type Statement struct {
	ID string
	*record.Reply
	Order int64 // the order of publication
}

// A Standing is how a commitment stands: three answers, of which none follows from another.
type Standing struct {
	// Says is the institution's last reply that says what became of it; nil where it has said nothing.
	Says *Statement

	// Supports is what evidence supports, and By the reading that says so; nil for NothingRead.
	Supports Supports
	By       *Reading
	// Back says that earlier evidence supported more than what stands: it was kept, and is no longer.
	Back bool
	// Earlier are the other confirmed readings, those of the latest time first. Alone are readings of one person, which never stand.
	Earlier, Alone []Reading

	// Timing is how it stands to the first date on the day that was asked about, and On the reading by which it counts as kept; nil where none does.
	Timing Timing
	On     *Reading
}

// Stand is how a commitment stands on a day, in the light of readings of evidence and of replies of the institution that answers for it.
//
// The confirmed reading that speaks of the latest time stands, of two of one time the one published later. That something cannot be checked overturns
// nothing that evidence once showed: absence of evidence is not evidence. It stands where no evidence does.
//
// The commitment is the institution's. That a government ended changes nothing: who governs the institution later answers for it.
func Stand(c *record.Commitment, readings []Reading, replies []Statement, day period.Date) Standing {
	st := Standing{Says: lastSaid(replies), Supports: NothingRead}
	var confirmed []Reading
	for _, r := range readings {
		if r.Confirmed {
			confirmed = append(confirmed, r)
		} else {
			st.Alone = append(st.Alone, r)
		}
	}
	latestFirst(confirmed)
	latestFirst(st.Alone)
	current := inForce(confirmed)
	if len(current) > 0 {
		at := max(slices.IndexFunc(current, func(r Reading) bool { return r.Supports != string(CannotCheck) }), 0)
		by := current[at]
		st.Supports, st.By = Supports(by.Supports), &by
		st.Earlier = slices.DeleteFunc(slices.Clone(confirmed), func(r Reading) bool { return r == by })
		st.Back = slices.ContainsFunc(current[at+1:], func(r Reading) bool { return worth(r.Supports) > worth(by.Supports) })
	}
	st.Timing, st.On = timing(c.By, current, day)
	return st
}

// inForce leaves out readings of which another of the same time, published later, took the place. The list stands with the latest time first.
func inForce(confirmed []Reading) (list []Reading) {
	for i, r := range confirmed {
		if i == 0 || r.AsOf.IsZero() || confirmed[i-1].AsOf != r.AsOf {
			list = append(list, r)
		}
	}
	return list
}

// worth orders what evidence shows by how much of the commitment it says was kept.
func worth(supports string) int {
	return slices.Index([]string{string(NotKept), string(Partly), string(Kept)}, supports)
}

// latestFirst puts readings of the latest time first, and those of no time last.
func latestFirst(list []Reading) {
	slices.SortStableFunc(list, func(a, b Reading) int {
		if a.AsOf.IsZero() != b.AsOf.IsZero() {
			if a.AsOf.IsZero() {
				return 1
			}
			return -1
		}
		return cmp.Or(b.AsOf.Last().Compare(a.AsOf.Last()), b.AsOf.First().Compare(a.AsOf.First()), cmp.Compare(b.Order, a.Order))
	})
}

// lastSaid is the last reply that says what became of the commitment.
func lastSaid(replies []Statement) *Statement {
	var last *Statement
	for i := range replies {
		r := &replies[i]
		if r.Says == "" {
			continue
		}
		if last == nil || cmp.Or(r.Date.Compare(last.Date), cmp.Compare(r.Order, last.Order)) > 0 {
			last = r
		}
	}
	return last
}

// timing holds the first evidence that it was kept against the date that was said first. A date of a month or a year is over with its last day. What was
// kept once was kept, also where it came to an end later.
func timing(by period.Date, inForce []Reading, day period.Date) (Timing, *Reading) {
	var kept *Reading
	for i := range inForce {
		r := &inForce[i]
		if r.Supports == string(Kept) && (kept == nil || !shownBy(r).Last().After(shownBy(kept).Last())) {
			kept = r
		}
	}
	switch {
	case by.IsZero():
		return NoDate, kept
	case kept == nil && by.Before(day):
		return Overdue, nil
	case kept == nil:
		return NotDue, nil
	}
	on := shownBy(kept)
	switch {
	case on.IsZero():
		return Unknown, kept
	case !on.Last().After(by.Last()):
		return InTime, kept
	case !kept.Kept.IsZero() && by.Before(kept.Kept):
		return Late, kept
	}
	return Unknown, kept
}

// shownBy is when a reading shows that the commitment was kept: on the day that it names, or else at the latest at the time of which it speaks.
func shownBy(r *Reading) period.Date {
	if !r.Kept.IsZero() {
		return r.Kept
	}
	return r.AsOf
}
