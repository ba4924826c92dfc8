package batch

import (
	"context"
	"fmt"
	"strings"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/locale"
)

// A publicText is a text that everyone can read, or the quotation of a figure that
// is held back, with the id of whose it is; folded, with single spaces.
type publicText struct{ id, words string }

// shortestRepeat is from how many bytes on equal words are a repetition and no
// chance.
const shortestRepeat = 20

func foldedText(id, text string) publicText {
	return publicText{id, strings.Join(strings.Fields(locale.Fold(text)), " ")}
}

// repeats reports whether one text holds the other.
func (t publicText) repeats(q publicText) bool {
	return t.id != q.id && len(t.words) >= shortestRepeat && len(q.words) >= shortestRepeat &&
		(strings.Contains(t.words, q.words) || strings.Contains(q.words, t.words))
}

// visible are the texts of a thing that everyone could read. Judgments and cases
// are left out: what stands in them has rules of its own.
func visible(kind record.Kind, id string, thing record.Body) (list []publicText) {
	if record.OfCourts(kind) {
		return nil
	}
	if kept, ok := thing.(record.KeptBack); ok {
		thing = kept.Public()
	}
	for _, t := range thing.Texts() {
		if words := foldedText(record.Thing{Kind: kind, ID: id}.String(), t.Text); len(words.words) >= shortestRepeat {
			list = append(list, words)
		}
	}
	return list
}

// repeatHeld refuses for the public what repeats the quotation of a figure that is
// held back, and remembers what this run brings.
func (p *planner) repeatHeld(it *Item, thing record.Body) {
	texts := visible(it.Kind, it.ID, thing)
	for _, held := range p.known.heldQuotes {
		for _, t := range texts {
			if t.repeats(held) {
				it.giveAway(p.opt.State, "quote", held.id)
				return
			}
		}
	}
	if p.opt.State == record.Published {
		p.brought = append(p.brought, texts...)
	}
}

// repeated refuses for the public a figure that is held back where its quotation
// can be read elsewhere.
func (p *planner) repeated(ctx context.Context, it *Item, o *record.Observation) error {
	quote := foldedText(record.Thing{Kind: it.Kind, ID: it.ID}.String(), o.Citation.Quote)
	if len(quote.words) < shortestRepeat {
		return nil
	}
	check := func(list []publicText) bool {
		for _, t := range list {
			if t.repeats(quote) {
				it.giveAway(p.opt.State, "quote", t.id)
				return true
			}
		}
		return false
	}
	if check(p.brought) {
		return nil
	}
	found := false
	return Each(ctx, p.led, func(e *ledger.Entry) error {
		if found || e.State != record.Published || e.Erased || record.OfCourts(e.Kind) {
			return nil
		}
		thing, known, err := record.Read(e.Kind, e.Body)
		if err != nil {
			return fmt.Errorf("%s %s, entry %d: %w", e.Kind, e.ID, e.Seq, err)
		}
		if !known {
			return nil
		}
		found = check(visible(e.Kind, e.ID, thing))
		return nil
	})
}

// giveAway refuses for the public, and doubts in a draft, what would tell a figure
// that is held back together with others, which are named.
func (it *Item) giveAway(state record.State, field, others string) {
	r := Reason{Code: DoubtGivesAway, Field: field, Detail: others}
	if state == record.Published {
		r.Code = RefusedGivesAway
		it.Refused = append(it.Refused, r)
		return
	}
	it.Doubts = append(it.Doubts, r)
}
