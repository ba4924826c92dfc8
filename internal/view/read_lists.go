package view

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"fener/internal/record"
	"fener/law"
	"fener/period"
)

const (
	sourcesSQL = `SELECT ` + thingColumns + `, (SELECT count(*) FROM cites c WHERE c.source = t.id) FROM things t
		WHERE t.kind = 'source' AND t.gone = 0 ORDER BY t.title COLLATE NOCASE, t.id LIMIT ? OFFSET ?`
	sourcesAfterSQL = `SELECT ` + thingColumns + `, (SELECT count(*) FROM cites c WHERE c.source = t.id) FROM things t
		WHERE t.kind = 'source' AND t.gone = 0 AND (t.title COLLATE NOCASE, t.id) > (?, ?) ORDER BY t.title COLLATE NOCASE, t.id LIMIT ?`
	caseColumns = `SELECT c.id, c.title, c.judgments, c.defendants, c.court, c.last, c.outcomes, c.answers,
			c.trafficking, c.care, c.synthetic, coalesce((SELECT child_victim FROM case_entries e WHERE e.case_id = c.id), 0)
			FROM cases c`
	restsSQL   = `SELECT t.kind, t.id, t.title, t.parent FROM cites c JOIN things t ON t.doc = c.doc WHERE c.source = ? ORDER BY c.doc DESC LIMIT ?`
	restingSQL = `SELECT count(*) FROM cites WHERE source = ?`
	courtSQL   = `SELECT court, count(*), coalesce(min(nullif(year, 0)), 0), max(year) FROM judgments GROUP BY court ORDER BY court`
)

// Sources lists the sources that stand, by title, with how much rests on each, and
// how many there are.
func (v *View) Sources(ctx context.Context, p Page) (list []SourceRow, total int, err error) {
	p = p.bounded()
	err = v.read("list the sources", func(db querier) error {
		if err := db.QueryRowContext(ctx, thingsSumSQL, string(record.SourceKind)).Scan(&total); err != nil {
			return err
		}
		list, err = collect(ctx, db, scanSource, sourcesSQL, p.Limit, p.Offset)
		return err
	})
	return list, total, err
}

// decodeIfAny decodes a body; one that could not be read when it was folded is
// not there and leaves the zero value.
func decodeIfAny(body []byte, into any) error {
	if len(body) == 0 {
		return nil
	}
	return decode(body, into)
}

// Source is one source with what rests on it. Errors: ErrNotFound, ErrGone.
func (v *View) Source(ctx context.Context, id string) (*SourceFile, error) {
	f := &SourceFile{}
	err := v.read("read a source", func(db querier) error {
		if err := findSource(ctx, db, id, f); err != nil {
			return err
		}
		if err := db.QueryRowContext(ctx, restingSQL, id).Scan(&f.Resting); err != nil {
			return err
		}
		rests, err := collect(ctx, db, scanReference, restsSQL, id, MaxRests)
		if err != nil {
			return err
		}
		f.Rests = rests
		slices.SortFunc(f.Rests, func(a, b Reference) int {
			return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Title, b.Title), cmp.Compare(a.ID, b.ID))
		})
		return nil
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

func scanReference(row scanner) (r Reference, err error) {
	err = row.Scan(&r.Kind, &r.ID, &r.Title, &r.Case)
	return r, err
}

// BareSource is one source without what rests on it, of which there may be very
// much. Errors: ErrNotFound, ErrGone.
func (v *View) BareSource(ctx context.Context, id string) (*SourceFile, error) {
	f := &SourceFile{}
	err := v.read("read a source", func(db querier) error { return findSource(ctx, db, id, f) })
	if err != nil {
		return nil, err
	}
	return f, nil
}

func findSource(ctx context.Context, db querier, id string, into *SourceFile) error {
	t, err := findStanding(ctx, db, record.SourceKind, id)
	if err != nil {
		return err
	}
	into.Meta = t.Meta
	return decodeIfAny(t.Body, &into.Source)
}

// Institutions lists the institutions that stand, by id.
func (v *View) Institutions(ctx context.Context) (list []InstitutionRow, err error) {
	err = v.read("list the institutions", func(db querier) error {
		courts, err := courtRows(ctx, db)
		if err != nil {
			return err
		}
		judgments := map[string]int{}
		for _, c := range courts {
			judgments[c.ID] = c.Judgments
		}
		things, err := queryThings(ctx, db, someThingsSQL+` ORDER BY t.id`, string(record.InstitutionKind))
		if err != nil {
			return err
		}
		for i := range things {
			row := InstitutionRow{Meta: things[i].Meta, Judgments: judgments[things[i].ID]}
			if err := decodeIfAny(things[i].Body, &row.Institution); err != nil {
				return err
			}
			list = append(list, row)
		}
		return nil
	})
	return list, err
}

// Institution is one institution. Errors: ErrNotFound, ErrGone.
func (v *View) Institution(ctx context.Context, id string) (*InstitutionRow, error) {
	row := &InstitutionRow{}
	err := v.read("read an institution", func(db querier) error {
		t, err := findStanding(ctx, db, record.InstitutionKind, id)
		if err != nil {
			return err
		}
		row.Meta = t.Meta
		if err := decodeIfAny(t.Body, &row.Institution); err != nil {
			return err
		}
		return db.QueryRowContext(ctx, `SELECT count(*) FROM judgments WHERE court = ?`, id).Scan(&row.Judgments)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// Courts lists the courts that judgments name, by id. A judgment without a
// court is under the empty id.
func (v *View) Courts(ctx context.Context) (list []CourtRow, err error) {
	err = v.read("list the courts", func(db querier) error {
		if list, err = courtRows(ctx, db); err != nil {
			return err
		}
		for i := range list {
			t, err := findThing(ctx, db, record.InstitutionKind, list[i].ID)
			if errors.Is(err, ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			var n record.Institution
			if err := decodeIfAny(t.Body, &n); err != nil {
				return err
			}
			list[i].Names, list[i].Type, list[i].Synthetic = n.Names, n.Type, n.Synthetic
		}
		return nil
	})
	return list, err
}

func courtRows(ctx context.Context, db querier) ([]CourtRow, error) {
	return collect(ctx, db, func(row scanner) (c CourtRow, err error) {
		err = row.Scan(&c.ID, &c.Judgments, &c.First, &c.Last)
		return c, err
	}, courtSQL)
}

// Cases lists cases, those with the newest judgment first, and how many there
// are. With a Text the newest 2,000 documents that match it are looked at, and
// the total counts no others.
func (v *View) Cases(ctx context.Context, f CaseFilter) (list []CaseRow, total int, err error) {
	p := f.Page.bounded()
	err = v.read("list the cases", func(db querier) error {
		match, possible, err := f.match(ctx, db)
		if err != nil || !possible {
			return err
		}
		where, args := f.where(match)
		if err := db.QueryRowContext(ctx, `SELECT count(*) FROM cases c`+where, args...).Scan(&total); err != nil {
			return err
		}
		list, err = collect(ctx, db, scanCase, caseColumns+where+` ORDER BY c.last DESC, c.id LIMIT ? OFFSET ?`, append(args, p.Limit, p.Offset)...)
		return err
	})
	return list, total, err
}

func scanCase(rows scanner) (c CaseRow, err error) {
	var last string
	var outcomes, child int64
	if err := rows.Scan(&c.ID, &c.Title, &c.Judgments, &c.Defendants, &c.Court, &last, &outcomes, &c.Answers, &c.Trafficking,
		&c.ChildVictim, &c.Synthetic, &child); err != nil {
		return c, err
	}
	c.Outcomes = law.Outcomes(outcomes)
	c.ChildVictim = c.ChildVictim || law.Tri(child) == law.Yes
	c.Last, err = period.ParseDate(last)
	return c, err
}

// match is the text of the filter in the index's language. A text in which
// there is nothing to search for makes the list impossible, not complete.
func (f *CaseFilter) match(ctx context.Context, db querier) (match string, possible bool, err error) {
	q := parseQuery(f.Text)
	switch {
	case strings.TrimSpace(f.Text) == "":
		return "", true, nil
	case q.number != "":
		return quoted(q.number), true, nil
	case len(q.words) == 0:
		return "", false, nil
	}
	match, err = q.match(ctx, db, "search")
	return match, true, err
}

// where is the filter as SQL. What must hold in one judgment is asked of the
// index of judgments, once, and not for each case.
func (f *CaseFilter) where(match string) (string, []any) {
	var all, one []string
	var args []any
	ask := func(condition string, value any) {
		one = append(one, condition)
		args = append(args, value)
	}
	if f.Court != "" {
		ask("court = ?", f.Court)
	}
	if f.Year != 0 {
		ask("year = ?", f.Year)
	}
	if f.Outcomes != 0 {
		ask("outcomes & ? <> 0", int64(f.Outcomes))
	}
	if f.Trafficking {
		one = append(one, "trafficking = 1")
	}
	if len(one) > 0 {
		all = append(all, "c.id IN (SELECT case_id FROM judgments WHERE "+strings.Join(one, " AND ")+")")
	}
	if match != "" {
		all = append(all, `c.id IN (SELECT parent FROM things WHERE doc IN
			(SELECT 1099511627776 - rowid FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ?))`)
		args = append(args, match, maxTextDocs)
	}
	if len(all) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(all, " AND "), args
}
