package report

import (
	"bytes"
	"context"
	"io"
	"sync"
	"testing"

	"fener/internal/intake"
	"fener/internal/intake/synthetic"
	"fener/law"
	"fener/locale"
	"fener/period"
)

var million = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	if err := synthetic.WriteCSV(&b, 1_000_000, 1); err != nil {
		panic(err)
	}
	return b.Bytes()
})

// BenchmarkMillion reads, decides and writes a million SYNTHETIC rows of 15 columns. The aims on two cores: a second as CSV, five with
// every step as JSON Lines.
func BenchmarkMillion(b *testing.B) {
	pack := kosovo(b)
	table := million()
	for _, format := range []Format{CSV, JSONL} {
		b.Run(format.String(), func(b *testing.B) {
			b.SetBytes(int64(len(table)))
			b.ReportAllocs()
			for b.Loop() {
				r, err := New(io.Discard, Options{Format: format, Lang: locale.EN, Pack: pack})
				if err != nil {
					b.Fatal(err)
				}
				if err := r.Read(context.Background(), "synthetic.csv", bytes.NewReader(table), intake.Options{}, nil); err != nil {
					b.Fatal(err)
				}
				if n := r.Tally().Counts.N; n != 1_000_000 {
					b.Fatalf("%d rows were written", n)
				}
			}
		})
	}
}

func benchRow(pack *law.Pack) *intake.Row {
	o := pack.Offence("06/L-074:165(1)")
	return &intake.Row{Line: 2, Case: "SYNTHETIC", Court: "Prizren", ConvictedText: o.Text, Facts: law.Facts{Charged: o, Convicted: o,
		Committed: period.Span{From: period.MustDate("2020-05-10")}, Judged: period.MustDate("2021-03-01"), Verdict: law.Convicted,
		Sentence: law.Sentence{Imprisonment: law.Imprisonment{State: law.ForTerm, Term: period.Years(2)}, Fine: law.Fine{State: law.FineOfAmount, Cents: 50050}}}}
}
