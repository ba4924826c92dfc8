package figure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"fener/law"
)

// The oracle answers one figure from the rows themselves, slowly and in another
// way: with sets of persons and judgments, and sorted lists.

// fieldOf are the values a row has for a field, as an address writes them.
func fieldOf(rows []Row, i int, f Field) []string {
	r := &rows[i]
	orNone := func(s string) []string {
		if s == "" {
			return []string{None}
		}
		return []string{s}
	}
	one := func(t law.Tri) []string { return []string{t.String()} }
	p := punishment(r)
	switch f {
	case Year:
		if r.Judged.IsZero() {
			return []string{None}
		}
		return []string{strconv.Itoa(r.Judged.Year())}
	case Court:
		return orNone(r.Court)
	case Instance:
		return []string{r.Instance.String()}
	case OffenceGroup:
		return orNone(r.OffenceGroup)
	case Offence:
		return orNone(r.Offence)
	case Outcome:
		var list []string
		for _, o := range r.Outcomes.List() {
			list = append(list, o.String())
		}
		if list == nil {
			return []string{None}
		}
		return list
	case Verdict:
		return []string{r.Verdict.String()}
	case Final:
		return one(r.Final)
	case Joint:
		return one(r.Joint)
	case Below:
		return one(r.Below)
	case Downgraded:
		return one(r.Downgraded)
	case Trafficking:
		return one(r.Trafficked)
	case Suspended:
		return one(p.suspended)
	case Imprisonment:
		return one(p.imprisoned)
	case Fined:
		return one(p.fine)
	case BelowFloor:
		return one(r.BelowFloor)
	case AboveMaximum:
		return one(r.AboveMaximum)
	case Unexplained:
		return one(r.Unexplained)
	case Term, Form, Fine, Law, Ground, Reasons, Measures:
		word := map[Field]string{Term: r.Axes.Term.String(), Form: r.Axes.Form.String(), Fine: r.Axes.Fine.String(), Law: r.Axes.Law.String(),
			Ground: r.Axes.Ground.String(), Reasons: r.Axes.Reasons.String(), Measures: r.Axes.Measures.String()}[f]
		switch {
		case word == "":
			word = NotAsked
		case r.Outcomes.Has(law.NotConvicted) && f <= Law && f != Ground && f != Reasons && f != Measures:
			word = "not_convicted"
		}
		return []string{word}
	case FineOnly:
		for j := range rows {
			if samePerson(&rows[j], r) && !rows[j].Superseded && punishment(&rows[j]).imprisoned == law.Yes {
				return one(law.No)
			}
		}
		return one(p.fineOnly)
	}
	var seen [6]bool
	for j := range rows {
		if samePerson(&rows[j], r) && !rows[j].Superseded {
			seen[rows[j].Verdict] = true
		}
	}
	switch {
	case seen[law.Convicted], seen[law.Annulled], seen[law.VerdictOther]:
		return one(law.No)
	case seen[law.VerdictUnknown]:
		return one(law.NotKnown)
	}
	return one(yesNo(seen[law.Acquitted]))
}

func samePerson(a, b *Row) bool { return a.Case == b.Case && a.Defendant == b.Defendant }

func holds(rows []Row, i int, f Field, value string) bool {
	if from, to, ok := years(value); f == Year && ok {
		y := rows[i].Judged.Year()
		return y >= from && y <= to
	}
	return slices.Contains(fieldOf(rows, i, f), value)
}

func holdsAll(rows []Row, i int, c Conditions) bool {
	for f, value := range c {
		if !holds(rows, i, f, value) {
			return false
		}
	}
	return true
}

type asked struct {
	state                   State
	number, low, high       float64
	n, denominator, unknown int
	leftOut                 int
	least, most             float64 // of a number or a share
	persons                 Finality
}

func oracle(rows []Row, q Query) asked {
	in, err := q.indicator()
	if err != nil {
		panic(err)
	}
	of, counted, unknown, open, unclear, behind := set{}, set{}, set{}, set{}, set{}, set{}
	leftOut := set{}
	var amounts []float64
	taken := set{}
	any := false
	for i := range rows {
		r := &rows[i]
		fits := !r.Superseded
		for f := Year; f < fieldCount; f++ {
			fits = fits && (q.Filter.Get(f) == "" || holds(rows, i, f, q.Filter.Get(f)))
		}
		if !fits {
			continue
		}
		any = true
		who, what := r.Case+"/"+r.Defendant, fmt.Sprint(i)
		switch in.Counted {
		case Persons:
			what = who
		case Judgments:
			what = r.Judgment
		}
		isOf := holdsAll(rows, i, in.Of)
		isIn := isOf && holdsAll(rows, i, in.Filter)
		isBehind := isIn || isOf && in.Measure == ShareOf
		if in.Measure.ofAmount() && isIn {
			amount, known := amountOf(r, in.Value)
			joint := r.Joint == law.Yes && in.Counted == Counts
			key := what
			if joint {
				key = "joint " + who
			}
			if !known || joint && in.Measure == Median {
				isIn, isBehind = false, false
				if !known && joint && in.Measure != Median {
					key = what
				}
				leftOut[key] = true
			} else {
				if !taken[key] || joint {
					amounts = append(amounts, amount)
				}
				taken[key] = true
			}
			what = key
		}
		if isOf && !in.Measure.ofAmount() {
			of[what] = true
		}
		if isIn {
			counted[what] = true
		} else if isOf && slices.ContainsFunc(in.Unknown, func(c Conditions) bool { return holdsAll(rows, i, c) }) {
			unknown[what] = true
		}
		if isBehind {
			behind[who] = true
			open[who] = open[who] || r.Final == law.No
			unclear[who] = unclear[who] || r.Final == law.NotKnown
		}
	}
	for what := range counted {
		delete(unknown, what)
	}
	a := asked{n: len(counted), unknown: len(unknown), denominator: len(of) - len(unknown), leftOut: len(leftOut), state: Known}
	for who := range behind {
		switch {
		case open[who]:
			a.persons.NotFinal++
		case unclear[who]:
			a.persons.Unknown++
		default:
			a.persons.Final++
		}
	}
	a.fill(in, any, len(of), amounts)
	if !in.Measure.ofAmount() && a.unknown > 0 {
		a.least, a.most = float64(a.n), float64(a.n+a.unknown)
		if in.Measure == ShareOf {
			a.least, a.most = a.least/float64(len(of)), a.most/float64(len(of))
		}
	}
	return a
}

type set map[string]bool

func (a *asked) fill(in *Indicator, any bool, of int, amounts []float64) {
	slices.Sort(amounts)
	if in.Measure.ofAmount() {
		a.denominator = a.n + a.leftOut
	}
	switch {
	case !any:
		a.state = NoData
	case in.Measure.ofAmount() && a.denominator == 0, in.Measure == ShareOf && of == 0:
		a.state = Nothing
	case in.Measure.ofAmount() && a.n == 0, !in.Measure.ofAmount() && of > 0 && a.denominator == 0:
		a.state = NotKnown
	case in.Measure == Number:
		a.number = float64(a.n)
	case in.Measure == ShareOf:
		a.number = float64(a.n) / float64(a.denominator)
	case in.Measure == Median:
		a.number = (amounts[(len(amounts)-1)/2] + amounts[len(amounts)/2]) / 2
	case in.Measure == Highest:
		a.number = amounts[len(amounts)-1]
	default:
		a.number = amounts[0]
		if in.Measure == Range {
			a.low, a.high = amounts[0], amounts[len(amounts)-1]
		}
	}
}

func amountOf(r *Row, of Amount) (float64, bool) {
	switch of {
	case OfTerm:
		i := r.Sentence.Imprisonment
		return i.Term.NominalDays(), i.State == law.ForTerm
	case OfFine:
		return float64(r.Sentence.Fine.Cents) / 100, r.Sentence.Fine.State == law.FineOfAmount
	}
	d, ok := r.Indicted.DaysUntil(r.Judged)
	return float64(d), ok && d >= 0
}

func (a asked) compare(v Value) string {
	got := asked{state: v.State, number: v.Number, low: v.Low.Number, high: v.High.Number, n: v.N,
		denominator: v.Denominator, unknown: v.Unknown, leftOut: v.LeftOut, persons: v.Persons}
	if v.Bounds != nil {
		got.least, got.most = v.Bounds.AtLeast, v.Bounds.AtMost
	}
	for _, x := range []struct{ got, want *float64 }{{&got.number, &a.number}, {&got.low, &a.low}, {&got.high, &a.high}} {
		if math.Abs(*x.got-*x.want) < 1e-6 { // rounding of nominal days
			*x.got = *x.want
		}
	}
	if got != a {
		return fmt.Sprintf("got  %+v\nwant %+v", got, a)
	}
	return ""
}

// TestPivotAgainstTheRows lays every indicator out in every way over generated
// rows, with and without filters, and compares each cell and total with the
// oracle's answer to that cell's own query.
func TestPivotAgainstTheRows(t *testing.T) {
	all, err := Indicators()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(5, 5))
	rows := synthetic(3, 260)
	for i := range rows { // gaps, as in a real record
		switch r.IntN(12) {
		case 0:
			rows[i].Offence = ""
		case 1:
			rows[i].Outcomes = 0
		}
	}
	c := build(t, rows)
	cells := 0
	for _, in := range all {
		for _, l := range layouts(in) {
			q := Query{Measure: in.ID, Rows: l[0], Columns: l[1], Filter: someFilter(t, r, l)}
			p, err := c.Pivot(q)
			if err != nil {
				t.Fatalf("%s: %v", q, err)
			}
			eachValue(p, func(v Value, full bool) {
				if !full && r.IntN(6) > 0 { // the oracle is slow
					return
				}
				cells++
				if wrong := oracle(rows, v.Query).compare(v); wrong != "" {
					t.Fatalf("%s\ncell %s\n%s", q, v.Query, wrong)
				}
			})
		}
	}
	if cells < 5000 {
		t.Fatalf("only %d cells compared", cells)
	}
}

func someFilter(t *testing.T, r *rand.Rand, l [2]Field) Filter {
	var f Filter
	if r.IntN(2) == 0 {
		return f
	}
	options := []struct {
		field Field
		value string
	}{{Year, "2005..2015"}, {Verdict, "convicted"}, {Instance, "first"}, {Final, "no"}, {OffenceGroup, "trafficking"}, {OffenceGroup, None}, {Suspended, "yes"}, {Outcome, "undetermined"}, {Term, "below_floor"}, {Law, "several"}, {Ground, NotAsked}, {Court, "court-03"}, {Court, "court-nowhere"}}
	o := options[r.IntN(len(options))]
	if o.field == Outcome && slices.Contains(l[:], Outcome) {
		return f
	}
	f, err := f.With(o.field, o.value)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func eachValue(p *Pivot, do func(v Value, full bool)) {
	do(p.Total, true)
	for i := range p.Rows {
		do(p.RowTotals[i], false)
		for j := range p.Columns {
			do(p.Cells[i][j], false)
		}
	}
	for j := range p.Columns {
		do(p.ColumnTotals[j], false)
	}
}
