package figure

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// randomTable makes rows in order that hold every irregularity a record may have:
// persons of many counts in several judgments that stand, counts of one
// judgment that name different courts, several outcomes, gaps, generated counts
// beside others. With orderly, a judgment has one court, year and finality.
func randomTable(r *rand.Rand, n int, orderly bool) []Row {
	tri := func() law.Tri { return law.Tri(r.IntN(3)) }
	day := func() period.Date { return period.MustDate("2009-06-01").AddDays(r.IntN(3000)) }
	var rows []Row
	for c := 0; len(rows) < n; c++ {
		type judgment struct {
			id, court        string
			judged, indicted period.Date
			final            law.Tri
			instance         record.Instance
		}
		judgments := make([]judgment, 1+r.IntN(3))
		for j := range judgments {
			judgments[j] = judgment{fmt.Sprintf("j-%03d-%d", c, j), fmt.Sprint("court-0", r.IntN(4)), day(), day(), tri(), record.Instance(r.IntN(6))}
			if r.IntN(8) == 0 {
				judgments[j].judged = period.Date{}
			}
		}
		for d := range 1 + r.IntN(3) {
			for _, j := range judgments {
				superseded := r.IntN(4) == 0
				for range []int{0, 1, 1, 1, 2, 3, 5}[r.IntN(7)] {
					row := Row{ID: int64(len(rows)), Case: fmt.Sprintf("case-%03d", c), Defendant: fmt.Sprint(d), Judgment: j.id, Court: j.court,
						Instance: j.instance, Judged: j.judged, Indicted: j.indicted, Final: j.final, Superseded: superseded,
						OffenceGroup: []string{"", "trafficking", "slavery"}[r.IntN(3)], Offence: []string{"", "165(1)", "165(3)", "171"}[r.IntN(4)],
						Verdict: law.Verdict([]int{0, 1, 1, 1, 1, 2, 3, 4, 5}[r.IntN(9)]), Trafficked: tri(), Joint: tri(), Synthetic: r.IntN(3) == 0}
					if !orderly && r.IntN(4) == 0 {
						row.Court, row.Final, row.Instance = fmt.Sprint("court-0", r.IntN(4)), tri(), record.Instance(r.IntN(6))
					}
					fillSynthetic(r, &row, tri)
					switch {
					case r.IntN(9) == 0:
						row.Outcomes = 0
					case c%3 == 0:
						row.Outcomes &= -row.Outcomes // one of them
					}
					rows = append(rows, row)
				}
			}
		}
	}
	SortRows(rows)
	return rows
}

// TestRandomTables answers every indicator in layouts drawn by lot over random tables,
// and compares all cells with what the rows themselves say, read one by one.
// Half of the tables find medians by counting, half by sorting.
func TestRandomTables(t *testing.T) {
	all, err := Indicators()
	if err != nil {
		t.Fatal(err)
	}
	before := mostCounted
	t.Cleanup(func() { mostCounted = before })
	tables := 8 // FENER_TABLES=30 and more when what counts is changed
	if n, err := strconv.Atoi(os.Getenv("FENER_TABLES")); err == nil {
		tables = n
	}
	groups := map[group]bool{}
	cells := 0
	for seed := range uint64(tables) {
		r := rand.New(rand.NewPCG(seed, 77))
		rows := randomTable(r, 20+r.IntN(50), seed%2 == 0)
		c := build(t, rows)
		for _, g := range c.persons {
			groups[group{size: g.size, agreeing: g.agreeing, sets: g.sets}] = true
		}
		mostCounted = before * int(seed/2%2)
		for _, in := range all {
			ways := layouts(in)
			for range 5 {
				l := ways[r.IntN(len(ways))]
				q := Query{Measure: in.ID, Rows: l[0], Columns: l[1], Filter: someFilter(t, r, l)}
				p, err := c.Pivot(q)
				if err != nil {
					t.Fatalf("table %d: %s: %v", seed, q, err)
				}
				eachValue(p, func(v Value, _ bool) {
					cells++
					if wrong := oracle(rows, v.Query).compare(v); wrong != "" {
						t.Fatalf("table %d: %s\ncell %s\n%s", seed, q, v.Query, wrong)
					}
					if years, made := sightOf(rows, v.Query); years != v.Period || made != v.Synthetic {
						t.Fatalf("table %d: %s\ncell %s: of %v, generated %v; want %v, %v", seed, q, v.Query, v.Period, v.Synthetic, years, made)
					}
				})
			}
		}
	}
	if cells < 500*tables || tables >= 30 && len(groups) != 14 || len(groups) < 8 { // one count always agrees
		t.Errorf("%d cells over %d kinds of persons: %v", cells, len(groups), groups)
	}
}

// sightOf are the years of the rows that meet the query's filter, and whether
// any was generated.
func sightOf(rows []Row, q Query) (years Years, made bool) {
	var seen []int
	for i := range rows {
		fits := !rows[i].Superseded
		for f := Year; f < fieldCount; f++ {
			fits = fits && (q.Filter.Get(f) == "" || holds(rows, i, f, q.Filter.Get(f)))
		}
		if !fits {
			continue
		}
		made = made || rows[i].Synthetic
		if y := rows[i].Judged.Year(); y > 0 {
			seen = append(seen, y)
		}
	}
	if len(seen) > 0 {
		years = Years{slices.Min(seen), slices.Max(seen)}
	}
	return years, made
}

// TestMediansOfManyCodes holds the two ways of finding a median against each
// other where sorting must count codes, over more rows than one worker takes.
func TestMediansOfManyCodes(t *testing.T) {
	c := build(t, standing(3*smallPart))
	before := mostCounted
	t.Cleanup(func() { mostCounted = before })
	for _, measure := range []string{"imprisonment_median", "days_to_judgment_median"} {
		for _, l := range [][2]Field{{}, {Year}, {Offence}, {Year, Court}, {Year, Verdict}, {Verdict, Court}, {OffenceGroup, Verdict}} {
			q := Query{Measure: measure, Rows: l[0], Columns: l[1]}
			var answers [2][]Value
			for way, most := range []int{0, 1 << 30} {
				mostCounted = most
				p, err := c.Pivot(q)
				if err != nil {
					t.Fatal(err)
				}
				eachValue(p, func(v Value, _ bool) { answers[way] = append(answers[way], v) })
			}
			for i := range answers[0] {
				if a, b := answers[0][i], answers[1][i]; a.Quantity != b.Quantity || a.N != b.N {
					t.Fatalf("%s: %v of %d sorted, %v of %d counted", a.Query, a.Quantity, a.N, b.Quantity, b.N)
				}
			}
		}
	}
}
