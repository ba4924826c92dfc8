package figure

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// synthetic makes n rows in order that look like a country's record. They are
// generated, say so, and describe nobody.
func synthetic(seed uint64, n int) []Row {
	r := rand.New(rand.NewPCG(seed, 1))
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	tri := func() law.Tri { return law.Tri(r.IntN(3)) }
	rows := make([]Row, 0, n)
	for c := 0; len(rows) < n; c++ {
		instances := 1 + r.IntN(10)/8
		court, indicted := fmt.Sprintf("court-%02d", r.IntN(30)), period.MustDate("2001-01-01").AddDays(r.IntN(8800))
		final, judged := make([]law.Tri, instances), make([]period.Date, instances)
		for j := range judged {
			final[j], judged[j] = tri(), indicted.AddDays(30+400*j+r.IntN(1500))
		}
		for d := range 1 + r.IntN(3) {
			counts := 1 + r.IntN(3)
			for j := range instances {
				joint := tri()
				for range counts {
					if len(rows) == n {
						return rows
					}
					row := Row{ID: int64(len(rows)) + 1000, Case: fmt.Sprintf("case-%07d", c), Defendant: fmt.Sprint(d), Judgment: fmt.Sprintf("j-%07d-%d", c, j),
						Court: court, Instance: record.Instance(1 + 2*j), Judged: judged[j], Indicted: indicted,
						OffenceGroup: pick("trafficking", "trafficking", "sexual_services", "smuggling_migrants", "organised_crime", "", "slavery"),
						Offence:      fmt.Sprintf("06/L-074:%d(%d)", 165+r.IntN(10), 1+r.IntN(6)),
						Verdict:      law.Verdict([]int{0, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4, 5}[r.IntN(12)]), Trafficked: tri(), Joint: joint, Final: final[j],
						Superseded: j < instances-1, Synthetic: true}
					fillSynthetic(r, &row, tri)
					rows = append(rows, row)
				}
			}
		}
	}
	return rows
}

func fillSynthetic(r *rand.Rand, row *Row, tri func() law.Tri) {
	row.Downgraded = tri()
	if row.Verdict != law.Convicted {
		row.Outcomes, row.Below = law.OutcomesOf(law.NotConvicted), law.No
		return
	}
	row.Below, row.BelowFloor, row.AboveMaximum, row.Unexplained = tri(), tri(), tri(), tri()
	row.Axes = Axes{Term: law.TermAnswer(r.IntN(6)), Ground: law.GroundAnswer(r.IntN(4)), Reasons: law.ReasonsAnswer(r.IntN(4)), Form: law.FormAnswer(r.IntN(5)),
		Fine: law.FineAnswer(r.IntN(6)), Measures: law.MeasureAnswer(r.IntN(4)), Law: law.LawAnswer(r.IntN(3))}
	row.Outcomes = law.OutcomesOf(law.Outcome(r.IntN(8)))
	if r.IntN(4) == 0 {
		row.Outcomes |= law.OutcomesOf(law.Outcome(1 + r.IntN(7)))
	}
	s := &row.Sentence
	switch r.IntN(12) {
	case 0: // not on record
	case 1:
		s.Imprisonment.State = law.ForUnknownTerm
	case 2, 3, 4:
		s.Fine = law.Fine{State: law.FineOfAmount, Cents: int64(50000 + 10000*r.IntN(100))}
	default:
		s.Imprisonment = law.Imprisonment{State: law.ForTerm, Term: period.Months(1 + r.IntN(180))}
		if r.IntN(9) == 0 {
			s.Imprisonment.Term = period.Days(30 + r.IntN(150))
		}
		s.Suspended = law.Tri(r.IntN(3))
		if r.IntN(3) == 0 {
			s.Fine = law.Fine{State: law.FineState(r.IntN(4)), Cents: 100000}
		}
	}
}

func build(t testing.TB, rows []Row) *Columns {
	t.Helper()
	b := NewBuilder(AsOf{Seq: 17, Date: period.MustDate("2026-11-24")}, len(rows))
	for i := range rows {
		if err := b.Add(&rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	return b.Build()
}
