package batch

import (
	"context"
	"io"
	"strings"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/period"
)

// replyColumns are the columns of a file of replies; the first three must be
// there. About is kind:id, such as claim:small-talk-2.
var replyColumns = []string{"institution", "about", "text", "language", "date", "id", "source", "place", "quote"}

// Replies takes a CSV file of institutions' replies into the record.
func Replies(ctx context.Context, l ledger.Ledger, name string, file io.Reader, opt Options) (Summary, error) {
	run, err := begin(ctx, l, record.ReplyKind, opt)
	if err != nil {
		return Summary{}, err
	}
	return run.named(ctx, name, file, replyColumns, run.planner.reply)
}

func (p *planner) reply(ctx context.Context, line int, field func(string) string) (plan, error) {
	r := &record.Reply{Institution: field("institution"), Text: field("text"), Language: field("language"), Synthetic: p.opt.Synthetic}
	it := &Item{Kind: record.ReplyKind, Name: field("id"), Title: r.Institution, Lines: []int{line}}
	wrong := func(field, detail string) {
		it.Refused = append(it.Refused, Reason{Code: RefusedFault, Line: line, Field: field, Detail: detail})
	}
	var err error
	if r.Date, err = period.ParseDate(field("date")); err != nil {
		wrong("date", err.Error())
	}
	about, err := record.ParseThing(field("about"))
	if err != nil {
		wrong("about", err.Error())
	}
	about.ID = p.known.named(about.Kind, about.ID)
	r.About, r.ID = about.Kind, about.ID
	if it.Name == "" {
		it.Name = record.Slug(r.Institution) + "-" + strings.TrimSpace(r.Date.String()) + "-" + shortHash(field("about"), r.Text)
	}
	it.ID = p.known.named(it.Kind, it.Name)
	rests := []record.Thing{{Kind: record.InstitutionKind, ID: r.Institution}, about}
	for i, name := range []string{"institution", "about"} {
		if t := rests[i]; t.ID != "" && !p.known.stands(t) {
			it.missing(line, name, p.known.say(t))
		}
	}
	var needs plan
	if field("source") != "" {
		c := record.Citation{Place: field("place"), Quote: field("quote")}
		if c.Source, err = p.cited(ctx, it, &needs, line, "source", field("source")); err != nil {
			return plan{}, err
		}
		if err := p.quotes(ctx, it, line, "quote", c, false); err != nil {
			return plan{}, err
		}
		r.Citation = &c
		rests = append(rests, record.Thing{Kind: record.SourceKind, ID: c.Source})
	} else {
		for _, name := range []string{"place", "quote"} {
			if field(name) != "" { // of what, if there is no source?
				it.Refused = append(it.Refused, Reason{Code: RefusedUnsourced, Line: line, Field: name})
			}
		}
	}
	p.care(it, r)
	return p.settle(ctx, it, r, r.Validate(false), rests, needs)
}
