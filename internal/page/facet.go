package page

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"fener/locale"
)

// Facet is one way to choose among the entries of a list, by links that need no script: "Court: all 8, Pristina 3". Beside each choice stands how many
// entries it leaves under what is chosen otherwise.
type Facet struct {
	Name    string
	Choices []FacetChoice
}

// FacetChoice is one choice; the first of a facet takes every entry.
type FacetChoice struct {
	Link
	Count   string
	Current bool
}

// Chosen is what the facet has chosen, or every entry.
func (f Facet) Chosen() FacetChoice {
	for _, c := range f.Choices {
		if c.Current {
			return c
		}
	}
	return FacetChoice{}
}

// Choice is a value of a facet with the number of entries that have it.
type Choice struct {
	Value string
	Text  Link
	N     int
}

// Facet makes links of choices; all is how many entries there are without this one. What leaves nothing is left out, unless it is what was chosen.
func (r *Request) Facet(name, param string, all int, choices []Choice) Facet {
	now := r.Query.Get(param)
	f := Facet{Name: r.T(name)}
	add := func(value string, text Link, n int) {
		text.Href = r.with(param, value)
		f.Choices = append(f.Choices, FacetChoice{Link: text, Count: locale.Integer(r.Lang, int64(n)), Current: value == now})
	}
	add("", Link{Text: r.T("facet.all")}, all)
	for _, c := range choices {
		if c.N > 0 || c.Value == now {
			add(c.Value, c.Text, c.N)
		}
	}
	return f
}

// with is the address of the list with a parameter set, from its first part on. It is relative, since there are many of them on a page.
func (r *Request) with(param, value string) string {
	query := url.Values{}
	for name, values := range r.Query {
		if name != "page" && name != param {
			query[name] = values
		}
	}
	if value != "" {
		query.Set(param, value)
	}
	return "?" + query.Encode()
}

// By is a facet of a list in memory.
type By[T any] struct {
	Param, Name string                // the query's parameter; the message that names it
	Of          func(*T) []string     // the values that an entry has
	Text        func(v string) Link   // how a value reads
	Order       func(a, b string) int // nil: by their names
	Known       []string              // values that may be asked for although no entry has them: those of a closed list
	Most        int                   // how many choices are offered: those that leave most; zero for all. What is not offered can still be asked for
}

// Choose takes from a list what the address chooses by the facets, and counts for each facet what its choices would leave. A value that no entry has and
// that is not among the known ones is refused, so that no address is kept for it.
func Choose[T any](r *Request, all []T, by []By[T]) (chosen []T, facets []Facet, err error) {
	counts := make([]map[string]int, len(by))
	without := make([]int, len(by)) // how many entries all other facets leave
	for i := range by {
		counts[i] = map[string]int{}
	}
	known := make([]bool, len(by))
	for k := range all {
		values, failed, last := make([][]string, len(by)), 0, 0
		for i := range by {
			values[i] = by[i].Of(&all[k])
			for _, v := range values[i] {
				counts[i][v] += 0
			}
			if now := r.Query.Get(by[i].Param); now != "" && !slices.Contains(values[i], now) {
				failed, last = failed+1, i
			} else if now != "" {
				known[i] = true
			}
		}
		for i := range by {
			if failed == 0 || failed == 1 && last == i {
				without[i]++
				for _, v := range values[i] {
					counts[i][v]++
				}
			}
		}
		if failed == 0 {
			chosen = append(chosen, all[k])
		}
	}
	for i, b := range by {
		now := r.Query.Get(b.Param)
		if slices.Contains(b.Known, now) {
			counts[i][now] += 0
		} else if now != "" && !known[i] {
			return nil, nil, fmt.Errorf("choosing by %s: %w", b.Param, r.Wrong(b.Param, b.Name))
		}
		var list []Choice
		for _, v := range b.offered(counts[i], now) {
			list = append(list, Choice{Value: v, Text: b.Text(v), N: counts[i][v]})
		}
		if b.Order != nil {
			slices.SortFunc(list, func(x, y Choice) int { return b.Order(x.Value, y.Value) })
		} else {
			locale.Sort(r.Lang, list, func(c Choice) string { return c.Text.Text })
		}
		if len(list) > 1 || now != "" {
			facets = append(facets, r.Facet(b.Name, b.Param, without[i], list))
		}
	}
	return chosen, facets, nil
}

// offered are the values that a facet offers, in order: those that leave most where there are too many, and what was chosen.
func (b *By[T]) offered(counts map[string]int, now string) []string {
	all := slices.Sorted(maps.Keys(counts))
	if b.Most == 0 || len(all) <= b.Most {
		return all
	}
	most := slices.Clone(all)
	slices.SortStableFunc(most, func(x, y string) int { return counts[y] - counts[x] })
	most = most[:b.Most]
	return slices.DeleteFunc(all, func(v string) bool { return v != now && !slices.Contains(most, v) })
}

// FacetsAt are the facets of a list that stands at another page, so that its choices can be made here.
func (r *Request) FacetsAt(pattern string, facets []Facet) []Facet {
	for _, f := range facets {
		for i := range f.Choices {
			f.Choices[i].Href = r.URL(pattern) + strings.TrimSuffix(f.Choices[i].Href, "?")
		}
	}
	return facets
}

// SortBy is an order that a list can be read in.
type SortBy[T any] struct {
	Value, Name string // in the address, the first is empty; the message that names it
	Compare     func(a, b *T) int
}

// Sort puts a list in the order that the address asks for, and gives the links to the others. The list is changed in place; where two entries are alike
// they stay as they were.
func Sort[T any](r *Request, list []T, orders []SortBy[T]) (Facet, error) {
	f, asked := Facet{Name: r.T("facet.order")}, r.Query.Get("sort")
	found := false
	for _, o := range orders {
		now := o.Value == asked
		f.Choices = append(f.Choices, FacetChoice{Link: Link{Text: r.T(o.Name), Href: r.with("sort", o.Value)}, Current: now})
		if now {
			found = true
			if o.Compare != nil {
				slices.SortStableFunc(list, func(a, b T) int { return o.Compare(&a, &b) })
			}
		}
	}
	if !found {
		return f, r.Wrong("sort", "facet.order")
	}
	return f, nil
}

// Part is the part of a list in memory that a page shows.
func Part[T any](list []T, offset, limit int) []T {
	from := min(offset, len(list))
	return list[from:min(from+limit, len(list))]
}
