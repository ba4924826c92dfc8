package batch

import (
	"context"
	"io"

	"fener/internal/ledger"
	"fener/internal/record"
)

// The columns of the tables that this package reads by itself, for tests.
var (
	InstitutionColumns = institutionColumns
	ReplyColumns       = record.DefinitionOf(record.ReplyKind).Sheet.Columns
)

// Replies takes a sheet of replies.
func Replies(ctx context.Context, l ledger.Ledger, name string, from io.Reader, opt Options) (Summary, error) {
	return Takes()["replies"](ctx, l, name, from, opt)
}
