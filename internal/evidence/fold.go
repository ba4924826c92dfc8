package evidence

import (
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/view"
)

// decode reads the bodies on all processors: it is most of the work.
func (k *Keeper) decode(entries []ledger.Entry) []any {
	things := make([]any, len(entries))
	workers := min(runtime.GOMAXPROCS(0), 1+len(entries)/64)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(entries); i += workers {
				things[i] = k.decodeOne(&entries[i])
			}
		})
	}
	wait.Wait()
	return things
}

// decodeOne is the thing that an entry says; nil where it says nothing that the
// set holds.
func (k *Keeper) decodeOne(e *ledger.Entry) any {
	if e.Erased || e.State == record.Withdrawn || !k.shows(e.State) || k.opts.Care.IsGone(e.Kind, e.ID) {
		return nil
	}
	if _, held := holders[e.Kind]; !held {
		return nil
	}
	thing, _, err := record.Read(e.Kind, e.Body)
	if err != nil {
		k.log.Error("a record cannot be read and is left out of the evidence; correct it by a new revision",
			"seq", e.Seq, "kind", e.Kind, "id", e.ID, "error", err)
		return nil
	}
	if o, ok := thing.(*record.Observation); ok && k.opts.Scope == view.Public {
		o.HoldBack() // claims are judged by what everyone can read: a standing would give the value away
	}
	return thing
}

// put lets an entry's thing stand in the place of what stood; nothing stands
// where the thing was withdrawn or erased or cannot be read.
func (k *Keeper) put(e *ledger.Entry, thing any) {
	hold, held := holders[e.Kind]
	if !held { // a judgment, a case, a court: what the record computes may change
		k.bears()
		return
	}
	hold(k, e.ID, thing)
}

// holders let a thing stand in the set in the place of what stood; a nil thing takes it out. The set holds the kinds named here.
var holders = map[record.Kind]func(k *Keeper, id string, thing any){
	record.ObservationKind: func(k *Keeper, id string, thing any) {
		if o, ok := thing.(*record.Observation); ok {
			k.mark(k.set.PutObservation(id, *o))
		} else {
			k.mark(k.set.RemoveObservation(id))
		}
	},
	record.ClaimKind: func(k *Keeper, id string, thing any) {
		if c, ok := thing.(*record.Claim); ok {
			k.set.PutClaim(id, *c)
			k.claimed(id, c)
		} else {
			k.set.RemoveClaim(id)
		}
	},
	record.ArticleKind: func(k *Keeper, id string, thing any) {
		if a, ok := thing.(*record.Article); ok {
			k.mark(k.set.PutArticle(id, *a))
		} else {
			k.mark(k.set.RemoveArticle(id))
		}
	},
	record.SourceKind: func(k *Keeper, id string, thing any) {
		if src, ok := thing.(*record.Source); ok {
			k.retold(id, k.set.putSource(id, *src))
		} else {
			k.retold(id, k.set.removeSource(id))
		}
	},
	record.ReplyKind: func(k *Keeper, id string, thing any) {
		if r, ok := thing.(*record.Reply); ok {
			k.set.PutReply(id, *r)
		} else {
			k.set.RemoveReply(id)
		}
	},
	record.ShelterKind:     holdTold(record.ShelterKind),
	record.CallKind:        holdTold(record.CallKind),
	record.ApplicationKind: holdTold(record.ApplicationKind),
	record.GrantKind:       holdTold(record.GrantKind),
	record.PaymentKind:     holdTold(record.PaymentKind),
	record.ClosureKind:     holdTold(record.ClosureKind),
	record.GapKind:         holdTold(record.GapKind),
}

// holdTold holds what is told of shelters and their money.
func holdTold(kind record.Kind) func(k *Keeper, id string, thing any) {
	return func(k *Keeper, id string, thing any) {
		body, _ := thing.(record.Body)
		k.mark(k.set.PutTold(record.Thing{Kind: kind, ID: id}, body))
	}
}

// bears notes that the entry which is being folded bears on what the record computes, or on what is said of that.
func (k *Keeper) bears() { k.figures, k.touched = true, moment{k.set.seq, k.set.at} }

func (k *Keeper) claimed(id string, c *record.Claim) {
	if c.Comparison.Figure != "" {
		k.bears()
		return
	}
	k.due[id] = true
}

func (k *Keeper) mark(claims []string) {
	for _, id := range claims {
		k.due[id] = true
	}
}

// retold notes a source whose retelling changed; which claims that bears on is
// looked up once for all of the publication.
func (k *Keeper) retold(source string, changed bool) {
	if changed {
		k.sources[source] = true
	}
}

// judge ends a publication: the claims that it bears on are judged, and what
// changed is noted. Those about figures wait until the keeper has caught up.
func (k *Keeper) judge() {
	if len(k.sources) > 0 {
		k.mark(k.set.weighing(k.sources))
		clear(k.sources)
	}
	if len(k.due) == 0 {
		return
	}
	ids := slices.DeleteFunc(sortedKeys(k.due), func(id string) bool {
		c := k.set.claims[id]
		return c == nil || c.Comparison.Figure != ""
	})
	for _, change := range k.set.Recompute(ids) {
		k.set.remember(change.Claim, k.now.seq, k.now.at)
	}
	clear(k.due)
}

func (k *Keeper) judgeFigures() {
	if !k.figures {
		return
	}
	ids := sortedKeys(k.set.about[figuresOfTheRecord])
	k.set.Recompute(ids)
	for _, id := range ids {
		k.set.rememberFigure(id, k.touched.seq, k.touched.at)
	}
	k.figures = false
}

// erase asks for a new fold where the text of something that the set can hold
// was erased after it was read.
func (k *Keeper) erase(e *ledger.Entry) error {
	var target ledger.Erased
	if err := json.Unmarshal(e.Body, &target); err != nil {
		return fmt.Errorf("evidence: read which entry was erased by entry %d: %w", e.Seq, err)
	}
	if _, held := holders[target.Kind]; !held {
		k.bears()
	} else if !k.erased[target.Seq] {
		return errErased
	}
	return nil
}
