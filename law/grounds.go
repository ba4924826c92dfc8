package law

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"fener/period"
)

// Declared is a ground for mitigation or a measure that a pack adds to those
// that every pack knows.
type Declared struct {
	ID    string   `yaml:"id"`
	Names Names    `yaml:"names"`
	Words []string `yaml:"words"` // how sources write it, in any language
}

// GroundRule is what a code says of one ground for going below a minimum: the
// place that allows it, how far it goes, and for which offences. In a pack it
// is written as the place alone where the table of floors and no limit to the
// offences count.
type GroundRule struct {
	Article  string   `yaml:"article"`
	Floor    Floor    `yaml:"floor"`
	Offences []string `yaml:"offences"` // offence groups; empty: all but Except
	Except   []string `yaml:"except"`
	at       *Provision
}

// UnmarshalYAML reads a place, or keys with values.
func (g *GroundRule) UnmarshalYAML(node ast.Node) error {
	if _, keys := unwrap(node).(ast.MapNode); !keys {
		return yaml.NodeToValue(node, &g.Article)
	}
	type plain GroundRule
	return yaml.NodeToValue(node, (*plain)(g), yaml.DisallowUnknownField())
}

// counts reports whether the ground can be applied to an offence group.
func (g *GroundRule) counts(group string) bool {
	if len(g.Offences) > 0 {
		return slices.Contains(g.Offences, group)
	}
	return !slices.Contains(g.Except, group)
}

// Floor says how far below a minimum a ground goes. The zero value is the
// code's table of floors.
type Floor struct {
	None     bool          // there is no floor
	Length   period.Length // down to this
	Num, Den int           // down to this part of the minimum; Den 0: no part
}

var errFloor = errors.New("a floor is table, none, a length such as 3y, or a part of the minimum such as 1/2")

// IsZero reports whether the table of floors counts.
func (f Floor) IsZero() bool { return f == Floor{} }

// UnmarshalText reads table, none, a length, or a part of the minimum: 1/2.
func (f *Floor) UnmarshalText(b []byte) error {
	*f = Floor{}
	switch text := string(b); {
	case text == "table":
		return nil
	case text == "none":
		f.None = true
		return nil
	case strings.Contains(text, "/"):
		num, den, _ := strings.Cut(text, "/")
		n, err1 := strconv.Atoi(strings.TrimSpace(num))
		d, err2 := strconv.Atoi(strings.TrimSpace(den))
		if err1 != nil || err2 != nil || n <= 0 || d <= n || d > 100 {
			return fmt.Errorf("%q: %w", b, errFloor)
		}
		f.Num, f.Den = n, d
		return nil
	default:
		n, err := period.ParseLength(text)
		if err != nil || n.IsZero() {
			return fmt.Errorf("%q: %w", b, errFloor)
		}
		f.Length = n
		return nil
	}
}

// below is how far the floor lies for a minimum; row is the row of the code's
// table for it, nil where there is none.
func (f Floor) below(minimum period.Length, row *FloorRow) (Limit, bool) {
	switch {
	case f.None:
		return Limit{State: LimitNone}, true
	case f.Den > 0:
		return setLimit(minimum.Part(f.Num, f.Den)), true
	case !f.Length.IsZero():
		return setLimit(f.Length), true
	case row != nil:
		return setLimit(row.Floor), true
	}
	return Limit{}, false
}

// way is one ground for going below the minimum of one provision.
type way struct {
	ground Ground
	floor  Limit
	at     *Provision
}

// waysBelow are the grounds that count for a provision, with the floor of each;
// it is for codes in which some ground has a floor or offences of its own.
func waysBelow(prov *Provision, m *Mitigation, minimum Limit, row *FloorRow) []way {
	ways := make([]way, 0, len(m.Grounds))
	for g, rule := range m.grounds {
		if rule == nil || !rule.counts(prov.Offence) {
			continue
		}
		w := way{ground: Ground(g), at: rule.at}
		if minimum.State == LimitSet {
			w.floor, _ = rule.Floor.below(minimum.Length, row)
			if rule.Floor.IsZero() && row != nil {
				w.at = row.at
			}
		}
		ways = append(ways, w)
	}
	return ways
}

// lowest is the way that goes furthest below the minimum, of those among the
// grounds given. A floor that nobody read makes it not known.
func lowest(ways []way, among Grounds) (floor Limit, at *Provision, known bool) {
	for _, w := range ways {
		if !among.Has(w.ground) {
			continue
		}
		if w.floor.State == LimitUnknown {
			return Limit{}, w.at, false
		}
		if !known || !atMost(floor, w.floor) {
			floor, at, known = w.floor, w.at, true
		}
	}
	return floor, at, known
}

// floorOf is how far mitigation goes for the count: by the table of floors, or
// by the grounds on record where the code gives them floors of their own. Where
// none of those counts for the offence, it is as far as any ground could go.
func (e *evaluation) floorOf() (floor Limit, at *Provision, known bool) {
	t := e.terms
	if !t.own {
		if t.floorRow == nil {
			return Limit{}, e.mitigationAt(), false
		}
		return t.floor, t.floorRow.at, true
	}
	if e.applicable().Any() {
		return lowest(t.ways, e.grounds)
	}
	return t.floor, t.floorAt, t.floor.State != LimitUnknown
}

// applicable is which of the grounds on record count for the offence.
func (e *evaluation) applicable() Grounds {
	if !e.terms.own {
		return e.grounds
	}
	return e.grounds & (e.terms.grounds | NoGround)
}
