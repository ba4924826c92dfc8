package batch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fener/internal/archive"
	"fener/internal/ledger"
	"fener/internal/record"
)

// AddSource takes one source into the record. id names it; where it is empty,
// a source on record with the same address, or title and publisher, is meant,
// and else a new one. What s leaves empty stays as it stands.
func AddSource(ctx context.Context, l ledger.Ledger, id string, s record.Source, opt Options) (Summary, error) {
	run, err := begin(ctx, l, opt, record.SourceKind)
	if err != nil {
		return Summary{}, err
	}
	run.sum.Rows = 1
	p := run.planner
	it := &Item{Kind: record.SourceKind, ID: p.known.named(record.SourceKind, id), Name: id, Lines: []int{0}}
	if it.ID == "" {
		it.ID, it.Name = p.sourceLike(&s)
	}
	s.Retells = p.known.named(record.SourceKind, s.Retells)
	if p.known.stands(record.Thing{Kind: it.Kind, ID: it.ID}) {
		var stood record.Source
		if err := p.read(ctx, it.Kind, it.ID, &stood); err != nil {
			return Summary{}, err
		}
		s = completed(s, stood)
	}
	s.Synthetic = s.Synthetic || opt.Synthetic
	it.Title = s.Title
	return run.do(ctx, func(take func(plan) error) error {
		if s.Retells != "" && !p.known.stands(record.Thing{Kind: record.SourceKind, ID: s.Retells}) {
			it.missing(0, "retells", p.known.say(record.Thing{Kind: record.SourceKind, ID: s.Retells}))
		}
		p.sameAddress(it, &s)
		p.care(it, &s)
		var rests []record.Thing
		if s.Retells != "" {
			rests = append(rests, record.Thing{Kind: record.SourceKind, ID: s.Retells})
		}
		planned, err := p.settle(ctx, it, &s, s.Validate(false), rests, plan{})
		it.Lines = nil // it comes from no file
		if err != nil {
			return err
		}
		return take(planned)
	})
}

// sourceLike is the id of the source on record that is meant, or a new id with the
// words that it is made of.
func (p *planner) sourceLike(s *record.Source) (id, name string) {
	key := titleKey(s.Title, s.Publisher)
	if s.Address != "" {
		key = addressKey(s.Address)
	}
	if id, ok := p.known.sources.byKey[key]; ok {
		return id, ""
	}
	name = sourceName(s)
	return p.known.id(record.SourceKind, name), name
}

func completed(s, stood record.Source) record.Source {
	for _, f := range []struct{ now, before *string }{{&s.Title, &stood.Title}, {&s.Publisher, &stood.Publisher}, {&s.Kind, &stood.Kind},
		{&s.Language, &stood.Language}, {&s.Address, &stood.Address}, {&s.Retells, &stood.Retells}, {&s.Note, &stood.Note}} {
		if *f.now == "" {
			*f.now = *f.before
		}
	}
	if s.Published.IsZero() {
		s.Published = stood.Published
	}
	if s.Archive == nil {
		s.Archive = stood.Archive
	}
	s.Synthetic = s.Synthetic || stood.Synthetic
	return s
}

// A CopyFault is something wrong with the archived copy of a source, or with a
// quotation that should stand in it.
type CopyFault struct {
	Source string       // id
	Title  string       // of the source
	Thing  record.Thing // of a quotation: what quotes
	Err    error        // matches archive.ErrMissing or archive.ErrAltered, or ErrMisquoted
}

// ErrMisquoted means that a quotation does not occur in the archived copy.
var ErrMisquoted = errors.New("the archived copy does not have the quotation")

// Copies says what CheckCopies looked at.
type Copies struct {
	Sources    int // that stand
	Copies     int // sources with an archived copy
	Searched   int // of these, copies whose text can be searched
	Quotations int // that were looked for
	Unused     []string
	Faults     []CopyFault
	Unsearched []CopyFault // documents, or pages of them, that could not be read; quotations that may stand there, or were recognised wrongly
}

// CheckCopies reads the archived copy of every source that stands, and looks
// for every quotation in it where it can be searched. Files in the store that
// no source names are listed: a crash while adding can leave one, and so does
// a source that was given another copy.
func CheckCopies(ctx context.Context, l ledger.Ledger, store *archive.Store) (Copies, error) {
	c := copies{store: store, sources: map[string]*record.Source{}, quoted: map[record.Thing][]record.Citation{}, named: map[string]bool{}}
	if err := Each(ctx, l, c.hear); err != nil {
		return Copies{}, err
	}
	c.report.Sources = len(c.sources)
	bySource := map[string][]record.Thing{}
	for t, list := range c.quoted {
		for _, q := range list {
			if len(bySource[q.Source]) == 0 || bySource[q.Source][len(bySource[q.Source])-1] != t {
				bySource[q.Source] = append(bySource[q.Source], t)
			}
		}
	}
	ids := make([]string, 0, len(c.sources))
	for id := range c.sources {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		if err := ctx.Err(); err != nil {
			return Copies{}, err
		}
		c.check(ctx, id, bySource[id])
	}
	names, err := store.Names()
	for _, name := range names {
		if !c.named[name] {
			c.report.Unused = append(c.report.Unused, name)
		}
	}
	return c.report, err
}

type copies struct {
	store   *archive.Store
	sources map[string]*record.Source
	quoted  map[record.Thing][]record.Citation
	named   map[string]bool // by any revision: a public one may name an older copy
	report  Copies
}

func (c *copies) hear(e *ledger.Entry) error {
	if ledger.Own(e.Kind) {
		return nil
	}
	t := record.Thing{Kind: e.Kind, ID: e.ID}
	gone := e.Erased || e.State == record.Withdrawn
	if e.Kind == record.SourceKind {
		delete(c.sources, e.ID)
		var s record.Source
		if e.Erased {
			return nil
		}
		if err := record.Decode(e.Body, &s); err != nil {
			return fmt.Errorf("source %s: %w", e.ID, err)
		}
		if s.Archive != nil {
			c.named[s.Archive.SHA256] = true
		}
		if !gone {
			c.sources[e.ID] = &s
		}
		return nil
	}
	delete(c.quoted, t)
	if gone {
		return nil
	}
	list, err := citations(e.Body)
	if err != nil {
		return fmt.Errorf("%s: %w", t, err)
	}
	if len(list) > 0 {
		c.quoted[t] = list
	}
	return nil
}

// citations are those of a thing of any kind that have a quotation.
func citations(body []byte) ([]record.Citation, error) {
	var b struct {
		Citation  record.Citation   `json:"citation"`
		Citations []record.Citation `json:"citations"`
		Doubtful  bool              `json:"doubtful"` // its quotation is known not to be verified
	}
	if err := json.Unmarshal(body, &b); err != nil || b.Doubtful {
		return nil, err
	}
	return slices.DeleteFunc(append(b.Citations, b.Citation), func(c record.Citation) bool { return c.Source == "" || strings.TrimSpace(c.Quote) == "" }), nil
}

func (c *copies) check(ctx context.Context, id string, quoting []record.Thing) {
	a := c.sources[id].Archive
	if a == nil {
		return
	}
	c.report.Copies++
	fault := func(t record.Thing, err error) {
		c.report.Faults = append(c.report.Faults, CopyFault{id, c.sources[id].Title, t, err})
	}
	if err := c.store.Check(a); err != nil {
		fault(record.Thing{}, err)
		return
	}
	text := textOf(ctx, c.store, a)
	if text.Text == nil {
		if text.fault != "" {
			c.report.Unsearched = append(c.report.Unsearched, CopyFault{id, c.sources[id].Title, record.Thing{}, errors.New(text.fault)})
		}
		return
	}
	c.report.Searched++
	if text.Unread != "" {
		c.report.Unsearched = append(c.report.Unsearched, CopyFault{id, c.sources[id].Title, record.Thing{}, errors.New(text.Unread)})
	}
	slices.SortFunc(quoting, func(a, b record.Thing) int { return strings.Compare(a.String(), b.String()) })
	for _, t := range quoting {
		for _, q := range c.quoted[t] {
			if q.Source != id {
				continue
			}
			c.report.Quotations++
			found, uncertain := text.Find(q.Quote)
			missing := fmt.Errorf("%w: after “%s” it does not go on with “%s”", ErrMisquoted, found.Upto, found.From)
			switch {
			case found.Found:
			case uncertain:
				c.report.Unsearched = append(c.report.Unsearched, CopyFault{id, c.sources[id].Title, t, missing})
			default:
				fault(t, missing)
			}
		}
	}
}
