package batch

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fener/internal/intake"
	"fener/internal/record"
	"fener/locale"
)

// troubles are what a reader of a table found wrong, by line.
type troubles struct {
	lines map[int][]Reason // refusals of lines that the reader left out
	doubt map[int][]Reason
}

// trouble sorts problems to their lines. What is wrong with the file as a whole,
// and what is in doubt in a table's header, is told to Options.Problem, and
// returned where nothing can be read for it.
func (o *Options) trouble(problems []intake.Problem) (t troubles, err error) {
	t = troubles{lines: map[int][]Reason{}, doubt: map[int][]Reason{}}
	for i := range problems {
		p := &problems[i]
		switch {
		case p.Row == 0, p.Row == 1 && p.Kind == intake.Doubt && !p.Line:
			if o.Problem != nil {
				o.Problem(p)
			}
			if p.Kind == intake.Error && err == nil {
				err = &intake.FileError{Problem: *p}
			}
		case p.Kind == intake.Error:
			t.lines[p.Row] = append(t.lines[p.Row], refusal(p).Refused...)
		default:
			t.doubt[p.Row] = append(t.doubt[p.Row], Reason{Code: DoubtReader, Line: p.Row, Field: p.Column, Detail: p.What(locale.EN), problem: p})
		}
	}
	return t, err
}

// planned is something to be planned, at its line of the file.
type planned struct {
	line int
	plan func(context.Context) (plan, error)
}

// inOrder plans what a file holds and the lines that could not be read, in the
// order of the file.
func (r *run) inOrder(ctx context.Context, t troubles, list []planned) (Summary, error) {
	for line, reasons := range t.lines {
		it := &Item{Kind: r.sum.Kind, Class: Refused, Lines: []int{line}, Refused: reasons}
		list = append(list, planned{line, func(context.Context) (plan, error) { return plan{items: []*Item{it}}, nil }})
	}
	slices.SortStableFunc(list, func(a, b planned) int { return cmp.Compare(a.line, b.line) })
	return r.inTurn(ctx, list)
}

// inTurn plans one thing after the other.
func (r *run) inTurn(ctx context.Context, list []planned) (Summary, error) {
	return r.do(ctx, func(take func(plan) error) error {
		for i, one := range list {
			r.sum.Rows++
			if r.opt.Progress != nil && i%1000 == 999 {
				r.opt.Progress(i + 1)
			}
			p, err := one.plan(ctx)
			if err != nil {
				return err
			}
			if err := take(p); err != nil {
				return err
			}
		}
		return nil
	})
}

// cited finds the source that a text names. A text that looks like an id, one
// word and no address, must be on record: nobody means a new source by it.
func (p *planner) cited(ctx context.Context, it *Item, out *plan, line int, field, text string) (id string, err error) {
	src := p.known.sources.resolve(text)
	switch {
	case src.id == "":
		return "", nil
	case src.new == nil:
		again, err := p.withdrawn(ctx, record.Thing{Kind: record.SourceKind, ID: src.id})
		if err == nil && again != nil {
			it.missing(line, field, p.known.say(record.Thing{Kind: record.SourceKind, ID: src.id}))
		}
		return src.id, err
	case src.new.Address == "" && !strings.ContainsAny(strings.TrimSpace(text), " \t"):
		it.missing(line, field, record.Thing{Kind: record.SourceKind, ID: text}.String())
		return text, nil
	}
	return p.ensureSource(ctx, it, out, src.new)
}

// missing notes that what is named so is not on record.
func (it *Item) missing(line int, field, named string) {
	it.Refused = append(it.Refused, Reason{Code: RefusedUnknown, Line: line, Field: field, Detail: named})
}

// settle plans a thing of evidence: faults of its own, what it rests on, whether
// it may be public, and what stands. before are plans that it needs.
func (p *planner) settle(ctx context.Context, it *Item, body any, faults record.Faults, rests []record.Thing, before plan) (plan, error) {
	for _, f := range faults {
		it.Refused = append(it.Refused, Reason{Code: RefusedFault, Line: it.Lines[0], Field: f.Field, Detail: f.What})
	}
	if p.opt.State == record.Published {
		for _, t := range rests {
			if at, stood := p.known.things[p.known.thing(t.Kind, t.ID)]; stood && !at.public {
				it.Refused = append(it.Refused, Reason{Code: RefusedCitation, Line: it.Lines[0], Detail: p.known.say(t)})
			}
		}
	}
	changes, err := p.place(ctx, it, body)
	out := plan{items: []*Item{it}}
	if err != nil || it.Class == Refused || it.Class == Same {
		return out, err
	}
	out.items, out.changes = append(out.items, before.items...), append(before.changes, changes...)
	return out, nil
}
