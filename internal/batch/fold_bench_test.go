package batch_test

import (
	"bytes"
	"context"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"fener/internal/batch"
	"fener/internal/batch/synthetic"
	"fener/internal/intake"
	"fener/internal/needs"
	"fener/internal/record"
	"fener/internal/view"
)

// BenchmarkImportFold100k brings 100,000 SYNTHETIC judgments from CSV onto the
// record as published, in one batch that is all or nothing, while the public
// view follows the ledger, until the last one is checked and can be searched.
func BenchmarkImportFold100k(b *testing.B) {
	const total = 100_000
	defer debug.SetGCPercent(debug.SetGCPercent(200)) // as in the program, see cmd/fener/main.go
	var file bytes.Buffer
	if err := synthetic.WriteCSV(&file, total, 1); err != nil {
		b.Fatal(err)
	}
	var took, used, importing time.Duration
	var peak uint64
	for b.Loop() {
		b.StopTimer()
		l := openLedger(b)
		o := view.Options{Path: filepath.Join(b.TempDir(), "public.db"), Ledger: l, Pack: kosovo(b), Scope: view.Public}
		v, err := view.Open(b.Context(), o)
		if err != nil {
			b.Fatal(err)
		}
		ended := make(chan error, 1)
		following, stop := context.WithCancel(b.Context())
		go func() { ended <- v.Run(following) }()
		began, before := time.Now(), needs.ProcessorTime(b)
		b.StartTimer()
		rows := batch.Rows(b.Context(), bytes.NewReader(file.Bytes()), batch.Reading{Name: "bench.csv", Options: intake.Options{Pack: o.Pack}})
		sum, err := batch.Judgments(b.Context(), l, rows, batch.Options{By: "bench", Now: noon, Synthetic: true, State: record.Published, Reviewed: true})
		if err != nil || sum.Classes[batch.New]+sum.Classes[batch.Doubtful] != total {
			b.Fatalf("%+v, %v", sum, err)
		}
		importing += time.Since(began)
		if err := v.WaitFor(b.Context(), sum.Last); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		took, used = took+time.Since(began), used+needs.ProcessorTime(b)-before
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.Sys)
		if _, cases, err := v.Cases(b.Context(), view.CaseFilter{Text: "synthetic"}); err != nil || cases == 0 {
			b.Fatalf("%d cases are found, %v", cases, err)
		}
		stop()
		<-ended // it says that it was stopped
		if err := v.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	judgments := total * float64(b.N)
	b.ReportMetric(judgments/took.Seconds(), "judgments/s")
	b.ReportMetric(judgments/importing.Seconds(), "imported/s")
	b.ReportMetric(float64(used.Microseconds())/judgments, "cpu-µs/judgment")
	b.ReportMetric(float64(peak)/(1<<20), "MB-from-system")
}
