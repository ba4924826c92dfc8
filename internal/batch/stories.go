package batch

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"fener/internal/evidence"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/story"
	"fener/locale"
	"fener/period"
)

// Standing says how things stand on record when a story is taken in, so that a
// reader can compare its text with what stands later.
type Standing struct {
	Day period.Date // of the record's last change
	// Of is how what a reference names stands, in a word: a figure's value as
	// figure.Value.Kept writes it, a claim's verdict, how many values were
	// reported; empty for what has no such thing.
	Of func(ref *story.Reference, placed *record.Placed) (string, error)
}

// A StoryFile is one story to be taken in.
type StoryFile struct {
	Name string
	From io.Reader
}

// Stories takes stories into the record, each from a file of its own; package
// story says what such a file holds. Standing says how things stand that they
// place; nil leaves that out.
func Stories(ctx context.Context, l ledger.Ledger, files []StoryFile, standing *Standing, opt Options) (Summary, error) {
	run, err := begin(ctx, l, opt, record.StoryKind)
	if err != nil {
		return Summary{}, err
	}
	t := &teller{planner: run.planner, standing: standing, several: len(files) > 1}
	if t.named, err = readNamed(ctx, l); err != nil {
		return Summary{}, err
	}
	return run.do(ctx, func(take func(plan) error) error {
		for _, f := range files {
			read, problems, err := story.Read(f.From)
			if err != nil {
				return fmt.Errorf("%s: %w", f.Name, err)
			}
			run.sum.Rows++
			p, err := t.story(ctx, f.Name, read, problems)
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

// teller plans stories.
type teller struct {
	*planner
	standing *Standing
	named    *named
	several  bool // files, so that each reason says in which
}

// named are things that a story names otherwise than by their id: claims by
// their number in an article, and cases that have no entry of their own.
type named struct {
	claims map[string]map[int]string // by article
	cases  map[string]bool
}

func readNamed(ctx context.Context, l ledger.Ledger) (*named, error) {
	n := &named{map[string]map[int]string{}, map[string]bool{}}
	return n, Each(ctx, l, func(e *ledger.Entry) error {
		if e.Erased || e.State == record.Withdrawn || e.Kind != record.ClaimKind && e.Kind != record.JudgmentKind {
			return nil
		}
		var of struct {
			Article string `json:"article"`
			N       int    `json:"n"`
			Case    string `json:"case"`
		}
		if err := json.Unmarshal(e.Body, &of); err != nil {
			return fmt.Errorf("%s %s: %w", e.Kind, e.ID, err)
		}
		if e.Kind == record.JudgmentKind {
			n.cases[of.Case] = true
			return nil
		}
		if n.claims[of.Article] == nil {
			n.claims[of.Article] = map[int]string{}
		}
		n.claims[of.Article][of.N] = e.ID
		return nil
	})
}

func (t *teller) story(ctx context.Context, file string, f *story.File, problems []story.Problem) (plan, error) {
	body := record.Story{Name: f.Name, Author: f.Author, Date: f.Date, Names: record.Names(f.Titles), Written: record.Names(f.Texts), Synthetic: t.opt.Synthetic}
	line := max(f.Line, 1)
	it := &Item{Kind: record.StoryKind, ID: t.known.named(record.StoryKind, f.Name), Name: f.Name, Lines: []int{line}}
	it.Title, _ = body.Names.In(locale.EN)
	for _, p := range problems {
		reason := Reason{Code: Code(p.Code), Line: p.Line, Detail: p.Detail}
		if p.Code == story.Differs {
			it.Doubts = append(it.Doubts, reason)
		} else {
			it.Refused = append(it.Refused, reason)
		}
	}
	if it.Name == "" { // nothing of it can be found again
		it.Name = filepath.Base(file)
	}
	if err := t.place(ctx, it, f.References, &body); err != nil {
		return plan{}, err
	}
	// A case may stand by its judgments alone, without an entry of its own.
	rests := slices.DeleteFunc(record.Rests(&body), func(on record.Thing) bool { return on.Kind == record.CaseKind })
	faults := body.Validate(false)
	if len(problems) > 0 { // they say the same, and where
		faults = nil
	}
	t.care(it, &body)
	p, err := t.settle(ctx, it, &body, faults, rests, plan{})
	if t.several {
		for i := range it.Refused {
			it.Refused[i].Field = joinField(filepath.Base(file), it.Refused[i].Field)
		}
		for i := range it.Doubts {
			it.Doubts[i].Field = joinField(filepath.Base(file), it.Doubts[i].Field)
		}
	}
	return p, err
}

func joinField(file, field string) string {
	if field == "" {
		return file
	}
	return file + " " + field
}

// place finds what a story names, refuses what is not on record, and notes how it
// stands. What was noted stays while the story's date and what it places do, so
// that a mended word does not make an old text look new.
func (t *teller) place(ctx context.Context, it *Item, refs []*story.Reference, body *record.Story) error {
	seen := map[string]bool{}
	for _, ref := range refs {
		p := record.Placed{Named: ref.Named()}
		found, err := t.find(ctx, it, ref, &p)
		if err != nil {
			return err
		}
		if !found || seen[p.Named] {
			continue
		}
		seen[p.Named] = true
		if t.standing != nil {
			if p.Was, err = t.standing.Of(ref, &p); err != nil {
				return fmt.Errorf("how %s stands: %w", p.Named, err)
			}
		}
		body.Placed = append(body.Placed, p)
	}
	if t.standing != nil {
		body.AsOf = t.standing.Day
	}
	if _, stood := t.known.things[t.known.thing(it.Kind, it.ID)]; !stood {
		return nil
	}
	var before record.Story
	if err := t.read(ctx, it.Kind, it.ID, &before); err != nil {
		return err
	}
	same := slices.EqualFunc(before.Placed, body.Placed, func(a, b record.Placed) bool {
		a.Was, b.Was = "", ""
		return a == b
	})
	if same && before.Date == body.Date {
		body.Placed, body.AsOf = before.Placed, before.AsOf
	}
	return nil
}

// find finds what a reference names; found is false where that was refused.
func (t *teller) find(ctx context.Context, it *Item, ref *story.Reference, p *record.Placed) (found bool, err error) {
	absent := func(what string) (bool, error) {
		it.missing(ref.Line, "", what)
		return false, nil
	}
	switch ref.Verb {
	case story.Value, story.Figure:
		return t.figure(it, ref, ref.Args[0])
	case story.Chart:
		room, id, err := chartOf(ref)
		if err == nil && room == "figures" {
			return t.figure(it, ref, id)
		}
		if err != nil || len(ref.Options) > 0 || !evidence.KnownIndicator(id) {
			return absent(ref.Named())
		}
	case story.Said:
		if !evidence.KnownIndicator(ref.Args[0]) {
			return absent("indicator " + ref.Args[0])
		}
	case story.Claim:
		article := t.known.named(record.ArticleKind, ref.Args[0])
		if p.Claim = t.named.claims[article][ref.Number(1)]; p.Claim == "" || !t.known.stands(record.Thing{Kind: record.ClaimKind, ID: p.Claim}) {
			return absent(ref.Named())
		}
	case story.Quote:
		p.Source = t.known.named(record.SourceKind, ref.Args[0])
		if on := (record.Thing{Kind: record.SourceKind, ID: p.Source}); !t.known.stands(on) {
			return absent(t.known.say(on))
		}
		if len(ref.Words) > record.MaxQuote {
			it.Refused = append(it.Refused, Reason{Code: RefusedFault, Line: ref.Line, Field: "quote", Detail: fmt.Sprintf("%d bytes; a quotation is at most %d", len(ref.Words), record.MaxQuote)})
			return false, nil
		}
		return true, t.quotes(ctx, it, ref.Line, "quote", record.Citation{Source: p.Source, Quote: ref.Words}, false)
	case story.Law:
		if pack := t.opt.Pack; pack != nil {
			if at, ok := pack.ParseRef(ref.Args[0]); !ok || len(pack.Find(at)) == 0 {
				return absent(ref.Named())
			}
		}
	case story.Case:
		p.Case = ref.Args[0]
		if !t.named.cases[p.Case] {
			p.Case = t.known.id(record.CaseKind, ref.Args[0])
		}
		if !t.named.cases[p.Case] {
			return absent(ref.Named())
		}
	}
	return true, nil
}

func (t *teller) figure(it *Item, ref *story.Reference, id string) (bool, error) {
	if _, err := FigureQuery(ref, id); err != nil {
		it.Refused = append(it.Refused, Reason{Code: RefusedFault, Line: ref.Line, Detail: err.Error()})
		return false, nil
	}
	if court := ref.Options["court"]; court != "" && !t.known.stands(record.Thing{Kind: record.InstitutionKind, ID: court}) {
		it.missing(ref.Line, "", t.known.say(record.Thing{Kind: record.InstitutionKind, ID: court}))
		return false, nil
	}
	return true, nil
}
