package law

import (
	"fmt"
	"strings"

	"fener/locale"
	"fener/period"
)

// Text is the limit in words.
func (l Limit) Text(lang locale.Lang) string {
	if l.State != LimitSet {
		return word4(lang, "limit."+l.word())
	}
	length := locale.Length(building(lang), l.Length)
	switch l.Edge {
	case EdgeOver:
		length = say(lang, "limit.over", "length", length)
	case EdgeUnder:
		length = say(lang, "limit.under", "length", length)
	}
	return finish(lang, length)
}

// String writes a length, "over 3y" or "under 3y" where the length itself does
// not count, or none, life or unknown.
func (l Limit) String() string {
	if l.State != LimitSet {
		return l.word()
	}
	switch l.Edge {
	case EdgeOver:
		return "over " + l.Length.String()
	case EdgeUnder:
		return "under " + l.Length.String()
	}
	return l.Length.String()
}

func (l Limit) word() string {
	switch l.State {
	case LimitNone:
		return "none"
	case LimitLife:
		return "life"
	}
	return "unknown"
}

// MarshalText writes String.
func (l Limit) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads what String writes; "general" means that the provision
// states no limit of its own, so that the general part's counts.
func (l *Limit) UnmarshalText(b []byte) error {
	switch string(b) {
	case "unknown":
		*l = Limit{}
		return nil
	case "none", "general":
		*l = Limit{State: LimitNone}
		return nil
	case "life":
		*l = Limit{State: LimitLife}
		return nil
	}
	text, edge := string(b), EdgeAt
	if rest, ok := strings.CutPrefix(text, "over "); ok {
		text, edge = rest, EdgeOver
	} else if rest, ok := strings.CutPrefix(text, "under "); ok {
		text, edge = rest, EdgeUnder
	}
	n, err := period.ParseLength(text)
	if err != nil {
		return err
	}
	if n.IsZero() {
		return fmt.Errorf("a limit is a length such as 5y, over 5y or under 5y, or none, general, life or unknown")
	}
	*l = Limit{State: LimitSet, Length: n, Edge: edge}
	return nil
}

// setLimit is the limit of a length; a zero length is not known.
func setLimit(n period.Length) Limit {
	if n.IsZero() {
		return Limit{}
	}
	return Limit{State: LimitSet, Length: n}
}

// reachedBy reports whether a term is not below the limit as a minimum.
func (l Limit) reachedBy(n period.Length) bool {
	order := n.Compare(l.Length)
	return order > 0 || order == 0 && l.Edge != EdgeOver
}

// exceededBy reports whether a term is above the limit as a maximum. Where none
// is set, or it is life, no term of years is.
func (l Limit) exceededBy(n period.Length) bool {
	if l.State != LimitSet {
		return false
	}
	order := n.Compare(l.Length)
	return order > 0 || order == 0 && l.Edge == EdgeUnder
}

// admits reports whether a maximum of an offence lies within the limit: not
// above it, and not life where it is a length.
func (l Limit) admits(maximum Limit) bool {
	switch {
	case l.State != LimitSet:
		return true
	case maximum.State != LimitSet:
		return maximum.State == LimitNone
	}
	order := maximum.Length.Compare(l.Length)
	return order < 0 || order == 0 && maximum.Edge <= l.Edge
}

// atMost reports whether a is certainly not above b; what was not read is not
// comparable.
func atMost(a, b Limit) bool {
	switch {
	case a.State == LimitUnknown || b.State == LimitUnknown:
		return false
	case a.State == LimitSet && b.State == LimitSet:
		order := a.Length.Compare(b.Length)
		return order < 0 || order == 0 && a.Edge <= b.Edge
	}
	return a.State <= b.State // none, a length, life
}
