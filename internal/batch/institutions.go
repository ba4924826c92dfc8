package batch

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

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
	run, err := begin(ctx, l, record.InstitutionKind, opt)
	if err != nil {
		return Summary{}, err
	}
	return run.do(ctx, func(take func(plan) error) error {
		return eachRecord(name, file, institutionColumns, func(line int, field func(string) string) error {
			run.sum.Rows++
			p, err := run.planner.institution(ctx, line, field)
			if err != nil {
				return err
			}
			return take(p)
		})
	})
}

// eachRecord reads a CSV file with a header; the first column named is required
// in the header, as is every value's place in it.
func eachRecord(name string, file io.Reader, columns []string, each func(line int, field func(string) string) error) error {
	in := csv.NewReader(file)
	in.FieldsPerRecord = -1
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%s is empty; expected a header with the columns %s", name, strings.Join(columns, ", "))
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	at := map[string]int{}
	for i, h := range header {
		at[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\uFEFF")))] = i
	}
	for _, c := range columns[:3] {
		if _, ok := at[c]; !ok {
			return fmt.Errorf("%s: there is no column %s; expected %s", name, c, strings.Join(columns, ", "))
		}
	}
	for {
		fields, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		line, _ := in.FieldPos(0)
		err = each(line, func(column string) string {
			if i, ok := at[column]; ok && i < len(fields) {
				return strings.TrimSpace(fields[i])
			}
			return ""
		})
		if err != nil {
			return err
		}
	}
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
	for _, f := range in.Validate() {
		it.Refused = append(it.Refused, Reason{Code: RefusedFault, Line: line, Field: f.Field, Detail: f.What})
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
		again, err := p.withdrawn(ctx, Thing{record.SourceKind, id})
		if err != nil || again == nil {
			return id, err
		}
		it.ID, body = id, json.RawMessage(again)
	}
	for _, f := range src.Validate() {
		it.Refused = append(it.Refused, Reason{Code: RefusedFault, Field: f.Field, Detail: f.What})
	}
	changes, err := p.place(ctx, it, body)
	of.Refused = append(of.Refused, it.Refused...)
	out.items, out.changes = append(out.items, it), append(out.changes, changes...)
	return it.ID, err
}
