package batch

import (
	"context"
	"fmt"
	"io"

	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/sheet"
)

// Sheet takes a table of a kind into the record, as the kind's own description of
// its sheet says (record.Sheet).
func Sheet(ctx context.Context, l ledger.Ledger, kind record.Kind, name string, from io.Reader, opt Options) (Summary, error) {
	d := record.DefinitionOf(kind)
	if d == nil || d.Sheet == nil {
		return Summary{}, fmt.Errorf("importing %s: no table holds things of this kind", kind)
	}
	if d.Sheet.Money {
		kinds := []*record.Definition{d}
		return sheets(ctx, l, kinds, sheet.Forms(kinds), []intake.FormFile{{Name: name, From: from, Sheet: opt.Sheet}}, opt)
	}
	f := &file{kinds: []record.Kind{kind}, read: func(_ *planner, name string, from io.Reader) ([]*brought, []intake.Problem, error) {
		rows, problems, err := intake.Named(name, from, d.Sheet.Columns, d.Sheet.Needed)
		var list []*brought
		for _, row := range rows {
			list = append(list, sheetRow(d, "", row.Line, row.Field, ""))
		}
		return list, problems, err
	}}
	return f.take(ctx, l, name, from, opt)
}

// sheetRow makes a thing of a row; source is that of rows which name none.
func sheetRow(d *record.Definition, name string, line int, field func(column string) string, source string) *brought {
	cell := field
	if source != "" {
		cell = func(column string) string {
			if text := field(column); text != "" || column != "source" {
				return text
			}
			return source
		}
	}
	row := record.NewRow(cell)
	words, title, body := d.Sheet.Read(row)
	b := &brought{kind: d.Kind, words: words, title: title, sheet: name, line: line, body: body, columns: d.Sheet.Of}
	for _, f := range row.Wrong() {
		b.refused = append(b.refused, faulty(f, line))
	}
	for _, f := range row.Doubts() {
		b.doubts = append(b.doubts, Reason{Code: DoubtTwoWays, Line: line, Field: f.Field, Detail: f.Read + "; " + f.Other})
	}
	b.look = func(_ context.Context, it *Item) error {
		for _, column := range []string{"place", "quote"} {
			if cell("source") == "" && cell(column) != "" { // of what, if there is no source?
				it.Refused = append(it.Refused, Reason{Code: RefusedUnsourced, Line: line, Field: column})
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
