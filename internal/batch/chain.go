package batch

import (
	"slices"

	"fener/internal/record"
)

// cases finds the case that a judgment belongs to by the numbers that cases
// list of all their instances.
type cases struct {
	id       func(record.Kind, string) string
	byNumber map[string][]string // number key to case ids
	first    map[string]string   // case id to the key of its first number
	parts    map[string]bool     // what tells the courts on record from each other
	home     map[string]string   // case id to the court that named it; filled as it is asked for
}

func newCases(id func(record.Kind, string) string) *cases {
	return &cases{id: id, byNumber: map[string][]string{}, first: map[string]string{}, parts: map[string]bool{}, home: map[string]string{}}
}

// court makes a court known, which may have named cases.
func (c *cases) court(id string) {
	if part := courtPart(id); !c.parts[part] {
		c.parts[part] = true
		clear(c.home)
	}
}

func (c *cases) add(id string, numbers []string) {
	for i, n := range numbers {
		key, _ := record.NumberKey(n)
		if key == "" {
			continue
		}
		if i == 0 {
			c.first[id] = key
			delete(c.home, id)
		}
		if !slices.Contains(c.byNumber[key], id) {
			c.byNumber[key] = append(c.byNumber[key], id)
		}
	}
}

// find returns the cases that list one of the numbers and can be meant at the
// court; own is the id that the judgment's own number makes, and decides.
func (c *cases) find(keys []string, court, own string) []string {
	var found []string
	for _, key := range keys {
		for _, id := range c.byNumber[key] {
			if id == own {
				return []string{own}
			}
			if !slices.Contains(found, id) && c.mayBeAt(id, court) {
				found = append(found, id)
			}
		}
	}
	return found
}

// higher are the courts of which a country has one, so that their numbers are
// theirs alone. Courts of first instance each number for themselves: the same
// number at Prizren is another case than at Prishtina.
var higher = map[string]bool{"appeals": true, "supreme": true, "constitutional": true}

// homeOf is what tells the court that a case was named at from others: the one
// with which the case's first number makes its id. Empty where the id was made
// of other words.
func (c *cases) homeOf(caseID string) string {
	home, known := c.home[caseID]
	if known {
		return home
	}
	first := c.first[caseID]
	for part := range c.parts {
		if first != "" && part != "" && c.id(record.CaseKind, first+"-"+part) == caseID {
			home = part
			break
		}
	}
	c.home[caseID] = home
	return home
}

func (c *cases) mayBeAt(caseID, court string) bool {
	part, home := courtPart(court), c.homeOf(caseID)
	return part == "" || home == "" || part == home || higher[part] || higher[home]
}
