package view

import (
	"context"

	"fener/internal/record"
	"fener/law"
)

// View is one fold of the ledger, open for reading.
type View struct{ opts Options }

// errUnbuilt is returned by reads whose body follows in the next commits.
var errUnbuilt = ErrClosed

func Open(ctx context.Context, o Options) (*View, error)       { return nil, errUnbuilt }
func Rebuild(ctx context.Context, o Options) (Changes, error)  { return Changes{}, errUnbuilt }
func (v *View) Close() error                                   { return errUnbuilt }
func (v *View) CatchUp(ctx context.Context) error              { return errUnbuilt }
func (v *View) Run(ctx context.Context) error                  { return errUnbuilt }
func (v *View) Seq() int64                                     { return 0 }
func (v *View) WaitFor(ctx context.Context, seq int64) error   { return errUnbuilt }
func (v *View) Scope() Scope                                   { return v.opts.Scope }
func (v *View) SyntheticAny(ctx context.Context) (bool, error) { return false, errUnbuilt }

func (v *View) Case(ctx context.Context, id string) (*CaseFile, error)      { return nil, errUnbuilt }
func (v *View) CaseOf(ctx context.Context, number string) ([]string, error) { return nil, errUnbuilt }
func (v *View) Cases(ctx context.Context, f CaseFilter) (rows []CaseRow, total int, err error) {
	return nil, 0, errUnbuilt
}
func (v *View) Judgment(ctx context.Context, id string) (*JudgmentFile, error) {
	return nil, errUnbuilt
}
func (v *View) Explain(j *record.Judgment, c *record.Count) (law.Answer, error) {
	return law.Answer{}, errUnbuilt
}
func (v *View) Source(ctx context.Context, id string) (*SourceFile, error) { return nil, errUnbuilt }
func (v *View) Sources(ctx context.Context, p Page) (rows []SourceRow, total int, err error) {
	return nil, 0, errUnbuilt
}
func (v *View) Institution(ctx context.Context, id string) (*InstitutionRow, error) {
	return nil, errUnbuilt
}
func (v *View) Institutions(ctx context.Context) ([]InstitutionRow, error)    { return nil, errUnbuilt }
func (v *View) Courts(ctx context.Context) ([]CourtRow, error)                { return nil, errUnbuilt }
func (v *View) Usage(ctx context.Context, ref string, p Page) (*Usage, error) { return nil, errUnbuilt }
func (v *View) Thing(ctx context.Context, kind record.Kind, id string) (*Thing, error) {
	return nil, errUnbuilt
}
func (v *View) Things(ctx context.Context, kind record.Kind, p Page) (things []Thing, total int, err error) {
	return nil, 0, errUnbuilt
}
func (v *View) History(ctx context.Context, kind record.Kind, id string) ([]Revision, error) {
	return nil, errUnbuilt
}
func (v *View) Recent(ctx context.Context, limit int) ([]Meta, error) { return nil, errUnbuilt }
func (v *View) Search(ctx context.Context, text string, limit int) ([]Hit, error) {
	return nil, errUnbuilt
}
func (v *View) EachCount(ctx context.Context, f func(*CountRow) error) error { return errUnbuilt }
