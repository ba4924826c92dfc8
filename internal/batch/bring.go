package batch

import (
	"context"
	"fmt"
	"io"
	"strings"

	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/record"
)

// A brought is a thing as a file has it: its body holds words where the record
// holds ids.
type brought struct {
	kind     record.Kind
	words    string // that name it
	id       string // that they make; known once the file was read
	title    string // in the preview; empty: as the record finds it
	sheet    string // of several
	line     int
	body     record.Body
	doubts   []Reason
	refused  []Reason
	columns  map[string]string // of fields, by their names in JSON, where the two differ
	doubtful bool              // its quotation is known not to be verified

	// look is what only things of this kind are looked at for; nil: nothing.
	look func(ctx context.Context, it *Item) error
}

func (b *brought) thing() record.Thing { return record.Thing{Kind: b.kind, ID: b.id} }

func (b *brought) column(field string) string {
	if c := b.columns[field]; c != "" {
		return c
	}
	return field
}

// A reader makes things of a file, with what is wrong in it.
type reader func(p *planner, name string, file io.Reader) ([]*brought, []intake.Problem, error)

// A file is a file of one kind, or of several, on its way to the record.
type file struct {
	kinds []record.Kind
	read  reader
	// share gives doubts, which stand at lines, to the things of the file; nil: each
	// to the thing of its line.
	share func(list []*brought, doubts map[spot][]Reason)
	// together says that the file is planned in the order in which its things rest on
	// each other, and that they may name each other by what they are called.
	together bool
	kindOf   map[string]record.Kind // of its sheets
}

// ofSheet is the kind that a sheet holds.
func (f *file) ofSheet(name string) record.Kind {
	if kind, ok := f.kindOf[name]; ok {
		return kind
	}
	return f.kinds[0]
}

// take plans what a file holds and appends it, all or none.
func (f *file) take(ctx context.Context, l ledger.Ledger, name string, from io.Reader, opt Options) (Summary, error) {
	return opt.alone(ctx, l, func() (Summary, error) { return f.bring(ctx, l, name, from, opt) })
}

func (f *file) bring(ctx context.Context, l ledger.Ledger, name string, from io.Reader, opt Options) (Summary, error) {
	opt.reconcile = f.together
	run, err := begin(ctx, l, opt, f.kinds...)
	if err != nil {
		return Summary{}, err
	}
	p := run.planner
	list, problems, err := f.read(p, name, from)
	if err != nil {
		return Summary{}, fmt.Errorf("reading %s: %w", name, err)
	}
	wrong, err := opt.trouble(problems)
	if err != nil {
		return Summary{}, err
	}
	if f.share != nil {
		f.share(list, wrong.doubt)
	}
	for _, b := range list {
		if f.share == nil {
			b.doubts = append(b.doubts, wrong.doubt[spot{b.sheet, b.line}]...)
		}
		b.id = p.known.named(b.kind, b.words)
		p.beside[b.thing()] = true
	}
	if f.together {
		p.known.learnCalls(list)
		p.nameRefs(list)
		p.reconcile(list)
		list = inTheirOrder(list)
	}
	var plans []planned
	for _, b := range list {
		plans = append(plans, planned{spot{b.sheet, b.line}, func(ctx context.Context) (plan, error) { return p.bring(ctx, b) }})
	}
	if f.together {
		return run.each(ctx, append(plans, wrong.unread(f.ofSheet)...))
	}
	return run.inOrder(ctx, wrong, plans)
}

// bring plans a thing of a file: what it means by the words in it, whether that is
// on record, whether its quotations stand in their sources, whom it could name,
// and what becomes of it. Things of one kind that stand beside it in the file may
// come after it.
func (p *planner) bring(ctx context.Context, b *brought) (plan, error) {
	if p.opt.Synthetic {
		record.MarkSynthetic(b.body)
	}
	id := b.id
	it := &Item{Kind: b.kind, ID: id, Name: b.words, Title: b.title, Sheet: b.sheet, Lines: []int{b.line}, Doubts: b.doubts, Refused: b.refused}
	if it.Title == "" {
		it.Title = b.body.Found(id).Title
	}
	var needs plan
	rests, err := p.resolve(ctx, it, b, &needs)
	if err != nil {
		return plan{}, err
	}
	if b.look != nil {
		if err := b.look(ctx, it); err != nil {
			return plan{}, err
		}
	}
	for _, c := range record.Citations(b.body) {
		if err := p.quotes(ctx, it, b.line, b.column("quote"), c, b.doubtful); err != nil {
			return plan{}, err
		}
	}
	p.care(it, b.body)
	if err := p.figures(ctx, it, b.body); err != nil {
		return plan{}, err
	}
	out, err := p.settle(ctx, it, b.body, b.body.Validate(p.opt.State == record.Published), rests, needs)
	p.published(it, b.body)
	if it.Class == Refused {
		p.refused[b.thing()] = true
	}
	return out, err
}

// resolve puts ids in the place of the words by which a thing names others, plans
// sources that are new, and refuses what names nothing on record. It returns what
// the thing rests on that stands outside the file.
func (p *planner) resolve(ctx context.Context, it *Item, b *brought, needs *plan) (rests []record.Thing, err error) {
	for _, ref := range record.Refs(b.body) {
		if ref.Words || *ref.ID == "" {
			continue
		}
		column := b.column(ref.Field)
		if ref.Kind == record.SourceKind && b.kind != record.SourceKind {
			if *ref.ID, err = p.cited(ctx, it, needs, b.line, column, *ref.ID); err != nil {
				return nil, err
			}
			rests = append(rests, record.Thing{Kind: ref.Kind, ID: *ref.ID})
			continue
		}
		id, several := p.means(ref.Kind, *ref.ID)
		if len(several) > 0 {
			it.Refused = append(it.Refused, Reason{Code: RefusedSeveral, Line: b.line, Field: column, Detail: *ref.ID + ": " + strings.Join(several, ", ")})
			continue
		}
		*ref.ID = id
		t := record.Thing{Kind: ref.Kind, ID: id}
		switch {
		case p.refused[t]:
			it.Refused = append(it.Refused, Reason{Code: RefusedWith, Line: b.line, Field: column, Detail: p.known.say(t)})
			continue
		case ref.Kind == b.kind && p.beside[t]:
			continue
		case !p.known.stands(t):
			it.missing(b.line, column, p.known.say(t))
		}
		rests = append(rests, t)
	}
	return rests, nil
}

// figures looks at what a thing says of victims in numbers.
func (p *planner) figures(ctx context.Context, it *Item, body record.Body) error {
	switch of := body.(type) {
	case *record.Observation:
		return p.holdBack(ctx, it, of, body)
	case *record.Service:
		if o, ok := of.OfFigure(it.ID); ok {
			return p.holdBack(ctx, it, o, body)
		}
	case *record.Claim:
		p.claimHeldBack(it, of)
	}
	return nil
}
