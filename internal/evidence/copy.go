package evidence

import (
	"maps"
	"slices"
	"time"

	"fener/internal/record"
)

// Position is how far the ledger was read for the set: the number and time of
// the last entry; where judgments were skimmed, the time of the last that anybody
// can read. Both are zero for a set that comes from no ledger.
func (s *Set) Position() (seq int64, at time.Time) { return s.seq, s.at }

// Draft is the set with an article in it that is not on record: what its claims
// are judged by. The set itself stays as it is, and other readers may use it at
// the same time.
func (s *Set) Draft(id string, a record.Article) *Set {
	c := *s
	c.articles = maps.Clone(s.articles)
	c.articles[id] = &a
	return &c
}

// clone returns a copy that later changes of s do not reach. What is on record
// is never changed once it is in a set, so only the ways to it are copied: some
// five milliseconds for a hundred thousand observations. Lists inside the maps
// are shared until s changes them; see writable and dependents.
func (s *Set) clone() *Set {
	c := *s
	c.observations, c.claims, c.articles, c.sources = maps.Clone(s.observations), maps.Clone(s.claims), maps.Clone(s.articles), maps.Clone(s.sources)
	c.series, c.places, c.about = maps.Clone(s.series), maps.Clone(s.places), maps.Clone(s.about)
	c.standings, c.past = maps.Clone(s.standings), maps.Clone(s.past)
	c.replies, c.replied = maps.Clone(s.replies), maps.Clone(s.replied)
	c.told = maps.Clone(s.told)
	c.ownSeries, c.ownAbout = map[Series]bool{}, map[string]bool{}
	clear(s.ownSeries)
	clear(s.ownAbout)
	return &c
}

// writable is a series' list, copied first where a copy of the set shares it.
func (s *Set) writable(key Series) []*Observation {
	if !s.ownSeries[key] {
		s.series[key] = slices.Clone(s.series[key])
		s.ownSeries[key] = true
	}
	return s.series[key]
}

// dependents is the set of an indicator's claims, likewise.
func (s *Set) dependents(indicator string) map[string]bool {
	if !s.ownAbout[indicator] {
		own := maps.Clone(s.about[indicator])
		if own == nil {
			own = map[string]bool{}
		}
		s.about[indicator] = own
		s.ownAbout[indicator] = true
	}
	return s.about[indicator]
}
