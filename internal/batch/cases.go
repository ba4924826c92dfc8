package batch

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/period"
)

// Cases takes a file of cases into the record (see CaseFile) and ties the
// judgments on record that bear one of their numbers to them. Judgments that
// are imported later find their case by themselves.
func Cases(ctx context.Context, l ledger.Ledger, name string, file io.Reader, opt Options) (Summary, error) {
	return opt.alone(ctx, l, func() (Summary, error) { return takeCases(ctx, l, name, file, opt) })
}

func takeCases(ctx context.Context, l ledger.Ledger, name string, file io.Reader, opt Options) (Summary, error) {
	list, err := ReadCases(name, file)
	if err != nil {
		return Summary{}, err
	}
	run, err := begin(ctx, l, opt, record.CaseKind)
	if err != nil {
		return Summary{}, err
	}
	chains, err := run.planner.readChains(ctx, list)
	if err != nil {
		return Summary{}, err
	}
	return run.do(ctx, func(take func(plan) error) error {
		for i := range list {
			run.sum.Rows++
			p, err := run.planner.caseFile(ctx, i+1, &list[i], chains)
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

// caseFile plans one case; place is its place in the file.
func (p *planner) caseFile(ctx context.Context, place int, f *CaseFile, chains *chains) (plan, error) {
	c, refused := f.record()
	it := &Item{Kind: record.CaseKind, Name: strings.TrimSpace(f.ID), Lines: []int{place}, Title: strings.Join(c.Numbers, ", "), Refused: refused}
	out := plan{items: []*Item{it}}
	if it.Name == "" {
		it.Name = p.caseFileName(it, f, c)
	}
	if it.ID = p.known.named(it.Kind, it.Name); it.ID == "" {
		it.Refused = append(it.Refused, Reason{Code: RefusedFault, Field: "numbers", Detail: "is empty, and there is no id: one of them names the case"})
		it.Class = Refused
		return out, nil
	}
	if f.ID != "" && f.Court != "" {
		it.Doubts = append(it.Doubts, Reason{Code: DoubtNotKept, Field: "court", Detail: f.Court})
	}
	p.keepProtection(it, c)
	for _, citation := range f.Citations {
		src := p.known.sources.resolve(citation.Source)
		if src.new != nil {
			id, err := p.ensureSource(ctx, it, &out, src.new)
			if err != nil {
				return out, err
			}
			src.id = id
		}
		c.Citations = append(c.Citations, record.Citation{Source: src.id, Place: citation.Place, Quote: citation.Quote})
	}
	for _, fault := range (&record.Case{Citations: c.Citations}).Validate(false) {
		it.Refused = append(it.Refused, faulty(fault, 0))
	}
	c.Synthetic = p.opt.Synthetic
	p.care(it, c)
	changes, err := p.place(ctx, it, c)
	if err != nil || it.Class == Refused {
		return plan{items: out.items[:1]}, err
	}
	out.changes = append(out.changes, changes...)
	return out, p.tie(ctx, &out, it, f, chains)
}

func (p *planner) caseFileName(it *Item, f *CaseFile, c *record.Case) string {
	if len(c.Numbers) == 0 {
		return ""
	}
	court := p.known.courts.find(f.Court)
	if court == "" && f.Court != "" {
		court, _ = proposeCourt(f.Court)
		it.Doubts = append(it.Doubts, Reason{Code: DoubtCourt, Field: "court", Detail: f.Court})
	}
	key, _ := record.NumberKey(c.Numbers[0])
	p.known.cases.court(court)
	return caseName([]string{key}, court)
}

// chains are the judgments on record that the cases of a file may mean.
type chains struct {
	byNumber map[string][]string
	byPlace  map[placeKey][]string
	standing map[string]*chained
}

type placeKey struct {
	court    string
	instance record.Instance
	date     period.Date
}

type chained struct {
	judgment record.Judgment
	rev      int
	state    record.State
}

// readChains reads the judgments that have one of the numbers or places that the
// file names, as they stand.
func (p *planner) readChains(ctx context.Context, list []CaseFile) (*chains, error) {
	ch := &chains{byNumber: map[string][]string{}, byPlace: map[placeKey][]string{}, standing: map[string]*chained{}}
	for i := range list {
		c, _ := list[i].record()
		for _, n := range c.Numbers {
			key, _ := record.NumberKey(n)
			ch.byNumber[key] = nil
		}
		for _, j := range list[i].Judgments {
			ch.byPlace[p.placeOf(j)] = nil
		}
	}
	err := Each(ctx, p.led, func(e *ledger.Entry) error {
		if e.Kind != record.JudgmentKind {
			return nil
		}
		delete(ch.standing, e.ID)
		if e.Erased || e.State == record.Withdrawn {
			return nil
		}
		c := &chained{rev: e.Rev, state: e.State}
		if err := record.Decode(e.Body, &c.judgment); err != nil {
			return fmt.Errorf("judgment %s: %w", e.ID, err)
		}
		if ch.wants(&c.judgment) {
			ch.standing[e.ID] = c
		}
		return nil
	})
	for id, c := range ch.standing {
		for _, key := range keysOf(&c.judgment) {
			ch.byNumber[key] = append(ch.byNumber[key], id)
		}
		if at := place(&c.judgment); len(c.judgment.Numbers) == 0 {
			ch.byPlace[at] = append(ch.byPlace[at], id)
		}
	}
	return ch, err
}

func (p *planner) placeOf(j CaseJudgment) placeKey {
	at := placeKey{court: p.known.courts.find(j.Court)}
	if at.court == "" {
		at.court, _ = proposeCourt(j.Court)
	}
	at.instance, _ = record.ParseInstance(j.Instance)
	at.date, _ = period.ParseDate(j.Date) // what cannot be read matches nothing and is said to be missing
	return at
}

func place(j *record.Judgment) placeKey { return placeKey{j.Court, j.Instance, j.Date} }

func keysOf(j *record.Judgment) []string {
	var keys []string
	for _, n := range j.Numbers {
		key, _ := record.NumberKey(n)
		keys = append(keys, key)
	}
	return keys
}

func (c *chains) wants(j *record.Judgment) bool {
	if len(j.Numbers) == 0 {
		_, wanted := c.byPlace[place(j)]
		return wanted
	}
	return slices.ContainsFunc(keysOf(j), func(key string) bool { _, wanted := c.byNumber[key]; return wanted })
}

// tie gives the judgments that belong to a case its id. They stay in the state
// in which they stand.
func (p *planner) tie(ctx context.Context, out *plan, it *Item, f *CaseFile, ch *chains) error {
	var ids []string
	c, _ := f.record()
	for _, n := range c.Numbers {
		key, _ := record.NumberKey(n)
		for _, id := range ch.byNumber[key] {
			if p.known.cases.mayBeAt(it.ID, ch.standing[id].judgment.Court) {
				ids = append(ids, id)
			}
		}
	}
	for _, j := range f.Judgments {
		switch found := ch.byPlace[p.placeOf(j)]; len(found) {
		case 1:
			ids = append(ids, found[0])
		case 0:
			it.Doubts = append(it.Doubts, Reason{Code: DoubtNoJudgment, Field: "judgments", Detail: strings.Join([]string{j.Court, j.Instance, j.Date}, ", ")})
		default:
			slices.Sort(found)
			it.Doubts = append(it.Doubts, Reason{Code: DoubtCase, Field: "judgments", Detail: strings.Join(found, ", ")})
		}
	}
	if it.Class == New || it.Class == Changed {
		it.classify(false)
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if err := p.tieOne(out, it.ID, id, ch.standing[id]); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (p *planner) tieOne(out *plan, caseID, id string, c *chained) error {
	if c.judgment.Case == caseID {
		return nil
	}
	it := &Item{Kind: record.JudgmentKind, ID: id, Title: titleOf(&c.judgment), Revision: c.rev, State: c.state, Class: Changed,
		Differences: []Difference{{"case", c.judgment.Case, caseID}}}
	c.judgment.Case = caseID
	body, err := record.Encode(&c.judgment)
	if err != nil {
		return fmt.Errorf("judgment %s: %w", id, err)
	}
	changes := p.sign.revisions(it.Kind, id, c.rev, c.state, c.state, body)
	c.rev += len(changes)
	out.items, out.changes = append(out.items, it), append(out.changes, changes...)
	return nil
}
