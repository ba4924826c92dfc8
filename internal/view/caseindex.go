package view

import (
	"context"
	"database/sql"
	"strings"

	"fener/law"
)

const (
	caseOrderSQL      = `SELECT id FROM cases ORDER BY last DESC, id`
	judgmentChoiceSQL = `SELECT case_id, court, year, outcomes, trafficking FROM judgments`
	casesByIDSQL      = `SELECT c.id, c.title, c.judgments, c.defendants, c.court, c.last, c.outcomes, c.answers, c.trafficking, c.care, c.synthetic,
		coalesce((SELECT child_victim FROM case_entries e WHERE e.case_id = c.id), 0) FROM cases c WHERE c.id IN `
)

// CaseIndex is the list of cases in memory, with what lists choose by: any part of any choice is found without reading the parts before it.
// It is made for one position of the view, is never changed, and may be read by any number of goroutines. A hundred thousand judgments take
// some 8 MB and 0.2 s to read.
type CaseIndex struct {
	ids       []string // those with the newest judgment first
	courts    map[string]uint16
	judgments []judgmentChoice // by the place of their case
	first     []int32          // where the judgments of each case begin, and their end
}

type judgmentChoice struct {
	outcomes    law.Outcomes
	court, year uint16
	trafficking bool
}

// CaseIndex reads the index.
func (v *View) CaseIndex(ctx context.Context) (*CaseIndex, error) {
	x := &CaseIndex{courts: map[string]uint16{}}
	err := v.read("read the list of cases", func(db querier) error {
		var err error
		if x.ids, err = texts(ctx, db, caseOrderSQL); err != nil {
			return err
		}
		return x.readChoices(ctx, db)
	})
	if err != nil {
		return nil, err
	}
	return x, nil
}

func (x *CaseIndex) readChoices(ctx context.Context, db querier) error {
	place := make(map[string]int32, len(x.ids))
	for i, id := range x.ids {
		place[id] = int32(i)
	}
	rows, err := db.QueryContext(ctx, judgmentChoiceSQL)
	if err != nil {
		return err
	}
	defer rows.Close()
	var read []judgmentChoice
	var of []int32
	x.first = make([]int32, len(x.ids)+1)
	var id, court sql.RawBytes // not copied: they are looked up, and a court is kept once
	for rows.Next() {
		var j judgmentChoice
		var outcomes int64
		if err := rows.Scan(&id, &court, &j.year, &outcomes, &j.trafficking); err != nil {
			return err
		}
		at, ok := place[string(id)]
		if !ok {
			continue
		}
		number, ok := x.courts[string(court)]
		if !ok {
			number = uint16(len(x.courts))
			x.courts[string(court)] = number
		}
		j.court, j.outcomes = number, law.Outcomes(outcomes)
		read, of = append(read, j), append(of, at)
		x.first[at+1]++
	}
	for i := range x.ids {
		x.first[i+1] += x.first[i]
	}
	x.judgments = make([]judgmentChoice, len(read))
	next := append([]int32(nil), x.first...)
	for i, j := range read {
		x.judgments[next[of[i]]] = j
		next[of[i]]++
	}
	return rows.Err()
}

// Find gives the ids of one part of the cases that a filter chooses, those with the newest judgment first, and how many it chooses in all. It
// takes no Text, which is not in the index.
func (x *CaseIndex) Find(f CaseFilter) (ids []string, total int) {
	p := f.Page.bounded()
	if f.Court == "" && f.Year == 0 && f.Outcomes == 0 && !f.Trafficking {
		for k := p.Offset; k < min(p.Offset+p.Limit, len(x.ids)); k++ {
			ids = append(ids, x.ids[x.at(f, k)])
		}
		return ids, len(x.ids)
	}
	court, known := x.courts[f.Court]
	if f.Court != "" && !known {
		return nil, 0
	}
	for k := range x.ids {
		i := x.at(f, k)
		id := x.ids[i]
		for _, j := range x.judgments[x.first[i]:x.first[i+1]] {
			if f.Court != "" && j.court != court || f.Year != 0 && int(j.year) != f.Year || f.Outcomes != 0 && j.outcomes&f.Outcomes == 0 || f.Trafficking && !j.trafficking {
				continue
			}
			if total >= p.Offset && len(ids) < p.Limit {
				ids = append(ids, id)
			}
			total++
			break
		}
	}
	return ids, total
}

// at is the place in the index of the k-th case in the order that a filter asks for.
func (x *CaseIndex) at(f CaseFilter, k int) int {
	if f.Oldest {
		return len(x.ids) - 1 - k
	}
	return k
}

// CaseCounts are how many cases each choice would leave under what a filter chooses otherwise.
type CaseCounts struct {
	Courts                                        map[string]int
	Years                                         map[int]int
	Outcomes                                      map[law.Outcome]int
	Trafficking                                   int
	AnyCourt, AnyYear, AnyOutcome, AnyTrafficking int // how many cases there are without this choice
}

// Counts counts for each choice of a filter the cases that its values would leave, in one pass. A case is counted for a value when one of its judgments
// has it and fits all other choices.
func (x *CaseIndex) Counts(f CaseFilter) CaseCounts {
	court, known := x.courts[f.Court]
	courts, years := newTally(len(x.courts)), newTally(1<<16)
	outcomes := law.AllOutcomes()
	byOutcome, c := newTally(len(outcomes)), CaseCounts{Courts: map[string]int{}, Years: map[int]int{}, Outcomes: map[law.Outcome]int{}}
	for i := range x.ids {
		var fits struct{ court, year, outcome, trafficking, only bool }
		for _, j := range x.judgments[x.first[i]:x.first[i+1]] {
			inCourt := f.Court == "" || known && j.court == court
			inYear := f.Year == 0 || int(j.year) == f.Year
			has := f.Outcomes == 0 || j.outcomes&f.Outcomes != 0
			of := !f.Trafficking || j.trafficking
			if inYear && has && of {
				fits.court = true
				courts.add(int(j.court), i)
			}
			if inCourt && has && of {
				fits.year = true
				years.add(int(j.year), i)
			}
			if inCourt && inYear && of {
				fits.outcome = true
				for k, o := range outcomes {
					if j.outcomes.Has(o) {
						byOutcome.add(k, i)
					}
				}
			}
			if inCourt && inYear && has {
				fits.trafficking = true
				fits.only = fits.only || j.trafficking
			}
		}
		c.AnyCourt += one(fits.court)
		c.AnyYear += one(fits.year)
		c.AnyOutcome += one(fits.outcome)
		c.AnyTrafficking += one(fits.trafficking)
		c.Trafficking += one(fits.only)
	}
	for id, n := range x.courts {
		c.Courts[id] = courts.n[n]
	}
	for year, n := range years.n {
		if n > 0 {
			c.Years[year] = n
		}
	}
	for k, o := range outcomes {
		c.Outcomes[o] = byOutcome.n[k]
	}
	return c
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// tally counts cases by a small number, each once.
type tally struct {
	n    []int
	last []int32 // the case that was counted last, from 1
}

func newTally(size int) tally { return tally{make([]int, size), make([]int32, size)} }

func (t tally) add(value, of int) {
	if t.last[value] != int32(of+1) {
		t.last[value] = int32(of + 1)
		t.n[value]++
	}
}

// CasesByID reads the rows of cases, in the order of the ids. One that has gone away since is left out.
func (v *View) CasesByID(ctx context.Context, ids []string) (list []CaseRow, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args, found := make([]any, len(ids)), make(map[string]CaseRow, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	err = v.read("list the cases", func(db querier) error {
		return each(ctx, db, func(rows *sql.Rows) error {
			row, err := scanCase(rows)
			found[row.ID] = row
			return err
		}, casesByIDSQL+"("+strings.TrimSuffix(strings.Repeat("?,", len(ids)), ",")+")", args...)
	})
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if row, ok := found[id]; ok {
			list = append(list, row)
		}
	}
	return list, nil
}
