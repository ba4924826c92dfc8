package figure

import (
	"testing"

	"fener/internal/record"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// court is a small record: a judgment of the District Court of Prizren as the UN
// reported it in July 2005, two men to 12 years and one to 10 for eleven counts
// each, known as joint sentences; and invented persons of a court that does not
// exist, so that every indicator has something to count.
func court(t *testing.T) *Columns {
	prison := func(l period.Length) law.Sentence {
		return law.Sentence{Imprisonment: law.Imprisonment{State: law.ForTerm, Term: l}, Suspended: law.No}
	}
	fine := func(cents int64) law.Sentence {
		return law.Sentence{Fine: law.Fine{State: law.FineOfAmount, Cents: cents}, Suspended: law.No}
	}
	suspended := prison(period.Years(1))
	suspended.Suspended = law.Yes
	undetermined, withinRange := law.OutcomesOf(law.Undetermined), law.OutcomesOf(law.WithinRange)
	base := func(r Row) Row {
		if r.Judgment == "" {
			r.Judgment = r.Case + "-1"
		}
		if r.Instance == 0 {
			r.Instance = record.FirstInstance
		}
		r.OffenceGroup = "trafficking"
		return r
	}
	july := period.MustDate("2005-07")
	day, indicted := period.MustDate("2017-05-10"), period.MustDate("2017-01-10")
	rows := []Row{
		base(Row{Case: "prizren-2005", Defendant: "R.S.", Court: "prizren", Judged: july, Verdict: law.Convicted, Joint: law.Yes, Sentence: prison(period.Years(12)), Outcomes: undetermined}),
		base(Row{Case: "prizren-2005", Defendant: "S.I.", Court: "prizren", Judged: july, Verdict: law.Convicted, Joint: law.Yes, Sentence: prison(period.Years(10)), Outcomes: undetermined}),
		base(Row{Case: "prizren-2005", Defendant: "V.U.", Court: "prizren", Judged: july, Verdict: law.Convicted, Joint: law.Yes, Sentence: prison(period.Years(12)), Outcomes: undetermined}),
		base(Row{Case: "prizren-2005", Defendant: "V.U.", Court: "prizren", Judged: july, Verdict: law.Convicted, Joint: law.Yes, Sentence: prison(period.Years(12)), Outcomes: undetermined}),

		base(Row{Case: "x-2017", Defendant: "1", Court: "nowhere", Judged: day, Indicted: indicted, Verdict: law.Convicted, Joint: law.No, Final: law.Yes, Sentence: prison(period.Years(4)), Below: law.Yes, Outcomes: law.OutcomesOf(law.Unexplained), Trafficked: law.Yes, Downgraded: law.No}),
		base(Row{Case: "x-2017", Defendant: "2", Court: "nowhere", Judged: day, Indicted: indicted, Verdict: law.Convicted, Joint: law.No, Final: law.Yes, Sentence: fine(60000), Below: law.Yes, Outcomes: law.OutcomesOf(law.FormNotAllowed), Trafficked: law.Yes, Downgraded: law.Yes}),
		base(Row{Case: "x-2017", Defendant: "3", Court: "nowhere", Judged: day, Indicted: indicted, Verdict: law.Convicted, Joint: law.No, Final: law.No, Sentence: suspended, Below: law.Yes, Outcomes: law.OutcomesOf(law.BelowFloor, law.FormNotAllowed), Trafficked: law.Yes, Downgraded: law.No}),
		base(Row{Case: "x-2017", Defendant: "4", Court: "nowhere", Judged: day, Indicted: indicted, Verdict: law.Acquitted, Below: law.No, Outcomes: law.OutcomesOf(law.NotConvicted)}),
		base(Row{Case: "x-2017", Defendant: "4", Court: "nowhere", Judged: day, Indicted: indicted, Verdict: law.Acquitted, Below: law.No, Outcomes: law.OutcomesOf(law.NotConvicted)}),
		base(Row{Case: "x-2017", Defendant: "5", Court: "nowhere", Judged: day, Indicted: indicted, Verdict: law.Convicted, Joint: law.No, Final: law.Yes, Sentence: prison(period.Years(6)), Below: law.No, Outcomes: withinRange, Trafficked: law.Yes, Downgraded: law.No}),
		base(Row{Case: "x-2017", Defendant: "5", Court: "nowhere", Judged: day, Indicted: indicted, Verdict: law.Acquitted, Final: law.Yes, Below: law.No, Outcomes: law.OutcomesOf(law.NotConvicted)}),
		// The appeal took the place of the first judgment.
		base(Row{Case: "x-2018", Defendant: "1", Judgment: "x-2018-1", Court: "nowhere", Judged: period.MustDate("2018-02-01"), Verdict: law.Convicted, Sentence: prison(period.Years(20)), Superseded: true}),
		base(Row{Case: "x-2018", Defendant: "1", Judgment: "x-2018-2", Court: "appeals", Instance: record.Appeal, Judged: period.MustDate("2019-02-01"), Verdict: law.Convicted, Below: law.No, Outcomes: withinRange, Sentence: prison(period.Months(90)), Trafficked: law.Yes, Downgraded: law.No}),
		base(Row{Case: "x-2019", Defendant: "1", Court: "nowhere", Verdict: law.VerdictUnknown, Outcomes: undetermined}),
	}
	for i := range rows {
		r := &rows[i]
		r.ID = int64(i)
		switch {
		case r.Outcomes.Has(law.BelowFloor):
			r.BelowFloor, r.Axes.Term = law.Yes, law.TermBelowFloor
		case !r.Outcomes.Has(law.Undetermined):
			r.BelowFloor = law.No
		}
	}
	return build(t, rows)
}

func filtered(t *testing.T, pairs ...string) Filter {
	t.Helper()
	var f Filter
	for i := 0; i < len(pairs); i += 2 {
		var field Field
		err := field.UnmarshalText([]byte(pairs[i]))
		if err == nil {
			f, err = f.With(field, pairs[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return f
}

func TestFigures(t *testing.T) {
	c := court(t)
	for _, tt := range []struct {
		name    string
		measure string
		filter  Filter
		want    asked
		text    string // length of the value
	}{
		{"a person with two counts is one person", "persons_judged", filtered(t, "court", "prizren"), asked{state: Known, number: 3, n: 3, denominator: 3, persons: Finality{Unknown: 3}}, ""},
		{"counts are counts", "counts_judged", filtered(t, "court", "prizren"), asked{state: Known, number: 4, n: 4, denominator: 4, persons: Finality{Unknown: 3}}, ""},
		{"a judgment is one judgment for all its defendants", "judgments", Filter{}, asked{state: Known, number: 4, n: 4, denominator: 4, persons: Finality{Final: 3, NotFinal: 1, Unknown: 6}}, ""},
		{"a verdict not on record is not a conviction, and not none", "persons_convicted", filtered(t, "court", "nowhere"), asked{state: Known, number: 4, n: 4, denominator: 5, unknown: 1, least: 4, most: 5, persons: Finality{Final: 3, NotFinal: 1}}, ""},
		{"acquitted of all, not of some", "persons_acquitted", filtered(t, "year", "2017"), asked{state: Known, number: 1, n: 1, denominator: 5, persons: Finality{Unknown: 1}}, ""},
		{"the superseded judgment does not count, the appeal does", "imprisonment_median", filtered(t, "year", "2018..2019"), asked{state: Known, number: 2739.31875, n: 1, denominator: 1, persons: Finality{Unknown: 1}}, "7y 6m"},
		{"only fined", "persons_fined_only", filtered(t, "year", "2017"), asked{state: Known, number: 1, n: 1, denominator: 5, persons: Finality{Final: 1}}, ""},
		{"the share of those convicted only", "share_fined_only", filtered(t, "year", "2017"), asked{state: Known, number: 0.25, n: 1, denominator: 4, persons: Finality{Final: 3, NotFinal: 1}}, ""},
		{"suspended", "persons_suspended", filtered(t, "year", "2017"), asked{state: Known, number: 1, n: 1, denominator: 5, persons: Finality{NotFinal: 1}}, ""},
		{"below the minimum", "persons_below_minimum", filtered(t, "year", "2017"), asked{state: Known, number: 3, n: 3, denominator: 5, persons: Finality{Final: 2, NotFinal: 1}}, ""},
		{"of joint sentences nobody can say: none at least, three at most", "persons_below_minimum", filtered(t, "court", "prizren"), asked{state: NotKnown, denominator: 0, unknown: 3, most: 3}, ""},
		{"a share of all, whatever is not known", "share_below_floor", Filter{}, asked{state: Known, number: 0.2, n: 1, denominator: 5, unknown: 3, least: 0.125, most: 0.5, persons: Finality{Final: 3, NotFinal: 1, Unknown: 4}}, ""},
		{"by the answer on the term", "persons_judged", filtered(t, "term", "below_floor"), asked{state: Known, number: 1, n: 1, denominator: 1, persons: Finality{NotFinal: 1}}, ""},
		{"acquitted, and no sentence to check", "persons_judged", filtered(t, "term", "not_convicted"), asked{state: Known, number: 2, n: 2, denominator: 2, persons: Finality{Final: 1, Unknown: 1}}, ""},
		{"below the floor", "share_below_floor", filtered(t, "year", "2017"), asked{state: Known, number: 0.25, n: 1, denominator: 4, persons: Finality{Final: 3, NotFinal: 1}}, ""},
		{"downgraded, of those charged with trafficking and convicted", "share_downgraded", Filter{}, asked{state: Known, number: 0.2, n: 1, denominator: 5, persons: Finality{Final: 3, NotFinal: 1, Unknown: 1}}, ""},
		{"a median leaves joint sentences out", "imprisonment_median", filtered(t, "court", "prizren"), asked{state: NotKnown, denominator: 3, leftOut: 3}, ""},
		{"a range takes them in, once per person", "imprisonment_range", filtered(t, "court", "prizren"), asked{state: Known, number: 3652.425, low: 3652.425, high: 4382.91, n: 3, denominator: 3, persons: Finality{Unknown: 3}}, "10y"},
		{"the median of 1, 4 and 6 years", "imprisonment_median", filtered(t, "year", "2017"), asked{state: Known, number: 1460.97, n: 3, denominator: 3, persons: Finality{Final: 2, NotFinal: 1}}, "4y"},
		{"the median of an even number lies between", "imprisonment_median", filtered(t, "year", "2017", "suspended", "no"), asked{state: Known, number: 1826.2125, n: 2, denominator: 2, persons: Finality{Final: 2}}, "5y"},
		{"the lowest fine, in euros", "fine_lowest", Filter{}, asked{state: Known, number: 600, n: 1, denominator: 1, persons: Finality{Final: 1}}, ""},
		{"no fine was imposed: nothing to measure", "fine_lowest", filtered(t, "court", "prizren"), asked{state: Nothing}, ""},
		{"days, once for each judgment", "days_to_judgment_median", filtered(t, "year", "2017"), asked{state: Known, number: 120, n: 1, denominator: 1, persons: Finality{Final: 3, NotFinal: 1, Unknown: 1}}, ""},
		{"a judgment dated to the month has no days", "days_to_judgment_median", filtered(t, "court", "prizren"), asked{state: NotKnown, denominator: 1, leftOut: 1}, ""},
		{"no judgment on record is no zero", "persons_fined_only", filtered(t, "year", "2011"), asked{state: NoData}, ""},
		{"zero where judgments are on record", "persons_fined_only", filtered(t, "year", "2019"), asked{state: Known, denominator: 1}, ""},
		{"conditions that exclude each other count nobody", "persons_convicted", filtered(t, "verdict", "acquitted"), asked{state: Known, number: 0, denominator: 2}, ""},
		{"a judgment without a date", "persons_judged", filtered(t, "year", "none"), asked{state: Known, number: 1, n: 1, denominator: 1, persons: Finality{Unknown: 1}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v, err := c.Figure(Query{Measure: tt.measure, Filter: tt.filter})
			if err != nil {
				t.Fatal(err)
			}
			if wrong := tt.want.compare(v); wrong != "" {
				t.Error(wrong)
			}
			if v.Length.String() != tt.text {
				t.Errorf("length %q, want %q", v.Length, tt.text)
			}
			if v.AsOf.Seq != 17 || v.Synthetic {
				t.Errorf("as of %+v, synthetic %v", v.AsOf, v.Synthetic)
			}
		})
	}
}

func TestPivotOfYears(t *testing.T) {
	p, err := court(t).Pivot(Query{Measure: "persons_convicted", Rows: Year, Columns: Court})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(p.Rows); n != 16 || p.Rows[0].Key != "2005" || p.Rows[14].Key != "2019" || p.Rows[15].Key != None {
		t.Fatalf("%d rows, from %v to %v; want 2005 to 2019 without a break, then none", n, p.Rows[0], p.Rows[n-1])
	}
	if v := p.RowTotals[6]; v.State != NoData || v.Query.String() != "measure=persons_convicted&year=2011" {
		t.Errorf("2011 is %s (%s); want no data", v.State, v.Query)
	}
	if v := p.Cells[12][1]; v.N != 4 || !v.Small || v.Period != (Years{2017, 2017}) || v.Query.String() != "court=nowhere&measure=persons_convicted&year=2017" {
		t.Errorf("2017, nowhere: %d small=%v %v %s", v.N, v.Small, v.Period, v.Query)
	}
	if p.Total.N != 8 || p.Total.Small || p.Total.Period != (Years{2005, 2019}) {
		t.Errorf("total %d small=%v %v, want 8 of 2005 to 2019", p.Total.N, p.Total.Small, p.Total.Period)
	}
	names := map[string]string{"prizren": "Čačak", "nowhere": "Zubin Potok", "appeals": "Žur"}
	p.ByName(locale.SRLatn, func(h Head) string { return names[h.Key] })
	for i, want := range []string{"prizren", "nowhere", "appeals"} {
		if p.Columns[i].Key != want {
			t.Errorf("column %d is %s, want %s: courts stand by name", i, p.Columns[i].Key, want)
		}
	}
	if p.Cells[12][1].Query.Filter.Get(Court) != "nowhere" || p.ColumnTotals[2].Query.Filter.Get(Court) != "appeals" {
		t.Error("cells did not move with their columns")
	}
}

func TestRowsBehind(t *testing.T) {
	c := court(t)
	for _, tt := range []struct {
		measure string
		filter  Filter
		want    []int64
	}{
		{"persons_convicted", filtered(t, "court", "nowhere"), []int64{4, 5, 6, 9}},
		{"share_fined_only", filtered(t, "year", "2017"), []int64{4, 5, 6, 9}},
		{"imprisonment_median", filtered(t, "year", "2005..2017"), []int64{4, 6, 9}},
		{"judgments", filtered(t, "year", "none"), []int64{13}},
		{"fine_lowest", Filter{}, []int64{5}},
		{"persons_convicted", filtered(t, "verdict", "acquitted"), nil},
	} {
		page, err := c.Rows(Query{Measure: tt.measure, Rows: Year, Filter: tt.filter}, 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(page.IDs) != len(tt.want) || page.Total != len(tt.want) || page.Pages != 1 {
			t.Errorf("%s: %+v, want %v", tt.measure, page, tt.want)
			continue
		}
		for i, id := range tt.want {
			if page.IDs[i] != id {
				t.Errorf("%s: %v, want %v", tt.measure, page.IDs, tt.want)
			}
		}
	}
	for _, page := range []int{-1, 0, 2, 1 << 62} {
		if _, err := c.Rows(Query{Measure: "judgments"}, page); err == nil {
			t.Errorf("page %d of 1 was given", page)
		}
	}
}
