package ledger

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"fener/internal/proof"
	"fener/internal/record"
	"fener/internal/sqlitefile"
)

// maxFaults is how many faults a report lists; the rest is counted.
const maxFaults = 1000

// A Fault is one thing in a ledger that does not hold.
type Fault struct {
	Seq  int64     // the entry, 0 when it concerns the whole ledger
	What FaultKind // what sort of fault
	Text string    // what was found and what was expected
}

func (f Fault) String() string {
	if f.Seq == 0 {
		return fmt.Sprintf("%s: %s", f.What, f.Text)
	}
	return fmt.Sprintf("entry %d: %s: %s", f.Seq, f.What, f.Text)
}

// A FaultKind sorts faults for a program; Text is for people.
type FaultKind string

// The kinds of fault.
const (
	FaultFile       FaultKind = "file"       // the engine itself finds the file damaged
	FaultColumn     FaultKind = "column"     // a column holds what was never written there
	FaultGap        FaultKind = "gap"        // entries are missing
	FaultCommitment FaultKind = "commitment" // body or salt are not those committed to
	FaultChain      FaultKind = "chain"      // the header or its link was altered
	FaultTime       FaultKind = "time"       // an entry is dated before the one before it
	FaultRevision   FaultKind = "revision"   // a thing's revisions are not 1, 2, 3 ... in order
	FaultTransition FaultKind = "transition" // a state follows one that it cannot follow
	FaultErasure    FaultKind = "erasure"    // an erased body without its erasure, or the reverse
	FaultHead       FaultKind = "head"       // the ledger does not end where it says it ends
	FaultForm       FaultKind = "form"       // the file holds what Fener did not make, or lacks what it made
	FaultKey        FaultKind = "key"        // the key of ids is missing or another one
	FaultLog        FaultKind = "log"        // the proof log is not what the entries make
	FaultCheckpoint FaultKind = "checkpoint" // the entries are not those of a checkpoint that was kept elsewhere
)

// A Report is the answer of Verify.
type Report struct {
	Head    Head    // where the ledger says it ends
	Entries int64   // how many entries were read
	Erased  int64   // how many of them are erased
	Faults  []Fault // in the order found, the first thousand
	More    int64   // faults beyond those

	Tree     Tree      // over all entries
	Log      Tree      // over the leaves of the proof log
	Covered  int64     // the last entry that a checkpoint which holds is of
	Erasures []Erasing // in their order: by design each is one that everybody can see
}

// An Erasing says who erased which entry and why.
type Erasing struct {
	Erased        // what
	By     int64  // the entry that says so
	Author string // who answers for it
	Why    string
}

// Checkpoint is what to keep elsewhere of the ledger that was looked at.
func (r *Report) Checkpoint() Checkpoint { return r.Tree.Checkpoint(r.Head.Ledger) }

// OK reports whether everything holds.
func (r *Report) OK() bool { return len(r.Faults) == 0 }

// Err returns nil if everything holds, and otherwise an error that matches
// ErrDamaged and tells the first fault and how many there are.
func (r *Report) Err() error {
	if r.OK() {
		return nil
	}
	return faultf(ErrDamaged, nil, "%d faults found, the first: %s", int64(len(r.Faults))+r.More, r.Faults[0])
}

func (r *Report) add(seq int64, what FaultKind, format string, args ...any) {
	if len(r.Faults) == maxFaults {
		r.More++
		return
	}
	r.Faults = append(r.Faults, Fault{Seq: seq, What: what, Text: fmt.Sprintf(format, args...)})
}

// An auditor checks a ledger that is read to it, first entry by entry in the
// order of numbers, then revision by revision in the order of things. It knows
// no engine. It needs memory only for erasures.
type auditor struct {
	report   Report
	seq      int64    // last entry read
	at       string   // its time
	chain    [32]byte // its chain as it is stored
	times    timeReader
	scratch  []byte
	erased   map[int64]Erased // entries without a body
	erasures map[int64]int64  // entry said to be erased -> the erasure

	against []Checkpoint // that were kept elsewhere, the smallest first
	fits    int64        // size of the last of them that holds
	public  *publicAudit // nil where no checkpoint is of the public entries

	thing thing  // last revision read
	last  stands // ditto
	place int64  // its entry
	nth   int    // revisions of its thing that were public, up to it

	log logAuditor
}

func newAuditor(head Head, against []Checkpoint) *auditor {
	whole, public := splitCheckpoints(against)
	a := &auditor{
		report: Report{Head: head},
		chain:  Genesis(head.Ledger),
		erased: map[int64]Erased{}, erasures: map[int64]int64{},
		against: whole, public: public,
	}
	a.log = logAuditor{a: a, gone: map[int64]*proof.Leaf{}}
	a.measure()
	return a
}

// measure compares the entries read so far with the checkpoints of as many.
func (a *auditor) measure() {
	for len(a.against) > 0 && a.against[0].Size == a.report.Tree.Size() {
		a.compare()
	}
}

func (a *auditor) compare() {
	c := &a.against[0]
	if text := c.compare(a.report.Checkpoint(), a.fits); text != "" {
		a.report.add(0, FaultCheckpoint, "%s", text)
	} else {
		a.fits, a.report.Covered = c.Size, max(a.report.Covered, c.Size)
	}
	a.against = a.against[1:]
}

// entry checks the next entry. Each is measured against the stored chain of the
// one before, not against what that should have been, so that one altered entry
// does not make all later ones look altered.
func (a *auditor) entry(r *row) Entry {
	a.report.Entries++
	if r.seq != a.seq+1 {
		a.report.add(r.seq, FaultGap, "it follows entry %d, so %d entries are missing", a.seq, r.seq-a.seq-1)
	}
	e, err := r.entry(&a.times)
	if err != nil {
		a.report.add(r.seq, FaultColumn, "%v", err)
	} else {
		a.hashes(&e, r.at)
	}
	a.gone(&e)
	a.report.Tree.add(&e, r.at)
	a.measure()
	if e.Kind == Erasure {
		a.erasure(&e)
	}
	a.public.entry(&e, &a.report)
	a.seq, a.at, a.chain = r.seq, r.at, e.Chain
	return e
}

// gone notes what is erased of an entry, and what should have gone with it.
func (a *auditor) gone(e *Entry) {
	if !e.Erased && !e.WhyErased {
		return
	}
	a.report.Erased++
	a.erased[e.Seq] = Erased{Seq: e.Seq, Kind: e.Kind, ID: e.ID, Rev: e.Rev}
	switch {
	case Own(e.Kind) && e.Erased:
		a.report.add(e.Seq, FaultErasure, "the body of a %s is gone, which is never erased", e.Kind)
	case !Own(e.Kind) && e.Form != FirstForm && e.Erased != e.WhyErased:
		a.report.add(e.Seq, FaultErasure, "one of body and reason is gone without the other")
	}
}

func (a *auditor) hashes(e *Entry, at string) {
	body, why := e.holds()
	if !body {
		a.report.add(e.Seq, FaultCommitment, "body or salt of %s %q revision %d are not those that were committed to", e.Kind, e.ID, e.Rev)
	}
	if !why {
		a.report.add(e.Seq, FaultCommitment, "the reason of %s %q revision %d, or its salt, is not the one that was committed to", e.Kind, e.ID, e.Rev)
	}
	if a.scratch == nil {
		a.scratch = make([]byte, 0, 4096)
	}
	if chainInto(a.scratch, a.chain, e, at) != e.Chain {
		a.report.add(e.Seq, FaultChain, "the header of %s %q revision %d, or its link to the entry before, was altered", e.Kind, e.ID, e.Rev)
	}
	// The one form of times sorts as text.
	if at < a.at && e.Kind != Clock {
		a.report.add(e.Seq, FaultTime, "it is dated %s, before the entry before it (%s)", at, a.at)
	}
}

// erasure checks an entry that says that another one was erased: its id and its
// body must name the same entry, and that one must be what the body says it is.
func (a *auditor) erasure(e *Entry) {
	var said Erased
	err := json.Unmarshal(e.Body, &said)
	if err != nil || strconv.FormatInt(said.Seq, 10) != e.ID || said.Seq <= 0 || said.Seq >= e.Seq {
		a.report.add(e.Seq, FaultErasure, "it says that it erased %q (%s), which is no entry before it", e.ID, e.Body)
		return
	}
	if other := a.erasures[said.Seq]; other != 0 {
		a.report.add(e.Seq, FaultErasure, "it says that it erased entry %d, which entry %d says already", said.Seq, other)
		return
	}
	if gone, ok := a.erased[said.Seq]; ok && gone != said {
		a.report.add(e.Seq, FaultErasure, "it says that entry %d was %s %q revision %d, but that is %s %q revision %d",
			said.Seq, said.Kind, said.ID, said.Rev, gone.Kind, gone.ID, gone.Rev)
	}
	a.erasures[said.Seq] = e.Seq
	a.report.Erasures = append(a.report.Erasures, Erasing{Erased: said, By: e.Seq, Author: e.By, Why: e.Why})
}

// revision checks the next revision, in the order of kind, id and revision.
func (a *auditor) revision(seq int64, kind record.Kind, id string, rev int, state record.State) {
	key := thing{kind, id}
	if key != a.thing {
		a.thing, a.last, a.place, a.nth = key, stands{}, 0, 0
	}
	switch {
	case rev != a.last.rev+1:
		a.report.add(seq, FaultRevision, "%s %q: revision %d follows revision %d", kind, id, rev, a.last.rev)
	case seq <= a.place:
		a.report.add(seq, FaultRevision, "%s %q: revision %d stands before revision %d (entry %d)", kind, id, rev, a.last.rev, a.place)
	case !a.last.state.CanBecome(state):
		a.report.add(seq, FaultTransition, "%s %q: revision %d is %q, which cannot follow %q", kind, id, rev, state, a.last.state)
	}
	a.last, a.place = stands{rev, state}, seq
}

// finish compares what only the whole shows.
func (a *auditor) finish() *Report {
	for len(a.against) > 0 { // those of more entries than there are
		a.compare()
	}
	a.public.finish(&a.report)
	for _, seq := range slices.Sorted(maps.Keys(a.erased)) {
		if a.erasures[seq] == 0 {
			a.report.add(seq, FaultErasure, "its text is gone, but no erasure says why")
		}
	}
	for _, seq := range slices.Sorted(maps.Keys(a.erasures)) {
		if _, gone := a.erased[seq]; !gone {
			a.report.add(a.erasures[seq], FaultErasure, "it says that entry %d was erased, but that has its text", seq)
		}
	}
	head := a.report.Head
	if head.Seq != a.seq {
		a.report.add(0, FaultHead, "the ledger should end with entry %d, but the last is %d", head.Seq, a.seq)
	} else if head.Chain != a.chain {
		a.report.add(0, FaultHead, "the chain that the ledger should end with is not that of entry %d", a.seq)
	} else if a.at != "" && sqlitefile.FormatTime(head.At) != a.at {
		a.report.add(0, FaultHead, "the ledger should end at %s, but entry %d is dated %s", sqlitefile.FormatTime(head.At), a.seq, a.at)
	}
	return &a.report
}
