package batch

import (
	"cmp"
	"slices"
	"strings"

	"fener/internal/record"
	"fener/locale"
)

// What things are called leads to their ids: people name a shelter by its name as
// often as by its mark.

// calls are ids by a kind and what is said for things of it, folded.
type calls map[record.Kind]map[string][]string

func callKey(text string) string { return strings.Join(strings.Fields(locale.Fold(text)), " ") }

func (c calls) add(kind record.Kind, id string, names ...string) {
	if c[kind] == nil {
		c[kind] = map[string][]string{}
	}
	for _, name := range names {
		if key := callKey(name); key != "" && !slices.Contains(c[kind][key], id) {
			c[kind][key] = append(c[kind][key], id)
		}
	}
}

// learnCalled takes in what a thing on record is called.
func learnCalled(k *known, kind record.Kind, id string, _ int64, body []byte) error {
	b, known, err := record.Read(kind, body)
	if called, ok := b.(record.Called); ok && known && err == nil {
		k.calls.add(kind, id, called.Calls()...)
	}
	return err
}

// learnCalls takes in what the things of a file are called, and the words that
// name them, in any spelling.
func (k *known) learnCalls(list []*brought) {
	for _, b := range list {
		k.calls.add(b.kind, b.id, b.words)
		if called, ok := b.body.(record.Called); ok {
			k.calls.add(b.kind, b.id, called.Calls()...)
		}
	}
}

// means is the id of what a text names: by an id, by the words of a file, or by
// what it is called. Where several are called so, they are named instead.
func (p *planner) means(kind record.Kind, text string) (id string, several []string) {
	if p.beside[record.Thing{Kind: kind, ID: text}] {
		return text, nil
	}
	id = p.known.named(kind, text)
	if t := (record.Thing{Kind: kind, ID: id}); p.beside[t] || p.known.stands(t) {
		return id, nil
	}
	var found []string
	for _, one := range p.known.calls[kind][callKey(text)] {
		if t := (record.Thing{Kind: kind, ID: one}); p.beside[t] || p.known.stands(t) {
			found = append(found, one)
		}
	}
	switch len(found) {
	case 0:
		return id, nil
	case 1:
		return found[0], nil
	}
	for i, one := range found {
		found[i] = p.known.say(record.Thing{Kind: kind, ID: one})
	}
	slices.Sort(found)
	return id, found
}

// nameRefs puts ids in the place of the words by which the things of a file name
// each other, and things on record, where that is clear. What is not is told when
// the thing is planned.
func (p *planner) nameRefs(list []*brought) {
	for _, b := range list {
		for _, ref := range record.Refs(b.body) {
			if ref.Words || *ref.ID == "" || ref.Kind == record.SourceKind {
				continue
			}
			id, several := p.means(ref.Kind, *ref.ID)
			if t := (record.Thing{Kind: ref.Kind, ID: id}); len(several) == 0 && (p.beside[t] || p.known.stands(t)) {
				*ref.ID = id
			}
		}
	}
}

// inTheirOrder sorts things so that what others rest on comes first: by kind, and
// within a kind what is named before what names it. Things that name each other
// in a circle keep the order of the file.
func inTheirOrder(list []*brought) []*brought {
	slices.SortStableFunc(list, func(a, b *brought) int { return cmp.Compare(a.kind.Order(), b.kind.Order()) })
	at := map[record.Thing]int{}
	for i, b := range list {
		at[b.thing()] = i
	}
	sorted := make([]*brought, 0, len(list))
	met, came := make([]bool, len(list)), make([]bool, len(list))
	// What is named may name another in turn, as deep as a file is long: no recursion.
	for i := range list {
		path := []int{i}
		for len(path) > 0 {
			n := path[len(path)-1]
			met[n] = true
			if next := unmet(list[n], at, met); next >= 0 {
				path = append(path, next)
				continue
			}
			path = path[:len(path)-1]
			if !came[n] {
				came[n], sorted = true, append(sorted, list[n])
			}
		}
	}
	return sorted
}

// unmet is the first thing of its own kind that a thing names, and that was not met
// yet; -1 for none.
func unmet(b *brought, at map[record.Thing]int, met []bool) int {
	for _, ref := range record.Refs(b.body) {
		if ref.Kind != b.kind || ref.Words {
			continue
		}
		if i, ok := at[record.Thing{Kind: ref.Kind, ID: *ref.ID}]; ok && !met[i] {
			return i
		}
	}
	return -1
}
