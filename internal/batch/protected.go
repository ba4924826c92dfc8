package batch

import (
	"cmp"
	"fmt"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/law"
)

// protected are the cases that some revision says have a child victim, and whose
// protection nobody lifted (see record.Protection).
type protected map[uint64]bool

// hear notes what one revision of a case says. body is nil where it was erased.
func (p protected) hear(key uint64, state record.State, rev int, body []byte) error {
	now, err := record.Protection(p[key]).Hear(state, rev, body)
	if err != nil {
		return err
	}
	if now {
		p[key] = true
	} else {
		delete(p, key)
	}
	return nil
}

func (k *known) watchCase(e *ledger.Entry) error {
	if e.Kind != record.CaseKind {
		return nil
	}
	body := e.Body
	if e.Erased {
		body = nil
	}
	if err := k.protected.hear(k.thing(e.Kind, e.ID), e.State, e.Rev, body); err != nil {
		return fmt.Errorf("case %s, entry %d: %w", e.ID, e.Seq, err)
	}
	return nil
}

// keepProtection carries the protection of a case into a new revision that says
// nothing of it, and refuses one that would take it away: that is an act of its
// own (Lift).
func (p *planner) keepProtection(it *Item, c *record.Case) {
	c.LiftedAt = 0
	if !p.known.protected[p.known.thing(record.CaseKind, it.ID)] {
		return
	}
	switch c.ChildVictim {
	case law.No:
		it.Refused = append(it.Refused, Reason{Code: RefusedWeaker, Field: "child_victim", Detail: cmp.Or(it.Name, it.ID)})
	case law.NotKnown:
		c.ChildVictim = law.Yes
		it.Doubts = append(it.Doubts, Reason{Code: DoubtProtected, Field: "child_victim"})
	}
}
