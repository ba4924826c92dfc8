// Package evidence sets beside each other what was said: figures that somebody
// reported (observations), each as it was stated, and statements made in public
// (claims) with what the record holds for and against them.
//
// It never merges, averages or chooses between observations, and it computes a
// claim's standing by rules that anyone can read: a claim is not supported by
// the statement it comes from, nor by a retelling of it.
package evidence

import (
	"maps"
	"slices"
	"strings"
	"time"

	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// Observation is an observation on record.
type Observation struct {
	ID string
	record.Observation
}

// Claim is a claim on record.
type Claim struct {
	ID string
	record.Claim
}

// Recorded is what the record itself holds for a figure over a period: the
// value and of how many reported it is known to be complete.
type Recorded struct {
	Value    float64
	Text     string // as it is shown
	Complete bool   // the record is known to hold everything there is
	Bound    Bound  // what the value says of an incomplete record's true one
}

// Bound says on which side of a value from an incomplete record the true one
// lies.
type Bound uint8

// The bounds. Numbers and what is highest can only grow as more is recorded,
// what is lowest can only fall, and a share or a median can go either way.
const (
	AtLeastThat Bound = iota
	AtMostThat
	EitherWay
)

// Figures computes recorded figures; ok is false where there is no such figure.
type Figures func(indicator, place string, span period.Span) (r Recorded, ok bool)

// Set is everything said, at one position of the ledger. It is built and
// changed by one goroutine; reading it is safe for many while it is not changed.
// A Keeper hands out sets that are never changed any more.
type Set struct {
	Pack    *law.Pack
	Figures Figures // may be nil

	seq int64     // of the last entry folded; 0 for a set that comes from no ledger
	at  time.Time // of that entry

	observations map[string]*Observation
	claims       map[string]*Claim
	articles     map[string]*record.Article
	sources      map[string]*record.Source
	series       map[Series][]*Observation
	places       map[string][]string        // of an indicator's series, in order; a list is never changed
	about        map[string]map[string]bool // indicator to the claims that depend on it
	standings    map[string]Standing
	past         map[string][]Past
	replies      map[Subject][]*Reply
	replied      map[string]Subject           // by the reply's id
	told         map[record.Thing]record.Body // of shelters and their money, with the shelters themselves; a body is never changed

	ownSeries map[Series]bool // lists that no copy of the set shares, see clone
	ownAbout  map[string]bool
}

// Series names one line of observations.
type Series struct{ Indicator, Place string }

// NewSet is a set that holds nothing yet.
func NewSet(pack *law.Pack) *Set {
	return &Set{Pack: pack, observations: map[string]*Observation{}, claims: map[string]*Claim{}, articles: map[string]*record.Article{},
		sources: map[string]*record.Source{}, series: map[Series][]*Observation{}, places: map[string][]string{}, about: map[string]map[string]bool{},
		standings: map[string]Standing{}, past: map[string][]Past{}, replies: map[Subject][]*Reply{}, replied: map[string]Subject{}, told: map[record.Thing]record.Body{},
		ownSeries: map[Series]bool{}, ownAbout: map[string]bool{}}
}

// PutObservation adds an observation or a later revision of it, and returns
// the ids of the claims that it bears on.
func (s *Set) PutObservation(id string, o record.Observation) []string {
	affected := s.RemoveObservation(id)
	kept := &Observation{id, o}
	s.observations[id] = kept
	key := Series{o.Indicator, o.Place}
	list := s.writable(key)
	if len(list) == 0 {
		s.places[o.Indicator] = slices.Sorted(slices.Values(append(slices.Clone(s.places[o.Indicator]), o.Place)))
	}
	at, _ := slices.BinarySearchFunc(list, kept, byPeriod)
	s.series[key] = slices.Insert(list, at, kept)
	return s.affected(affected, o.Indicator)
}

// byPeriod orders a series: by start, the longer period first, then by
// publication and id, so that the order is the same on every machine.
func byPeriod(a, b *Observation) int {
	if c := a.Span().First().Compare(b.Span().First()); c != 0 {
		return c
	}
	if c := b.Span().Last().Compare(a.Span().Last()); c != 0 {
		return c
	}
	if c := a.Published.Compare(b.Published); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

// RemoveObservation takes an observation out, and returns the ids of the
// claims that it bore on.
func (s *Set) RemoveObservation(id string) []string {
	o := s.observations[id]
	if o == nil {
		return nil
	}
	delete(s.observations, id)
	key := Series{o.Indicator, o.Place}
	s.series[key] = slices.DeleteFunc(s.writable(key), func(q *Observation) bool { return q == o })
	if len(s.series[key]) == 0 {
		delete(s.series, key)
		s.places[o.Indicator] = slices.DeleteFunc(slices.Clone(s.places[o.Indicator]), func(place string) bool { return place == o.Place })
	}
	return s.affected(nil, o.Indicator)
}

func (s *Set) affected(ids []string, indicator string) []string {
	for id := range s.about[indicator] {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// PutClaim adds a claim or a later revision of it.
func (s *Set) PutClaim(id string, c record.Claim) {
	s.RemoveClaim(id)
	s.claims[id] = &Claim{id, c}
	for _, indicator := range indicators(&c.Comparison) {
		s.dependents(indicator)[id] = true
	}
}

func indicators(c *record.Comparison) []string {
	var list []string
	if c.Indicator != "" {
		list = bearOn(c)
	}
	if c.Figure != "" {
		list = append(list, figuresOfTheRecord)
	}
	if c.Told != "" {
		list = append(list, toldOfShelters)
	}
	return list
}

// figuresOfTheRecord stands among the indicators for everything that the record
// itself computes. No indicator that is observed can have this name.
const figuresOfTheRecord = "figures of the record"

// toldOfShelters stands among them likewise, for everything that is told of shelters and their money.
const toldOfShelters = "told of shelters"

// RemoveClaim takes a claim out.
func (s *Set) RemoveClaim(id string) {
	c := s.claims[id]
	if c == nil {
		return
	}
	delete(s.claims, id)
	delete(s.standings, id)
	for _, indicator := range indicators(&c.Comparison) {
		delete(s.dependents(indicator), id)
	}
}

// PutSource adds a source. It returns the claims whose standing may change
// because the source is, or no longer is, a retelling.
func (s *Set) PutSource(id string, src record.Source) []string {
	if !s.putSource(id, src) {
		return nil
	}
	return s.weighing(map[string]bool{id: true})
}

// putSource reports whether standings may change.
func (s *Set) putSource(id string, src record.Source) bool {
	before := ""
	if old := s.sources[id]; old != nil {
		before = old.Retells
	}
	s.sources[id] = &src
	return before != src.Retells
}

// RemoveSource takes a source out. It returns the claims whose standing may
// change because the source is no longer known to be a retelling.
func (s *Set) RemoveSource(id string) []string {
	if !s.removeSource(id) {
		return nil
	}
	return s.weighing(map[string]bool{id: true})
}

func (s *Set) removeSource(id string) bool {
	before := s.sources[id]
	delete(s.sources, id)
	return before != nil && before.Retells != ""
}

// weighing are the claims for which an observation counts that rests on one of
// the sources, or on a source that retells one of them.
func (s *Set) weighing(sources map[string]bool) []string {
	concerned := maps.Clone(sources)
	for id := range s.sources {
		concerned[id] = concerned[id] || s.retellsAny(id, sources)
	}
	seen, ids := map[string]bool{}, map[string]bool{}
	for _, o := range s.observations {
		if !concerned[o.Citation.Source] || seen[o.Indicator] {
			continue
		}
		seen[o.Indicator] = true
		for id := range s.about[o.Indicator] {
			ids[id] = true
		}
	}
	for _, b := range s.told {
		if shared, ok := b.(record.Shared); ok && concerned[shared.SharedSource("")] {
			maps.Copy(ids, s.about[toldOfShelters])
			break
		}
	}
	return sortedKeys(ids)
}

// PutArticle adds an article, and returns the claims that it makes.
func (s *Set) PutArticle(id string, a record.Article) []string {
	s.articles[id] = &a
	return s.madeBy(id)
}

func (s *Set) madeBy(id string) []string {
	var ids []string
	for _, c := range s.ArticleClaims(id) {
		ids = append(ids, c.ID)
	}
	return ids
}

// RemoveArticle takes an article out, and returns its claims. They stay until
// they are removed; meanwhile nobody can tell what rests on the article, so no
// observation supports or contradicts them.
func (s *Set) RemoveArticle(id string) []string {
	if s.articles[id] == nil {
		return nil
	}
	delete(s.articles, id)
	return s.madeBy(id)
}

// Article is the article with the id given; nil if there is none.
func (s *Set) Article(id string) *record.Article { return s.articles[id] }

// Source is the source with the id given; nil if it is not on record.
func (s *Set) Source(id string) *record.Source { return s.sources[id] }

// Observation is the observation with the id given; nil if there is none.
func (s *Set) Observation(id string) *Observation { return s.observations[id] }

// Claim is the claim with the id given; nil if there is none.
func (s *Set) Claim(id string) *Claim { return s.claims[id] }

// ArticleIDs lists the articles in order.
func (s *Set) ArticleIDs() []string { return sortedKeys(s.articles) }

// ClaimIDs lists the claims in order.
func (s *Set) ClaimIDs() []string { return sortedKeys(s.claims) }

// ArticleClaims are an article's claims in the order of the article.
func (s *Set) ArticleClaims(article string) []*Claim {
	var list []*Claim
	for _, c := range s.claims {
		if c.Article == article {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b *Claim) int {
		if a.N != b.N {
			return a.N - b.N
		}
		return strings.Compare(a.ID, b.ID)
	})
	return list
}

// AllSeries lists the series in order of indicator and place.
func (s *Set) AllSeries() []Series {
	list := make([]Series, 0, len(s.series))
	for key := range s.series {
		list = append(list, key)
	}
	slices.SortFunc(list, func(a, b Series) int {
		if a.Indicator != b.Indicator {
			return strings.Compare(a.Indicator, b.Indicator)
		}
		return strings.Compare(a.Place, b.Place)
	})
	return list
}

// Observations are a series' observations, by period.
func (s *Set) Observations(key Series) []*Observation { return s.series[key] }

// SaidBy are the observations that a source carries, by series and period.
func (s *Set) SaidBy(source string) []*Observation {
	var list []*Observation
	for _, key := range s.AllSeries() {
		for _, o := range s.series[key] {
			if o.Citation.Source == source {
				list = append(list, o)
			}
		}
	}
	return list
}

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
