package erase

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/record"
)

// A Choice says which revisions of a thing are to go.
type Choice struct {
	Thing record.Thing
	Revs  []int // by number; none: all of them
	Old   bool  // all but the one that stands, such as quotations that were corrected
}

// A Target is one revision that is to go.
type Target struct {
	Thing  record.Thing
	Seq    int64
	Rev    int
	State  record.State
	At     time.Time
	Title  string
	Reason string
}

// A Place is where words stand in the ledger besides.
type Place struct {
	Thing record.Thing
	Seq   int64
	Rev   int
	State record.State
	Title string
	Field string // where in it: a field of the body, or "reason"
	Words string // of those looked for
}

// A Plan is what an erasure comes to.
type Plan struct {
	Targets   []Target
	Gone      int        // revisions of the choice that are erased already
	Words     []string   // texts of the targets by which they can be known elsewhere, the longest first
	Elsewhere []Place    // where such words stand in entries that stay
	More      int        // places beyond those
	Documents []Document // archived copies that the targets name
	old       map[int64]bool
}

// A Document is an archived copy.
type Document struct {
	SHA256, Name string
	Kept         bool // something that stays names it too
}

// What is worth looking for, and how much of it is told.
const (
	leastWord  = 6   // letters; shorter texts stand everywhere
	mostOthers = 8   // other things that hold a text which is still one to know the targets by
	mostWords  = 200 // texts looked for
	mostPlaces = 200 // places told
)

// NewPlan finds out what an erasure would take and where its words stand besides.
// Errors: ledger.ErrNotFound for what is not on record.
func NewPlan(ctx context.Context, l ledger.Ledger, choices []Choice) (*Plan, error) {
	p := &Plan{old: map[int64]bool{}}
	var texts []string
	for i := range choices {
		c := &choices[i]
		var err error
		if c.Thing, err = batch.Named(ctx, l, c.Thing); err != nil {
			return nil, err
		}
		history, err := l.History(ctx, c.Thing.Kind, c.Thing.ID)
		if err != nil {
			return nil, err
		}
		if err := p.choose(c, history, &texts); err != nil {
			return nil, err
		}
	}
	return p, p.look(ctx, l, texts)
}

// choose takes the revisions of one thing into the plan.
func (p *Plan) choose(c *Choice, history []ledger.Entry, texts *[]string) error {
	for _, rev := range c.Revs {
		if rev < 1 || rev > len(history) {
			return fmt.Errorf("%s has no revision %d; it has 1 to %d", c.Thing, rev, len(history))
		}
	}
	last := &history[len(history)-1]
	for i := range history {
		e := &history[i]
		switch {
		case c.Old && (e.Rev == last.Rev || sameText(e, last)), len(c.Revs) > 0 && !slices.Contains(c.Revs, e.Rev):
			continue
		case e.Erased || ledger.Own(e.Kind) && e.WhyErased:
			p.Gone++
			continue
		}
		p.old[e.Seq] = true
		p.Targets = append(p.Targets, Target{Thing: c.Thing, Seq: e.Seq, Rev: e.Rev, State: e.State, At: e.At, Title: batch.TitleOf(e.Body), Reason: e.Why})
		if ledger.Own(e.Kind) {
			*texts = append(*texts, e.Why)
			continue
		}
		list, err := textsOf(e)
		if err != nil {
			return fmt.Errorf("%s, revision %d: %w", c.Thing, e.Rev, err)
		}
		*texts = append(*texts, list...)
		if doc, err := documentOf(e); err != nil {
			return err
		} else if doc.SHA256 != "" && !slices.Contains(p.Documents, doc) {
			p.Documents = append(p.Documents, doc)
		}
	}
	return nil
}

// sameText reports whether an earlier revision says what the one that stands says:
// the steps from draft to published repeat the text.
func sameText(e, last *ledger.Entry) bool { return !e.Erased && bytes.Equal(e.Body, last.Body) }

// look goes through the whole ledger once for the words of the targets.
func (p *Plan) look(ctx context.Context, l ledger.Ledger, texts []string) error {
	slices.SortFunc(texts, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	texts = slices.Compact(texts)
	texts = texts[:min(len(texts), mostWords)]
	found := make([][]Place, len(texts))
	others := make([]map[record.Thing]bool, len(texts))
	err := batch.Each(ctx, l, func(e *ledger.Entry) error {
		if p.old[e.Seq] || e.Erased && e.WhyErased {
			return nil
		}
		if err := p.keepDocument(e); err != nil {
			return err
		}
		t := record.Thing{Kind: e.Kind, ID: e.ID}
		for i, text := range texts {
			field, ok := holds(e, text)
			if !ok {
				continue
			}
			if others[i] == nil {
				others[i] = map[record.Thing]bool{}
			}
			others[i][t] = true
			if len(others[i]) <= mostOthers {
				found[i] = append(found[i], Place{t, e.Seq, e.Rev, e.State, batch.TitleOf(e.Body), field, text})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	told := map[int64]bool{}
	for i, text := range texts {
		if len(others[i]) > mostOthers {
			continue // it says nothing of the targets
		}
		p.Words = append(p.Words, text)
		for _, place := range found[i] {
			if told[place.Seq] {
				continue
			}
			if told[place.Seq] = true; len(p.Elsewhere) == mostPlaces {
				p.More++
				continue
			}
			p.Elsewhere = append(p.Elsewhere, place)
		}
	}
	slices.SortFunc(p.Elsewhere, func(a, b Place) int { return int(a.Seq - b.Seq) })
	return nil
}

// keepDocument notes that an entry that stays names a document.
func (p *Plan) keepDocument(e *ledger.Entry) error {
	if len(p.Documents) == 0 || e.Erased || ledger.Own(e.Kind) {
		return nil
	}
	doc, err := documentOf(e)
	for i := range p.Documents {
		p.Documents[i].Kept = p.Documents[i].Kept || p.Documents[i].SHA256 == doc.SHA256
	}
	return err
}

func documentOf(e *ledger.Entry) (Document, error) {
	if e.Kind != record.SourceKind {
		return Document{}, nil
	}
	var s record.Source
	if err := record.Decode(e.Body, &s); err != nil {
		return Document{}, fmt.Errorf("source %s: %w", e.ID, err)
	}
	if s.Archive == nil {
		return Document{}, nil
	}
	return Document{SHA256: s.Archive.SHA256, Name: s.Archive.Name}, nil
}

// textsOf are the texts of an entry that are worth looking for elsewhere.
func textsOf(e *ledger.Entry) (list []string, err error) {
	keep := func(field, text string) {
		if text = strings.TrimSpace(text); isTelling(field, text) {
			list = append(list, text)
		}
	}
	keep("reason", e.Why)
	return list, eachText(e.Body, keep)
}

// Fields that hold ids, codes and hashes, by their names.
var codes = map[string]bool{"case": true, "court": true, "source": true, "retells": true, "article": true, "restates": true, "successor": true,
	"institution": true, "counted_by": true, "sha256": true, "media_type": true, "kind": true, "indicator": true, "figure": true, "related": true,
	"operator": true, "unit": true, "language": true, "verdict": true, "instance": true, "imprisonment": true, "suspended": true, "verification": true, "charged": true, "convicted": true, "fine": true, "final": true, "joint": true,
	"reasons": true, "replaced_by": true, "offender": true, "form": true, "child_victim": true, "state": true, "unknown": true}

func isTelling(field, text string) bool {
	if codes[field] || strings.Count(text, "")-1 < leastWord {
		return false
	}
	return strings.ContainsFunc(text, unicode.IsLetter) || strings.ContainsAny(text, "/.") // a number of a case has letters too
}

// eachText tells every text in a body with the name of its field.
func eachText(body []byte, tell func(field, text string)) error {
	if len(body) == 0 {
		return nil
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return err
	}
	var walk func(field string, value any)
	walk = func(field string, value any) {
		switch v := value.(type) {
		case string:
			tell(field, v)
		case []any:
			for _, one := range v {
				walk(field, one)
			}
		case map[string]any:
			for name, one := range v {
				walk(name, one)
			}
		}
	}
	walk("", value)
	return nil
}

// holds reports whether an entry holds a text, and in which field.
func holds(e *ledger.Entry, text string) (field string, ok bool) {
	if strings.Contains(e.Why, text) {
		return "reason", true
	}
	// Most entries do not, and that is cheap to see: canonical JSON writes letters as they are.
	if plain, err := json.Marshal(text); err != nil || !bytes.Contains(e.Body, plain[1:len(plain)-1]) && !bytes.Contains(e.Body, []byte(text)) {
		return "", false
	}
	_ = eachText(e.Body, func(name, value string) { // what cannot be read is left to the plain search above
		if strings.Contains(value, text) {
			field, ok = name, true
		}
	})
	return field, ok
}

// Find lists every revision in the ledger whose text or reason holds words, as
// they are written or in other letters' case.
func Find(ctx context.Context, l ledger.Ledger, words string) (list []Place, err error) {
	words = strings.ToLower(strings.TrimSpace(words))
	if words == "" {
		return nil, errors.New("erase: there are no words to look for")
	}
	err = batch.Each(ctx, l, func(e *ledger.Entry) error {
		place := Place{Thing: record.Thing{Kind: e.Kind, ID: e.ID}, Seq: e.Seq, Rev: e.Rev, State: e.State, Title: batch.TitleOf(e.Body), Words: words}
		if strings.Contains(strings.ToLower(e.Why), words) {
			place.Field = "reason"
			list = append(list, place)
			return nil
		}
		found := false
		if err := eachText(e.Body, func(field, text string) {
			if !found && strings.Contains(strings.ToLower(text), words) {
				place.Field, found = field, true
			}
		}); err != nil {
			return fmt.Errorf("entry %d: %w", e.Seq, err)
		}
		for _, header := range []struct{ name, text string }{{"id", e.ID}, {"author", e.By}, {"batch", e.Batch}} {
			if !found && strings.Contains(strings.ToLower(header.text), words) {
				place.Field, found = header.name, true
			}
		}
		if found {
			list = append(list, place)
		}
		return nil
	})
	return list, err
}
