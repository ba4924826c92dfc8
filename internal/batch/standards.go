package batch

import (
	"cmp"
	"context"
	"io"

	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/standard"
)

// standards are the forms of others in which shelters and money are read, by what the command calls them.
var standards = map[string]func(io.Reader) (*standard.File, error){
	"360giving": standard.ReadGiving, "ocds": standard.ReadContracting, "ftm": standard.ReadEntities,
}

// Standard takes a file of a standard into the record: shelters that are not known, and their money. What of the file the record has no place for is
// told to Options.Left. The error is a *standard.ReadError where the file cannot be read.
func Standard(ctx context.Context, l ledger.Ledger, name string, read func(io.Reader) (*standard.File, error), from io.Reader, opt Options) (Summary, error) {
	f := &file{together: true}
	for _, d := range record.FundingKinds() {
		f.kinds = append(f.kinds, d.Kind)
	}
	f.read = func(p *planner, _ string, from io.Reader) ([]*brought, []intake.Problem, error) {
		found, err := read(from)
		if err != nil {
			return nil, nil, err
		}
		m := &matching{planner: p, file: found, ids: map[string]string{}, unknown: map[string]string{}, left: found.Left}
		list, err := m.bring()
		if err == nil && opt.Left != nil {
			opt.Left(m.left)
		}
		return list, nil, err
	}
	return f.take(ctx, l, name, from, opt)
}

// matching finds what of a file is on record already.
type matching struct {
	*planner
	file    *standard.File
	ids     map[string]string // on record, by kind and the file's words
	unknown map[string]string // names of recipients that are no shelters on record, by their words
	left    []standard.Left
}

func (m *matching) bring() ([]*brought, error) {
	var list []*brought
	for i := range m.file.Rows {
		row := &m.file.Rows[i]
		if cmp.Or(row.Source, m.file.Source, m.opt.Source) == "" {
			return nil, &standard.ReadError{Left: standard.Left{Line: row.Line, Why: standard.NoSource}}
		}
		if b := m.row(row); b != nil {
			list = append(list, b)
		}
	}
	return list, nil
}

// row is a row as the record takes it; nil where it is on record, or is not taken and that is said.
func (m *matching) row(row *standard.Row) *brought {
	if id := m.stood(row); id != "" {
		m.ids[string(row.Kind)+" "+row.Words] = id
		if row.Kind != record.ShelterKind {
			m.leave(row, standard.Our, id)
		}
		return nil
	}
	if row.Kind == record.ShelterKind && m.opt.KnownRecipients && len(row.Wrong) == 0 {
		m.unknown[row.Words] = row.Names[0]
		return nil
	}
	if a, ok := row.Body.(*record.Application); ok { // it has no identifier of its own in any standard
		if id := cmp.Or(m.ids[string(record.CallKind)+" "+a.Call], m.ids[string(record.GrantKind)+" "+row.Words]); id != "" {
			m.leave(row, standard.Our, id)
			return nil
		}
	}
	for _, ref := range record.Refs(row.Body) {
		if ref.Kind == record.SourceKind {
			*ref.ID = cmp.Or(row.Source, m.file.Source, m.opt.Source)
			continue
		}
		if name := m.unknown[*ref.ID]; name != "" { // the words of recipients are those of nothing else
			m.leave(row, standard.Unknown, name)
			return nil
		}
		if id, ok := m.ids[string(ref.Kind)+" "+*ref.ID]; ok {
			*ref.ID = id
		}
	}
	b := &brought{kind: row.Kind, words: row.Words, line: row.Line, body: row.Body}
	for i := range row.Wrong {
		b.refused = append(b.refused, leftReason(RefusedForm, row.Line, &row.Wrong[i]))
	}
	for i := range row.Doubt {
		b.doubts = append(b.doubts, leftReason(DoubtForm, row.Line, &row.Doubt[i]))
	}
	quoted := record.Citations(row.Body)
	b.look = func(_ context.Context, it *Item) error {
		for _, c := range quoted {
			if c.Quote == "" {
				it.weigh(m.opt.State == record.Published, RefusedUnquoted, DoubtNoQuote, row.Line, "quote")
			}
		}
		return nil
	}
	return b
}

// stood is the thing on record that a row means: the one that this record wrote into the file, or the shelter of that name. A shelter that an earlier
// file brought is left as it stands now: somebody may have corrected it.
func (m *matching) stood(row *standard.Row) string {
	if row.Record != "" && m.known.stands(record.Thing{Kind: row.Kind, ID: row.Record}) {
		return row.Record
	}
	if row.Kind != record.ShelterKind {
		return ""
	}
	if id := m.known.named(row.Kind, row.Words); m.known.stands(record.Thing{Kind: row.Kind, ID: id}) {
		return id
	}
	for _, name := range row.Names {
		if id, several := m.means(row.Kind, name); len(several) == 0 && m.known.stands(record.Thing{Kind: row.Kind, ID: id}) {
			return id
		}
	}
	return ""
}

func (m *matching) leave(row *standard.Row, why standard.Why, detail string) {
	m.left = append(m.left, standard.Left{Kind: row.Kind, ID: row.Words, Line: row.Line, Why: why, Detail: detail})
}

func leftReason(code Code, line int, l *standard.Left) Reason {
	return Reason{Code: code, Line: line, Field: l.Field, Detail: l.Detail, left: l}
}
