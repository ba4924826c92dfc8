package figure

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"fener/internal/needs"
)

var columns1M = sync.OnceValue(func() *Columns {
	rows := synthetic(1, 1_000_000) // not kept, as no server would keep them
	b := NewBuilder(AsOf{}, len(rows))
	for i := range rows {
		if err := b.Add(&rows[i]); err != nil {
			panic(err)
		}
	}
	return b.Build()
})

// layouts are every breakdown of an indicator alone, and every pair of them.
func layouts(in *Indicator) [][2]Field {
	list := [][2]Field{{}}
	for i, r := range in.Breakdowns {
		list = append(list, [2]Field{r})
		for _, c := range in.Breakdowns[i+1:] {
			list = append(list, [2]Field{r, c})
		}
	}
	return list
}

// BenchmarkPivot1M answers every indicator in every layout over a million
// SYNTHETIC counts, and reports the 99th percentile of all answers: on the
// clock, and of processor time, which two idle cores halve. With -v, those
// that took most of it are named.
func BenchmarkPivot1M(b *testing.B) {
	c := columns1M()
	all, err := Indicators()
	if err != nil {
		b.Fatal(err)
	}
	type answer struct {
		took, cpu time.Duration
		what      string
	}
	var answers []answer
	runtime.GC()
	for b.Loop() {
		for _, in := range all {
			for _, l := range layouts(in) {
				start, cpu := time.Now(), needs.ProcessorTime(b)
				if _, err := c.Pivot(Query{Measure: in.ID, Rows: l[0], Columns: l[1]}); err != nil {
					b.Fatal(err)
				}
				answers = append(answers, answer{time.Since(start), needs.ProcessorTime(b) - cpu, fmt.Sprintf("%s by %s, %s", in.ID, l[0], l[1])})
			}
		}
	}
	slices.SortFunc(answers, func(x, y answer) int { return int(x.cpu - y.cpu) })
	b.ReportMetric(answers[len(answers)/2].cpu.Seconds()*1000, "p50-cpu-ms")
	b.ReportMetric(answers[len(answers)*99/100].cpu.Seconds()*1000, "p99-cpu-ms")
	for _, a := range answers[max(0, len(answers)-12):] {
		b.Logf("%8.2f ms of processor time  %s", a.cpu.Seconds()*1000, a.what)
	}
	slices.SortFunc(answers, func(x, y answer) int { return int(x.took - y.took) })
	ms := func(at float64) float64 { return answers[int(at*float64(len(answers)-1))].took.Seconds() * 1000 }
	b.ReportMetric(ms(0.5), "p50-ms")
	b.ReportMetric(ms(0.99), "p99-ms")
	b.ReportMetric(ms(1), "max-ms")
	b.ReportMetric(float64(len(answers))/float64(b.N), "pivots/op")
	b.ReportMetric(float64(c.Bytes())/float64(c.Len()), "bytes/count")
}

// BenchmarkRows1M lists a page of the counts behind a figure.
func BenchmarkRows1M(b *testing.B) {
	c := columns1M()
	f, err := Filter{}.With(Year, "2012")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := c.Rows(Query{Measure: "persons_convicted", Filter: f}, 3); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBuild1M makes a snapshot of a million SYNTHETIC counts.
func BenchmarkBuild1M(b *testing.B) {
	rows := synthetic(1, 1_000_000)
	for b.Loop() {
		build(b, rows)
	}
}
