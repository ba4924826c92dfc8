package law_test

import (
	"testing"

	"fener/law"
	"fener/period"
)

// What is known on one axis does not depend on what is unknown on another: the
// same count is checked with one fact taken away, and only that fact's axis may
// answer differently.
func TestNoAxisErasesAnother(t *testing.T) {
	pack := kosovo(t)
	day := period.MustDate("2020-05-01")
	for _, ref := range []string{"06/L-074:165(1)", "06/L-074:228(1)", "06/L-074:234(1)", "06/L-074:235(1)", "04/L-082:171(1)", "2003/25:139(1)"} {
		offence := pack.Offence(ref)
		if ref[0] != '0' || ref[1] != '6' {
			day = period.MustDate("2010-05-01")
			if ref[0] == '0' {
				day = period.MustDate("2015-05-01")
			}
		}
		for _, months := range []int{1, 5, 6, 11, 24, 35, 36, 59, 60, 144, 145, 301} {
			whole := law.Facts{Convicted: offence, Committed: period.Span{From: day}, Judged: day.AddDays(300), Verdict: law.Convicted,
				Grounds: law.NoGround, Reasons: law.Yes, Sentence: law.Sentence{Suspended: law.No,
					Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Months(months)},
					Fine:         law.Fine{State: law.FineOfAmount, Cents: 60000}}}
			before := check(t, pack, whole)
			for _, c := range []struct {
				without string
				take    func(*law.Facts)
				free    law.AxisName
			}{
				{"the fine", func(f *law.Facts) { f.Sentence.Fine = law.Fine{State: law.FineNotKnown} }, law.FineAxis},
				{"the amount of the fine", func(f *law.Facts) { f.Sentence.Fine = law.Fine{State: law.FineAmountUnknown} }, law.FineAxis},
				{"whether it was suspended", func(f *law.Facts) { f.Sentence.Suspended = law.NotKnown }, law.FormAxis},
				{"the ground", func(f *law.Facts) { f.Grounds = 0 }, law.GroundAxis},
				{"the reasons", func(f *law.Facts) { f.Reasons = law.NotKnown }, law.ReasonsAxis},
			} {
				less := whole
				c.take(&less)
				after := check(t, pack, less)
				for i, axis := range before.Axes.List() {
					if got := after.Axes.List()[i]; axis.Name != c.free && got.Word != axis.Word {
						t.Errorf("%s, %d months, without %s: the axis %s is %q, with it %q", ref, months, c.without, axis.Name, got.Word, axis.Word)
					}
				}
			}
		}
	}
}

// A set of outcomes says within_range only where every axis is decided and
// right, and undetermined exactly where something is missing.
func TestOutcomesFollowFromTheAxes(t *testing.T) {
	pack := kosovo(t)
	cases, err := pack.Cases()
	if err != nil {
		t.Fatal(err)
	}
	right := map[string]bool{"": true, "within": true, "plain": true, "allowed": true, "complete": true, "none": true, "ordered": true, "certain": true,
		"given": true, "not_given": true, "unknown": true, "several": true}
	for _, c := range cases {
		a := check(t, pack, factsOf(t, pack, c))
		if got, want := a.Outcomes.Has(law.Undetermined), a.Missing != 0; got != want {
			t.Errorf("%s: undetermined is %t with missing %q", c.Name, got, a.Missing)
		}
		if !a.Outcomes.Has(law.WithinRange) {
			continue
		}
		for _, axis := range a.Axes.List() {
			stated := axis.Name == law.GroundAxis || axis.Name == law.ReasonsAxis
			if !right[axis.Word] || axis.Word == "unknown" && !stated {
				t.Errorf("%s: within the range, and %s is %q", c.Name, axis.Name, axis.Word)
			}
		}
	}
}

// A code whose range an amendment replaced in the middle of its life answers
// by the day of the offence: by paragraph, by article and in words.
func TestAnAmendmentInTheMiddleOfACodesLife(t *testing.T) {
	pack, err := law.LoadDir("testdata/amended")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ offence, committed, judged, minimum, outcome string }{
		{"1/L:10(1)", "2012-05-01", "2013-05-01", "2y", "within_range"},
		{"1/L:10(1)", "2016-05-01", "2017-05-01", "4y", "unexplained"},
		{"1/L:10", "2012-05-01", "2013-05-01", "2y", "within_range"},
		{"1/L:10", "2016-05-01", "2017-05-01", "4y", "unexplained"},
		{"harm", "2012-05-01", "2013-05-01", "2y", "within_range"},
		{"harm", "2016-05-01", "2017-05-01", "4y", "unexplained"},
		{"1/L:10(1)", "2012-05-01", "2017-05-01", "2y", "within_range"}, // the milder law of the day of the offence
		{"1/L:10(1)", "2014-12-31", "2014-12-31", "2y", "within_range"}, // the last day before the amendment
		{"1/L:10(1)", "2015-01-01", "2015-01-01", "4y", "unexplained"},  // its first
	} {
		f := law.Facts{Convicted: pack.Offence(c.offence), Committed: period.Span{From: period.MustDate(c.committed)}, Judged: period.MustDate(c.judged),
			Verdict: law.Convicted, Sentence: law.Sentence{Suspended: law.No, Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Years(3)}}}
		a := check(t, pack, f)
		if a.Minimum.String() != c.minimum || a.Outcomes.String() != c.outcome {
			t.Errorf("%s committed %s, judged %s: minimum %s, %s; expected %s, %s", c.offence, c.committed, c.judged, a.Minimum, a.Outcomes, c.minimum, c.outcome)
		}
	}
}

// Places as courts and monitors write them.
func TestOffencesAsTheyAreWritten(t *testing.T) {
	pack := kosovo(t)
	for _, c := range []struct {
		text   string
		refs   string
		form   law.Form
		beside string
	}{
		{"06/L-074:165(1)", "06/L-074:165(1)", law.FormUnsaid, ""},
		{"165/1", "165(1)", law.FormUnsaid, ""},
		{"165.1", "165(1)", law.FormUnsaid, ""},
		{"neni 165/1", "165(1)", law.FormUnsaid, ""},
		{"neni 165.1 i KPRK", "165(1)", law.FormUnsaid, ""},
		{"neni 165 par. 1", "165(1)", law.FormUnsaid, ""},
		{"neni 165 paragraf 1", "165(1)", law.FormUnsaid, ""},
		{"Art. 165 para 1 of the Criminal Code 06/L-074", "06/L-074:165(1)", law.FormUnsaid, ""},
		{"Article 165, paragraphs 1 and 3", "165(1) 165(3)", law.FormUnsaid, ""},
		{"165 par. 1 and 2", "165(1) 165(2)", law.FormUnsaid, ""},
		{"neni 165 par. 1, 2 dhe 3", "165(1) 165(2) 165(3)", law.FormUnsaid, ""},
		{"neni 165 par. 1-3", "165(1) 165(2) 165(3)", law.FormUnsaid, ""},
		{"neni 165 par. 4 nënpar. 4.1", "165(4.1)", law.FormUnsaid, ""},
		{"165(1), 228(1)", "165(1) 228(1)", law.FormUnsaid, ""},
		{"165(1) dhe 228(1)", "165(1) 228(1)", law.FormUnsaid, ""},
		{"neni 165 par. 1 dhe neni 228 par. 1", "165(1) 228(1)", law.FormUnsaid, ""},
		{"nenet 165 dhe 228", "165 228", law.FormUnsaid, ""},
		{"neni 165 par. 1 lidhur me nenin 28", "165(1)", law.Attempt, ""},
		{"neni 165 par. 1 në lidhje me nenin 28 par. 1", "165(1)", law.Attempt, ""},
		{"neni 165 par.1 lidhur me nenin 31", "165(1)", law.Completed, ""},
		{"Article 165(1) in connection with Article 33", "165(1)", law.Assistance, ""},
		{"član 165 stav 1 u vezi sa članom 32", "165(1)", law.Incitement, ""},
		{"члан 165 став 1 у вези са чланом 28", "165(1)", law.Attempt, ""},
		{"neni 165 par. 1 lidhur me nenin 31 dhe 28", "165(1)", law.FormUnknown, ""},
		{"neni 165 par. 1 lidhur me nenin 76", "165(1)", law.FormUnsaid, "76"},
		{"neni 165 par. 1 lidhur me nenin 228 par. 1", "165(1)", law.FormUnsaid, "228(1)"},
		{"trafikim me njerëz (neni 165 par. 1)", "165(1)", law.FormUnsaid, ""},
		{"trafikim me njerëz në tentativë", "", law.Attempt, ""},
	} {
		o := pack.Offence(c.text)
		refs, beside := "", ""
		for _, r := range o.Refs {
			refs += " " + r.String()
		}
		for _, r := range o.Beside {
			beside += " " + r.String()
		}
		if got := trim(refs); got != c.refs || o.Form != c.form || trim(beside) != c.beside {
			t.Errorf("%q: places %q, form %q, beside %q; expected %q, %q, %q", c.text, got, o.Form, trim(beside), c.refs, c.form, c.beside)
		}
		if !o.InPack() {
			t.Errorf("%q is not in the pack", c.text)
		}
	}
}

func trim(s string) string {
	if s == "" {
		return ""
	}
	return s[1:]
}

func check(t *testing.T, pack *law.Pack, f law.Facts) law.Answer {
	t.Helper()
	a, err := law.Check(pack, &f)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func FuzzCitations(f *testing.F) {
	pack, err := law.Kosovo()
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{"06/L-074:165(1)", "neni 165 par. 1 dhe 3 lidhur me nenin 28", "165(", "par. par. 1", "neni l65", ":1", "1:1:1", "165 - 3", "(1)(2)", "\x01l9\x01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		o := pack.Offence(s)
		facts := law.Facts{Convicted: o, Committed: period.Span{From: period.MustDate("2020-05-01")}, Judged: period.MustDate("2021-05-01"), Verdict: law.Convicted}
		if _, err := law.Explain(pack, &facts); err != nil {
			t.Skip(err) // two provisions on one date
		}
	})
}
