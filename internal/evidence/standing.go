package evidence

import (
	"slices"
	"strings"

	"fener/internal/record"
	"fener/locale"
	"fener/period"
)

// Verdict is how a claim stands against the record.
type Verdict string

// The verdicts.
const (
	Supported    Verdict = "supported"
	Contradicted Verdict = "contradicted"
	CannotBe     Verdict = "cannot_be_checked"
)

// Why is the reason for a standing.
type Why string

// The reasons. The first three go with supported and contradicted.
const (
	WhyEvidence     Why = "evidence"          // independent evidence says so
	WhyLaw          Why = "law"               // the text of the law says so
	WhyRecord       Why = "record"            // the record itself says so
	WhyAlone        Why = "alone"             // rests on this statement alone
	WhyWords        Why = "words"             // what is on record is in words, for a person to judge
	WhyNoted        Why = "noted"             // what decides it has a note that the figure is probably wrong
	WhyNothing      Why = "nothing"           // nothing on record
	WhyPart         Why = "part"              // evidence for a part of it only
	WhyDisagree     Why = "disagree"          // independent sources disagree
	WhyUnread       Why = "unread"            // the text of the law has not been read
	WhyIncomplete   Why = "incomplete"        // the record is not known to be complete
	WhyNoComparison Why = "not_comparable"    // what is on record cannot be compared with it
	WhyUnknown      Why = "unknown_indicator" // there is no such indicator
	WhyNoArticle    Why = "no_article"        // where it was said is not on record, so what rests on it cannot be told
	WhyDenied       Why = "denied"            // the statement says that there was none, and it is asked whether there was
	WhyNoPlace      Why = "no_place"          // the comparison names no place
	WhyNoProvision  Why = "no_provision"      // there is no such provision on record
	WhyNotInForce   Why = "not_in_force"      // there is, and none was in force at the time
	WhyWhichLaw     Why = "which_law"         // several laws have such a provision, and no time is named
	WhyWhichLimit   Why = "which_limit"       // neither the minimum nor the maximum is named, and it is the maximum
	WhyLawChanged   Why = "law_changed"       // the law changed within the time, and the answers differ
)

// Bearing is what a piece of evidence does for a claim.
type Bearing string

// The bearings.
const (
	Supports    Bearing = "supports"
	Contradicts Bearing = "contradicts"
	Part        Bearing = "part"     // supports a part: the direction, not the amount
	Itself      Bearing = "itself"   // the statement itself, or its source
	Retelling   Bearing = "retells"  // a retelling of it
	Unlike      Bearing = "unlike"   // cannot be compared, for a Cause; shown, decides nothing
	Worded      Bearing = "words"    // in words: for a person to judge
	Unread      Bearing = "unread"   // law nobody has read
	Held        Bearing = "recorded" // what the record holds, not known to be complete
)

// Cause says why a piece of evidence cannot be compared with a claim.
type Cause string

// The causes.
const (
	OtherPeriod   Cause = "period"
	NotDated      Cause = "undated" // the source does not say when
	OtherPlace    Cause = "place"
	OtherUnit     Cause = "unit"
	OtherKind     Cause = "kind"       // another kind of value: a length beside a number
	DoubtfulQuote Cause = "quotation"  // nobody could verify the quotation
	OneAmount     Cause = "one_amount" // of a change one amount alone; the same source must give both
	KeptBack      Cause = "held_back"  // of fewer victims than the care rule lets everyone read
	OnePart       Cause = "one_part"   // of a part of the period alone
	OtherStep     Cause = "step"       // money at another step: promised is not paid
	OtherFunder   Cause = "funder"     // from somebody else
	OtherShelter  Cause = "shelter"    // of other shelters, of several together, or of one that is perhaps another
)

// Evidence is one thing that bears on a claim.
type Evidence struct {
	Bearing     Bearing
	Cause       Cause        // why it is Unlike, else empty
	Noted       bool         // the record notes that the figure is probably wrong: alone it decides nothing
	Observation *Observation // nil for law and figures
	Law         string       // reference of a provision
	Limit       Limit        // of the provision, that was compared
	Text        string       // of a figure or a provision, as it is shown
	Told        record.Thing // what is told of a shelter; Set.Told has it
}

// Standing is how a claim stands, with everything that bears on it.
type Standing struct {
	Verdict  Verdict
	Why      Why
	Evidence []Evidence
}

// Same reports whether two standings say the same; evidence that came along
// without changing the answer does not make a new standing.
func (s Standing) Same(t Standing) bool { return s.Verdict == t.Verdict && s.Why == t.Why }

// Standing is the computed standing of a claim on record; it is computed once
// and kept until Recompute is told that it may have changed.
func (s *Set) Standing(id string) (Standing, bool) {
	st, ok := s.standings[id]
	return st, ok
}

// Change is a standing that changed.
type Change struct {
	Claim  string
	Before Standing // zero for a new claim
	After  Standing
}

// Recompute computes the standings of the claims given anew, and returns those
// that changed.
func (s *Set) Recompute(ids []string) []Change {
	var changes []Change
	for _, id := range ids {
		c := s.claims[id]
		if c == nil {
			continue
		}
		before, after := s.standings[id], s.Judge(&c.Claim)
		s.standings[id] = after
		if !before.Same(after) {
			changes = append(changes, Change{id, before, after})
		}
	}
	return changes
}

// Judge computes how a claim stands. It is a function of the set alone.
func (s *Set) Judge(c *record.Claim) Standing {
	cmp := &c.Comparison
	switch {
	case cmp.Law != "":
		return s.judgeLaw(c)
	case cmp.Figure != "":
		return s.judgeFigure(cmp)
	}
	return s.judgeObserved(c)
}

// judgeObserved weighs observations. Those that rest on the claim's own source,
// or on a retelling of it, are listed and count for nothing.
func (s *Set) judgeObserved(c *record.Claim) Standing {
	article := s.articles[c.Article]
	if article == nil {
		return Standing{Verdict: CannotBe, Why: WhyNoArticle}
	}
	own := article.Source
	cmp := s.normal(&c.Comparison)
	var st Standing
	for _, o := range s.candidates(cmp) {
		e := s.bearing(cmp, o, own)
		e.Observation, e.Noted = o, noted(o)
		st.Evidence = append(st.Evidence, e)
	}
	if changes(cmp) {
		weighChange(cmp, st.Evidence)
	}
	st.Evidence = append(st.Evidence, s.tellings(cmp, own)...)
	st.Verdict, st.Why = weigh(st.Evidence)
	if cmp.Operator == record.Exists && st.Verdict != CannotBe && c.Denies() {
		st.Verdict, st.Why = CannotBe, WhyDenied
	}
	if cmp.Place == "" && cmp.Indicator != "" && st.Verdict == CannotBe && st.Why == WhyNoComparison {
		st.Why = WhyNoPlace
	}
	return st
}

// normal is a comparison with its place, its unit and its value in the words of
// the record. Where it names no unit, that of the indicator is meant, unless
// that is no unit of numbers.
func (s *Set) normal(cmp *record.Comparison) *record.Comparison {
	n := *cmp
	if unit, ok := record.ParseUnit(n.Unit); ok {
		n.Unit = unit
	}
	if n.Unit == "" {
		if list, err := Indicators(); err == nil {
			if in := find(list, n.Indicator); in != nil && in.Unit != "words" && in.Unit != "length" {
				n.Unit = in.Unit
			}
		}
	}
	if samePlace(n.Place, country) {
		n.Place = country
	}
	return &n
}

// samePlace reports whether two names are of one place: in any script and
// without marks; the country goes by its name in every language.
func samePlace(a, b string) bool {
	return locale.Fold(a) == locale.Fold(b) || record.IsCountry(a) && record.Country(a) == record.Country(b)
}

// candidates are the observations of the claim's indicator and of those
// related to it that meet its periods, and of a change also the directions
// that stand beside the indicator. Those of other places are listed only where
// there are none of the claim's own.
func (s *Set) candidates(cmp *record.Comparison) []*Observation {
	var list, elsewhere []*Observation
	for _, indicator := range bearOn(cmp) {
		for _, key := range s.SeriesOf(indicator) {
			for _, o := range s.series[key] {
				switch {
				case !meets(cmp, o):
				case samePlace(key.Place, cmp.Place):
					list = append(list, o)
				case indicator == cmp.Indicator:
					elsewhere = append(elsewhere, o)
				}
			}
		}
	}
	if len(list) == 0 {
		return elsewhere
	}
	return list
}

// SeriesOf are the series of an indicator, by place.
func (s *Set) SeriesOf(indicator string) []Series {
	var keys []Series
	for _, place := range s.places[indicator] {
		keys = append(keys, Series{indicator, place})
	}
	return keys
}

func meets(cmp *record.Comparison, o *Observation) bool { return meetsSpan(cmp, o.Span()) }

func meetsSpan(cmp *record.Comparison, said period.Span) bool {
	if cmp.From.IsZero() || said.IsZero() {
		return true
	}
	span := cmpSpan(cmp)
	if !cmp.Then.IsZero() {
		span.To = cmp.Then.Last()
	}
	return said.Overlaps(span)
}

// bearing says what one observation does for a comparison.
func (s *Set) bearing(cmp *record.Comparison, o *Observation, own string) Evidence {
	unlike := func(c Cause) Evidence { return Evidence{Bearing: Unlike, Cause: c} }
	switch {
	case own != "" && o.Citation.Source == own:
		return Evidence{Bearing: Itself}
	case own != "" && s.retells(o.Citation.Source, own):
		return Evidence{Bearing: Retelling}
	case o.Value.Kind == record.HeldBack:
		return unlike(KeptBack)
	case o.Doubtful:
		return unlike(DoubtfulQuote)
	case !samePlace(o.Place, cmp.Place):
		return unlike(OtherPlace)
	case changes(cmp) && (o.Indicator != cmp.Indicator || isTrend(o.Indicator)):
		return direction(cmp, o)
	case changes(cmp): // weighChange looks at pairs
		if sameSpan(o.Span(), cmpSpan(cmp)) || sameSpan(o.Span(), period.Span{From: cmp.Then}) {
			return unlike(OneAmount)
		}
		return unlike(periodCause(o))
	case o.Indicator != cmp.Indicator:
		if plainWords(o) {
			return Evidence{Bearing: Worded}
		}
		return Evidence{Bearing: Part}
	case !comparableUnits(cmp, o):
		return unlike(OtherUnit)
	case cmp.Operator == record.Exists:
		return existing(cmp, o)
	case !cmp.From.IsZero() && !sameSpan(o.Span(), cmpSpan(cmp)):
		return unlike(periodCause(o))
	}
	b, cause := compare(cmp, o)
	return Evidence{Bearing: b, Cause: cause}
}

func periodCause(o *Observation) Cause {
	if o.Span().IsZero() {
		return NotDated
	}
	return OtherPeriod
}

// existing says what an observation does for the claim that something was. A
// number above nothing in a part of the period shows it; nothing in the whole
// of it, or in a longer one, shows that it was not. Words are for a person to
// judge, but for a plain yes or no.
func existing(cmp *record.Comparison, o *Observation) Evidence {
	asked, span := cmpSpan(cmp), o.Span()
	anyTime := cmp.From.IsZero()
	found, none := isThere(o)
	switch {
	case found && (anyTime || within(span, asked)):
		return Evidence{Bearing: Supports}
	case none && !anyTime && within(asked, span):
		return Evidence{Bearing: Contradicts}
	case found, none, !anyTime && !within(span, asked):
		return Evidence{Bearing: Unlike, Cause: periodCause(o)}
	case plainWords(o):
		return Evidence{Bearing: Worded}
	}
	return Evidence{Bearing: Part} // fewer than five can be none
}

// isThere reads whether a value says that there was something, or that there
// was nothing; neither, where it does not say.
func isThere(o *Observation) (found, none bool) {
	if o.Value.Kind == record.InWords {
		if _, ok := lasting(o.Value.Text, o.Unit); ok {
			return true, false
		}
		word := locale.Fold(strings.TrimSpace(o.Value.Text))
		return yesWords[word], noWords[word]
	}
	low, high := bounds(o.Value)
	return low > 0, high <= 0
}

var (
	yesWords = map[string]bool{"yes": true, "po": true, "da": true, "true": true}
	noWords  = map[string]bool{"no": true, "jo": true, "ne": true, "false": true, "none": true, "nobody": true, "no one": true, "asnje": true, "asnjeri": true, "askush": true,
		"nijedan": true, "nijedna": true, "nijedno": true, "niko": true}
)

// plainWords tells whether a value is words alone, neither number nor length.
func plainWords(o *Observation) bool {
	if o.Value.Kind != record.InWords {
		return false
	}
	_, length := lasting(o.Value.Text, o.Unit)
	return !length
}

// within reports whether one period lies in another; an unknown one does not.
func within(inner, outer period.Span) bool {
	return !inner.IsZero() && !inner.First().Before(outer.First()) && !outer.Last().Before(inner.Last())
}

// retells reports whether a source retells another, directly or through others.
func (s *Set) retells(source, original string) bool {
	return s.retellsAny(source, map[string]bool{original: true})
}

func (s *Set) retellsAny(source string, originals map[string]bool) bool {
	for range 8 { // chains of retelling are short; a ring must not hang us
		src := s.sources[source]
		if src == nil || src.Retells == "" {
			return false
		}
		if originals[src.Retells] {
			return true
		}
		source = src.Retells
	}
	return false
}

// weigh turns the bearings into a standing. What is noted to be probably wrong
// decides nothing alone, and yet is what others disagree with.
func weigh(list []Evidence) (Verdict, Why) {
	count, sure := map[Bearing]int{}, map[Bearing]int{}
	for _, e := range list {
		count[e.Bearing]++
		if !e.Noted {
			sure[e.Bearing]++
		}
	}
	switch {
	case count[Supports] > 0 && count[Contradicts] > 0:
		return CannotBe, WhyDisagree
	case sure[Supports] > 0:
		return Supported, WhyEvidence
	case sure[Contradicts] > 0:
		return Contradicted, WhyEvidence
	case count[Supports]+count[Contradicts] > 0:
		return CannotBe, WhyNoted
	case count[Worded] > 0:
		return CannotBe, WhyWords
	case count[Part] > 0:
		return CannotBe, WhyPart
	case count[Itself]+count[Retelling] > 0:
		return CannotBe, WhyAlone
	case count[Unlike] > 0:
		return CannotBe, WhyNoComparison
	}
	return CannotBe, WhyNothing
}

// Causes are why what is on record cannot be compared, each once, the most
// frequent first.
func (s Standing) Causes() []Cause {
	count := map[Cause]int{}
	for _, e := range s.Evidence {
		if e.Bearing == Unlike && e.Cause != "" {
			count[e.Cause]++
		}
	}
	list := slices.DeleteFunc(slices.Clone(Causes), func(c Cause) bool { return count[c] == 0 })
	slices.SortStableFunc(list, func(a, b Cause) int { return count[b] - count[a] })
	return list
}
