package law

import (
	"cmp"
	"slices"
)

// A ReadingList ranks the texts of the law that were not yet checked by how many
// counts have an open question that they would decide. It is for one goroutine.
type ReadingList struct {
	pack    *Pack
	counted map[ToRead]int
	seen    map[Facts][]ToRead // answers repeat in a large record
	counts  int
}

// Wanted is one text that was not yet checked, and for how many counts something
// is open without it.
type Wanted struct {
	ToRead
	Counts int
}

// mostAnswers bounds how many answers a ReadingList remembers.
const mostAnswers = 1 << 14

// NewReadingList begins a list over the texts of a pack.
func NewReadingList(p *Pack) *ReadingList {
	return &ReadingList{pack: p, counted: map[ToRead]int{}, seen: map[Facts][]ToRead{}}
}

// Add takes in one count. One that two provisions of one date apply to waits for
// no text and is only counted.
func (l *ReadingList) Add(f *Facts) {
	l.counts++
	texts, known := l.seen[*f]
	if !known {
		if answer, err := Explain(l.pack, f); err == nil {
			texts = answer.ToRead()
		}
		if len(l.seen) >= mostAnswers {
			clear(l.seen)
		}
		l.seen[*f] = texts
	}
	for _, t := range texts {
		l.counted[t]++
	}
}

// Counts is how many were taken in.
func (l *ReadingList) Counts() int { return l.counts }

// Ranked lists the texts, those that most counts wait for first, then by law and place.
func (l *ReadingList) Ranked() []Wanted {
	list := make([]Wanted, 0, len(l.counted))
	for t, n := range l.counted {
		list = append(list, Wanted{t, n})
	}
	slices.SortFunc(list, func(a, b Wanted) int {
		return cmp.Or(b.Counts-a.Counts, cmp.Compare(a.Law.Number, b.Law.Number), cmp.Compare(a.place(), b.place()), cmp.Compare(a.What, b.What))
	})
	return list
}

func (t ToRead) place() string {
	if t.At == nil {
		return ""
	}
	return t.At.Place
}
