package batch

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"fener/internal/ledger"
	"fener/internal/record"
)

// stateFigures are the kinds whose bodies state figures. It is asked of every entry of the ledger, so no body is made to find out.
var stateFigures = func() map[record.Kind]bool {
	kinds := map[record.Kind]bool{}
	for _, d := range record.Definitions {
		_, kinds[d.Kind] = d.New().(record.OfFigures)
	}
	return kinds
}()

// watchVictims takes in the figures of victims that were published, in any
// revision: what was read once can be set against what comes later.
func (k *known) watchVictims(e *ledger.Entry) error {
	if e.State != record.Published {
		return nil
	}
	if !stateFigures[e.Kind] {
		return nil
	}
	of := record.DefinitionOf(e.Kind).New().(record.OfFigures)
	if err := record.Decode(e.Body, of); err != nil {
		return fmt.Errorf("%s %s, entry %d: %w", e.Kind, e.ID, e.Seq, err)
	}
	k.hearVictims(record.Thing{Kind: e.Kind, ID: e.ID}, of)
	return nil
}

// hearVictims takes in a figure of victims that everyone can read, or could.
func (k *known) hearVictims(t record.Thing, of record.OfFigures) {
	o, ok := of.OfFigure(t.ID)
	if !ok {
		return
	}
	k.isAbout(t, o)
	k.victims.Hear(t.ID, o)
	if o.IsHeldBack() && o.Citation.Quote != "" {
		k.heldQuotes = append(k.heldQuotes, foldedText(t.String(), o.Citation.Quote))
	}
}

// holdBack says of a figure of victims that the public reads no value of it, and
// refuses for the public what together with others would tell such a value. The
// reason names the others, never the value. What is published already as it
// stands was looked at then.
func (p *planner) holdBack(ctx context.Context, it *Item, o *record.Observation, body record.Body) error {
	if o.OfVictims() == nil {
		return nil
	}
	if o.IsHeldBack() {
		it.Doubts = append(it.Doubts, Reason{Code: DoubtHeldBack, Field: "value", Detail: strconv.Itoa(record.SmallUnder)})
	}
	same, err := p.isPublic(it, body)
	if err != nil || same {
		return err
	}
	others := p.known.victims.GivesAway(it.ID, o)
	if len(others) > 0 {
		it.giveAway(p.opt.State, "value", p.known.sayFigures(others))
	}
	if o.IsHeldBack() {
		return p.repeated(ctx, it, o)
	}
	return nil
}

// isAbout notes what a figure is of, without its value.
func (k *known) isAbout(t record.Thing, o *record.Observation) {
	k.about[t.ID] = k.say(t) + " (" + strings.Join([]string{o.Indicator, o.Place, o.From.String() + ".." + o.To.String()}, ", ") + ")"
}

// sayFigures names figures of victims, and claims of them, without their values.
func (k *known) sayFigures(ids []string) string {
	var names []string
	for _, id := range ids {
		names = append(names, cmp.Or(k.about[id], id))
	}
	return strings.Join(names, "; ")
}

// isPublic reports whether a thing is published as it stands.
func (p *planner) isPublic(it *Item, thing record.Body) (bool, error) {
	before := p.known.things[p.known.thing(it.Kind, it.ID)]
	if before.state() != record.Published {
		return false, nil
	}
	body, err := record.Encode(thing)
	if err == nil {
		body, err = ledger.Canonical(body)
	}
	if err != nil {
		return false, fmt.Errorf("%s %s: %w", it.Kind, it.ID, err)
	}
	return p.known.digest(body) == before.digest, nil
}

// published takes in what this run publishes, for what comes after it.
func (p *planner) published(it *Item, body record.Body) {
	if p.opt.State != record.Published || it.Class == Refused || it.Class == Same {
		return
	}
	switch of := body.(type) {
	case *record.Observation, *record.Service:
		p.known.hearVictims(record.Thing{Kind: it.Kind, ID: it.ID}, of.(record.OfFigures))
	}
}

// claimHeldBack refuses for the public a claim whose comparison names a number of
// victims that would be held back as a figure, or that would tell such a number.
func (p *planner) claimHeldBack(it *Item, c *record.Claim) {
	o, ok := c.OfFigure(it.ID)
	if !ok || p.opt.State != record.Published {
		return
	}
	others := p.known.victims.GivesAway(it.ID, o)
	switch {
	case o.IsHeldBack():
		it.Refused = append(it.Refused, Reason{Code: RefusedHeldBack, Field: "comparison", Detail: strconv.Itoa(record.SmallUnder)})
	case len(others) > 0:
		it.giveAway(p.opt.State, "comparison", p.known.sayFigures(others))
	default:
		p.known.hearVictims(record.Thing{Kind: it.Kind, ID: it.ID}, c)
	}
}
