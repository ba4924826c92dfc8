package batch_test

import (
	"bytes"
	"runtime"
	"testing"

	"fener/internal/batch"
	"fener/internal/batch/synthetic"
	"fener/internal/intake"
)

// BenchmarkImport reads 100,000 SYNTHETIC judgments from CSV, plans, validates
// and appends them in one batch.
func BenchmarkImport(b *testing.B) {
	const total = 100_000
	var file bytes.Buffer
	if err := synthetic.WriteCSV(&file, total, 1); err != nil {
		b.Fatal(err)
	}
	pack := kosovo(b)
	var peak uint64
	for b.Loop() {
		b.StopTimer()
		l := openLedger(b)
		b.StartTimer()
		rows := batch.Rows(b.Context(), bytes.NewReader(file.Bytes()), batch.Reading{Name: "bench.csv", Options: intake.Options{Pack: pack}})
		sum, err := batch.Judgments(b.Context(), l, rows, batch.Options{By: "bench", Now: noon, Synthetic: true})
		if err != nil || sum.Classes[batch.New]+sum.Classes[batch.Doubtful] != total {
			b.Fatalf("%+v, %v", sum, err)
		}
		b.StopTimer()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.Sys)
		b.StartTimer()
	}
	b.ReportMetric(total*float64(b.N)/b.Elapsed().Seconds(), "judgments/s")
	b.ReportMetric(float64(peak)/(1<<20), "MB-from-system")
}
