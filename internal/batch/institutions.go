package batch

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/record"
)

// institutionColumns are the columns of a file of institutions; all but the
// first three may be missing. Aliases are separated by semicolons.
var institutionColumns = []string{"id", "kind", "name_en", "name_sq", "name_sr", "role", "verified",
	"source_title", "source_url", "quote", "aliases", "successor"}

// Institutions takes a CSV file of institutions into the record, with the
// sources that it names.
func Institutions(ctx context.Context, l ledger.Ledger, name string, file io.Reader, opt Options) (Summary, error) {
	run, err := begin(ctx, l, opt, record.InstitutionKind)
	if err != nil {
		return Summary{}, err
	}
	rows, problems, err := intake.Named(name, file, institutionColumns, 3)
	if err != nil {
		return Summary{}, fmt.Errorf("reading %s: %w", name, err)
	}
	wrong, err := opt.trouble(problems)
	if err != nil {
		return Summary{}, err
	}
	var list []planned
	for _, row := range rows {
		list = append(list, planned{spot{line: row.Line}, func(ctx context.Context) (plan, error) { return run.planner.institution(ctx, row.Line, row.Field) }})
	}
	return run.inOrder(ctx, wrong, list)
}

func (p *planner) institution(ctx context.Context, line int, field func(string) string) (plan, error) {
	in := &record.Institution{
		Names: record.Names{EN: field("name_en"), SQ: field("name_sq"), SR: field("name_sr")},
		Type:  field("kind"), Role: field("role"), Successor: field("successor"), Verified: field("verified"), Synthetic: p.opt.Synthetic,
	}
	for alias := range strings.SplitSeq(field("aliases"), ";") {
		if alias = strings.TrimSpace(alias); alias != "" && !slices.Contains(in.Aliases, alias) {
			in.Aliases = append(in.Aliases, alias)
		}
	}
	it := &Item{Kind: record.InstitutionKind, ID: field("id"), Title: in.Names.EN, Lines: []int{line}}
	if it.ID == "" {
		it.ID = record.Slug(in.Names.EN)
	}
	out := plan{items: []*Item{it}}
	if err := p.cite(ctx, &out, in, field); err != nil {
		return plan{}, err
	}
	for _, f := range in.Validate(false) {
		it.Refused = append(it.Refused, faulty(f, line))
	}
	changes, err := p.place(ctx, it, in)
	if it.Class == Refused {
		return plan{items: out.items[:1]}, err
	}
	out.changes = append(out.changes, changes...)
	return out, err
}

// cite adds the source of an institution's names. What stands behind the address
// says where in it, as in "https://example.org/ (page 3)".
func (p *planner) cite(ctx context.Context, out *plan, in *record.Institution, field func(string) string) error {
	title, address := field("source_title"), field("source_url")
	if title == "" && address == "" {
		it := out.items[0]
		if field("quote") != "" {
			it.Refused = append(it.Refused, Reason{Code: RefusedUnsourced, Line: it.Lines[0], Field: "quote"})
		}
		return nil
	}
	src := ParseSource(address)
	place := strings.Trim(strings.Replace(address, src.Address, "", 1), " ()")
	if src.Title = title; title == "" {
		src.Title = src.Address
	}
	src.Published, src.Publisher = record.Source{}.Published, ""
	id, err := p.ensureSource(ctx, out.items[0], out, src)
	if err != nil {
		return err
	}
	in.Citations = []record.Citation{{Source: id, Place: place, Quote: field("quote")}}
	return nil
}

// ensureSource finds a source on record or plans it as new. Where it is refused,
// so is what needs it.
func (p *planner) ensureSource(ctx context.Context, of *Item, out *plan, src *record.Source) (string, error) {
	key := titleKey(src.Title, src.Publisher)
	if src.Address != "" {
		key = addressKey(src.Address)
	}
	name := sourceName(src)
	it := &Item{Kind: record.SourceKind, ID: p.known.id(record.SourceKind, name), Name: name, Title: src.Title}
	var body any = src
	if id, ok := p.known.sources.byKey[key]; ok {
		again, err := p.withdrawn(ctx, record.Thing{Kind: record.SourceKind, ID: id})
		if err != nil || again == nil {
			return id, err
		}
		it.ID, body = id, json.RawMessage(again)
	}
	for _, f := range src.Validate(false) {
		it.Refused = append(it.Refused, faulty(f, 0))
	}
	changes, err := p.place(ctx, it, body)
	of.Refused = append(of.Refused, it.Refused...)
	out.items, out.changes = append(out.items, it), append(out.changes, changes...)
	return it.ID, err
}
