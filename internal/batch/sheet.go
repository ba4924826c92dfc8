package batch

import (
	"context"
	"fmt"
	"io"

	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/record"
)

// Sheet takes a table of a kind into the record, as the kind's own description of
// its sheet says (record.Sheet).
func Sheet(ctx context.Context, l ledger.Ledger, kind record.Kind, name string, from io.Reader, opt Options) (Summary, error) {
	d := record.DefinitionOf(kind)
	if d == nil || d.Sheet == nil {
		return Summary{}, fmt.Errorf("importing %s: no table holds things of this kind", kind)
	}
	f := &file{kind: kind, read: func(_ *planner, name string, from io.Reader) ([]*brought, []intake.Problem, error) {
		rows, problems, err := intake.Named(name, from, d.Sheet.Columns, d.Sheet.Needed)
		var list []*brought
		for _, row := range rows {
			list = append(list, sheetRow(d, row))
		}
		return list, problems, err
	}}
	return f.take(ctx, l, name, from, opt)
}

func sheetRow(d *record.Definition, in intake.NamedRow) *brought {
	row := record.NewRow(in.Field)
	words, title, body := d.Sheet.Read(row)
	b := &brought{kind: d.Kind, words: words, title: title, line: in.Line, body: body, columns: d.Sheet.Of}
	for _, f := range row.Wrong() {
		b.refused = append(b.refused, Reason{Code: RefusedFault, Line: in.Line, Field: f.Field, Detail: f.What})
	}
	b.look = func(_ context.Context, it *Item) error {
		for _, column := range []string{"place", "quote"} {
			if in.Field("source") == "" && in.Field(column) != "" { // of what, if there is no source?
				it.Refused = append(it.Refused, Reason{Code: RefusedUnsourced, Line: in.Line, Field: column})
			}
		}
		return nil
	}
	return b
}

// A Take takes one file into the record. A file of which something is refused is
// refused as a whole, see Options.SkipRefused.
type Take func(ctx context.Context, l ledger.Ledger, name string, from io.Reader, opt Options) (Summary, error)

// Takes are the files that are read as a whole, by what they are called. A kind
// with a sheet is among them by its description; judgments, of which there may be
// millions, are read as rows (Rows).
func Takes() map[string]Take {
	all := map[string]Take{"cases": Cases, "institutions": Institutions, "sources": Sources, "observations": Observations, "claims": Claims}
	for _, d := range record.Definitions {
		if d.Sheet != nil {
			all[d.Sheet.Name] = func(ctx context.Context, l ledger.Ledger, name string, from io.Reader, opt Options) (Summary, error) {
				return Sheet(ctx, l, d.Kind, name, from, opt)
			}
		}
	}
	for name, read := range standards {
		all[name] = func(ctx context.Context, l ledger.Ledger, file string, from io.Reader, opt Options) (Summary, error) {
			return Standard(ctx, l, file, read, from, opt)
		}
	}
	return all
}
