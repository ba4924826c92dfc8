package view

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/locale"
)

// batchEntries is how many entries one transaction folds. A fold that is
// stopped loses no more than one batch's work.
const batchEntries = 5000

// A batch is a run of entries, read and checked, ready to be written.
type batch struct {
	entries  []ledger.Entry
	prepared []prepared      // those that concern the scope
	turned   map[string]bool // cases whose care changed in this batch, to what it is now
	children map[string]bool // cases of which it changed whether findings may rest on a child victim
	tree     []byte          // over all entries up to the last of these
}

// shows is the number of the last entry that can change what reads see; 0 where none can.
func (b *batch) shows() int64 {
	switch {
	case len(b.turned)+len(b.children) > 0:
		return b.entries[len(b.entries)-1].Seq
	case len(b.prepared) > 0:
		return b.prepared[len(b.prepared)-1].entry.Seq
	}
	return 0
}

// note writes down how far the file reaches with a batch.
func (w *writer) note(ctx context.Context, b *batch) error {
	last := &b.entries[len(b.entries)-1]
	public, err := w.counted.MarshalText()
	if err != nil {
		return err
	}
	notes := [][2]string{{"seq", strconv.FormatInt(last.Seq, 10)}, {"chain", fmt.Sprintf("%x", last.Chain)}, {"tree", string(b.tree)}, {"public", string(public)}}
	if shows := b.shows(); shows > 0 {
		notes = append(notes, [2]string{"shown", strconv.FormatInt(shows, 10)})
	}
	for _, n := range notes {
		if err := w.exec(ctx, setMetaSQL, n[0], n[1]); err != nil {
			return err
		}
	}
	return nil
}

// prepared is one entry with what its kind's folder made of it.
type prepared struct {
	entry   *ledger.Entry
	gone    Gone
	reading reading
	silent  bool // why it was made is kept back with the case it belongs to
	kept    bool // nothing of it may be read, because today's record does not show it
}

// why is the reason that the view keeps.
func (p *prepared) why() string {
	if p.silent || p.entry.Erased { // in the first form the ledger cannot let go of an erased reason; nobody reads it here
		return ""
	}
	return p.entry.Why
}

// reader makes batches. It runs beside the writer; only it knows which cases
// have a child victim as of the entries it has read.
type reader struct {
	scope   Scope
	entries Entries
	checker *checker
	log     *slog.Logger
	care    map[string]bool
	child   map[string]bool // cases whose findings may rest on a child victim
	tree    ledger.Tree
	past    *past
}

// next reads and prepares the batch after an entry; nil at the ledger's end.
func (r *reader) next(ctx context.Context, after int64) (*batch, error) {
	entries, err := r.entries.Read(ctx, after, batchEntries)
	if err != nil {
		return nil, fmt.Errorf("view: read the ledger after entry %d: %w", after, err)
	}
	if len(entries) == 0 {
		return nil, nil
	}
	b := &batch{entries: entries, prepared: make([]prepared, 0, len(entries)), turned: map[string]bool{}, children: map[string]bool{}}
	for i := range entries {
		e := &entries[i]
		r.tree.Add(e)
		if ledger.Aside(e.Kind) {
			continue
		}
		if r.scope == Public {
			if err := r.watch(ctx, b, e); err != nil {
				return nil, err
			}
		}
		if err := r.watchChild(ctx, b, e); err != nil {
			return nil, err
		}
		if e.Kind != ledger.Erasure && r.scope == Public && e.State != record.Published && e.State != record.Withdrawn {
			continue
		}
		p := prepared{entry: e, gone: goneBy(e)}
		if e.Kind != ledger.Erasure && r.past.keepsBack(thing{e.Kind, e.ID}, e.Seq) {
			p.kept, p.silent = true, true
			if p.gone == Standing {
				p.gone = Withdrawn
			}
		}
		b.prepared = append(b.prepared, p)
	}
	r.prepare(b)
	if b.tree, err = r.tree.MarshalText(); err != nil {
		return nil, err
	}
	return b, nil
}

func goneBy(e *ledger.Entry) Gone {
	switch {
	case e.State == record.Withdrawn:
		return Withdrawn
	case e.Erased:
		return erasedUnexplained
	}
	return Standing
}

// watch notes whether a case has a child victim, by everything that any of its
// revisions says, drafts too (record.Protection): who is protected does not wait
// for a publication. A text that cannot be read is taken to say yes.
func (r *reader) watch(ctx context.Context, b *batch, e *ledger.Entry) error {
	switch {
	case e.Kind == ledger.Erasure:
		return r.watchErasure(ctx, b, e)
	case e.Kind != record.CaseKind:
		return nil
	}
	body := e.Body
	if e.Erased {
		body = nil
	}
	care, err := record.Protection(r.care[e.ID]).Hear(e.State, e.Rev, body)
	if err != nil {
		care = true
	}
	r.turn(b, e.ID, bool(care))
	return nil
}

func (r *reader) watchErasure(ctx context.Context, b *batch, e *ledger.Entry) error {
	var target ledger.Erased
	if err := json.Unmarshal(e.Body, &target); err != nil || target.Kind != record.CaseKind {
		return nil // what cannot be read is told when the entry is folded
	}
	history, err := r.entries.History(ctx, target.Kind, target.ID)
	if err != nil {
		return fmt.Errorf("view: read the history of case %q: %w", target.ID, err)
	}
	var deciding int64
	for i := range history {
		if history[i].Seq < e.Seq && history[i].State == record.Published {
			deciding = history[i].Seq
		}
	}
	if deciding == target.Seq {
		r.turn(b, target.ID, true)
	}
	return nil
}

func (r *reader) turn(b *batch, caseID string, care bool) {
	if r.care[caseID] == care || !care && r.past.holds(caseID) {
		return
	}
	if care {
		r.care[caseID] = true
	} else {
		delete(r.care, caseID)
	}
	b.turned[caseID] = care
}

// prepare reads the bodies on all processors: decoding and checking are most
// of the work, and each body stands for itself.
func (r *reader) prepare(b *batch) {
	workers := min(runtime.GOMAXPROCS(0), 1+len(b.prepared)/64)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(b.prepared); i += workers {
				r.read(&b.prepared[i])
			}
		})
	}
	wait.Wait()
}

func (r *reader) read(p *prepared) {
	e := p.entry
	switch {
	case e.Kind == ledger.Erasure, e.Erased, p.kept:
		return
	case p.gone == Withdrawn:
		p.silent = r.silent(e)
		if r.scope == Desk {
			p.reading.body = e.Body
		}
		return
	}
	read, err := readBody(r.checker, e.Kind, e.Seq, e.ID, e.Body, func(of string) bool {
		return r.care[of] || r.child[childCase(of)] || of == publicCare && r.scope == Public || r.past.holdsSource(of)
	})
	if err != nil {
		// What cannot be read cannot be coarsened either: it is known to exist,
		// and nothing of it is shown.
		r.log.Error("a record cannot be read and is left out of the view; correct it by a new revision",
			"seq", e.Seq, "kind", e.Kind, "id", e.ID, "error", err)
	}
	p.reading = read
	p.silent = read.silent || record.OfCourts(e.Kind) && r.care[read.parent]
}

// silent reports whether why something was withdrawn is kept back: a case or judgment
// of a child victim, a figure of victims that is held back. What cannot be read may be either.
func (r *reader) silent(e *ledger.Entry) bool {
	thing, known, err := record.Read(e.Kind, e.Body)
	switch of := thing.(type) {
	case record.InCase:
		return err != nil || r.care[of.CaseOf(e.ID)]
	case record.KeptBack:
		return r.scope == Public && (err != nil || of.IsHeldBack())
	}
	return known && err != nil
}

// readBody reads what the view keeps of a body. What search finds is folded here,
// off the writer's path.
//
// careful says of a case whether it has a child victim and must be coarsened, and
// of a source, by sourceCare, whether such a case rests on it.
func readBody(c *checker, kind record.Kind, doc int64, id string, body []byte, careful func(string) bool) (reading, error) {
	thing, known, err := record.Read(kind, body)
	if err != nil {
		return reading{}, err
	}
	if !known {
		return reading{body: body}, nil
	}
	r := reading{body: body}
	if err := r.coarsen(c, id, thing, careful); err != nil {
		return reading{}, err
	}
	found := thing.Found(id)
	r.title, r.parent, r.keys, r.cites, r.synthetic = found.Title, found.Part, found.Numbers, found.Cites, found.Synthetic
	if f := folderOf(kind); f != nil {
		f.rows(c, doc, id, thing, careful, &r)
	}
	r.text = indexText(strings.Join(found.Text, " "), r.keys)
	if r.text != "" && indexOf(kind) == searchNamesTable {
		r.text += " " + kindWord(kind)
	}
	return r, nil
}

// coarsen takes out of a thing what care asks for, and sees to the body that is stored.
func (r *reading) coarsen(c *checker, id string, thing record.Body, careful func(string) bool) error {
	changed := false
	if kept, ok := thing.(record.KeptBack); ok && careful(publicCare) { // before its period is made coarse, by which it would seem to be
		r.silent, changed = kept.KeepBack()
	}
	switch of := thing.(type) {
	case record.InCase:
		if careful(of.CaseOf(id)) {
			of.Coarsen(c.plainOffence)
			changed = true
		}
	case record.Shared:
		if source := of.SharedSource(id); source != "" && careful(sourceCare(source)) {
			of.Coarsen(c.plainOffence)
			r.silent, changed = true, true
		}
	case record.Quoting:
		if of.CoarsenQuotes(func(source string) bool { return careful(sourceCare(source)) }) {
			r.silent, changed = true, true
		}
	}
	if !changed {
		return nil
	}
	coarse, err := record.Encode(thing)
	r.body = coarse
	return err
}

// publicCare is how a careful is asked whether everyone reads the view.
const publicCare = "public"

// heldBack reports whether a body, as a public view keeps it, is of a figure that
// was held back.
func heldBack(body []byte) bool { return bytes.Contains(body, []byte(`"kind":"held_back"`)) }

// indexText is what goes into the search index: the folded text, and each case
// number in its one spelling, with and without the court's letters.
func indexText(s string, numbers []string) string {
	folded := locale.Fold(s)
	for _, n := range numbers {
		for _, one := range record.CaseNumbers(n) {
			if whole, short, ok := numberWords(one); ok {
				folded += " " + whole + " " + short
			}
		}
	}
	return folded
}

// never is the careful of a view in which nothing is coarsened any more.
func never(string) bool { return false }

func decode(body []byte, into any) error { return record.Decode(body, into) }
