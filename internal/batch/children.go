package batch

import (
	"fmt"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/law"
)

// children says, by the case, who can read that a child is among the victims.
// The public view coarsens a case by its published entry alone: a judgment that
// is published before it would show the day and the words that the entry is
// there to keep back.
type children map[uint64]childVictim

type childVictim uint8

const (
	childPublic childVictim = iota + 1 // the public view coarsens the case
	childHidden                        // an entry says so, and the public view does not know
)

// watch notes what one entry of a case says. A published one decides; besides
// it every yes counts, in any state. body is nil where it was erased.
func (c children) watch(key uint64, state record.State, body []byte) error {
	child := body == nil && state == record.Published // the view, too, takes it for a yes
	if body != nil {
		var said struct {
			ChildVictim law.Tri `json:"child_victim"`
		}
		if err := record.Decode(body, &said); err != nil {
			return fmt.Errorf("reading whether a child is among the victims: %w", err)
		}
		child = said.ChildVictim == law.Yes
	}
	switch {
	case state == record.Published && child:
		c[key] = childPublic
	case state == record.Published:
		delete(c, key)
	case child && c[key] != childPublic:
		c[key] = childHidden
	}
	return nil
}

func (k *known) watchCase(e *ledger.Entry) error {
	if e.Kind != record.CaseKind {
		return nil
	}
	if err := k.children.watch(k.thing(e.Kind, e.ID), e.State, e.Body); err != nil {
		return fmt.Errorf("case %s, entry %d: %w", e.ID, e.Seq, err)
	}
	return nil
}

// keepChildren refuses to publish a judgment before its case's entry says in
// public that a child is among the victims.
func (p *planner) keepChildren(it *Item, caseID string) {
	if it.Kind == record.JudgmentKind && p.known.children[p.known.thing(record.CaseKind, caseID)] == childHidden {
		it.Refused = append(it.Refused, Reason{Code: RefusedChild, Field: "case", Detail: string(record.CaseKind) + " " + caseID})
	}
}
