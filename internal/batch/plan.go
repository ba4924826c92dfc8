package batch

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"fener/internal/ledger"
	"fener/internal/record"
)

// A Class says what becomes of a thing in a file.
type Class string

// The classes. What is doubtful is imported like the new and the changed.
const (
	New      Class = "new"
	Changed  Class = "changed"
	Same     Class = "same"
	Doubtful Class = "doubtful"
	Refused  Class = "refused"
)

// An Item is one thing that a file would bring, and what becomes of it.
type Item struct {
	Kind        record.Kind  `json:"kind"`
	ID          string       `json:"id"`
	Name        string       `json:"name,omitempty"` // the words by which the file names it, or it names itself
	Class       Class        `json:"class"`
	As          Class        `json:"as,omitempty"` // of the doubtful: new or changed
	Title       string       `json:"title,omitempty"`
	Sheet       string       `json:"sheet,omitempty"` // of the file, where it has several
	Lines       []int        `json:"lines,omitempty"` // of the file, or of the sheet
	Revision    int          `json:"revision"`        // that stands; 0: none
	State       record.State `json:"state,omitempty"` // that stands
	Doubts      []Reason     `json:"doubts,omitempty"`
	Refused     []Reason     `json:"refused,omitempty"`
	Differences []Difference `json:"differences,omitempty"`
}

// classify sets the class from what was found.
func (it *Item) classify(same bool) {
	it.As = ""
	what := Changed
	if it.Revision == 0 {
		what = New
	}
	switch {
	case len(it.Refused) > 0:
		it.Class = Refused
	case same:
		it.Class = Same
	case len(it.Doubts) > 0:
		it.Class, it.As = Doubtful, what
	default:
		it.Class = what
	}
}

// A planner decides what becomes of each thing in a file.
type planner struct {
	known   *known
	opt     Options
	sign    signature
	led     ledger.Ledger
	now     lastKey
	cared   map[record.Text][]Reason // warnings of texts looked through before; bounded
	brought []publicText             // texts that this run publishes
	texts   map[string]archivedText  // of sources met before; bounded
	cases   map[string]record.Case   // that this run changed, which the ledger does not have yet
	beside  map[record.Thing]bool    // that stand in the file
	refused map[record.Thing]bool    // of them those that were refused
}

func newPlanner(k *known, l ledger.Ledger, opt Options) *planner {
	return &planner{known: k, led: l, opt: opt, sign: signature{opt.By, opt.Why, opt.Batch},
		cared: map[record.Text][]Reason{}, texts: map[string]archivedText{}, cases: map[string]record.Case{},
		beside: map[record.Thing]bool{}, refused: map[record.Thing]bool{}}
}

// A plan is what becomes of one part of a file: the items, and the changes to
// append, none where the part is refused or stands already.
type plan struct {
	items   []*Item
	changes []ledger.Change
}

// judgment plans one group, with what it needs and is not on record yet.
func (p *planner) judgment(ctx context.Context, g *group) (plan, error) {
	if g.rows[0].unread() {
		it := &Item{Kind: record.JudgmentKind, Class: Refused, Lines: []int{g.rows[0].Line}, Refused: g.rows[0].Refused}
		return plan{items: []*Item{it}}, nil
	}
	d := p.draft(g)
	if err := p.keepCase(ctx, d); err != nil {
		return plan{}, err
	}
	if err := p.revive(ctx, d); err != nil {
		return plan{}, err
	}
	child, err := p.childCase(ctx, d, g)
	if err != nil {
		return plan{}, err
	}
	it := &Item{Kind: record.JudgmentKind, ID: d.id, Name: d.name, Title: titleOf(&d.judgment), Doubts: d.doubts, Refused: d.refused}
	for i := range g.rows {
		it.Lines = append(it.Lines, g.rows[i].Line)
	}
	if err := p.look(ctx, it, d); err != nil {
		return plan{}, err
	}
	changes, err := p.place(ctx, it, &d.judgment)
	out := plan{items: []*Item{it}}
	if err != nil || it.Class == Refused {
		return out, err
	}
	if child != nil {
		if err := p.bringCase(&out, d.judgment.Case, child); err != nil {
			return out, err
		}
	}
	if it.Class == Same {
		return out, nil
	}
	for _, n := range d.new {
		need := &Item{Kind: n.kind, ID: n.id, Title: n.title}
		first, err := p.place(ctx, need, n.body)
		if err != nil {
			return out, err
		}
		out.items, out.changes = append(out.items, need), append(out.changes, first...)
	}
	out.changes = append(out.changes, changes...)
	for i := range d.judgment.Defendants {
		if key, ok := p.known.person(d.judgment.Court, d.judgment.Date, d.judgment.Defendants[i].Label); ok {
			p.known.people[key] = witness{thing: p.known.thing(it.Kind, d.id), line: int32(it.Lines[0])}
		}
	}
	return out, nil
}

// keepCase: a judgment without a number says nothing of its case, so what the
// record says of it stands.
func (p *planner) keepCase(ctx context.Context, d *draft) error {
	if _, stood := p.known.things[p.known.thing(record.JudgmentKind, d.id)]; !stood || len(d.keys) > 0 {
		return nil
	}
	var before record.Judgment
	if err := p.read(ctx, record.JudgmentKind, d.id, &before); err != nil {
		return err
	}
	if before.Case != "" {
		d.judgment.Case = before.Case
	}
	return nil
}

// revive proposes again, as it stood, what was withdrawn and is cited now.
func (p *planner) revive(ctx context.Context, d *draft) error {
	cited := []record.Thing{{Kind: record.InstitutionKind, ID: d.judgment.Court}}
	for i := range d.judgment.Citations {
		if id := d.judgment.Citations[i].Source; i == 0 || id != cited[len(cited)-1].ID {
			cited = append(cited, record.Thing{Kind: record.SourceKind, ID: id})
		}
	}
	for _, t := range cited {
		body, err := p.withdrawn(ctx, t)
		if err != nil {
			return err
		}
		if body != nil {
			d.propose(proposal{t.Kind, t.ID, t.ID, json.RawMessage(body)})
		}
	}
	return nil
}

// withdrawn is the last body of a thing that was withdrawn; nil for others.
func (p *planner) withdrawn(ctx context.Context, t record.Thing) ([]byte, error) {
	if p.known.things[p.known.thing(t.Kind, t.ID)].state() != record.Withdrawn {
		return nil, nil
	}
	return p.standing(ctx, t.Kind, t.ID)
}

// place compares a thing with what stands, classifies it and returns the
// changes that bring it onto the record.
func (p *planner) place(ctx context.Context, it *Item, body any) ([]ledger.Change, error) {
	encoded, err := record.Encode(body)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", it.Kind, it.ID, err)
	}
	key := p.known.thing(it.Kind, it.ID)
	before, stood := p.known.things[key]
	it.Revision, it.State = int(before.rev), before.state()
	if before.erased && !p.opt.Erased {
		it.Refused = append(it.Refused, Reason{Code: RefusedErased})
	} else if before.cut {
		it.Doubts = append(it.Doubts, Reason{Code: DoubtErased})
	}
	if before.planned {
		it.Refused = append(it.Refused, Reason{Code: p.twice(it.Kind)})
	}
	same := false
	if stood {
		canonical, err := ledger.Canonical(encoded)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", it.Kind, it.ID, err)
		}
		encoded = canonical
		same = p.known.digest(canonical) == before.digest && p.far(before.state())
		if !same && len(it.Refused) == 0 {
			if err := p.compare(ctx, it, canonical); err != nil {
				return nil, err
			}
		}
	}
	if len(Path(before.state(), p.opt.State)) == 0 && !same {
		it.Refused = append(it.Refused, Reason{Code: RefusedState, Detail: string(before.state()) + " -> " + string(p.opt.State)})
	}
	it.classify(same)
	if it.Class == Refused || same {
		return nil, nil
	}
	changes := p.sign.revisions(it.Kind, it.ID, it.Revision, before.state(), p.opt.State, encoded)
	p.known.things[key] = stands{
		rev: before.rev + int32(len(changes)), code: codeOf(p.opt.State), digest: p.known.digest(encoded), planned: true, cut: before.cut,
		public: p.opt.State == record.Published || before.public,
	}
	if it.Kind == record.JudgmentKind {
		return changes, nil
	}
	if it.Kind == record.CaseKind {
		if err := p.known.protected.hear(key, p.opt.State, it.Revision+len(changes), encoded); err != nil {
			return nil, fmt.Errorf("case %s: %w", it.ID, err)
		}
	}
	return changes, p.known.learn(it.Kind, it.ID, 0, encoded)
}

func (p *planner) twice(kind record.Kind) Code {
	if kind == record.JudgmentKind {
		return RefusedFar
	}
	return RefusedTwice
}

// far reports whether a state is as far on its way as the one asked for, so
// that equal content changes nothing. What was withdrawn is not.
func (p *planner) far(state record.State) bool {
	order := record.States()
	return state != record.Withdrawn && slices.Index(order, state) >= slices.Index(order, p.opt.State)
}
