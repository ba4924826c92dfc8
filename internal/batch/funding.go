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

// Funding takes shelters and what is said of their money into the record, from a
// workbook with a sheet for each kind, or from tables that are called so. The
// sheets are one batch, and the things of one may name those of another.
func Funding(ctx context.Context, l ledger.Ledger, files []intake.FormFile, opt Options) (Summary, error) {
	return sheets(ctx, l, record.FundingKinds(), sheet.Funding(), files, opt)
}

// sheets takes the sheets of kinds into the record.
func sheets(ctx context.Context, l ledger.Ledger, kinds []*record.Definition, forms *intake.Forms, files []intake.FormFile, opt Options) (Summary, error) {
	f := &file{together: true}
	of := map[string]*record.Definition{}
	for _, d := range kinds {
		f.kinds, of[d.Sheet.Name] = append(f.kinds, d.Kind), d
	}
	f.read = func(*planner, string, io.Reader) ([]*brought, []intake.Problem, error) {
		found, err := forms.Read(files)
		if err != nil {
			return nil, nil, err
		}
		list := make([]*brought, len(found.Rows))
		for i := range found.Rows {
			row := &found.Rows[i]
			list[i] = sheetRow(of[row.Form], row.Sheet, row.Line, row.Field, opt.Source)
		}
		return list, found.Problems, nil
	}
	name := fmt.Sprintf("%d files", len(files))
	if len(files) == 1 {
		name = files[0].Name
	}
	return f.take(ctx, l, name, nil, opt)
}
