package reads

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sync"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/talk"
	"fener/internal/view"
	"fener/period"
)

// Commitment is what an institution said it would do, with how it stands on the day of which the page tells.
type Commitment struct {
	ID    string
	Entry view.Meta
	*record.Commitment
	// Answers is the id of the institution that answers for it; empty where the record has none of its name.
	Answers  string
	Standing talk.Standing
	// Confirmed says that a second person read the commitment itself.
	Confirmed bool
	// Replies are all replies to it, in their order; those that count in its standing are of the institution that answers for it.
	Replies []talk.Statement

	readings []talk.Reading
	own      []talk.Statement // of the institution that answers for it, or of one that took over from it or handed over to it
}

// Commitments are all commitments on record, those that were due first before the others, and those without a date last.
type Commitments struct {
	List    []Commitment
	Sources map[string]record.Source // that they and what bears on them quote
	At      map[string]view.Meta     // the entry of each outcome, by its id
	About   map[string]string        // the commitment of each outcome, by the outcome's id

	byID map[string]int
}

// One is the commitment of an id; nil where there is none.
func (of *Commitments) One(id string) *Commitment {
	if i, ok := of.byID[id]; ok {
		return &of.List[i]
	}
	return nil
}

// Of are those that an institution answers for, by the institution's id.
func (of *Commitments) Of(institution string) []Commitment {
	return of.those(func(c *Commitment) bool { return institution != "" && c.Answers == institution })
}

// OfTalk are those that were made at a talk, by the talk's id.
func (of *Commitments) OfTalk(id string) []Commitment {
	return of.those(func(c *Commitment) bool { return id != "" && c.Talk == id })
}

func (of *Commitments) those(which func(*Commitment) bool) (list []Commitment) {
	for i := range of.List {
		if which(&of.List[i]) {
			list = append(list, of.List[i])
		}
	}
	return list
}

// CommitmentsOnRecord are the commitments as they stand on the day of which the page tells. They are read once for each position of the record; a page that
// shows how they stand is page.Daily. Whoever gets them must not change them.
func CommitmentsOnRecord(r *page.Request) (*Commitments, error) {
	kept, err := commitments.Of(r)
	if err != nil {
		return nil, err
	}
	day, err := r.Day()
	if err != nil {
		return nil, err
	}
	return kept.on(day), nil
}

// CommitmentsIfAny is CommitmentsOnRecord, and nil where there is no record or no commitment on it.
func CommitmentsIfAny(r *page.Request) (*Commitments, error) {
	of, err := CommitmentsOnRecord(r)
	if page.IsNoData(err) || err == nil && len(of.List) == 0 {
		return nil, nil
	}
	return of, err
}

// CommitmentsOf are the commitments that an institution answers for; none where there are none.
func CommitmentsOf(r *page.Request, institution string) ([]Commitment, error) {
	of, err := CommitmentsIfAny(r)
	if err != nil || of == nil {
		return nil, err
	}
	return of.Of(institution), nil
}

// CommitmentsOfTalk are the commitments that were made at a talk; none where there are none.
func CommitmentsOfTalk(r *page.Request, id string) ([]Commitment, error) {
	of, err := CommitmentsIfAny(r)
	if err != nil || of == nil {
		return nil, err
	}
	return of.OfTalk(id), nil
}

// daily are the commitments at one position, with how they stand on the day that was asked about last.
type daily struct {
	mu   sync.Mutex
	all  Commitments
	day  period.Date
	last *Commitments
}

func (d *daily) on(day period.Date) *Commitments {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.last == nil || d.day != day {
		of := d.all
		of.List = slices.Clone(d.all.List)
		for i := range of.List {
			c := &of.List[i]
			c.Standing = talk.Stand(c.Commitment, c.readings, c.own, day)
		}
		d.last, d.day = &of, day
	}
	return d.last
}

var commitments = page.NewOnce(func(r *page.Request) (*daily, error) {
	v, err := r.Record()
	if err != nil {
		return nil, err
	}
	d := &daily{all: Commitments{Sources: map[string]record.Source{}, At: map[string]view.Meta{}, About: map[string]string{}, byID: map[string]int{}}}
	if err := d.read(r, v); err != nil {
		return nil, fmt.Errorf("reading what was promised: %w", err)
	}
	return d, nil
})

func (d *daily) read(r *page.Request, v *view.View) error {
	of := &d.all
	list, err := view.All[*record.Commitment](r.Context(), v, record.CommitmentKind)
	if err != nil {
		return err
	}
	bodies, err := Institutions(r)
	if err != nil {
		return err
	}
	named := map[string]string{} // finding an institution by its names takes a way through all of them
	for _, one := range list {
		text := one.Body.Institution
		if _, known := named[text]; !known {
			named[text] = IdOfInstitution(bodies, text)
		}
		c := Commitment{ID: one.ID, Entry: one.Meta, Commitment: one.Body, Answers: named[text]}
		if c.Confirmed, err = Checked(r, one.Seq); err != nil {
			return err
		}
		of.List = append(of.List, c)
	}
	slices.SortStableFunc(of.List, func(a, b Commitment) int { return cmp.Or(ByDue(&a, &b), cmp.Compare(a.ID, b.ID)) })
	for i := range of.List {
		of.byID[of.List[i].ID] = i
	}
	if err := of.readings(r, v); err != nil {
		return err
	}
	if err := of.replies(r, v, bodies); err != nil {
		return err
	}
	return of.sources(r, v)
}

// ByDue puts first what was due first. Dates that were named later make no difference, and what has no date comes last.
func ByDue(a, b *Commitment) int {
	if a.By.IsZero() != b.By.IsZero() {
		if a.By.IsZero() {
			return 1
		}
		return -1
	}
	return cmp.Or(a.By.Last().Compare(b.By.Last()), a.By.Compare(b.By), a.Said.Compare(b.Said))
}

func (of *Commitments) readings(r *page.Request, v *view.View) error {
	list, err := view.All[*record.Outcome](r.Context(), v, record.OutcomeKind)
	if err != nil {
		return err
	}
	for _, one := range list {
		of.At[one.ID], of.About[one.ID] = one.Meta, one.Body.Commitment
		c := of.One(one.Body.Commitment)
		if c == nil {
			continue
		}
		two, err := Checked(r, one.Seq)
		if err != nil {
			return err
		}
		c.readings = append(c.readings, talk.Reading{ID: one.ID, Outcome: one.Body, Order: one.Seq, Confirmed: two})
	}
	return nil
}

// replies ties replies to commitments. A body that took over from another one speaks for it, and what the other one said stays said.
func (of *Commitments) replies(r *page.Request, v *view.View, bodies map[string]*record.Institution) error {
	list, err := view.All[*record.Reply](r.Context(), v, record.ReplyKind)
	if err != nil {
		return err
	}
	heir := func(id string) string {
		return coverage.Heir(id, func(id string) string {
			if in := bodies[id]; in != nil {
				return in.Successor
			}
			return ""
		})
	}
	for _, one := range list {
		if one.Body.About != record.CommitmentKind {
			continue
		}
		c := of.One(one.Body.ID)
		if c == nil {
			continue
		}
		said := talk.Statement{ID: one.ID, Reply: one.Body, Order: one.Seq}
		c.Replies = append(c.Replies, said)
		if c.Answers != "" && heir(one.Body.Institution) == heir(c.Answers) {
			c.own = append(c.own, said)
		}
	}
	for i := range of.List {
		slices.SortStableFunc(of.List[i].Replies, func(a, b talk.Statement) int { return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Order, b.Order)) })
	}
	return nil
}

// sources reads the sources that commitments and readings quote.
func (of *Commitments) sources(r *page.Request, v *view.View) error {
	for i := range of.List {
		c := &of.List[i]
		cited := []record.Citation{c.Citation}
		for _, l := range c.Later {
			cited = append(cited, l.Citation)
		}
		for _, reading := range c.readings {
			cited = append(cited, reading.Citations...)
		}
		for _, s := range c.Replies {
			if s.Citation != nil {
				cited = append(cited, *s.Citation)
			}
		}
		for _, one := range cited {
			if _, has := of.Sources[one.Source]; has || one.Source == "" {
				continue
			}
			s, err := v.BareSource(r.Context(), one.Source)
			if err == nil {
				of.Sources[one.Source] = s.Source
			} else if !errors.Is(err, view.ErrNotFound) && !errors.Is(err, view.ErrGone) {
				return err
			}
		}
	}
	return nil
}
