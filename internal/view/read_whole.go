package view

import (
	"context"
	"database/sql"
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
		rows, err := db.QueryContext(ctx, sourcesAfterSQL, title, id, most)
		if err != nil {
			return err
		}
		defer rows.Close()
		list, err = scanSources(rows)
		return err
	})
	return list, err
}

func scanSources(rows *sql.Rows) (list []SourceRow, err error) {
	for rows.Next() {
		var t Thing
		var s SourceRow
		if err := scanThing(rows, &t, &s.Cited); err != nil {
			return nil, err
		}
		s.Meta = t.Meta
		if err := decodeIfAny(t.Body, &s.Source); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
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
		rows, err := db.QueryContext(ctx, caseColumns+where+` ORDER BY c.last DESC, c.id LIMIT ?`, append(args, most)...)
		if err != nil {
			return err
		}
		list, err = scanCases(rows)
		return err
	})
	return list, err
}
