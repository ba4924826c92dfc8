package evidence

import "time"

// Past is a standing that began with a publication and lasted until the next.
type Past struct {
	Seq     int64     // of the publication's first entry; of a claim about a figure, of the last entry that bore on it
	At      time.Time // of that entry, UTC
	Verdict Verdict
	Why     Why
}

// Past are the standings that a claim has had, the oldest first; the last one
// is the one that it has. A claim that was withdrawn keeps its list.
//
// Of a claim about a figure that the record computes, only the standing it has
// is kept: what the figure was on an earlier day is not kept with the ledger.
func (s *Set) Past(claim string) []Past { return s.past[claim] }

// Until is the standing that a claim had before the one it has, and when it
// ended: "was supported until ...". ok is false where there was none.
func (s *Set) Until(claim string) (before Past, ended time.Time, ok bool) {
	list := s.past[claim]
	if len(list) < 2 {
		return Past{}, time.Time{}, false
	}
	return list[len(list)-2], list[len(list)-1].At, true
}

// remember notes the standing that a claim has since a publication. Entries of
// one publication can reach us in two parts, so what the first part noted is
// replaced, and forgotten where the second part undid it: the list is the same
// however the entries came.
func (s *Set) remember(claim string, seq int64, at time.Time) {
	st, ok := s.standings[claim]
	if !ok {
		return
	}
	list := s.past[claim]
	if n := len(list); n > 0 && list[n-1].Seq == seq {
		list = list[: n-1 : n-1] // what is appended must not reach copies of the set
	}
	if n := len(list); n == 0 || list[n-1].Verdict != st.Verdict || list[n-1].Why != st.Why {
		list = append(list, Past{seq, at, st.Verdict, st.Why})
	}
	s.past[claim] = list
}

// rememberFigure notes the one standing that is kept of a claim about a figure.
func (s *Set) rememberFigure(claim string, seq int64, at time.Time) {
	st := s.standings[claim]
	s.past[claim] = []Past{{seq, at, st.Verdict, st.Why}}
}
