package coverage

import (
	"slices"

	"fener/internal/record"
	"fener/period"
)

// Delay is how long after another day something came, in days: from Least to Most, which are one number where both days are known. Below zero it came earlier.
type Delay struct {
	Step    string      `json:"step"`    // opened, closed, decided, signed, paid
	Against string      `json:"against"` // plan, year_before, period: the day on which the time that it funds began
	Of      string      `json:"of"`      // the thing's id
	Other   string      `json:"other,omitempty"`
	On      period.Date `json:"on,omitzero"` // when it came
	Due     period.Date `json:"due"`         // when it was to come
	Least   int         `json:"least"`
	Most    int         `json:"most"`
	Never   bool        `json:"never,omitempty"` // a source says that it did not come; the numbers say nothing then
}

// delay counts the days from one date to another; ok only where something is known of both.
func delay(due, on period.Date) (least, most int, ok bool) {
	if due.IsZero() || on.IsZero() {
		return 0, 0, false
	}
	return int(dayOf(on.First()) - dayOf(due.Last())), int(dayOf(on.Last()) - dayOf(due.First())), true
}

// Delays are those of a call: against its own plan, against the funder's call of the year before, and of each step against the time that it funds. succeeds
// tells the body that took over what another did; nil where none is known to.
func (s *Set) Delays(call string, succeeds func(funder string) string) []Delay {
	c := s.Call(call)
	if c == nil {
		return nil
	}
	var list []Delay
	add := func(step, against, of, other string, due, on period.Date) {
		if least, most, ok := delay(due, on); ok {
			list = append(list, Delay{Step: step, Against: against, Of: of, Other: other, On: on, Due: due, Least: least, Most: most})
		}
	}
	add("opened", "plan", call, "", c.Planned, c.Opened)
	if c.NotHeld && !c.Planned.IsZero() {
		list = append(list, Delay{Step: "opened", Against: "plan", Of: call, Due: c.Planned, Never: true})
	}
	if id, before := s.yearBefore(call, c, succeeds); before != nil {
		add("opened", "year_before", call, id, yearLater(before.Opened), c.Opened)
		add("decided", "year_before", call, id, yearLater(before.Decided), c.Decided)
	}
	add("opened", "period", call, "", c.From, c.Opened)
	add("decided", "period", call, "", c.From, c.Decided)
	grants := s.under[record.Thing{Kind: record.CallKind, ID: call}]
	for _, id := range grants {
		if g := s.Grant(id); !g.Doubtful {
			add("signed", "period", id, "", g.From, g.Signed)
		}
	}
	for _, grant := range grants {
		for _, id := range s.under[record.Thing{Kind: record.GrantKind, ID: grant}] {
			if p := body[*record.Payment](s, record.PaymentKind, id); !p.Doubtful {
				add("paid", "period", id, "", first(p.From, s.Grant(grant).From), p.Date)
			}
		}
	}
	return list
}

// yearLater is the same day a year later, as far as it is known; the last of February comes a day earlier where it must.
func yearLater(d period.Date) period.Date {
	y, m, day := d.Parts()
	if d.IsZero() {
		return d
	}
	later, err := period.NewDate(y+1, m, day)
	if err != nil {
		later, _ = period.NewDate(y+1, m, day-1) // 29 February
	}
	return later
}

// yearBefore is the call of the same funder whose opening lies in the year before.
func (s *Set) yearBefore(id string, c *record.Call, succeeds func(string) string) (string, *record.Call) {
	if c.Opened.IsZero() {
		return "", nil
	}
	for other, b := range s.Calls() {
		if other != id && b.Opened.Year() == c.Opened.Year()-1 && !b.Doubtful && sameFunder(b.Funders, c.Funders, succeeds) {
			return other, b
		}
	}
	return "", nil
}

// heirsAtMost bounds a chain of bodies that took each other over.
const heirsAtMost = 20

func sameFunder(a, b []string, succeeds func(string) string) bool {
	return slices.ContainsFunc(a, func(f string) bool {
		return slices.ContainsFunc(b, func(g string) bool { return Heir(f, succeeds) == Heir(g, succeeds) })
	})
}

// Heir is the last of the bodies that took over what a funder did: itself where none is known to.
func Heir(funder string, succeeds func(string) string) string {
	for range heirsAtMost {
		next := ""
		if succeeds != nil {
			next = succeeds(funder)
		}
		if next == "" {
			break
		}
		funder = next
	}
	return funder
}
