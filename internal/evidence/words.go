package evidence

import (
	"embed"
	"strconv"
	"strings"
	"sync"

	"fener/internal/record"
	"fener/locale"
)

// The words stand here and not in the interface's catalogues, because the site
// and the command line both speak of standings and must say the same.
//
//go:embed messages/*.json
var messageFiles embed.FS

var catalogues = sync.OnceValue(func() locale.Messages { return locale.MustReadMessages(messageFiles) })

func say(l locale.Lang, key string) string { return catalogues().Text(l, key) }

// Verdicts, Whys, Bearings, Relations and Differences list every value there
// is, in the order in which pages explain them.
var (
	Verdicts = []Verdict{Supported, Contradicted, CannotBe}
	Whys     = []Why{WhyEvidence, WhyLaw, WhyRecord, WhyAlone, WhyNothing, WhyPart, WhyWords, WhyNoted, WhyDisagree, WhyUnread, WhyIncomplete,
		WhyNoComparison, WhyUnknown, WhyNoArticle, WhyDenied, WhyNoPlace, WhyNoProvision, WhyNotInForce, WhyWhichLaw, WhyWhichLimit, WhyLawChanged}
	Bearings    = []Bearing{Supports, Contradicts, Part, Worded, Itself, Retelling, Unlike, Unread, Held}
	Causes      = []Cause{OtherPeriod, NotDated, OtherPlace, OtherUnit, OtherKind, DoubtfulQuote, OneAmount, KeptBack, OnePart, OtherStep, OtherFunder, OtherShelter}
	Relations   = []Relation{SamePeriod, PartOfIt, LongerThan, OverlapsIt, NoPeriod}
	Differences = []Difference{DifferentPeriod, DifferentUnit, DifferentCounted, DifferentAuthority, Restated, Retold, Unexplained}
)

// Text is the verdict in words: "cannot be checked".
func (v Verdict) Text(l locale.Lang) string { return say(l, "verdict."+string(v)) }

// Text is the reason in words, to stand behind the verdict and a colon.
func (w Why) Text(l locale.Lang) string { return say(l, "why."+string(w)) }

// Text says what the evidence does for the claim.
func (b Bearing) Text(l locale.Lang) string { return say(l, "bearing."+string(b)) }

// Text says how the period stands to the one looked at.
func (r Relation) Text(l locale.Lang) string { return say(l, "relation."+string(r)) }

// Text is the reason for a difference in words.
func (d Difference) Text(l locale.Lang) string { return say(l, "difference."+string(d)) }

// Text is the cause in words: "another period".
func (c Cause) Text(l locale.Lang) string { return say(l, "cause."+string(c)) }

// Words says what the evidence does for the claim, with the cause where it
// cannot be compared, and whether the record notes that it is probably wrong.
func (e *Evidence) Words(l locale.Lang) string {
	text := e.Bearing.Text(l)
	if e.Bearing == Unlike && e.Cause != "" {
		text += ": " + e.Cause.Text(l)
	}
	if e.Noted && (e.Bearing == Supports || e.Bearing == Contradicts) {
		text += "; " + say(l, "noted")
	}
	return text
}

// What is what is told, in a word: "closed", "paid".
func (t *Telling) What(l locale.Lang) string { return say(l, "told."+t.Says) }

// BecauseText is a cause of a closure, or of a time without money, in words.
func BecauseText(l locale.Lang, cause string) string { return say(l, "because."+cause) }

// Value is the sum that is told, as the source has it, or how long something lasted and why; empty where neither is told.
func (t *Telling) Value(l locale.Lang) string {
	if t.Without == nil {
		return t.Amount.String()
	}
	text := ""
	if !t.Without.Lasted.IsZero() {
		text = locale.Length(l, t.Without.Lasted)
	}
	if t.Without.Cause != "" {
		if text != "" {
			text += "; "
		}
		text += BecauseText(l, t.Without.Cause)
	}
	return text
}

// Text is the limit in words: "the maximum".
func (m Limit) Text(l locale.Lang) string {
	if m == AnyLimit {
		return ""
	}
	return say(l, "limit."+string(m))
}

// Reason is why the claim stands as it does, in words, with every cause for
// which what is on record cannot be compared.
func (s Standing) Reason(l locale.Lang) string {
	text := s.Why.Text(l)
	if causes := s.Causes(); s.Why == WhyNoComparison && len(causes) > 0 {
		words := make([]string, len(causes))
		for i, c := range causes {
			words[i] = c.Text(l)
		}
		text += ": " + strings.Join(words, "; ")
	}
	return text
}

// Text is the standing in words: "cannot be checked: rests on this statement alone".
func (s Standing) Text(l locale.Lang) string { return s.Verdict.Text(l) + ": " + s.Reason(l) }

// UnitText is a unit of Units in words, in the plural where it has one: it
// stands beside a value, not in a sentence. A unit that is none of these is
// shown as the source has it.
func UnitText(l locale.Lang, unit string) string {
	if text, ok := catalogues()[l]["unit."+unit]; ok {
		return text
	}
	return unit
}

// UnitFor is the unit of one value, to stand behind it, in the number that the
// value asks for: "1 person", "2 persons"; sr "1 lice", "2 slučaja", "5 prijava".
func UnitFor(l locale.Lang, unit string, v record.Stated) string {
	number := v.Low
	if number == "" {
		number = v.High
	}
	if n, err := strconv.ParseInt(number, 10, 64); err == nil && v.Kind != record.Range {
		if text, ok := catalogues()[l]["unit."+unit+"."+locale.Plural(l, n)]; ok {
			return text
		}
	}
	return UnitText(l, unit)
}
