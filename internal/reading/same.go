package reading

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fener/period"
)

// Likeness says whether two texts are of one decision, and why.
type Likeness struct {
	Same bool
	Sure bool
	Why  string // in English
}

// Same says whether two proposals are of one decision: a copy, another scan, or what others wrote of it. The number decides where both have one;
// else court, day and persons have to agree.
func Same(a, b Proposal) Likeness {
	if a.This < 0 || b.This < 0 {
		return Likeness{Why: "one of them is no decision"}
	}
	x, y := a.Decisions[a.This], b.Decisions[b.This]
	courts := x.Court.Found() && y.Court.Found() && place(x.Court.Value) == place(y.Court.Value)
	days := x.Date.Found() && y.Date.Found() && x.Date.Value == y.Date.Value
	otherDay := x.Date.Found() && y.Date.Found() && !days
	people := sharedInitials(x, y)
	switch {
	case x.Number.Found() && y.Number.Found():
		if numberKey(x.Number.Value) != numberKey(y.Number.Value) {
			return Likeness{Sure: true, Why: fmt.Sprintf("their numbers differ: %s and %s", x.Number.Value, y.Number.Value)}
		}
		if x.Court.Found() && y.Court.Found() && !courts && x.Instance.Value == First {
			return Likeness{Why: "one number, but of two courts"}
		}
		if otherDay {
			return Likeness{Same: true, Why: "one number, but two days: one may be a slip, or a correction"}
		}
		return Likeness{Same: true, Sure: days, Why: "one number"}
	case otherDay:
		return Likeness{Why: "made on different days"}
	case courts && days && people > 0:
		return Likeness{Same: true, Why: "one court, one day, the same initials"}
	case courts && people > 0 && sentences(x) != "" && sentences(x) == sentences(y):
		return Likeness{Same: true, Why: "one court, the same initials and sentence"}
	}
	return Likeness{Why: "nothing shows that they are one"}
}

func sharedInitials(a, b Decision) (n int) {
	for _, x := range a.Defendants {
		if x.Initials.Found() && slices.ContainsFunc(b.Defendants, func(y Defendant) bool { return y.Initials.Value == x.Initials.Value }) {
			n++
		}
	}
	return n
}

// sentences writes down what was imposed, to compare it.
func sentences(d Decision) string {
	var all []string
	add := func(s Sentence) {
		if s.Imprisonment.Found() {
			all = append(all, s.Imprisonment.Value.String())
		}
		if s.Fine.Found() {
			all = append(all, fmt.Sprint(s.Fine.Value))
		}
	}
	for _, p := range d.Defendants {
		add(p.Single)
		for _, c := range p.Counts {
			add(c.Sentence)
		}
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

var filler = regexp.MustCompile(`(?:nr|br|no|broj|numer|number)+(\d)`)

// numberKey makes ways of writing one number the same: "PKR.nr. 77/2023", "PKR.br.77/23" and "PKR 77/2023".
func numberKey(number string) string { return commonKey(strings.ToLower(makeEven(number).clean)) }

func commonKey(key string) string {
	key = strings.Map(func(c rune) rune {
		if isLetter(byte(c)) || isDigit(byte(c)) || c == '/' || c == ':' {
			return c
		}
		return -1
	}, key)
	key = filler.ReplaceAllString(key, "$1")
	if i := strings.LastIndexByte(key, '/'); i >= 0 && len(key)-i-1 == 4 {
		key = key[:i+1] + key[i+3:]
	}
	return key
}

// place is what tells courts of one kind apart: the last word of the name, without its ending.
func place(court string) string {
	words := strings.Fields(strings.ToLower(makeEven(court).clean))
	if len(words) == 0 {
		return ""
	}
	word := words[len(words)-1]
	return word[:max(min(len(word), 4), len(word)-2)]
}

// Chains puts proposals of one case together: those that name one number of a court. Each is a list of places in all, in the order of the decisions'
// days. Numbers of a first instance count only with their court, because every court begins at one each year.
func Chains(all []Proposal) (chains [][]int) {
	parent := make([]int, len(all))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	seen := map[string]int{}
	for i, p := range all {
		for _, n := range p.Numbers {
			switch n.Instance.Value {
			case First:
				if !n.Court.Found() {
					continue
				}
			case Appeal, Supreme:
			default:
				continue
			}
			key := numberKey(n.Number.Value)
			if n.Instance.Value == First {
				key += " " + place(n.Court.Value)
			}
			if k, ok := seen[key]; ok {
				parent[find(i)] = find(k)
			} else {
				seen[key] = i
			}
		}
	}
	groups := map[int]int{}
	for i := range all {
		root := find(i)
		k, ok := groups[root]
		if !ok {
			k = len(chains)
			groups[root] = k
			chains = append(chains, nil)
		}
		chains[k] = append(chains[k], i)
	}
	for _, c := range chains {
		slices.SortStableFunc(c, func(a, b int) int { return made(all[a]).Compare(made(all[b])) })
	}
	return chains
}

// made is the day of the decision at hand; the zero date where it is not known.
func made(p Proposal) period.Date {
	if p.This < 0 {
		return period.Date{}
	}
	return p.Decisions[p.This].Date.Value
}
