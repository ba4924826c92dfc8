package law

import (
	"testing"

	"fener/period"
)

func benchFacts(b *testing.B) (*Pack, []Facts) {
	pack, err := Kosovo()
	if err != nil {
		b.Fatal(err)
	}
	var facts []Facts
	for _, text := range []string{"165(1)", "06/L-074:234(1)", "2003/25:139", "04/L-082:171(1)", "trafficking in persons"} {
		o := pack.Offence(text)
		for i, s := range gridSentences() {
			day := period.MustDate([]string{"2009-05-06", "2016-02", "2018", "2021-03-04"}[i%4])
			facts = append(facts, Facts{Convicted: o, Charged: o, Committed: period.Span{From: day},
				Judged: day.Last().AddDays(300), Verdict: Convicted, Sentence: s, Grounds: GroundsOf(GroundPlea)})
		}
	}
	return pack, facts
}

// BenchmarkCheck measures one count without steps; the aim is under 1 µs and
// at most 2 allocations.
func BenchmarkCheck(b *testing.B) {
	pack, facts := benchFacts(b)
	one := facts[3]
	b.Run("one law", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Check(pack, &one); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("mixed", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if _, err := Check(pack, &facts[i%len(facts)]); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("with steps", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Explain(pack, &one); err != nil {
				b.Fatal(err)
			}
		}
	})
}
