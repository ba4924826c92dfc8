package ledger

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"

	"fener/internal/record"
)

// What readers may see of a ledger is counted by itself: the first entry that was
// published is the first one of the public, however many drafts lie before it. The
// tree over those entries alone, and its checkpoint, tell nothing about drafts.
//
// An entry is public where it was published, where it takes back what the public
// had seen, and where it erases one of these.

// publicForm begins a leaf of the public tree, before what makes it a leaf.
const publicForm = "fener public\n"

// Aside reports whether entries of a kind are about the ledger itself, and neither
// things nor what became of things: they are shown nowhere.
func Aside(kind record.Kind) bool { return Own(kind) && kind != Erasure }

// PublicLeaf is what stands for an entry in the public tree: its leaf, with the
// numbers that the public knows in place of the ledger's. place is the entry's
// number among the public ones, nth the number of its revision among those of its
// thing that were public; erased is the place of what an erasure erased.
func PublicLeaf(e *Entry, place int64, nth int, erased int64) []byte {
	shown := *e
	shown.Seq, shown.Rev = place, nth
	if e.Kind == Erasure {
		shown.ID = strconv.FormatInt(erased, 10)
	}
	return append([]byte(publicForm), Leaf(&shown)...)
}

// AddPublic adds the next public entry to a tree over those alone.
func (t *Tree) AddPublic(e *Entry, nth int, erased int64) {
	t.room = append(t.room[:0], PublicLeaf(e, t.size+1, nth, erased)...)
	t.grow()
}

// PublicCheckpoint is what a tree over the public entries says of the named ledger.
func (t *Tree) PublicCheckpoint(ledger string) Checkpoint {
	c := t.Checkpoint(ledger)
	c.Public = true
	return c
}

// publicAudit finds the public entries among all that an audit reads. It needs
// memory for every thing that was published, so there is one only where there is
// a public checkpoint to be compared with.
type publicAudit struct {
	tree    Tree
	seen    map[thing]int   // revisions of a thing that were public
	places  map[int64]int64 // entry to its place among the public ones
	against []Checkpoint    // the smallest first
	fits    int64           // size of the last of them that holds
	last    int64           // the last public entry, as the ledger numbers it
}

// splitCheckpoints sorts checkpoints by size and keeps those of the public apart.
func splitCheckpoints(all []Checkpoint) (whole []Checkpoint, public *publicAudit) {
	for _, c := range slices.SortedFunc(slices.Values(all), func(a, b Checkpoint) int { return cmp.Compare(a.Size, b.Size) }) {
		if !c.Public {
			whole = append(whole, c)
			continue
		}
		if public == nil {
			public = &publicAudit{seen: map[thing]int{}, places: map[int64]int64{}}
		}
		public.against = append(public.against, c)
	}
	return whole, public
}

// entry takes the next entry, and compares where it is public.
func (p *publicAudit) entry(e *Entry, report *Report) {
	if p == nil {
		return
	}
	p.measure(report)
	key := thing{e.Kind, e.ID}
	var erased int64
	switch {
	case e.Kind == Erasure:
		var target Erased
		if json.Unmarshal(e.Body, &target) != nil || p.places[target.Seq] == 0 {
			return // the audit itself says what is wrong with an erasure
		}
		erased = p.places[target.Seq]
	case Aside(e.Kind), e.State != record.Published && (e.State != record.Withdrawn || p.seen[key] == 0):
		return
	}
	p.seen[key]++
	p.tree.AddPublic(e, p.seen[key], erased)
	p.places[e.Seq], p.last = p.tree.Size(), e.Seq
	p.measure(report)
}

// measure compares with the checkpoints of as many public entries.
func (p *publicAudit) measure(report *Report) {
	for len(p.against) > 0 && p.against[0].Size == p.tree.Size() {
		p.compare(report)
	}
}

// finish compares with those of more public entries than there are.
func (p *publicAudit) finish(report *Report) {
	if p == nil {
		return
	}
	p.measure(report)
	for len(p.against) > 0 {
		p.compare(report)
	}
}

func (p *publicAudit) compare(report *Report) {
	c := &p.against[0]
	if text := c.compare(p.tree.PublicCheckpoint(report.Head.Ledger), p.fits); text != "" {
		report.add(0, FaultCheckpoint, "%s", text)
	} else {
		p.fits, report.Covered = c.Size, max(report.Covered, p.last)
	}
	p.against = p.against[1:]
}
