package evidence

import (
	"strings"

	"fener/internal/record"
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
	WhyNothing      Why = "nothing"           // nothing on record
	WhyPart         Why = "part"              // evidence for a part of it only
	WhyDisagree     Why = "disagree"          // independent sources disagree
	WhyUnread       Why = "unread"            // the text of the law has not been read
	WhyIncomplete   Why = "incomplete"        // the record is not known to be complete
	WhyNoComparison Why = "not_comparable"    // what is on record cannot be compared with it
	WhyUnknown      Why = "unknown_indicator" // there is no such indicator
	WhyNoArticle    Why = "no_article"        // where it was said is not on record, so what rests on it cannot be told
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
	Unlike      Bearing = "unlike"   // another period, unit or kind of value; shown, decides nothing
	Unread      Bearing = "unread"   // law nobody has read
	Held        Bearing = "recorded" // what the record holds, not known to be complete
)

// Evidence is one thing that bears on a claim.
type Evidence struct {
	Bearing     Bearing
	Observation *Observation // nil for law and figures
	Law         string       // reference of a provision
	Text        string       // of a figure or a provision, as it is shown
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
		return s.judgeLaw(cmp)
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
	var st Standing
	for _, o := range s.candidates(&c.Comparison) {
		st.Evidence = append(st.Evidence, Evidence{Bearing: s.bearing(&c.Comparison, o, own), Observation: o})
	}
	if changes(&c.Comparison) {
		weighChange(&c.Comparison, st.Evidence)
	}
	st.Verdict, st.Why = weigh(st.Evidence)
	return st
}

// weighChange sets the amounts of the two periods against each other, where one
// independent source gives both: only then were they counted alike.
func weighChange(cmp *record.Comparison, list []Evidence) {
	for i := range list {
		for j := range list {
			a, b := list[i].Observation, list[j].Observation
			if list[i].Bearing != Unlike || list[j].Bearing != Unlike || a.Citation.Source != b.Citation.Source || a.Unit != b.Unit ||
				a.Indicator != cmp.Indicator || b.Indicator != cmp.Indicator ||
				!sameSpan(a.Span(), cmpSpan(cmp)) || !sameSpan(b.Span(), period.Span{From: cmp.Then}) {
				continue
			}
			if bearing := changed(cmp, a.Value, b.Value); bearing != Unlike {
				list[i].Bearing, list[j].Bearing = bearing, bearing
			}
		}
	}
}

// changed says whether the value moved from before to after as is claimed.
func changed(cmp *record.Comparison, before, after record.Stated) Bearing {
	low1, high1 := bounds(before)
	low2, high2 := bounds(after)
	fell, rose := high2 < low1, low2 > high1
	if cmp.Operator == record.RoseFrom {
		fell, rose = rose, fell
	}
	switch {
	case fell:
		return Supports
	case rose:
		return Contradicts
	}
	return Unlike
}

// candidates are the observations of the claim's indicator and of those
// related to it, in the claim's place and meeting its periods.
func (s *Set) candidates(cmp *record.Comparison) []*Observation {
	var list []*Observation
	for _, indicator := range append([]string{cmp.Indicator}, cmp.Related...) {
		for _, o := range s.series[Series{indicator, cmp.Place}] {
			if meets(cmp, o) {
				list = append(list, o)
			}
		}
	}
	return list
}

func meets(cmp *record.Comparison, o *Observation) bool {
	if cmp.From.IsZero() || o.Span().IsZero() {
		return true
	}
	span := cmpSpan(cmp)
	if !cmp.Then.IsZero() {
		span.To = cmp.Then.Last()
	}
	return o.Span().Overlaps(span)
}

// bearing says what one observation does for a comparison.
func (s *Set) bearing(cmp *record.Comparison, o *Observation, own string) Bearing {
	switch {
	case own != "" && o.Citation.Source == own:
		return Itself
	case own != "" && s.retells(o.Citation.Source, own):
		return Retelling
	case o.Doubtful:
		return Unlike
	case o.Indicator != cmp.Indicator:
		return related(cmp, o)
	case changes(cmp):
		return Unlike // one amount alone decides no change; weighChange looks at pairs
	case cmp.Operator == record.Exists && !cmp.From.IsZero() && within(o.Span(), cmpSpan(cmp)):
		return Supports // what was in a part of the period was in the period
	case !cmp.From.IsZero() && !sameSpan(o.Span(), cmpSpan(cmp)):
		return Unlike
	case cmp.Unit != "" && o.Unit != cmp.Unit:
		return Unlike
	case cmp.Operator == record.Exists:
		return Supports
	}
	return compare(cmp, o.Value)
}

// changes reports whether a comparison is about a change between two periods.
func changes(cmp *record.Comparison) bool {
	return cmp.Operator == record.FellFrom || cmp.Operator == record.RoseFrom
}

// related says what a statement of a related indicator does: one in words that
// gives the direction of a change supports or contradicts a claim of a change,
// and supports a part of any other.
func related(cmp *record.Comparison, o *Observation) Bearing {
	direction := Direction(o.Value)
	switch cmp.Operator {
	case record.FellFrom, record.RoseFrom:
		want := record.FellFrom
		if direction > 0 {
			want = record.RoseFrom
		}
		switch {
		case direction == 0 || !withinChange(cmp, o):
			return Unlike
		case want == cmp.Operator:
			return Supports
		}
		return Contradicts
	}
	return Part
}

// withinChange reports whether an observation lies in the time over which a
// change is claimed: after the first period ended, until the second did. A
// trend is against the period before, so that of the first period itself says
// how it came to its value, not what came after.
func withinChange(cmp *record.Comparison, o *Observation) bool {
	span := o.Span()
	return !span.IsZero() && cmp.From.Last().Before(span.First()) && !cmp.Then.Last().Before(span.Last())
}

// within reports whether one period lies in another; an unknown one does not.
func within(inner, outer period.Span) bool {
	return !inner.IsZero() && !inner.First().Before(outer.First()) && !outer.Last().Before(inner.Last())
}

// Direction reads a value in words as a fall (-1), a rise (+1) or neither (0).
func Direction(v record.Stated) int {
	if v.Kind != record.InWords {
		return 0
	}
	text := strings.ToLower(v.Text)
	falls := containsAny(text, "decrease", "fell", "fewer", "low", "reduc", "cut", "less than the year", "ulje", "rënie", "smanj", "pad")
	rises := containsAny(text, "increase", "rose", "more than the year", "higher", "rritje", "poveć", "rast")
	switch {
	case falls && !rises:
		return -1
	case rises && !falls:
		return 1
	}
	return 0
}

func containsAny(text string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
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

// weigh turns the bearings into a standing.
func weigh(list []Evidence) (Verdict, Why) {
	count := map[Bearing]int{}
	for _, e := range list {
		count[e.Bearing]++
	}
	switch {
	case count[Supports] > 0 && count[Contradicts] > 0:
		return CannotBe, WhyDisagree
	case count[Supports] > 0:
		return Supported, WhyEvidence
	case count[Contradicts] > 0:
		return Contradicted, WhyEvidence
	case count[Part] > 0:
		return CannotBe, WhyPart
	case count[Itself]+count[Retelling] > 0:
		return CannotBe, WhyAlone
	case count[Unlike] > 0:
		return CannotBe, WhyNoComparison
	}
	return CannotBe, WhyNothing
}
