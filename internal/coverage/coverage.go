// Package coverage tells, for each shelter and each day, whether a signed grant pays for it, and why it says so. It computes from what sources told
// (record.Grant, record.Gap and their sisters) and claims no more than their dates allow: a day of which nobody wrote is not known, and never without
// money. docs/coverage.md has the rules.
package coverage

import (
	"slices"

	"fener/internal/record"
	"fener/period"
)

// State is how a shelter's day stands, as far as sources tell.
type State uint8

// The states of a day.
const (
	NotKnown   State = iota // nobody wrote of it
	Without                 // a source says that there was no money
	Promised                // money was planned, promised or awarded; no signed grant is on record
	OtherMeans              // a source says that the shelter was kept open by other means
	Bridged                 // money that bridges the time until the next grant
	Paid                    // a signed grant, or a payment, pays for it
	Disputed                // sources contradict each other
)

var stateNames = [...]string{"not_known", "without", "promised", "other_means", "bridged", "paid", "disputed"}

// States are all states, the best known of first, as a key shows them.
func States() []State {
	return []State{Paid, Bridged, OtherMeans, Promised, Without, Disputed, NotKnown}
}

// String is the state's name in data: not_known, without, promised, other_means, bridged, paid, disputed.
func (s State) String() string { return stateNames[s] }

// MarshalText writes String.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Closed says whether a shelter was closed on a day.
type Closed uint8

// Whether it was closed.
const (
	NoClosure   Closed = iota // nobody says so
	MaybeClosed               // a source says that it was closed for a time in which the day lies, or that some shelters were
	WasClosed                 // a source says so of the day
)

var closedNames = [...]string{"", "perhaps", "yes"}

// MarshalText writes perhaps, yes, or nothing.
func (c Closed) MarshalText() ([]byte, error) { return []byte(closedNames[c]), nil }

// Says is what a telling says of a day.
type Says uint8

// What tellings say.
const (
	SaysSigned   Says = iota // a signed grant pays for it
	SaysPayment              // a payment was made for it
	SaysPromised             // planned, promised or awarded
	SaysReported             // a sum was reported for a time in which it lies, without saying whether it was promised, signed or paid
	SaysBridge               // money to bridge the time
	SaysKept                 // kept open by other means
	SaysWithout              // without money
	SaysFeared               // a source feared that there would be no money
	SaysClosed               // closed
	SaysNotThen              // the same grant, and this source has it begin later or end earlier
	SaysUnsure               // the quotation could not be verified, so that it counts for nothing
)

var saysNames = [...]string{"signed", "payment", "promised", "reported", "bridge", "kept_open", "without", "feared", "closed", "not_then", "not_verified"}

// String is its name in data.
func (s Says) String() string { return saysNames[s] }

// MarshalText writes String.
func (s Says) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Why is one telling that bears on a day.
type Why struct {
	Thing   record.Thing `json:"thing"`
	Says    Says         `json:"says"`
	Perhaps bool         `json:"perhaps,omitempty"` // it may be another shelter, or another day of the time that it names
	Group   string       `json:"group,omitempty"`   // the shelters of which it is told, where that is not this one alone
}

// Span is a run of days that stand alike, for the same reasons.
type Span struct {
	From   period.Date `json:"from"`
	To     period.Date `json:"to"`
	Days   int         `json:"days"`
	State  State       `json:"state"`
	Sure   bool        `json:"sure"` // false where the dates are not known to the day
	Closed Closed      `json:"closed,omitempty"`
	Why    []Why       `json:"why,omitempty"`
}

// Strip is a shelter's days from the first to the last, without a hole.
type Strip struct {
	Shelter string `json:"shelter"`
	Spans   []Span `json:"spans"`
}

// Day is the span that a day lies in; nil where the strip does not hold it.
func (s *Strip) Day(d period.Date) *Span {
	day := dayOf(d.First())
	i, found := slices.BinarySearchFunc(s.Spans, day, func(span Span, day int32) int { return int(dayOf(span.From) - day) })
	if !found {
		i--
	}
	if i < 0 || dayOf(s.Spans[i].To) < day {
		return nil
	}
	return &s.Spans[i]
}

// Between is the part of a strip from one day to another, both of them in it.
func (s *Strip) Between(from, to period.Date) *Strip {
	part := &Strip{Shelter: s.Shelter}
	first, last := dayOf(from.First()), dayOf(to.Last())
	for _, span := range s.Spans {
		a, b := max(dayOf(span.From), first), min(dayOf(span.To), last)
		if a > b {
			continue
		}
		span.From, span.To, span.Days = dateOf(a), dateOf(b), int(b-a)+1
		part.Spans = append(part.Spans, span)
	}
	return part
}

// Count is how many days of a strip stand in each state.
func (s *Strip) Count() map[State]int {
	n := map[State]int{}
	for _, span := range s.Spans {
		n[span.State] += span.Days
	}
	return n
}

// Maybe tells whether a source says of a time in which these days lie, or of shelters of which this may be one, that there was no money, while nothing tells
// how the days themselves stand.
func (s *Span) Maybe() bool {
	return s.State == NotKnown && slices.ContainsFunc(s.Why, func(why Why) bool { return why.Says == SaysWithout && why.Perhaps })
}

// Blank tells whether nothing at all is told of the days of a strip.
func (s *Strip) Blank() bool {
	return !slices.ContainsFunc(s.Spans, func(span Span) bool { return span.State != NotKnown || span.Maybe() || span.Closed != NoClosure })
}

// TurnOfTheYear is the strip from the first of December before a year to the last of its February.
func (s *Strip) TurnOfTheYear(year int) *Strip {
	from, err1 := period.NewDate(year-1, 12, 1)
	to, err2 := period.NewDate(year, 2, 0)
	if err1 != nil || err2 != nil {
		return &Strip{Shelter: s.Shelter}
	}
	return s.Between(from, to)
}
