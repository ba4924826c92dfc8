package coverage

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"fener/internal/record"
)

// Set holds what was told of shelters and their money. Strips of it may be asked for by several goroutines at once, while nothing is put in.
type Set struct {
	things map[record.Kind]map[string]record.Body
	told   map[record.Thing]*mark     // how a telling bears on days, and of which shelters it is
	of     map[string][]*mark         // tellings by the shelters that they name, in the order of their kinds and ids
	under  map[record.Thing][]string  // grants by the call that they came of, and payments by the grant that they pay; ids in order
	sets   map[string]map[string]bool // the groups, and the shelters that are not named, that a shelter is a member of
}

// NewSet is an empty set.
func NewSet() *Set {
	return &Set{things: map[record.Kind]map[string]record.Body{}, told: map[record.Thing]*mark{}, of: map[string][]*mark{}, under: map[record.Thing][]string{}, sets: map[string]map[string]bool{}}
}

// Put lets a body stand in the set in the place of what stood under its id. Kinds that say nothing of shelters and their money are left alone.
func (s *Set) Put(t record.Thing, body record.Body) {
	s.Drop(t)
	told, is := body.(record.Told)
	if !is {
		return
	}
	if house, is := body.(*record.Shelter); is {
		for _, member := range house.Members {
			s.join(member, t.ID)
		}
	} else {
		s.tell(t, told.OfShelters(), markOf(body))
	}
	if of := cameOf(body); of.ID != "" {
		at, _ := slices.BinarySearch(s.under[of], t.ID)
		s.under[of] = slices.Insert(s.under[of], at, t.ID)
	}
	if s.things[t.Kind] == nil {
		s.things[t.Kind] = map[string]record.Body{}
	}
	s.things[t.Kind][t.ID] = body
}

func (s *Set) tell(t record.Thing, shelters []string, m *mark) {
	m.thing, m.order, m.shelters = t, t.Kind.Order(), shelters
	s.told[t] = m
	for _, id := range shelters {
		if at, has := slices.BinarySearchFunc(s.of[id], m, inOrder); !has {
			s.of[id] = slices.Insert(s.of[id], at, m)
		}
	}
}

func (s *Set) join(member, set string) {
	if s.sets[member] == nil {
		s.sets[member] = map[string]bool{}
	}
	s.sets[member][set] = true
}

func inOrder(a, b *mark) int {
	return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.thing.ID, b.thing.ID))
}

// cameOf is the call that a grant came of, and the grant that a payment pays; no ID where none is named.
func cameOf(body record.Body) record.Thing {
	switch b := body.(type) {
	case *record.Grant:
		return record.Thing{Kind: record.CallKind, ID: b.Call}
	case *record.Payment:
		return record.Thing{Kind: record.GrantKind, ID: b.Grant}
	}
	return record.Thing{}
}

// Drop takes out what stands under an id.
func (s *Set) Drop(t record.Thing) {
	if m := s.told[t]; m != nil {
		for _, id := range m.shelters {
			s.of[id] = slices.DeleteFunc(s.of[id], func(other *mark) bool { return other == m })
		}
		delete(s.told, t)
	}
	if of := cameOf(s.things[t.Kind][t.ID]); of.ID != "" {
		s.under[of] = slices.DeleteFunc(s.under[of], func(id string) bool { return id == t.ID })
	}
	if b, is := s.things[t.Kind][t.ID].(*record.Shelter); is {
		for _, member := range b.Members {
			delete(s.sets[member], t.ID)
		}
	}
	delete(s.things[t.Kind], t.ID)
}

// body is what stands under an id, as its type; nil where nothing does.
func body[B record.Body](s *Set, kind record.Kind, id string) B {
	b, _ := s.things[kind][id].(B)
	return b
}

// all are the things of a kind, by their ids.
func all[B record.Body](s *Set, kind record.Kind) iter.Seq2[string, B] {
	return func(yield func(string, B) bool) {
		for _, id := range slices.Sorted(maps.Keys(s.things[kind])) {
			if !yield(id, body[B](s, kind, id)) {
				return
			}
		}
	}
}

// Shelter is a shelter, a group of them or one that is not named; nil where none has the id.
func (s *Set) Shelter(id string) *record.Shelter {
	return body[*record.Shelter](s, record.ShelterKind, id)
}

// Grant is a grant; nil where none has the id.
func (s *Set) Grant(id string) *record.Grant { return body[*record.Grant](s, record.GrantKind, id) }

// Call is a call; nil where none has the id.
func (s *Set) Call(id string) *record.Call { return body[*record.Call](s, record.CallKind, id) }

// Shelters are all shelters, by their ids.
func (s *Set) Shelters() iter.Seq2[string, *record.Shelter] {
	return all[*record.Shelter](s, record.ShelterKind)
}

// Grants are all grants, by their ids.
func (s *Set) Grants() iter.Seq2[string, *record.Grant] {
	return all[*record.Grant](s, record.GrantKind)
}

// Calls are all calls, by their ids.
func (s *Set) Calls() iter.Seq2[string, *record.Call] { return all[*record.Call](s, record.CallKind) }

// Payments are all payments, by their ids.
func (s *Set) Payments() iter.Seq2[string, *record.Payment] {
	return all[*record.Payment](s, record.PaymentKind)
}

// Thing is what stands under an id; nil where nothing does.
func (s *Set) Thing(t record.Thing) record.Body { return s.things[t.Kind][t.ID] }

// A Bearing is a telling that is of a shelter: by name, or as one of a group or of those that an unnamed one could be.
type Bearing struct {
	Thing   record.Thing
	Group   string // the group, or the unnamed shelter, of which it is told; empty: of this one by name
	Perhaps bool   // it may be another shelter

	mark *mark
}

// Bearings are the tellings that are of a shelter, in the order of their kinds and ids.
func (s *Set) Bearings(shelter string) []Bearing {
	own := s.of[shelter]
	list := make([]Bearing, 0, len(own)+8)
	for _, m := range own {
		list = append(list, Bearing{Thing: m.thing, mark: m})
	}
	if len(s.sets[shelter]) == 0 {
		return list
	}
	for set, perhaps := range s.above(shelter) {
		for _, m := range s.of[set] {
			if _, named := slices.BinarySearchFunc(own, m, inOrder); !named { // else it names this one beside the group
				list = append(list, Bearing{m.thing, set, perhaps, m})
			}
		}
	}
	slices.SortFunc(list, func(a, b Bearing) int { return cmp.Or(inOrder(a.mark, b.mark), cmp.Compare(a.Group, b.Group)) })
	return list
}

// above are the groups that a shelter belongs to, also as one of a group in them, and the unnamed ones that it could be; true where it is not certain to be meant.
func (s *Set) above(shelter string) map[string]bool {
	found := map[string]bool{}
	type step struct {
		id      string
		perhaps bool
	}
	queue := []step{{shelter, false}}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for set := range s.sets[at.id] {
			group := s.Shelter(set)
			perhaps := at.perhaps || group == nil || group.Means != "group"
			if was, seen := found[set]; set == shelter || seen && (perhaps || !was) {
				continue
			}
			found[set] = perhaps
			queue = append(queue, step{set, perhaps})
		}
	}
	return found
}

// Concerned are the shelters whose strips a telling bears on.
func (s *Set) Concerned(t record.Thing) []string {
	found := map[string]bool{}
	if s.told[t] == nil {
		return nil
	}
	queue := slices.Clone(s.told[t].shelters)
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		if group := s.Shelter(id); group != nil && !found[id] {
			queue = append(queue, group.Members...)
		}
		found[id] = true
	}
	return slices.Sorted(maps.Keys(found))
}
