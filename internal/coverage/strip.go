package coverage

import (
	"runtime"
	"slices"
	"sync"

	"fener/internal/record"
	"fener/period"
)

// bearing is a telling as it bears on the days of one shelter.
type bearing struct {
	*mark
	why   Why
	same  string
	alone bool // nobody else tells of the same grant
	when  days // of which it can say something; of a grant that others tell of as well, all of which any of them speaks
}

// Strip is a shelter's days from one day to another.
func (s *Set) Strip(shelter string, from, to period.Date) *Strip {
	strip := &Strip{Shelter: shelter}
	if from.IsZero() || to.IsZero() {
		return strip
	}
	all := days{dayOf(from.First()), dayOf(to.Last())}
	list := s.bearings(shelter)
	parts := runs(list, all)
	strip.Spans = make([]Span, 0, len(parts))
	kept := make([]Why, 0, 2*len(parts)) // reasons of all spans, one behind the other
	order := byBeginning(list)
	var speak []int // those that speak of the run, by their places in list
	for _, run := range parts {
		speak = slices.DeleteFunc(speak, func(i int) bool { return list[i].when.last < run.first })
		for len(order) > 0 && list[order[0]].when.first <= run.first {
			at, _ := slices.BinarySearch(speak, order[0])
			if list[order[0]].when.last >= run.first {
				speak = slices.Insert(speak, at, order[0])
			}
			order = order[1:]
		}
		span := judge(list, speak, run.first, kept[len(kept):])
		span.From, span.To, span.Days = dateOf(run.first), dateOf(run.last), int(run.last-run.first)+1
		if n := len(strip.Spans); n > 0 && alike(&strip.Spans[n-1], &span) {
			strip.Spans[n-1].To = span.To
			strip.Spans[n-1].Days += span.Days
			continue
		}
		kept = append(kept, span.Why...) // in place where there was room
		span.Why = kept[len(kept)-len(span.Why) : len(kept) : len(kept)]
		strip.Spans = append(strip.Spans, span)
	}
	return strip
}

func (s *Set) bearings(shelter string) []bearing {
	all := s.Bearings(shelter)
	list := make([]bearing, 0, len(all))
	several := false // tell of one grant
	for _, b := range all {
		m := b.mark
		if len(m.on) == 0 {
			continue
		}
		same := m.thing.ID
		if m.same != "" {
			same = s.first(b.Thing.Kind, m.same)
		}
		b := bearing{mark: m, why: Why{Thing: b.Thing, Says: m.says, Perhaps: b.Perhaps || m.some, Group: b.Group}, same: same, alone: true, when: m.on[0].outer}
		for _, on := range m.on[1:] {
			b.when = b.when.with(on.outer)
		}
		list = append(list, b)
		several = several || m.same != "" && m.says == SaysSigned
	}
	if several {
		together(list)
	}
	return list
}

// together finds the tellings of one signed grant.
func together(list []bearing) {
	hull := map[string]days{}
	count := map[string]int{}
	for _, b := range list {
		if b.says != SaysSigned {
			continue
		}
		if count[b.same]++; count[b.same] == 1 {
			hull[b.same] = b.when
		}
		hull[b.same] = hull[b.same].with(b.when)
	}
	for i := range list {
		if b := &list[i]; b.says == SaysSigned && count[b.same] > 1 {
			b.alone, b.when = false, hull[b.same]
		}
	}
}

// byBeginning are the places of a list's tellings, by the first day of which they speak.
func byBeginning(list []bearing) []int {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(list[a].when.first - list[b].when.first) })
	return order
}

// first is the telling at the end of a chain of those that name each other as the same.
func (s *Set) first(kind record.Kind, id string) string {
	for range 20 {
		m := s.told[record.Thing{Kind: kind, ID: id}]
		if m == nil || m.same == "" || m.same == id {
			break
		}
		id = m.same
	}
	return id
}

// runs parts days where the end of anything that was told of lies.
func runs(list []bearing, all days) []days {
	starts := append(make([]int32, 0, 1+4*len(list)), all.first)
	for _, b := range list {
		for _, on := range b.on {
			starts = append(starts, on.outer.first, on.outer.last+1)
			if on.inner.first <= on.inner.last {
				starts = append(starts, on.inner.first, on.inner.last+1)
			}
		}
	}
	slices.Sort(starts)
	starts = slices.Compact(starts)
	parts := make([]days, 0, len(starts))
	for i, first := range starts {
		if first < all.first || first > all.last {
			continue
		}
		last := all.last
		if i+1 < len(starts) {
			last = min(last, starts[i+1]-1)
		}
		parts = append(parts, days{first, last})
	}
	return parts
}

// weighed is what was told of one day, by what it says.
type weighed struct {
	here   [SaysUnsure + 1]bool // said of the day for certain
	sure   [SaysUnsure + 1]bool // and with dates that leave no other reading
	signed []told
	want   bool // closed for want of money
}

// told is what the tellings of one signed grant say of a day: how many have it in the grant's time, and how many have it perhaps; out are the others.
type told struct {
	same        string
	in, perhaps int
	out         []Why
}

func (w *weighed) of(same string) *told {
	for i := range w.signed {
		if w.signed[i].same == same {
			return &w.signed[i]
		}
	}
	w.signed = append(w.signed, told{same: same})
	return &w.signed[len(w.signed)-1]
}

// judge tells how a day stands. The order of the rules is that of docs/coverage.md.
func judge(list []bearing, speak []int, day int32, room []Why) Span {
	span, w := Span{Why: room}, weighed{}
	for _, i := range speak {
		list[i].weigh(day, &w, &span)
	}
	paid, disputed := w.here[SaysPayment], false
	firm := paid // by dates that leave no room for a gap
	for _, t := range w.signed {
		switch {
		case t.in > 0 && len(t.out) > 0:
			disputed = true
			span.Why = append(span.Why, t.out...)
		case t.in > 0 || t.perhaps > 0 && len(t.out) == 0:
			paid, firm = true, firm || t.in > 0
		}
	}
	paid = paid && (firm || !w.here[SaysWithout] && !w.here[SaysKept])
	switch {
	case paid && w.here[SaysWithout] && !w.here[SaysBridge], disputed && !paid && !w.here[SaysBridge]:
		span.State = Disputed
	case paid:
		span.State, span.Sure = Paid, w.sure[SaysSigned] || w.sure[SaysPayment]
	case w.here[SaysBridge]:
		span.State, span.Sure = Bridged, w.sure[SaysBridge]
	case w.here[SaysKept]:
		span.State, span.Sure = OtherMeans, w.sure[SaysKept]
	case w.here[SaysWithout]:
		span.State, span.Sure = Without, w.sure[SaysWithout]
	case w.want:
		span.State = Without
	case w.here[SaysPromised]:
		span.State, span.Sure = Promised, w.sure[SaysPromised]
	}
	return span
}

// weigh adds what a telling says of a day.
func (b *bearing) weigh(day int32, w *weighed, span *Span) {
	within, sure, somewhere, coarse := false, false, false, false
	for _, on := range b.on {
		if on.outer.has(day) {
			within, somewhere, coarse = true, on.somewhere, on.coarse
			sure = on.inner.has(day)
		}
	}
	why := b.why
	switch {
	case b.unsure && within:
		why.Says = SaysUnsure
		span.Why = append(span.Why, why)
		return
	case b.unsure, !within && (b.says != SaysSigned || b.alone):
		return
	case !within:
		if !why.Perhaps {
			why.Says = SaysNotThen
			t := w.of(b.same)
			t.out = append(t.out, why)
		}
		return
	}
	why.Perhaps = why.Perhaps || somewhere
	span.Why = append(span.Why, why)
	if b.says == SaysClosed {
		b.close(why, span, w)
		return
	}
	if why.Perhaps {
		return
	}
	if b.says == SaysSigned {
		if t := w.of(b.same); coarse {
			t.perhaps++
		} else {
			t.in++
		}
	}
	w.here[b.says] = true
	w.sure[b.says] = w.sure[b.says] || sure
}

func (b *bearing) close(why Why, span *Span, w *weighed) {
	if why.Perhaps {
		span.Closed = max(span.Closed, MaybeClosed)
		return
	}
	span.Closed = WasClosed
	w.want = w.want || b.want
}

func alike(a, b *Span) bool {
	return a.State == b.State && a.Sure == b.Sure && a.Closed == b.Closed && slices.Equal(a.Why, b.Why)
}

// Strips are the strips of all shelters, computed on all processors.
func (s *Set) Strips(from, to period.Date) map[string]*Strip {
	var ids []string
	for id := range s.Shelters() {
		ids = append(ids, id)
	}
	out := make([]*Strip, len(ids))
	workers := min(runtime.GOMAXPROCS(0), 1+len(ids)/64)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(ids); i += workers {
				out[i] = s.Strip(ids[i], from, to)
			}
		})
	}
	wait.Wait()
	all := make(map[string]*Strip, len(ids))
	for i, id := range ids {
		all[id] = out[i]
	}
	return all
}
