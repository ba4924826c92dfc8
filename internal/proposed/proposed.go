// Package proposed makes a table of what documents are read to say: one row a count, beside each value the words it rests on and their page,
// and what is not sure marked. A person corrects it, and `fener import judgments` takes it. Nothing here is a fact yet.
package proposed

import (
	"fmt"
	"path/filepath"
	"strings"

	"fener/internal/document"
	"fener/internal/reading"
)

// Set is what was read of several documents.
type Set struct {
	Rows      []Row
	Decisions []Decision
	Unread    []Unread

	all   []reading.Proposal // of each decision at hand, for telling which are the same
	names []string           // of the files they stand in
}

// Row is one count, and whose it is.
type Row struct {
	File  string             `json:"file"`
	Cells [columnsCount]Cell `json:"-"`
	Named map[string]*Cell   `json:"cells"` // those that say anything, by the name of their column
}

// Cell is a value with what it rests on.
type Cell struct {
	Value string         `json:"value"`
	Quote string         `json:"quote,omitempty"`
	Page  int            `json:"page,omitempty"`
	Boxes []document.Box `json:"boxes,omitempty"` // where the quotation stands on its page
	Rule  string         `json:"rule,omitempty"`
	Doubt string         `json:"doubt,omitempty"` // why it is not sure; empty where it is
}

// Decision is a decision that a document is of, or tells of.
type Decision struct {
	File     string `json:"file"`
	This     bool   `json:"this"` // the one that the document is of
	Number   Cell   `json:"number"`
	Court    Cell   `json:"court"`
	Date     Cell   `json:"date"`
	Instance Cell   `json:"instance"`
	Effect   Cell   `json:"effect"`
	Counts   int    `json:"counts"`
	Chain    int    `json:"chain,omitempty"` // decisions of one case have the same number here; 0 where a case has one only
	SameAs   string `json:"same_as,omitempty"`
}

// Unread is what was not read of a file, or what is to be known of it.
type Unread struct {
	File  string `json:"file"`
	Pages string `json:"pages,omitempty"`
	Why   string `json:"why"`
}

// Refuse says of a file that nothing of it was read.
func (s *Set) Refuse(name, why string) { s.Unread = append(s.Unread, Unread{File: name, Why: why}) }

// Add takes in a document, which may hold several decisions.
func (s *Set) Add(d *document.Document) {
	for _, n := range d.Notes {
		s.Unread = append(s.Unread, Unread{File: d.Name, Why: n.Text()})
	}
	for _, g := range d.Gaps {
		pages, why, _ := strings.Cut(g.Text(), ": ")
		s.Unread = append(s.Unread, Unread{d.Name, pages, why})
	}
	text := d.WithoutRunning()
	for _, part := range reading.Split(text.String) {
		s.decision(&paper{file: d.Name, text: text, start: part.Start}, reading.Propose(text.String[part.Start:part.End]))
	}
}

func (s *Set) decision(p *paper, proposal reading.Proposal) {
	for _, problem := range proposal.Problems {
		s.Unread = append(s.Unread, Unread{File: p.file, Pages: p.pageOf(0), Why: problem})
	}
	if len(proposal.Decisions) == 0 {
		return
	}
	for i := range proposal.Decisions {
		d := &proposal.Decisions[i]
		rows := p.rows(&proposal, d)
		s.Rows = append(s.Rows, rows...)
		s.Decisions = append(s.Decisions, Decision{File: p.file, This: i == proposal.This, Number: cellOf(p, d.Number, plain), Court: cellOf(p, d.Court, plain),
			Date: cellOf(p, d.Date, dateText), Instance: cellOf(p, d.Instance, instanceText), Effect: cellOf(p, d.Effect, effectText), Counts: len(rows)})
		if i == proposal.This && len(rows) == 0 && !hasCounts(&proposal) {
			s.Unread = append(s.Unread, Unread{File: p.file, Pages: p.pageOf(0), Why: "no count with a verdict or a sentence was found in it"})
		}
	}
	s.all = append(s.all, proposal)
	s.names = append(s.names, p.file)
}

func hasCounts(p *reading.Proposal) bool {
	for i := range p.Decisions {
		if len(p.Decisions[i].Defendants) > 0 {
			return true
		}
	}
	return false
}

// Tie says which documents are of one decision, and which decisions of one case. It is asked once, after all were added.
func (s *Set) Tie() {
	at := make([]int, 0, len(s.all)) // of each proposal: the line in Decisions of the decision at hand
	for i := range s.Decisions {
		if s.Decisions[i].This {
			at = append(at, i)
		}
	}
	var ours []int // proposals with a decision at hand, in the order of at
	for i := range s.all {
		if s.all[i].This >= 0 {
			ours = append(ours, i)
		}
	}
	for i := range ours {
		for j := range i {
			if like := reading.Same(s.all[ours[j]], s.all[ours[i]]); like.Same {
				s.Decisions[at[i]].SameAs = s.names[ours[j]]
				s.Unread = append(s.Unread, Unread{File: s.names[ours[i]], Why: fmt.Sprintf("it is the same decision as in %s: %s; keep the rows of one of them", filepath.Base(s.names[ours[j]]), like.Why)})
				break
			}
		}
	}
	place := map[int]int{}
	for i, proposal := range ours {
		place[proposal] = at[i]
	}
	for n, chain := range reading.Chains(s.all) {
		if len(chain) < 2 {
			continue
		}
		for _, proposal := range chain {
			if i, ok := place[proposal]; ok {
				s.Decisions[i].Chain = n + 1
			}
		}
	}
}

// paper is one decision within a document.
type paper struct {
	file  string
	text  *document.Text
	start int // of the decision, in bytes of the text
}

func (p *paper) pageOf(at int) string {
	if n := p.text.Page(p.start + at); n > 0 {
		return fmt.Sprintf("page %d", n)
	}
	return ""
}

// leastCertain is how certain letters are to be that were recognised in a picture, of 100.
const leastCertain = 75

// cellOf is a value as a cell, with where its quotation stands.
func cellOf[T any](p *paper, v reading.Value[T], text func(T) string) Cell {
	if !v.Found() {
		return Cell{}
	}
	c := Cell{Value: text(v.Value), Quote: strings.Join(strings.Fields(v.Quote.Text), " "), Rule: v.Rule, Doubt: v.Doubt}
	if !v.Sure && c.Doubt == "" {
		c.Doubt = "not sure"
	}
	if v.Quote.End <= v.Quote.Start {
		return c
	}
	for i, place := range p.text.Places(p.start+v.Quote.Start, p.start+v.Quote.End) {
		if i == 0 {
			c.Page = place.Page
		}
		if place.Page == c.Page {
			c.Boxes = append(c.Boxes, place.Boxes...)
		}
		if c.Doubt == "" && place.Certain > 0 && place.Certain < leastCertain {
			c.Doubt = fmt.Sprintf("letters were recognised with a certainty of %d of 100", place.Certain)
		}
	}
	return c
}
