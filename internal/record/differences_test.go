package record

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// Figures are published at random, those that are not refused. Whoever then takes
// one or two published figures from another never finds one that is held back, and
// never fewer than five of a region.
func TestWhatIsPublishedTellsNothingByDifferences(t *testing.T) {
	places := []string{"Kosovo", "Peja region", "Pristina region", "Prizren region"}
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 7))
		var p VictimCounts
		var counts []victimCount
		refused := 0
		for i := range 60 {
			from, to := fmt.Sprintf("%d", 2020+r.IntN(2)), ""
			if r.IntN(3) == 0 {
				from, to = "2020-01", fmt.Sprintf("2020-%02d", 1+r.IntN(12))
			}
			o := reported("victims_identified", places[r.IntN(len(places))], from, to, fmt.Sprint(r.IntN(25)))
			if r.IntN(3) == 0 {
				o.Sex = []string{"female", "male"}[r.IntN(2)]
			}
			id := fmt.Sprint("o", i)
			if p.GivesAway(id, o) != nil {
				refused++
				continue
			}
			p.Hear(id, o)
			_, c, _ := countOf(id, o)
			counts = append(counts, c)
		}
		if refused == 0 || refused == 60 {
			t.Errorf("seed %d: %d of 60 are refused", seed, refused)
		}
		var open, held []victimCount
		for _, c := range counts {
			if c.held {
				held = append(held, c)
			} else {
				open = append(open, c)
			}
		}
		for i := range open {
			whole := &open[i]
			tell := func(left int, fine bool, parts ...*victimCount) {
				for j := range held {
					h := &held[j]
					within := whole.holds(h)
					for _, q := range parts {
						within = within && q.apart(h)
					}
					if within && left == h.n {
						t.Errorf("seed %d: %v less %d parts tells %v, which is %d", seed, whole.ids, len(parts), h.ids, h.n)
					}
				}
				if fine && left > 0 && left < SmallUnder {
					t.Errorf("seed %d: %v less %d parts leaves %d", seed, whole.ids, len(parts), left)
				}
			}
			tell(whole.n, false)
			for j := range open {
				a := &open[j]
				if !whole.holds(a) || whole.same(a) || a.n == 0 {
					continue
				}
				tell(whole.n-a.n, whole.fine || a.fine, a)
				for k := range j {
					if b := &open[k]; whole.holds(b) && !whole.same(b) && b.n > 0 && a.apart(b) {
						tell(whole.n-a.n-b.n, whole.fine || a.fine || b.fine, a, b)
					}
				}
			}
		}
	}
}
