package batch

import (
	"context"
	"io"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/period"
)

// helpLineColumns are the columns of a file of help lines; the first three must be there.
var helpLineColumns = []string{"id", "does", "name_en", "name_sq", "name_sr", "number", "hours_en", "hours_sq", "hours_sr", "for_en", "for_sq", "for_sr", "published", "source", "place",
	"quote", "note_en", "note_sq", "note_sr"}

// HelpLines takes a CSV file of help lines into the record.
func HelpLines(ctx context.Context, l ledger.Ledger, name string, file io.Reader, opt Options) (Summary, error) {
	run, err := begin(ctx, l, record.HelpLineKind, opt)
	if err != nil {
		return Summary{}, err
	}
	return run.named(ctx, name, file, helpLineColumns, run.planner.helpLine)
}

func (p *planner) helpLine(ctx context.Context, line int, field func(string) string) (plan, error) {
	names := func(of string) record.Names {
		return record.Names{EN: field(of + "_en"), SQ: field(of + "_sq"), SR: field(of + "_sr")}
	}
	h := &record.HelpLine{Names: names("name"), Does: field("does"), Number: field("number"), Hours: names("hours"), For: names("for"), Note: names("note"),
		Citation: record.Citation{Place: field("place"), Quote: field("quote")}, Synthetic: p.opt.Synthetic}
	it := &Item{Kind: record.HelpLineKind, Name: field("id"), Title: h.Found("").Title, Lines: []int{line}}
	if it.Name == "" {
		it.Name = record.Slug(it.Title)
	}
	it.ID = p.known.named(it.Kind, it.Name)
	var err error
	if h.Published, err = period.ParseDate(field("published")); err != nil {
		it.Refused = append(it.Refused, Reason{Code: RefusedFault, Line: line, Field: "published", Detail: err.Error()})
	}
	var needs plan
	if h.Citation.Source, err = p.cited(ctx, it, &needs, line, "source", field("source")); err != nil {
		return plan{}, err
	}
	if err := p.quotes(ctx, it, line, "quote", h.Citation, false); err != nil {
		return plan{}, err
	}
	p.care(it, h)
	return p.settle(ctx, it, h, h.Validate(p.opt.State == record.Published), []record.Thing{{Kind: record.SourceKind, ID: h.Citation.Source}}, needs)
}
