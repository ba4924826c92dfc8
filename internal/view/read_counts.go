package view

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"fener/law"
	"fener/period"
)

const countColumns = `j.case_id, j.doc, j.id, j.court, j.care, j.synthetic, j.packed, e.indicted, e.child_victim, e.synthetic
	FROM judgments j LEFT JOIN case_entries e ON e.case_id = j.case_id`

const (
	eachCountSQL  = `SELECT ` + countColumns + ` ORDER BY j.case_id, j.doc`
	countsOfSQL   = `SELECT ` + countColumns + ` WHERE j.case_id = ? ORDER BY j.doc`
	syntheticSQL  = `SELECT EXISTS (SELECT 1 FROM things WHERE synthetic = 1)`
	usageTotalSQL = `SELECT coalesce(sum(counts), 0) FROM uses WHERE ref = ?`
	usageCasesSQL = `SELECT case_id FROM uses WHERE ref = ? ORDER BY doc DESC`
)

// packedRow is a judgment's row with its case's, as the tables hold it.
type packedRow struct {
	base   CountRow
	doc    int64
	packed sql.RawBytes
}

func scanPacked(rows *sql.Rows, p *packedRow) error {
	var care, synthetic int64
	var indicted sql.NullString
	var child, caseSynthetic sql.NullInt64
	p.base = CountRow{}
	r := &p.base
	if err := rows.Scan(&r.Case, &p.doc, &r.Judgment, &r.Court, &care, &synthetic, &p.packed, &indicted, &child, &caseSynthetic); err != nil {
		return err
	}
	r.ChildVictim = law.Tri(child.Int64)
	if care != 0 {
		r.ChildVictim = law.Yes
	}
	r.Synthetic = synthetic != 0 || caseSynthetic.Int64 != 0
	var err error
	r.Indicted, err = period.ParseDate(indicted.String)
	return err
}

// caseCounts collects the counts of one case and finds out which are superseded.
type caseCounts struct {
	unpack unpacker
	steps  []step
	counts []CountRow
}

func newCaseCounts(c *checker) *caseCounts {
	return &caseCounts{unpack: unpacker{checker: c, strings: map[string]string{}}}
}

func (c *caseCounts) add(p *packedRow) error {
	c.unpack.bytes, c.unpack.bad = p.packed, false
	c.unpack.judgment(&p.base)
	s := step{id: p.base.Judgment, doc: p.doc, date: p.base.Date, instance: p.base.Instance}
	for len(c.unpack.bytes) > 0 && !c.unpack.bad {
		row := p.base
		c.unpack.count(&row)
		if len(s.labels) == 0 || s.labels[len(s.labels)-1] != row.Defendant {
			s.labels = append(s.labels, row.Defendant)
		}
		c.counts = append(c.counts, row)
	}
	c.steps = append(c.steps, s)
	if c.unpack.bad {
		return errPacked
	}
	return nil
}

// finish marks what is superseded and sorts by defendant, then by judgment in
// the order of the chain. It leaves an empty collection behind.
func (c *caseCounts) finish() []CountRow {
	if len(c.steps) > 1 {
		sortChain(c.steps)
		last := superseding(c.steps)
		place := map[string]int{}
		for i, s := range c.steps {
			place[s.id] = i
		}
		for i := range c.counts {
			c.counts[i].Superseded = last.by(c.counts[i].Judgment, c.counts[i].Defendant) != ""
		}
		slices.SortStableFunc(c.counts, func(a, b CountRow) int {
			return cmp.Or(cmp.Compare(a.Defendant, b.Defendant), place[a.Judgment]-place[b.Judgment], a.N-b.N)
		})
	} else {
		slices.SortStableFunc(c.counts, func(a, b CountRow) int { return cmp.Or(cmp.Compare(a.Defendant, b.Defendant), a.N-b.N) })
	}
	done := c.counts
	c.counts, c.steps = c.counts[:0], c.steps[:0]
	return done
}

// EachCount calls f with every count in the scope, ordered by case, defendant
// and judgment (as the instances follow each other). The row is f's only until
// it returns. An error of f ends it and is returned.
func (v *View) EachCount(ctx context.Context, f func(*CountRow) error) error {
	var own error // f's errors come back as they are
	err := v.read("read the counts", func(db querier) error {
		rows, err := db.QueryContext(ctx, eachCountSQL)
		if err != nil {
			return err
		}
		defer rows.Close()
		c := newCaseCounts(v.checker)
		emit := func() bool {
			list := c.finish()
			for i := range list {
				if own = f(&list[i]); own != nil {
					return false
				}
			}
			return true
		}
		var p packedRow
		current := ""
		for rows.Next() {
			if err := scanPacked(rows, &p); err != nil {
				return err
			}
			if p.base.Case != current && !emit() {
				return nil
			}
			current = p.base.Case
			if err := c.add(&p); err != nil {
				return err
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		emit()
		return nil
	})
	if own != nil {
		return own
	}
	return err
}

// countsOf are the counts of one case, in the same order.
func (v *View) countsOf(ctx context.Context, db querier, caseID string) ([]CountRow, []step, error) {
	c := newCaseCounts(v.checker)
	var p packedRow
	err := each(ctx, db, func(rows *sql.Rows) error {
		if err := scanPacked(rows, &p); err != nil {
			return err
		}
		return c.add(&p)
	}, countsOfSQL, caseID)
	if err != nil {
		return nil, nil, err
	}
	sortChain(c.steps)
	steps := slices.Clone(c.steps)
	return c.finish(), steps, nil
}

// SyntheticAny reports whether anything that stands in the scope was generated
// for trying out; every page and file must then say so.
func (v *View) SyntheticAny(ctx context.Context) (any bool, err error) {
	err = v.read("look for synthetic data", func(db querier) error { return db.QueryRowContext(ctx, syntheticSQL).Scan(&any) })
	return any, err
}

// Usage lists what was imposed for counts that rest on a provision, given as
// "06/L-074:165(1)": those that it governs and those for which it is one of
// several laws in question. The newest entries come first.
func (v *View) Usage(ctx context.Context, ref string, p Page) (*Usage, error) {
	p = p.bounded()
	u := &Usage{Ref: ref}
	err := v.read("read the sentences under "+ref, func(db querier) error {
		if err := db.QueryRowContext(ctx, usageTotalSQL, ref).Scan(&u.Total); err != nil {
			return err
		}
		cases, err := texts(ctx, db, usageCasesSQL, ref)
		if err != nil {
			return err
		}
		skip := p.Offset
		seen := map[string]bool{}
		for _, id := range cases {
			if seen[id] {
				continue
			}
			seen[id] = true
			rows, _, err := v.countsOf(ctx, db, id)
			if err != nil {
				return err
			}
			for i := range rows {
				if !slices.Contains(rows[i].Finding.Laws, ref) {
					continue
				}
				if skip--; skip >= 0 {
					continue
				}
				if u.Counts = append(u.Counts, rows[i]); len(u.Counts) == p.Limit {
					return nil
				}
			}
		}
		return nil
	})
	return u, err
}

func (p Page) bounded() Page {
	if p.Limit <= 0 || p.Limit > MaxLimit {
		p.Limit = MaxLimit
	}
	p.Offset = max(0, p.Offset)
	return p
}
