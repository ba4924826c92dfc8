package coverage

import (
	"slices"

	"fener/internal/record"
	"fener/period"
)

// Gap is a time without money: one that sources state, in days as far as their dates tell; or one that lies somewhere in a longer time.
type Gap struct {
	From      period.Date   `json:"from"`
	To        period.Date   `json:"to"`
	Days      int           `json:"days,omitempty"`  // 0 where it lies somewhere in the time
	About     bool          `json:"about,omitempty"` // its first or last day is not known
	Open      bool          `json:"open,omitempty"`  // its first day is told and neither its end nor its length: it lasted for Days at least
	Lasted    period.Length `json:"lasted,omitzero"` // as a source says it
	Kept      bool          `json:"kept_open,omitempty"`
	Bridged   bool          `json:"bridged,omitempty"`
	Perhaps   bool          `json:"perhaps,omitempty"` // it may have been another shelter
	Yearly    bool          `json:"yearly,omitempty"`  // at the beginning of every year, for an unsaid time
	Cause     string        `json:"cause,omitempty"`
	Answering string        `json:"answering,omitempty"`
	Call      string        `json:"call,omitempty"`          // whose delay made it
	CallFound bool          `json:"call_computed,omitempty"` // no source ties the call to the gap: it opened after the gap began, for a time in which it lies
	Told      []Why         `json:"told"`
}

// Gaps are the times for which sources say that a shelter was without money, in the order of their days. Several sources that tell of one time are one gap.
func (s *Set) Gaps(strip *Strip) []Gap {
	var list []Gap
	listed := map[record.Thing]bool{}
	for _, span := range strip.Spans {
		told := slices.DeleteFunc(telling(span.Why, SaysWithout, SaysKept), func(w Why) bool { return w.Perhaps }) // what may be another's tells no cause
		if len(told) == 0 || span.State != Without && span.State != OtherMeans && span.State != Bridged && span.State != Disputed {
			continue
		}
		kept, bridged := span.State == OtherMeans, span.State == Bridged
		if n := len(list); n > 0 && list[n-1].To.AddDays(1) == span.From && list[n-1].Kept == kept && list[n-1].Bridged == bridged {
			g := &list[n-1]
			g.To, g.Days, g.About = span.To, g.Days+span.Days, g.About || !span.Sure
			g.Told = join(g.Told, told)
		} else {
			list = append(list, Gap{From: span.From, To: span.To, Days: span.Days, About: !span.Sure, Kept: kept, Bridged: bridged, Told: told})
		}
		for _, why := range told {
			listed[why.Thing] = true
		}
	}
	for i := range list {
		s.cause(strip.Shelter, &list[i])
	}
	return append(list, s.somewhere(strip, listed)...)
}

// somewhere are the gaps that lie somewhere in a time, or are perhaps another shelter's.
func (s *Set) somewhere(strip *Strip, listed map[record.Thing]bool) []Gap {
	var list []Gap
	for _, span := range strip.Spans {
		for _, why := range telling(span.Why, SaysWithout, SaysKept) {
			told := body[*record.Gap](s, record.GapKind, why.Thing.ID)
			if told == nil || listed[why.Thing] {
				continue
			}
			listed[why.Thing] = true
			g := Gap{From: told.From, To: told.To, Lasted: told.Lasted, About: true, Kept: told.Kept == "open", Perhaps: told.Some || why.Group != "" && s.perhaps(why.Group),
				Yearly: told.Yearly, Told: []Why{why}}
			s.cause(strip.Shelter, &g)
			list = append(list, g)
		}
	}
	return list
}

func (s *Set) perhaps(group string) bool {
	b := s.Shelter(group)
	return b == nil || b.Means != "group"
}

// cause finds what the tellings of a gap say of its cause, and the call whose delay made it.
func (s *Set) cause(shelter string, g *Gap) {
	for _, why := range g.Told {
		told := body[*record.Gap](s, record.GapKind, why.Thing.ID)
		if told == nil {
			continue
		}
		if g.Cause == "" {
			g.Cause, g.Answering = told.Cause, told.Answering
		}
		if g.Call == "" {
			g.Call = told.Call
		}
		if g.Lasted.IsZero() {
			g.Lasted = told.Lasted
		}
		g.Open = g.Open || told.To.IsZero() && told.Lasted.IsZero() && !told.Yearly && told.From == g.To
	}
	if g.Call != "" || g.Days == 0 {
		return
	}
	var opened period.Date
	for _, b := range s.Bearings(shelter) {
		c := s.Call(b.Thing.ID)
		if b.Thing.Kind != record.CallKind || b.Perhaps || c.Doubtful {
			continue
		}
		r, known := reachOf(c.From, c.To)
		if known && !c.Opened.IsZero() && r.outer.has(dayOf(g.From)) && r.outer.has(dayOf(g.To)) && c.Opened.After(g.From) && (g.Call == "" || c.Opened.Before(opened)) {
			g.Call, g.CallFound, opened = b.Thing.ID, true, c.Opened
		}
	}
}

// telling are those of a list that say one of several things.
func telling(list []Why, says ...Says) []Why {
	return slices.DeleteFunc(slices.Clone(list), func(w Why) bool { return !slices.Contains(says, w.Says) })
}

// join adds those of more whose things are not in a list.
func join(list, more []Why) []Why {
	for _, why := range more {
		if !slices.ContainsFunc(list, func(has Why) bool { return has.Thing == why.Thing }) {
			list = append(list, why)
		}
	}
	return list
}

// Closing is a time for which a source says that a shelter was closed.
type Closing struct {
	ID      string
	Closure *record.Closure
	Group   string // the group, or the unnamed shelter, of which it is told
	Perhaps bool   // it may have been another shelter
	Days    int    // 0 where it lies somewhere in the time that the source names
}

// Closings are a shelter's closures in the order of their dates; those whose quotation could not be verified too.
func (s *Set) Closings(shelter string) []Closing {
	var list []Closing
	for _, b := range s.Bearings(shelter) {
		c, is := s.Thing(b.Thing).(*record.Closure)
		if !is {
			continue
		}
		closing := Closing{ID: b.Thing.ID, Closure: c, Group: b.Group, Perhaps: b.Perhaps || c.Some}
		for _, on := range b.mark.on {
			if !on.somewhere {
				closing.Days = int(on.outer.last-on.outer.first) + 1
			}
		}
		list = append(list, closing)
	}
	sortByDate(list, func(c Closing) period.Date { return c.Closure.From })
	return list
}
