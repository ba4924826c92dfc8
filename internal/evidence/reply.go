package evidence

import (
	"slices"
	"strings"

	"fener/internal/record"
)

// Subject is the thing that a reply answers.
type Subject struct {
	Kind record.Kind
	ID   string
}

// Reply is a reply on record.
type Reply struct {
	ID string
	record.Reply
}

// PutReply adds a reply or a later revision of it.
func (s *Set) PutReply(id string, r record.Reply) {
	s.RemoveReply(id)
	about := Subject{r.About, r.ID}
	list := append(slices.Clone(s.replies[about]), &Reply{id, r})
	slices.SortFunc(list, byDay)
	s.replies[about] = list
	s.replied[id] = about
}

func byDay(a, b *Reply) int {
	if c := a.Date.Compare(b.Date); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

// RemoveReply takes a reply out.
func (s *Set) RemoveReply(id string) {
	about, ok := s.replied[id]
	if !ok {
		return
	}
	delete(s.replied, id)
	left := slices.DeleteFunc(slices.Clone(s.replies[about]), func(r *Reply) bool { return r.ID == id })
	if s.replies[about] = left; len(left) == 0 {
		delete(s.replies, about)
	}
}

// Reply is the reply with the id given; nil if there is none.
func (s *Set) Reply(id string) *Reply {
	about, ok := s.replied[id]
	if !ok {
		return nil
	}
	list := s.replies[about]
	if at := slices.IndexFunc(list, func(r *Reply) bool { return r.ID == id }); at >= 0 {
		return list[at]
	}
	return nil
}

// Replies are the replies to a thing, the oldest first.
func (s *Set) Replies(kind record.Kind, id string) []*Reply { return s.replies[Subject{kind, id}] }

// RepliesBy are the replies that an institution gave, the oldest first.
func (s *Set) RepliesBy(institution string) []*Reply {
	var list []*Reply
	for _, some := range s.replies {
		for _, r := range some {
			if r.Institution == institution {
				list = append(list, r)
			}
		}
	}
	slices.SortFunc(list, byDay)
	return list
}
