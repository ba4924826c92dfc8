// Package audit says who stands behind what is public: who wrote it, who verified it, who published it, and what nobody but its maker has seen.
package audit

import (
	"context"
	"slices"
	"strings"
	"time"

	"fener/internal/batch"
	"fener/internal/ledger"
	"fener/internal/record"
)

// Person is somebody who answers for entries.
type Person struct {
	Name      string    `json:"name"`
	Wrote     int       `json:"wrote"`     // revisions that say something new
	Verified  int       `json:"verified"`  // of others
	Published int       `json:"published"` // revisions brought to the public
	Withdrew  int       `json:"withdrew"`
	Last      time.Time `json:"last"` // when they last appended anything
}

// Alone is something public of a kind that asks for two people, which nobody but its maker has verified as it stands.
type Alone struct {
	Kind record.Kind `json:"kind"`
	ID   string      `json:"id"`
	By   string      `json:"by"` // who published it
	On   time.Time   `json:"on"`
}

// Report is what an audit found.
type Report struct {
	TwoPeople bool     `json:"two_people"` // the record asks for a second person now
	People    []Person `json:"people"`     // by name
	Alone     []Alone  `json:"alone"`      // by kind and id
	Public    int      `json:"public"`     // things of kinds that ask for two people that are public
}

// standing is what an audit keeps of one thing while it reads.
type standing struct {
	body     string
	writer   string
	verified bool // by somebody else, as it stands
	is       bool // public
	alone    *Alone
}

// Read reads the whole ledger once.
func Read(ctx context.Context, l ledger.Ledger) (*Report, error) {
	people := map[string]*Person{}
	things := map[record.Thing]*standing{}
	r := &Report{People: []Person{}, Alone: []Alone{}}
	err := batch.Each(ctx, l, func(e *ledger.Entry) error {
		if ledger.Own(e.Kind) {
			return nil
		}
		p := people[e.By]
		if p == nil {
			p = &Person{Name: e.By}
			people[e.By] = p
		}
		p.Last = e.At
		t := record.Thing{Kind: e.Kind, ID: e.ID}
		s := things[t]
		if s == nil {
			s = &standing{}
			things[t] = s
		}
		if body := string(e.Body); e.Erased || body != s.body || s.writer == "" {
			s.body, s.writer, s.verified = body, e.By, false
			p.Wrote++
		}
		switch e.State {
		case record.Verified:
			if !ledger.SamePerson(e.By, s.writer) {
				s.verified = true
				p.Verified++
			}
		case record.Published:
			p.Published++
			s.is, s.alone = true, nil
			if !s.verified {
				s.alone = &Alone{e.Kind, e.ID, e.By, e.At}
			}
		case record.Withdrawn:
			p.Withdrew++
			s.is, s.alone = false, nil
		}
		if e.Kind == record.RuleKind && e.ID == record.FourEyesID {
			r.TwoPeople = ledger.RuleInForce(e)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		r.People = append(r.People, *p)
	}
	for t, s := range things {
		d := record.DefinitionOf(t.Kind)
		if d == nil || !d.FourEyes || !s.is {
			continue
		}
		r.Public++
		if s.alone != nil {
			r.Alone = append(r.Alone, *s.alone)
		}
	}
	slices.SortFunc(r.People, func(a, b Person) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(r.Alone, func(a, b Alone) int {
		return strings.Compare(string(a.Kind)+" "+a.ID, string(b.Kind)+" "+b.ID)
	})
	return r, nil
}
