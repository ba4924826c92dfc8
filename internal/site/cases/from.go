package cases

import (
	"errors"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/view"
)

// madeFrom is everything that the page of a case and its data are made from. Whatever buildCase comes to read is added here; a test that changes the record
// in every way it can be changed compares what is kept by it with what is made anew.
type madeFrom struct {
	Case         *view.CaseFile
	History      []view.Revision
	Replies      []*evidence.Reply
	Cited        []*record.Source // by the replies, in their order
	TwoPeople    bool
	Institutions string // of all: histories and replies name them
}

var institutionsSum = page.NewOnce(func(r *page.Request) (string, error) {
	all, err := reads.Institutions(r)
	return page.Sum(all), err
})

func caseFrom(r *page.Request) (any, error) {
	v, c, err := caseFile(r)
	if err != nil {
		return nil, err
	}
	from := &madeFrom{Case: c}
	if from.Institutions, err = institutionsSum.Of(r); err != nil {
		return nil, err
	}
	entries := []int64{}
	things := []record.Thing{{Kind: record.CaseKind, ID: c.ID}}
	if c.Meta.Seq > 0 {
		entries = append(entries, c.Meta.Seq)
	}
	for i := range c.Judgments {
		things = append(things, record.Thing{Kind: record.JudgmentKind, ID: c.Judgments[i].ID})
		entries = append(entries, c.Judgments[i].Meta.Seq)
	}
	if from.TwoPeople, err = reads.Checked(r, entries...); err != nil {
		return nil, err
	}
	set, err := reads.SaidIfAny(r)
	if err != nil {
		return nil, err
	}
	for _, thing := range things {
		revisions, err := v.History(r.Context(), thing.Kind, thing.ID)
		if err != nil && !errors.Is(err, view.ErrNotFound) {
			return nil, err
		}
		from.History = append(from.History, revisions...)
		if set == nil {
			continue
		}
		for _, reply := range set.Replies(thing.Kind, thing.ID) {
			from.Replies = append(from.Replies, reply)
			if reply.Citation != nil {
				from.Cited = append(from.Cited, set.Source(reply.Citation.Source))
			}
		}
	}
	return from, nil
}
