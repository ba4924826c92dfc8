package coverage

import (
	"errors"
	"fmt"
	"math/big"

	"fener/internal/record"
	"fener/period"
)

// Errors of WhatIf, which a page says in the reader's words.
var (
	ErrNoCall   = errors.New("no such call is on record")
	ErrNotDated = errors.New("the record does not say on which day the call opened")
	ErrNoGrant  = errors.New("no signed grant of this call for the shelter is on record with the days that it pays for")
	ErrNotADay  = errors.New("expected a day, such as 2018-01-15")
	ErrLater    = errors.New("the day is not before the one on which the call opened")
)

// If is what would have been, had a call opened on another day. It is arithmetic on the record: the opening is moved, the days between it and the beginning of
// the grant stay as many as they were, the grant ends when it ended, its sum stays the same,
// and it pays for no day before the time that the call funds.
type If struct {
	Call, Grant    string
	Opened, Moved  period.Date // as it was, and as asked
	By             int         // days earlier
	From, To       period.Date // the days that the grant paid for
	Earlier        period.Date // from when it would have
	Gained         int         // days that it would have paid for besides
	OfThem         map[State]int
	Amount         *record.Amount
	ADay, ADayThen *big.Rat // the sum by the days that it pays for, as they were and as they would have been; nil where no sum is known
}

// WhatIf moves the opening of a call to another day, for one shelter. Days of which nobody knows how they stood may be among those that would have been paid
// for; OfThem says how they stand.
func (s *Set) WhatIf(shelter, call string, opened period.Date) (*If, error) {
	c := s.Call(call)
	switch {
	case c == nil:
		return nil, fmt.Errorf("%w: %s", ErrNoCall, call)
	case c.Opened.Precision() != period.Day:
		return nil, ErrNotDated
	case opened.Precision() != period.Day:
		return nil, ErrNotADay
	}
	by := int(dayOf(c.Opened) - dayOf(opened))
	if by <= 0 {
		return nil, ErrLater
	}
	for _, b := range s.Bearings(shelter) {
		g, is := s.Thing(b.Thing).(*record.Grant)
		if !is || g.Call != call || !g.Signs() || g.Doubtful || b.Perhaps || g.From.Precision() != period.Day || g.To.Precision() != period.Day {
			continue
		}
		if g.SameGrant != "" {
			continue // the first of those that tell of it stands for it
		}
		out := &If{Call: call, Grant: b.Thing.ID, Opened: c.Opened, Moved: opened, By: by, From: g.From, To: g.To, Earlier: g.From.AddDays(-by), Gained: by, Amount: g.Amount}
		if !c.From.IsZero() && out.Earlier.Before(c.From.First()) { // the call funds nothing before
			out.Earlier, out.Gained = c.From.First(), max(0, int(dayOf(g.From)-dayOf(c.From.First())))
			if out.Gained == 0 {
				out.Earlier = g.From
			}
		}
		out.OfThem = s.Strip(shelter, out.Earlier, g.From.AddDays(-1)).Count()
		if n, ok := g.Amount.Rat(); ok && g.Amount.Per == "" {
			long := int64(dayOf(g.To)-dayOf(g.From)) + 1
			out.ADay = new(big.Rat).Quo(n, big.NewRat(long, 1))
			out.ADayThen = new(big.Rat).Quo(n, big.NewRat(long+int64(out.Gained), 1))
		}
		return out, nil
	}
	return nil, ErrNoGrant
}
