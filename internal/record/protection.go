package record

import (
	"encoding/json"
	"fmt"

	"fener/law"
)

// Protection says, over the revisions of a case in their order, whether it must
// be kept coarse for a child victim. Any revision that says so protects, a draft
// too: protection needs no publication. What takes it away is one revision alone:
// a published one that says no and names itself as the act that lifts the
// protection. Silence, an import, an undo or an erasure take nothing away, and a
// text that somebody took over from a lifting revision lifts nothing, since it
// names another.
type Protection bool

// Hear takes in the next revision. body is nil where it was erased: a published
// text that nobody can read is taken to have said yes.
func (p Protection) Hear(state State, rev int, body []byte) (Protection, error) {
	if body == nil {
		return p || state == Published, nil
	}
	var said struct {
		ChildVictim law.Tri `json:"child_victim"`
		LiftedAt    int     `json:"protection_lifted_at_revision"`
	}
	if err := json.Unmarshal(body, &said); err != nil {
		return true, fmt.Errorf("reading whether a child is among the victims: %w", err)
	}
	switch {
	case said.ChildVictim == law.Yes:
		return true, nil
	case state == Published && said.ChildVictim == law.No && said.LiftedAt == rev && rev > 0:
		return false, nil
	}
	return p, nil
}
