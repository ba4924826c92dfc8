package evidence

import (
	"encoding/json"
	"hash/maphash"
	"maps"
	"slices"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/view"
)

// guard knows which sources the case of a child victim rests on, from the same
// entries that the set is made of. What shares such a source is handed out
// coarsened (record.Coarsen); the standings are judged on what was said.
type guard struct {
	seed      maphash.Seed
	protected map[uint64]bool                // cases
	rests     map[string]map[uint64]struct{} // source to the cases that rest on it
	care      *view.Care                     // what is protected whatever the entries say; may be nil
	seen      *view.Care                     // what is protected by the entries that were not heard; nil where all were
}

func newGuard(care *view.Care) *guard {
	return &guard{seed: maphash.MakeSeed(), protected: map[uint64]bool{}, rests: map[string]map[uint64]struct{}{}, care: care}
}

// trust lets what a view found in the entries that it has read stand for them.
func (g *guard) trust(seen *view.Care) {
	g.seen = seen
	for id := range seen.Coarse() {
		g.protected[g.key(id)] = true
	}
}

// hear takes in one entry. Cases protect in any state, what they and judgments rest on counts where everyone can read it.
// turned reports that a case's protection changed of which not every entry was heard.
func (g *guard) hear(e *ledger.Entry) (turned bool) {
	var said struct {
		Case      string            `json:"case"`
		Citations []record.Citation `json:"citations"`
	}
	if !record.OfCourts(e.Kind) {
		return false
	}
	if e.Kind == record.CaseKind {
		body := e.Body
		if e.Erased {
			body = nil
		}
		key := g.key(e.ID)
		before := g.protected[key]
		now, err := record.Protection(before).Hear(e.State, e.Rev, body)
		g.protected[key] = bool(now) || err != nil || g.care.IsCoarse(e.ID)
		turned = g.seen != nil && g.protected[key] != before
	}
	if e.State != record.Published || e.Erased || json.Unmarshal(e.Body, &said) != nil {
		return turned
	}
	if e.Kind == record.CaseKind {
		said.Case = e.ID
	} else if g.care.IsCoarse(said.Case) { // it may have no entry of its own yet
		g.protected[g.key(said.Case)] = true
	}
	for _, c := range said.Citations {
		if g.rests[c.Source] == nil {
			g.rests[c.Source] = map[uint64]struct{}{}
		}
		g.rests[c.Source][g.key(said.Case)] = struct{}{}
	}
	return turned
}

func (g *guard) key(caseID string) uint64 { return maphash.String(g.seed, caseID) }

// sources are those that the case of a child victim rests on.
func (g *guard) sources() map[string]bool {
	held := map[string]bool{}
	for _, known := range []*view.Care{g.care, g.seen} {
		if known != nil {
			maps.Copy(held, known.Shared())
		}
	}
	if !slices.Contains(mapValues(g.protected), true) {
		return held
	}
	for source, cases := range g.rests {
		for c := range cases {
			if g.protected[c] {
				held[source] = true
				break
			}
		}
	}
	return held
}

// withoutWords is a standing whose evidence is what everyone can read of it: a standing keeps the observations that it was judged by.
func (s *Set) withoutWords(st Standing, held map[string]bool) Standing {
	shared := func(e Evidence) bool { return e.Observation != nil && held[e.Observation.Citation.Source] }
	if !slices.ContainsFunc(st.Evidence, shared) {
		return st
	}
	st.Evidence = slices.Clone(st.Evidence) // the set that is worked on keeps its own
	for i := range st.Evidence {
		if e := &st.Evidence[i]; shared(*e) {
			e.Observation = s.observations[e.Observation.ID]
		}
	}
	return st
}

func mapValues(m map[uint64]bool) []bool {
	list := make([]bool, 0, len(m))
	for _, v := range m {
		list = append(list, v)
	}
	return list
}

// coarsen replaces in a set of our own what shares a source with the case of a
// child victim.
func (g *guard) coarsen(s *Set) *Set {
	held := g.sources()
	if len(held) == 0 {
		return s
	}
	for id := range held {
		if src := s.sources[id]; src != nil {
			coarse := *src
			coarse.Coarsen(nil)
			s.sources[id] = &coarse
		}
	}
	for _, id := range sortedKeys(s.observations) {
		if o := s.observations[id]; held[o.Citation.Source] {
			coarse := o.Observation
			coarse.Coarsen(nil)
			s.PutObservation(id, coarse)
		}
	}
	for id, st := range s.standings {
		s.standings[id] = s.withoutWords(st, held)
	}
	for t, b := range s.told {
		if shared, ok := b.(record.Shared); ok && held[shared.SharedSource(t.ID)] {
			s.told[t] = coarseCopy(shared)
		}
	}
	for id, a := range s.articles {
		if held[a.Source] {
			coarse := *a
			coarse.Coarsen(nil)
			s.articles[id] = &coarse
		}
	}
	for id, c := range s.claims {
		if a := s.articles[c.Article]; a != nil && held[a.Source] {
			coarse := *c
			coarse.Coarsen(nil)
			s.claims[id] = &coarse
		}
	}
	for about, list := range s.replies {
		copied := slices.Clone(list)
		for i, r := range copied {
			if r.Citation != nil && held[r.Citation.Source] {
				coarse, citation := *r, *r.Citation
				coarse.Citation = &citation
				coarse.Coarsen(nil)
				copied[i] = &coarse
			}
		}
		s.replies[about] = copied
	}
	return s
}
