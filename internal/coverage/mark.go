package coverage

import (
	"slices"

	"fener/internal/record"
	"fener/period"
)

// mark is how one telling bears on days, whichever shelter they are of.
type mark struct {
	thing    record.Thing
	order    int // of its kind
	shelters []string
	on       []reaching // the times of which it speaks
	says     Says
	same     string // the thing that it and others tell of; its own id where it is the first
	unsure   bool   // its quotation could not be verified
	some     bool   // it is of some of the shelters, which it does not say
	want     bool   // of a closure: for want of money
}

// reaching is one time of which a telling speaks.
type reaching struct {
	reach
	somewhere bool // what it says happened within the time, and not for all of it
}

// yearsAtMost bounds the turns of the year that one telling can name.
const yearsAtMost = 100

// markOf is how a body bears on days. Those of most kinds bear on none.
func markOf(body record.Body) *mark {
	switch b := body.(type) {
	case *record.Grant:
		return markGrant(b)
	case *record.Payment:
		return markPayment(b)
	case *record.Closure:
		return markClosure(b)
	case *record.Gap:
		return markGap(b)
	}
	return &mark{}
}

func markGrant(g *record.Grant) *mark {
	m := &mark{says: SaysPromised, same: g.SameGrant, unsure: g.Doubtful}
	switch {
	case g.Purpose == "building" || g.Purpose == "activity": // it pays for no day
		return m
	case g.Purpose == "bridge" && g.Step != "planned" && g.Step != "promised":
		m.says = SaysBridge
	case g.Signs():
		m.says = SaysSigned
	case g.Step == "reported":
		m.says = SaysReported
	}
	if r, known := reachOf(g.From, g.To); known {
		m.on = []reaching{{r, m.says == SaysReported}}
	}
	return m
}

func markPayment(p *record.Payment) *mark {
	m := &mark{says: SaysPayment, same: p.SamePayment, unsure: p.Doubtful}
	if p.Purpose == "building" || p.Purpose == "activity" {
		return m
	}
	if p.Purpose == "bridge" {
		m.says = SaysBridge
	}
	if r, known := reachOf(p.From, p.To); known {
		m.on = []reaching{{r, r.coarse && p.Purpose == ""}} // "paid in 2021" is no payment for each of its days
	}
	return m
}

func markClosure(c *record.Closure) *mark {
	m := &mark{says: SaysClosed, same: c.SameClosure, unsure: c.Doubtful, some: c.Some, want: forWantOfMoney(c.Cause)}
	m.on = without(&c.Without)
	return m
}

func markGap(g *record.Gap) *mark {
	m := &mark{says: SaysWithout, same: g.SameGap, unsure: g.Doubtful, some: g.Some}
	switch {
	case g.Feared:
		m.says = SaysFeared
	case g.Kept == "open":
		m.says = SaysKept
	}
	if !g.Yearly {
		m.on = without(&g.Without)
		return m
	}
	last := g.To.Year()
	if last == 0 {
		last = g.From.Year()
	}
	for year := g.From.Year(); year <= min(last, g.From.Year()+yearsAtMost); year++ {
		if r, known := reachOf(monthOf(year, 1), monthOf(year, 2)); known {
			m.on = append(m.on, reaching{r, true})
		}
	}
	return m
}

func monthOf(year, month int) period.Date {
	d, err := period.NewDate(year, month, 0)
	if err != nil {
		return period.Date{}
	}
	return d
}

// without is the time of a gap or a closure. What lasted for less than the time that it lies in, or is known to the year alone, happened somewhere in it.
func without(w *record.Without) []reaching {
	r, known := reachOf(w.From, w.To)
	if !known {
		return nil
	}
	long := float64(r.outer.last-r.outer.first) + 1
	if w.From.Precision() != period.Day || !w.To.IsZero() && w.To.Precision() != period.Day {
		r.inner = days{1, 0} // "January and February" is about two months, and no day of it is sure
	}
	shorter := !w.Lasted.IsZero() && w.Lasted.NominalDays() < 0.8*long
	return []reaching{{r, shorter || r.coarse}}
}

// forWantOfMoney reports whether a closure's cause is that there was no money.
func forWantOfMoney(cause string) bool {
	return slices.Contains([]string{"late_call", "late_decision", "late_contract", "late_payment", "late_money", "no_money", "donors_left"}, cause)
}
