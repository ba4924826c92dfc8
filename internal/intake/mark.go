package intake

import "fener/law"

// People answer yes with a mark and leave the rest of the column empty. What a
// mark means, the column tells: where it holds nothing else, a mark is a yes, and
// an empty cell is not known, never a no. Beside words a mark can be either.

// marks are the signs that can mean yes in this way, as one for each. A cross
// beside a tick (✗, ✘, ❌, ✖) is more often a no and is always asked about.
var marks = words(map[string]string{"x, ×": "x", "v": "v", "+": "+", "☒": "☒"})

// yesNoLists are the words of each column that is answered with yes or no.
var yesNoLists = map[column][]map[string]law.Tri{
	colJoint: {triWords}, colReasonsGiven: {triWords}, colFinal: {triWords, finalTri}, colSuspended: {triWords, suspendedTri}, colChildVictim: {triWords, childTri},
}

// marking is what a column holds beside its empty cells.
type marking struct {
	mark  string // the only mark; empty: none yet
	mixed bool   // there are words, or marks of two kinds
}

// mark learns what stands in a column that is answered with yes or no.
func (ev *evidence) mark(c column, s string) {
	lists := yesNoLists[c]
	if lists == nil {
		return
	}
	m := ev.marked[c]
	if m == nil {
		m = &marking{}
		ev.marked[c] = m
	}
	if p := plainly(reader(badYesNo, lists...))(s); p.code == "" {
		m.mixed = m.mixed || p.value != law.NotKnown && understood(s).c != c // not the header once more
		return
	}
	switch mark := marks[wordKey(s)]; {
	case mark == "" && !crosses[wordKey(s)], mark == m.mark && mark != "":
	case m.mark == "" && mark != "":
		m.mark = mark
	default:
		m.mixed = true
	}
}

// yesNo reads a column that is answered with yes or no. A mark that the column
// does not explain is not read, except of a child victim, where somebody has to
// say: it decides who is protected.
func (ev *evidence) yesNo(c column) func(string) parsed[law.Tri] {
	read := reader(badYesNo, yesNoLists[c]...)
	return func(s string) parsed[law.Tri] {
		p := read(s)
		mark := marks[wordKey(s)]
		if p.code != crossMark || mark == "" {
			return p
		}
		ev.gather()
		switch m := ev.marked[c]; {
		case m != nil && m.mark == mark && !m.mixed:
			return parsed[law.Tri]{value: law.Yes}
		case c == colChildVictim:
			return p
		}
		return parsed[law.Tri]{code: markBesideWords, kind: Doubt}
	}
}
