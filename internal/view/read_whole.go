package view

import (
	"context"
)

// SourcesAfter lists the sources that stand, by their titles, which come after the
// one given, from the first where it is nil; so many at most (1,000 where it is
// more): a list is read whole by going on from its last one, whatever changes
// meanwhile.
func (v *View) SourcesAfter(ctx context.Context, after *SourceRow, most int) (list []SourceRow, err error) {
	most = Page{Limit: most}.bounded().Limit
	title, id := "", ""
	if after != nil {
		title, id = after.Meta.Title, after.ID
	}
	err = v.read("list the sources", func(db querier) error {
		list, err = collect(ctx, db, scanSource, sourcesAfterSQL, title, id, most)
		return err
	})
	return list, err
}

func scanSource(row scanner) (s SourceRow, err error) {
	var t Thing
	if err := scanThing(row, &t, &s.Cited); err != nil {
		return s, err
	}
	s.Meta = t.Meta
	err = decodeIfAny(t.Body, &s.Source)
	return s, err
}

// CasesAfter lists cases in the order of Cases that come after the one given,
// from the first where it is nil; the filter's Page does not matter.
func (v *View) CasesAfter(ctx context.Context, f CaseFilter, after *CaseRow, most int) (list []CaseRow, err error) {
	most = Page{Limit: most}.bounded().Limit
	err = v.read("list the cases", func(db querier) error {
		match, possible, err := f.match(ctx, db)
		if err != nil || !possible {
			return err
		}
		where, args := f.where(match)
		if after != nil {
			if where == "" {
				where = " WHERE "
			} else {
				where += " AND "
			}
			where += "c.last <= ? AND (c.last < ? OR c.id > ?)"
			last := after.Last.String()
			args = append(args, last, last, after.ID)
		}
		list, err = collect(ctx, db, scanCase, caseColumns+where+` ORDER BY c.last DESC, c.id LIMIT ?`, append(args, most)...)
		return err
	})
	return list, err
}
