package batch

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fener/internal/record"
)

// look collects what a person should know of a judgment, and why it cannot be
// taken, before it is compared with what stands.
func (p *planner) look(ctx context.Context, it *Item, d *draft) error {
	j := &d.judgment
	for _, f := range j.Validate(false) {
		it.Refused = append(it.Refused, faulty(f, 0))
	}
	public := p.opt.State == record.Published
	if d.unsourced > 0 {
		it.weigh(public, RefusedUnsourced, DoubtNoSource, d.unsourced, "source")
	}
	if d.unquoted > 0 {
		it.weigh(public, RefusedUnquoted, DoubtNoQuote, d.unquoted, "quote")
	}
	p.care(it, j)
	for _, n := range d.new {
		if at := p.known.things[p.known.thing(n.kind, n.id)]; at.erased && !p.opt.Erased {
			it.Refused = append(it.Refused, Reason{Code: RefusedErased, Line: it.Lines[0], Field: string(n.kind)})
		}
	}
	for _, c := range j.Citations {
		if err := p.quotes(ctx, it, it.Lines[0], "quote", c, false); err != nil {
			return err
		}
	}
	if public {
		p.restsOnPublic(it, d)
	}
	return p.otherNumber(ctx, it, d)
}

// weigh notes what is a refusal for the public and a doubt for a draft.
func (it *Item) weigh(public bool, refused, doubt Code, line int, field string) {
	if public {
		it.Refused = append(it.Refused, Reason{Code: refused, Line: line, Field: field})
		return
	}
	it.Doubts = append(it.Doubts, Reason{Code: doubt, Line: line, Field: field})
}

// otherNumber finds the same person before the same court on the same day
// under another number.
func (p *planner) otherNumber(ctx context.Context, it *Item, d *draft) error {
	j, self := &d.judgment, p.known.thing(it.Kind, d.id)
	for i := range j.Defendants {
		key, ok := p.known.person(j.Court, j.Date, j.Defendants[i].Label)
		other, met := p.known.people[key]
		if !ok || !met || other.thing == self {
			continue
		}
		where := "#" + strconv.Itoa(int(other.line)) // the line of the file
		if other.seq > 0 {
			entries, err := p.led.Read(ctx, other.seq-1, 1)
			if err != nil {
				return fmt.Errorf("looking up a judgment of the same day: %w", err)
			}
			var j record.Judgment
			if where = entries[0].ID; !entries[0].Erased {
				if err := record.Decode(entries[0].Body, &j); err != nil {
					return fmt.Errorf("judgment %s: %w", where, err)
				}
				where = titleOf(&j)
			}
		}
		it.Doubts = append(it.Doubts, Reason{Code: DoubtOtherNumber, Field: "case", Detail: where})
		return nil
	}
	return nil
}

// restsOnPublic refuses what would cite something that the public cannot read.
func (p *planner) restsOnPublic(it *Item, d *draft) {
	check := func(kind record.Kind, id string) {
		at, stood := p.known.things[p.known.thing(kind, id)]
		proposed := slices.ContainsFunc(d.new, func(n proposal) bool { return n.kind == kind && n.id == id })
		if stood && !at.public && !proposed {
			it.Refused = append(it.Refused, Reason{Code: RefusedCitation, Detail: p.known.say(record.Thing{Kind: kind, ID: id})})
		}
	}
	check(record.InstitutionKind, d.judgment.Court)
	checked := ""
	for _, c := range d.judgment.Citations {
		if c.Source != checked {
			check(record.SourceKind, c.Source)
			checked = c.Source
		}
	}
}

// read decodes the last revision of a thing.
func (p *planner) read(ctx context.Context, kind record.Kind, id string, into any) error {
	body, err := p.standing(ctx, kind, id)
	if err != nil || body == nil {
		return err
	}
	return record.Decode(body, into)
}

// standing is the body of a thing's last revision; nil where it was erased.
func (p *planner) standing(ctx context.Context, kind record.Kind, id string) ([]byte, error) {
	history, err := p.led.History(ctx, kind, id)
	if err != nil {
		return nil, fmt.Errorf("reading what stands of %s %s: %w", kind, id, err)
	}
	return history[len(history)-1].Body, nil
}

// compare lists what a file would change of a thing, and doubts that follow
// from what stands.
func (p *planner) compare(ctx context.Context, it *Item, body []byte) error {
	before, err := p.standing(ctx, it.Kind, it.ID)
	if err != nil || before == nil {
		return err
	}
	if it.Differences, err = differences(before, body); err != nil {
		return fmt.Errorf("%s %s: %w", it.Kind, it.ID, err)
	}
	if it.State != p.opt.State && len(it.Differences) == 0 {
		it.Differences = []Difference{{Field: "state", Before: string(it.State), After: string(p.opt.State)}}
	}
	if it.State == record.Withdrawn {
		it.Doubts = append(it.Doubts, Reason{Code: DoubtWithdrawn})
	}
	if it.Kind != record.JudgmentKind || len(it.Differences) == 0 {
		return nil
	}
	return it.compareJudgments(before, body)
}

func (it *Item) compareJudgments(before, after []byte) error {
	var old, now record.Judgment
	if err := record.Decode(before, &old); err != nil {
		return err
	}
	if err := json.Unmarshal(after, &now); err != nil {
		return err
	}
	for i, n := range old.Numbers {
		if i < len(now.Numbers) && n != now.Numbers[i] {
			it.Doubts = append(it.Doubts, Reason{Code: DoubtSpelling, Field: "case", Detail: n})
			break
		}
	}
	if counts(&now) < counts(&old) {
		it.Doubts = append(it.Doubts, Reason{Code: DoubtFewer, Detail: strconv.Itoa(counts(&old))})
	}
	return nil
}

func counts(j *record.Judgment) (n int) {
	for i := range j.Defendants {
		n += len(j.Defendants[i].Counts)
	}
	return n
}

func titleOf(j *record.Judgment) string {
	parts := []string{strings.Join(j.Numbers, " + "), j.Court, j.Date.String()}
	kept := parts[:0]
	for _, s := range parts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, ", ")
}
