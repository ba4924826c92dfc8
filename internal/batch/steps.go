package batch

import (
	"slices"

	"fener/internal/ledger"
	"fener/internal/record"
)

// Path is the shortest way of states from one that stands to another, without
// the one that stands; a state may follow itself. It does not pass through
// Published on the way to something else: that would make public what is not
// meant to be.
func Path(from, to record.State) []record.State {
	if from.CanBecome(to) {
		return []record.State{to}
	}
	if to == record.Withdrawn { // what cannot be withdrawn at once does not exist or is withdrawn
		return nil
	}
	type way []record.State
	queue := []way{{}}
	seen := map[record.State]bool{}
	for len(queue) > 0 {
		w := queue[0]
		queue = queue[1:]
		at := from
		if len(w) > 0 {
			at = w[len(w)-1]
		}
		for _, next := range at.Next() {
			if next == to {
				return append(slices.Clone(w), to)
			}
			if !seen[next] && next != record.Published && next != record.Withdrawn {
				seen[next] = true
				queue = append(queue, append(slices.Clone(w), next))
			}
		}
	}
	return nil
}

// A signature is who answers for changes, and why they were made.
type signature struct{ by, why, batch string }

// revisions are the changes that bring a thing from the revision and state that
// stand to a state with a body.
func (s signature) revisions(kind record.Kind, id string, rev int, from, to record.State, body []byte) []ledger.Change {
	states := Path(from, to)
	changes := make([]ledger.Change, len(states))
	for i, state := range states {
		changes[i] = ledger.Change{Kind: kind, ID: id, Base: rev + i, State: state, By: s.by, Why: s.why, Batch: s.batch, Body: body}
	}
	return changes
}
