package evidence

import (
	"slices"

	"fener/internal/record"
)

// relation is how those of whom something is told stand to those of whom something is claimed.
type relation uint8

// The relations.
const (
	nobodys relation = iota // they have nothing to do with each other, as far as is known
	perhaps                 // it may be of others
	part                    // of one, or some, of them
	whole                   // of these
	wider                   // of these and others together
)

// kin are the shelters that a claim is about: one with its id, and of a group those that belong to it.
type kin struct {
	id string
	in map[string]bool
}

func (s *Set) shelter(id string) *record.Shelter {
	b, _ := s.told[record.Thing{Kind: record.ShelterKind, ID: id}].(*record.Shelter)
	return b
}

// kin are those that belong to a shelter or a group for certain.
func (s *Set) kin(id string) kin {
	k := kin{id, map[string]bool{id: true}}
	queue := []string{id}
	for len(queue) > 0 {
		b := s.shelter(queue[0])
		queue = queue[1:]
		if b == nil || b.Means != "group" {
			continue
		}
		for _, member := range b.Members {
			if !k.in[member] {
				k.in[member] = true
				queue = append(queue, member)
			}
		}
	}
	return k
}

// has reports whether a shelter is among them: one of them, or one that is not named and can be none but them.
func (s *Set) has(k kin, id string) bool {
	if k.in[id] {
		return true
	}
	b := s.shelter(id)
	return b != nil && b.Means == "unnamed" && len(b.Members) > 0 && !slices.ContainsFunc(b.Members, func(m string) bool { return !k.in[m] })
}

// covers reports whether all of them belong to a group for certain.
func (s *Set) covers(id string, k kin) bool {
	all := s.kin(id)
	if all.in[k.id] {
		return true
	}
	return len(k.in) > 1 && !slices.ContainsFunc(sortedKeys(k.in), func(m string) bool { return m != k.id && !all.in[m] })
}

// touches reports whether some of them are among a group, or could be an unnamed one.
func (s *Set) touches(id string, k kin) bool {
	b := s.shelter(id)
	if b == nil {
		return false
	}
	return slices.ContainsFunc(b.Members, func(m string) bool {
		return k.in[m] || s.shelter(m) != nil && s.shelter(m).Means == "group" && s.covers(m, k)
	})
}

// relation is how the shelters of a telling stand to those of a claim.
func (s *Set) relation(asked kin, t *Telling) relation {
	outside := slices.ContainsFunc(t.Shelters, func(id string) bool { return !s.has(asked, id) })
	covered := slices.ContainsFunc(t.Shelters, func(id string) bool { return id == asked.id || s.covers(id, asked) })
	switch {
	case len(t.Shelters) == 0:
		return nobodys
	case !outside && slices.Equal(t.Shelters, []string{asked.id}) && !t.Some:
		return whole
	case !outside:
		return part
	case covered && !t.Some:
		return wider
	case covered, slices.ContainsFunc(t.Shelters, func(id string) bool { return s.has(asked, id) || s.touches(id, asked) }):
		return perhaps
	}
	return nobodys
}
