package batch

import (
	"context"
	"fmt"
	"strings"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/law"
)

// A table of judgments may say that a child is among the victims. That is said of
// the case, so it goes into the case's entry, which protects from then on.

// childSaid is what the rows of a judgment say. Where they disagree, one yes counts.
func childSaid(d *draft, g *group) (said law.Tri) {
	for i := range g.rows {
		switch row := g.rows[i].ChildVictim; {
		case row == law.NotKnown || row == said:
		case said == law.NotKnown:
			said = row
		default:
			d.doubt(DoubtChild, g.rows[i].Line, "child_victim", "")
			return law.Yes
		}
	}
	return said
}

// childCase is the case as it should stand after what the rows say of a child
// victim; nil where nothing changes. A no takes no protection away.
func (p *planner) childCase(ctx context.Context, d *draft, g *group) (*record.Case, error) {
	said := childSaid(d, g)
	if said == law.NotKnown {
		return nil, nil
	}
	if at := p.known.things[p.known.thing(record.CaseKind, d.judgment.Case)]; at.erased && !p.opt.Erased {
		return nil, nil // what was erased does not come back with a table of judgments; it stays protected
	}
	c, err := p.caseNow(ctx, d)
	if err != nil || c.ChildVictim == said {
		return nil, err
	}
	if said == law.No && (c.ChildVictim == law.Yes || p.known.protected[p.known.thing(record.CaseKind, d.judgment.Case)]) {
		d.doubt(DoubtProtected, g.rows[0].Line, "child_victim", "")
		return nil, nil
	}
	c.ChildVictim, c.LiftedAt = said, 0
	return c, nil
}

// caseNow is a judgment's case as it stands, or as an entry of its own would begin.
func (p *planner) caseNow(ctx context.Context, d *draft) (*record.Case, error) {
	id := d.judgment.Case
	if c, ok := p.cases[id]; ok {
		return &c, nil
	}
	c := &record.Case{Numbers: d.judgment.Numbers, Synthetic: p.opt.Synthetic}
	if len(d.judgment.Citations) > 0 {
		c.Citations = d.judgment.Citations[:1:1]
	}
	if p.known.stands(record.Thing{Kind: record.CaseKind, ID: id}) {
		body, err := p.standing(ctx, record.CaseKind, id)
		if err != nil || body == nil {
			return c, err
		}
		c = &record.Case{}
		if err := record.Decode(body, c); err != nil {
			return nil, fmt.Errorf("case %s: %w", id, err)
		}
	}
	return c, nil
}

// bringCase plans the case's entry. One on record keeps its state: that a table
// of judgments is published does not publish what else the case says.
func (p *planner) bringCase(out *plan, id string, c *record.Case) error {
	body, err := record.Encode(c)
	if err != nil {
		return fmt.Errorf("case %s: %w", id, err)
	}
	if body, err = ledger.Canonical(body); err != nil {
		return fmt.Errorf("case %s: %w", id, err)
	}
	key := p.known.thing(record.CaseKind, id)
	before := p.known.things[key]
	it := &Item{Kind: record.CaseKind, ID: id, Title: strings.Join(c.Numbers, ", "), Revision: int(before.rev), State: before.state(), Class: New}
	state := p.opt.State
	if before.rev > 0 {
		it.Class, it.Differences = Changed, []Difference{{Field: "child_victim", After: c.ChildVictim.String()}}
		if before.state() != record.Withdrawn {
			state = before.state()
		}
	}
	changes := p.sign.revisions(record.CaseKind, id, int(before.rev), before.state(), state, body)
	rev := before.rev + int32(len(changes))
	p.known.things[key] = stands{rev: rev, code: codeOf(state), digest: p.known.digest(body), public: state == record.Published || before.public}
	if err := p.known.protected.hear(key, state, int(rev), body); err != nil {
		return fmt.Errorf("case %s: %w", id, err)
	}
	p.cases[id] = *c
	out.items, out.changes = append(out.items, it), append(out.changes, changes...)
	return p.known.learn(record.CaseKind, id, 0, body)
}
