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

// A spot is a line of a file, or of one of its sheets.
type spot struct {
	sheet string
	line  int
}

// troubles are what a reader of a table found wrong, by line.
type troubles struct {
	lines map[spot][]Reason // refusals of lines that the reader left out
	doubt map[spot][]Reason
}

// trouble sorts problems to their lines. What is wrong with the file as a whole,
// and what is in doubt in a table's header, is told to Options.Problem, and
// returned where nothing can be read for it.
func (o *Options) trouble(problems []intake.Problem) (t troubles, err error) {
	t = troubles{lines: map[spot][]Reason{}, doubt: map[spot][]Reason{}}
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
			t.lines[spotOf(p)] = append(t.lines[spotOf(p)], refusal(p).Refused...)
		default:
			t.doubt[spotOf(p)] = append(t.doubt[spotOf(p)], Reason{Code: DoubtReader, Line: p.Row, Field: p.Column, Detail: p.What(locale.EN), problem: p})
		}
	}
	return t, err
}

// spotOf is where a problem is. Where only one sheet is read, lines need no name of it.
func spotOf(p *intake.Problem) spot {
	if p.Among {
		return spot{p.Sheet, p.Row}
	}
	return spot{line: p.Row}
}

// unread are the lines that could not be read, to be refused.
func (t troubles) unread(kind record.Kind) (list []planned) {
	for at, reasons := range t.lines {
		it := &Item{Kind: kind, Class: Refused, Sheet: at.sheet, Lines: []int{at.line}, Refused: reasons}
		list = append(list, planned{at, func(context.Context) (plan, error) { return plan{items: []*Item{it}}, nil }})
	}
	slices.SortFunc(list, bySpot)
	return list
}

// planned is something to be planned, at its line of the file.
type planned struct {
	at   spot
	plan func(context.Context) (plan, error)
}

func bySpot(a, b planned) int {
	return cmp.Or(cmp.Compare(a.at.sheet, b.at.sheet), cmp.Compare(a.at.line, b.at.line))
}

// inOrder plans what a file holds and the lines that could not be read, in the
// order of the file.
func (r *run) inOrder(ctx context.Context, t troubles, list []planned) (Summary, error) {
	list = append(list, t.unread(r.sum.Kind)...)
	slices.SortStableFunc(list, bySpot)
	return r.each(ctx, list)
}

// each plans one after the other.
func (r *run) each(ctx context.Context, list []planned) (Summary, error) {
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
		it.Refused = append(it.Refused, faulty(f, it.Lines[0]))
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
