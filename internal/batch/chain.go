package batch

import (
	"slices"
	"strings"

	"fener/internal/record"
)

// cases finds the case that a judgment belongs to by the numbers that cases
// list of all their instances.
type cases struct {
	byNumber map[string][]string // number key to case ids
	home     map[string]string   // case id to the court that its id names
}

func newCases() *cases {
	return &cases{byNumber: map[string][]string{}, home: map[string]string{}}
}

func (c *cases) add(id string, numbers []string) {
	for i, n := range numbers {
		key, _ := record.NumberKey(n)
		if key == "" {
			continue
		}
		if part, own := strings.CutPrefix(id, key+"-"); own && i == 0 {
			c.home[id] = part
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

func (c *cases) mayBeAt(caseID, court string) bool {
	part, home := courtPart(court), c.home[caseID]
	return part == "" || home == "" || part == home || higher[part] || higher[home]
}
