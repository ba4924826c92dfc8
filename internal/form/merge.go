package form

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// A Clash is a field that two people changed, each in another way.
type Clash struct {
	Path         string
	Mine, Theirs []string
}

// Merge brings together what two people made of one form: base is what both began with, theirs what stands now, mine what somebody wants to save. A field that
// one of them changed holds that change; one that both changed alike holds it too; where they changed it differently it holds mine, and is among the clashes. A list
// in which the number of groups was changed by one of them is taken from that one as a whole where the other left it alone, and clashes as a whole where not.
func Merge(base, theirs, mine url.Values) (merged url.Values, clashes []Clash) {
	base, theirs, mine = tidy(base), tidy(theirs), tidy(mine)
	merged = url.Values{}
	whole := map[string]bool{}
	for path := range union(base, theirs, mine) {
		if list, is := strings.CutSuffix(path, Counts); is && !(slices.Equal(base[path], theirs[path]) && slices.Equal(base[path], mine[path])) {
			whole[list] = true
		}
	}
	var lists []string
	for list := range whole { // a list within a list that is taken as a whole goes with it
		if !slices.ContainsFunc(parentsOf(list), func(p string) bool { return whole[p] }) {
			lists = append(lists, list)
		}
	}
	slices.Sort(lists)
	for _, list := range lists {
		b, t, m := part(base, list), part(theirs, list), part(mine, list)
		from := m
		switch {
		case Same(m, b):
			from = t
		case !Same(t, b) && !Same(t, m):
			clashes = append(clashes, Clash{list, count1(mine, list), count1(theirs, list)})
		}
		for path, texts := range from {
			merged[path] = texts
		}
	}
	for path := range union(base, theirs, mine) {
		if slices.ContainsFunc(lists, func(list string) bool { return path == list+Counts || strings.HasPrefix(path, list+".") }) {
			continue
		}
		b, t, m := base[path], theirs[path], mine[path]
		from := m
		switch {
		case slices.Equal(m, b):
			from = t
		case !slices.Equal(t, b) && !slices.Equal(t, m):
			clashes = append(clashes, Clash{path, m, t})
		}
		if len(from) > 0 {
			merged[path] = from
		}
	}
	slices.SortFunc(clashes, func(a, b Clash) int { return strings.Compare(a.Path, b.Path) })
	return merged, clashes
}

// Take puts into a form what another has at a place: in a field, or of a list everything in it.
func Take(into, from url.Values, path string) {
	_, list := from[path+Counts]
	_, was := into[path+Counts]
	if !list && !was {
		delete(into, path)
		if texts := tidy(from)[path]; len(texts) > 0 {
			into[path] = slices.Clone(texts)
		}
		return
	}
	for at := range part(into, path) {
		delete(into, at)
	}
	for at, texts := range part(from, path) {
		into[at] = slices.Clone(texts)
	}
}

// At is what a form has at a place, as a clash has it: the texts of a field, or how many groups a list has.
func At(values url.Values, path string) []string {
	values = tidy(values)
	if _, list := values[path+Counts]; list {
		return count1(values, path)
	}
	return values[path]
}

// count1 is how many groups a list has, for people.
func count1(values url.Values, list string) []string {
	return []string{strconv.Itoa(count(values, list))}
}

// part is what of a form lies in a list.
func part(values url.Values, list string) url.Values {
	out := url.Values{}
	for path, texts := range values {
		if path == list+Counts || strings.HasPrefix(path, list+".") {
			out[path] = texts
		}
	}
	return out
}

func parentsOf(path string) (list []string) {
	for i := strings.LastIndexByte(path, '.'); i > 0; i = strings.LastIndexByte(path, '.') {
		path = path[:i]
		list = append(list, path)
	}
	return list
}

func union(all ...url.Values) map[string]bool {
	out := map[string]bool{}
	for _, values := range all {
		for path := range values {
			out[path] = true
		}
	}
	return out
}

// Change is a field that differs between two forms.
type Change struct {
	Path string
	Was  []string
	Is   []string
}

// Changes are the fields that differ, by their places.
func Changes(was, is url.Values) (list []Change) {
	was, is = tidy(was), tidy(is)
	for path := range union(was, is) {
		if !strings.HasSuffix(path, Counts) && !slices.Equal(was[path], is[path]) {
			list = append(list, Change{path, was[path], is[path]})
		}
	}
	slices.SortFunc(list, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return list
}

// Name is a place without its numbers: "defendants.0.label" is a "defendants.label".
func Name(path string) string {
	parts := slices.DeleteFunc(strings.Split(path, "."), func(p string) bool { return p != "" && strings.Trim(p, "0123456789") == "" })
	return strings.Join(parts, ".")
}

// Place is the place of a field as package record names it in its faults: "defendants[0].label" is "defendants.0.label".
func Place(field string) string {
	return strings.NewReplacer("[", ".", "]", "").Replace(field)
}

// Add gives a list one more group, which is empty.
func Add(values url.Values, list string) {
	values.Set(list+Counts, strconv.Itoa(min(count(values, list)+1, MostItems)))
}

// Remove takes a group out of its list by the group's place; those after it move up.
func Remove(values url.Values, group string) {
	at := strings.LastIndexByte(group, '.')
	if at < 0 {
		return
	}
	list := group[:at]
	i, err := strconv.Atoi(group[at+1:])
	n := count(values, list)
	if err != nil || i < 0 || i >= n {
		return
	}
	moved := url.Values{}
	for path, texts := range part(values, list) {
		delete(values, path)
		number, rest, _ := strings.Cut(strings.TrimPrefix(path, list+"."), ".")
		k, err := strconv.Atoi(number)
		if err != nil || k == i {
			continue
		}
		if k > i {
			k--
		}
		moved[list+"."+strconv.Itoa(k)+"."+rest] = texts
	}
	for path, texts := range moved {
		values[path] = texts
	}
	values.Set(list+Counts, strconv.Itoa(n-1))
}

// Find is the field at a place; nil where there is none.
func Find(list []Field, path string) (found *Field) {
	Each(list, func(f *Field) {
		if f.Path == path {
			found = f
		}
	})
	return found
}
