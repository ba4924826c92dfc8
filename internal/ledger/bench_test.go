package ledger_test

import (
	"fmt"
	"testing"

	"fener/internal/ledger"
	"fener/internal/record"
)

// syntheticBody is a SYNTHETIC judgment of about 600 bytes.
func syntheticBody(n int) []byte {
	return fmt.Appendf(nil, `{"number":"PKR.nr. %d/21","court":"synthetic-%d","instance":"basic","date":"2021-03-04",
"defendants":[{"initials":"A.B.","counts":[{"charged":"06/L-074:165(1)","convicted":"06/L-074:165(1)","verdict":"convicted",
"imprisonment":{"years":%d,"months":6},"fine":1500.50,"suspended":false,"mitigation":["plea","circumstances"]}]}],
"source":{"title":"SYNTHETIC","address":"https://example.org/synthetic/%d.pdf","hash":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
"quote":"SYNTHETIC: the court finds the accused guilty of trafficking in persons","final":true}`, n, n%40, n%12, n)
}

func syntheticChanges(first, count int) []ledger.Change {
	changes := make([]ledger.Change, count)
	for i := range changes {
		n := first + i
		changes[i] = ledger.Change{
			Kind: "judgment", ID: fmt.Sprintf("pkr-%08x-%d", uint32(n)*2654435761, n), State: record.Draft,
			By: "SYNTHETIC", Why: "benchmark", Batch: "import-1", Body: syntheticBody(n),
		}
	}
	return changes
}

// BenchmarkAppend appends 100,000 new judgments in batches of 5,000, each batch
// durable before the next. The bodies are written before the clock runs.
func BenchmarkAppend(b *testing.B) {
	const total, batch = 100_000, 5000
	changes := syntheticChanges(0, total)
	for b.Loop() {
		b.StopTimer()
		l := open(b, b.TempDir())
		b.StartTimer()
		for first := 0; first < total; first += batch {
			if _, err := l.Append(b.Context(), changes[first:first+batch]); err != nil {
				b.Fatal(err)
			}
		}
		b.StopTimer()
		if err := l.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(total)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}

// BenchmarkAppendAll appends 100,000 new judgments as one sequence in one
// transaction; writing the bodies is part of the time.
func BenchmarkAppendAll(b *testing.B) {
	const total = 100_000
	for b.Loop() {
		b.StopTimer()
		l := open(b, b.TempDir())
		b.StartTimer()
		span, err := l.AppendAll(b.Context(), func(yield func(ledger.Change, error) bool) {
			for n := range total {
				if !yield(syntheticChanges(n, 1)[0], nil) {
					return
				}
			}
		})
		if err != nil || span.Len() != total {
			b.Fatal(span, err)
		}
	}
	b.ReportMetric(float64(total)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}

// BenchmarkAppendOne appends single changes, each durable before the next.
func BenchmarkAppendOne(b *testing.B) {
	l := open(b, b.TempDir())
	n := 0
	for b.Loop() {
		if _, err := l.Append(b.Context(), syntheticChanges(n, 1)); err != nil {
			b.Fatal(err)
		}
		n++
	}
}

// BenchmarkRead reads 100,000 entries as a view does that is built anew.
func BenchmarkRead(b *testing.B) {
	const total = 100_000
	l := open(b, b.TempDir())
	if _, err := l.Append(b.Context(), syntheticChanges(0, total)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		after := int64(0)
		for after < total {
			entries, err := l.Read(b.Context(), after, 1000)
			if err != nil {
				b.Fatal(err)
			}
			after = entries[len(entries)-1].Seq
		}
	}
	b.ReportMetric(float64(total)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}

// BenchmarkVerify checks 100,000 entries.
func BenchmarkVerify(b *testing.B) {
	const total = 100_000
	l := open(b, b.TempDir())
	if _, err := l.Append(b.Context(), syntheticChanges(0, total)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		report, err := l.Verify(b.Context(), nil)
		if err != nil || !report.OK() || report.Entries != total {
			b.Fatal(report, err)
		}
	}
	b.ReportMetric(float64(total)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}

// BenchmarkAppendPublished is BenchmarkAppend of what is published, which has a leaf in the proof log each.
func BenchmarkAppendPublished(b *testing.B) {
	const total, batch = 100_000, 5000
	changes := syntheticChanges(0, total)
	for i := range changes {
		changes[i].State = record.Published
	}
	for b.Loop() {
		b.StopTimer()
		l := open(b, b.TempDir())
		b.StartTimer()
		for first := 0; first < total; first += batch {
			if _, err := l.Append(b.Context(), changes[first:first+batch]); err != nil {
				b.Fatal(err)
			}
		}
		b.StopTimer()
		if err := l.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(total)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}

// BenchmarkPublishOne publishes single drafts, each durable before the next.
func BenchmarkPublishOne(b *testing.B) {
	l := open(b, b.TempDir())
	n := 0
	for b.Loop() {
		change := syntheticChanges(n, 1)
		change[0].State = record.Published
		if _, err := l.Append(b.Context(), change); err != nil {
			b.Fatal(err)
		}
		n++
	}
}
