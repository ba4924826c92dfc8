package law_test

import (
	"encoding"
	"slices"
	"strings"
	"testing"

	"fener/law"
	"fener/locale"
	"fener/period"
)

// What is written is read back the same: the words of the record, of files and of packs.
func TestWrittenAndReadBack(t *testing.T) {
	term := func(n period.Length) law.Imprisonment { return law.Imprisonment{State: law.ForTerm, Term: n} }
	for _, tt := range []struct {
		name string
		what encoding.TextMarshaler
		into encoding.TextUnmarshaler
		text string
	}{
		{"no imprisonment", law.Imprisonment{}, new(law.Imprisonment), ""},
		{"three years and six months", term(period.Months(42)), new(law.Imprisonment), "3y 6m"},
		{"ninety days stay days", term(period.Days(90)), new(law.Imprisonment), "90d"},
		{"imprisonment for life has no length", law.Imprisonment{State: law.ForLife}, new(law.Imprisonment), "life"},
		{"imprisoned, for how long is not on record", law.Imprisonment{State: law.ForUnknownTerm}, new(law.Imprisonment), "unknown"},
		{"no fine", law.Fine{}, new(law.Fine), ""},
		{"nine hundred euros", law.Fine{State: law.FineOfAmount, Cents: 90000}, new(law.Fine), "900"},
		{"nine hundred euros and five cents", law.Fine{State: law.FineOfAmount, Cents: 90005}, new(law.Fine), "900.05"},
		{"fined, how much is not on record", law.Fine{State: law.FineAmountUnknown}, new(law.Fine), "yes"},
		{"whether fined is not on record", law.Fine{State: law.FineNotKnown}, new(law.Fine), "unknown"},
		{"not replaced", law.NotReplaced, new(law.Replaced), ""},
		{"imprisonment replaced by a fine", law.ReplacedByFine, new(law.Replaced), "fine"},
		{"imprisonment replaced by work for the community", law.ReplacedByWork, new(law.Replaced), "work"},
		{"nothing on record about grounds", law.Grounds(0), new(law.Grounds), ""},
		{"no ground", law.NoGround, new(law.Grounds), "none"},
		{"a plea and circumstances of particular weight", law.GroundsOf(law.GroundPlea, law.GroundCircumstances), new(law.Grounds), "circumstances+plea"},
		{"no measure", law.NoMeasure, new(law.Measures), "none"},
		{"a limit of five years", law.Limit{State: law.LimitSet, Length: period.Years(5)}, new(law.Limit), "5y"},
		{"more than three years", law.Limit{State: law.LimitSet, Length: period.Years(3), Edge: law.EdgeOver}, new(law.Limit), "over 3y"},
		{"less than three years", law.Limit{State: law.LimitSet, Length: period.Years(3), Edge: law.EdgeUnder}, new(law.Limit), "under 3y"},
		{"no upper limit but life", law.Limit{State: law.LimitLife}, new(law.Limit), "life"},
		{"a limit that nobody read", law.Limit{}, new(law.Limit), "unknown"},
	} {
		text, err := tt.what.MarshalText()
		if err != nil || string(text) != tt.text {
			t.Errorf("%s: written %q, %v; want %q", tt.name, text, err, tt.text)
		}
		if err := tt.into.UnmarshalText([]byte(tt.text)); err != nil {
			t.Errorf("%s: %q is not read: %v", tt.name, tt.text, err)
			continue
		}
		if again, _ := tt.into.(encoding.TextMarshaler).MarshalText(); string(again) != tt.text {
			t.Errorf("%s: %q is read as %q", tt.name, tt.text, again)
		}
	}
}

func TestWhatIsNotSoWrittenIsRefused(t *testing.T) {
	for _, tt := range []struct {
		name string
		into encoding.TextUnmarshaler
		text string
		want string
	}{
		{"imprisonment of nothing", new(law.Imprisonment), "0d", "is no term of imprisonment"},
		{"imprisonment in other words", new(law.Imprisonment), "long", "is not a length"},
		{"a fine of nothing", new(law.Fine), "0", "is no fine"},
		{"a fine below zero", new(law.Fine), "-5", "is no fine"},
		{"a fine below zero with cents", new(law.Fine), "-1.50", "is no fine"},
		{"cents below zero", new(law.Fine), "1.-5", "is no fine"},
		{"cents with a sign", new(law.Fine), "1.+5", "is no fine"},
		{"euros with a sign", new(law.Fine), "+5", "is no fine"},
		{"one digit of cents", new(law.Fine), "900.5", "is no fine"},
		{"grouped by a comma", new(law.Fine), "1,000", "is no fine"},
		{"more euros than can be kept", new(law.Fine), "184467440737095517", "is no fine"},
		{"replaced by something else", new(law.Replaced), "house arrest", "is no replacement"},
		{"a ground that is none", new(law.Grounds), "plea+kindness", "kindness"},
		{"a verdict that is none", new(law.Verdict), "guilty", "is no verdict"},
		{"neither yes nor no", new(law.Tri), "maybe", "is no yes or no"},
		{"an outcome that is none", new(law.Outcome), "lawful", "is no outcome"},
		{"a limit of zero", new(law.Limit), "0d", "a limit is a length"},
	} {
		if err := tt.into.UnmarshalText([]byte(tt.text)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %q: %v, want %q", tt.name, tt.text, err, tt.want)
		}
	}
}

// Each word of an enumeration is read back as itself.
func TestWordsOfAxes(t *testing.T) {
	for _, name := range law.AxisNames() {
		words := name.Words()
		if len(words) < 3 {
			t.Errorf("%s has only %q", name, words)
		}
		if sorted := slices.Sorted(slices.Values(words)); len(slices.Compact(sorted)) != len(words) {
			t.Errorf("%s says the same word twice: %q", name, words)
		}
		if text, err := name.MarshalText(); err != nil || string(text) != name.String() {
			t.Errorf("%s is written %q, %v", name, text, err)
		}
		for _, l := range locale.All {
			if name.Text(l) == "" {
				t.Errorf("%s has no name in %s", name, l)
			}
		}
	}
	for _, o := range law.AllOutcomes() {
		var again law.Outcome
		if err := again.UnmarshalText([]byte(o.String())); err != nil || again != o {
			t.Errorf("%s is read as %s, %v", o, again, err)
		}
		if set, err := law.ParseOutcomes(law.OutcomesOf(o).String()); err != nil || !slices.Equal(set.List(), []law.Outcome{o}) {
			t.Errorf("%s alone is read as %s, %v", o, set, err)
		}
	}
	for _, g := range law.AllGrounds() {
		var again law.Ground
		if err := again.UnmarshalText([]byte(g.String())); err != nil || again != g {
			t.Errorf("%s is read as %s, %v", g, again, err)
		}
	}
	for _, m := range law.AllMeasures() {
		var again law.Measure
		text, err := m.MarshalText()
		if err == nil {
			err = again.UnmarshalText(text)
		}
		if err != nil || again != m {
			t.Errorf("%s is read as %s, %v", m, again, err)
		}
	}
}

// Each outcome stands as a finding of its own, with the steps that led to it.
func TestFindingsAreTheOutcomesOneByOne(t *testing.T) {
	pack := kosovo(t)
	years := func(n int) law.Imprisonment { return law.Imprisonment{State: law.ForTerm, Term: period.Years(n)} }
	for _, tt := range []struct {
		name      string
		sentence  law.Sentence
		grounds   law.Grounds
		outcomes  []law.Outcome
		shortfall string
	}{
		{"five years and a fine, as Article 165(1) prescribes",
			law.Sentence{Imprisonment: years(5), Fine: law.Fine{State: law.FineOfAmount, Cents: 100000}, Suspended: law.No},
			law.NoGround, []law.Outcome{law.WithinRange}, ""},
		{"four years after a plea: mitigated within Article 72(1.2)",
			law.Sentence{Imprisonment: years(4), Fine: law.Fine{State: law.FineOfAmount, Cents: 100000}, Suspended: law.No},
			law.GroundsOf(law.GroundPlea), []law.Outcome{law.Mitigated}, "1y"},
		{"four years, no ground: not explained", law.Sentence{Imprisonment: years(4), Fine: law.Fine{State: law.FineOfAmount, Cents: 100000}, Suspended: law.No},
			law.NoGround, []law.Outcome{law.Unexplained}, "1y"},
		{"two years suspended: below Article 72(1.2), and Article 49 closes suspension",
			law.Sentence{Imprisonment: years(2), Fine: law.Fine{State: law.FineOfAmount, Cents: 100000}, Suspended: law.Yes},
			law.GroundsOf(law.GroundPlea), []law.Outcome{law.BelowFloor, law.FormNotAllowed}, "3y"},
		{"thirteen years: above the twelve of Article 165(1)", law.Sentence{Imprisonment: years(13), Fine: law.Fine{State: law.FineOfAmount, Cents: 100000}, Suspended: law.No},
			law.NoGround, []law.Outcome{law.AboveMaximum}, ""},
	} {
		facts := law.Facts{Convicted: pack.Offence("06/L-074:165(1)"), Committed: period.Span{From: period.MustDate("2020-05-10")},
			Judged: period.MustDate("2021-03-01"), Verdict: law.Convicted, Sentence: tt.sentence, Grounds: tt.grounds}
		answer, err := law.Explain(pack, &facts)
		if err != nil {
			t.Fatal(err)
		}
		findings := answer.Findings()
		var got []law.Outcome
		for _, f := range findings {
			got = append(got, f.Outcome)
			if len(f.Steps) == 0 || f.Minimum.String() != "5y" || f.Maximum.String() != "12y" || f.Shortfall.String() != tt.shortfall {
				t.Errorf("%s: %s rests on %d steps, %s to %s, short of it by %q", tt.name, f.Outcome, len(f.Steps), f.Minimum, f.Maximum, f.Shortfall)
			}
			for _, l := range locale.All {
				if f.Outcome.Text(l) == "" || strings.Contains(f.Outcome.Text(l), "outcome.") {
					t.Errorf("%s has no words in %s", f.Outcome, l)
				}
			}
		}
		if !slices.Equal(got, tt.outcomes) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.outcomes)
		}
	}
}
