package view_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/needs"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/period"
)

// synthetic is a SYNTHETIC judgment with one count, of the size that imported
// ones have.
func synthetic(r *rand.Rand, n int) *record.Judgment {
	year := 2015 + r.IntN(10)
	offence := []string{"06/L-074:165(1)", "04/L-082:171(1)", "trafficking in persons", "06/L-074:231(1)"}[r.IntN(4)]
	day := period.MustDate(fmt.Sprintf("%d-%02d-%02d", year, 1+r.IntN(12), 1+r.IntN(28)))
	number := fmt.Sprintf("PKR.nr. %d/%d", n, year%100)
	return &record.Judgment{
		Case: record.Slug(number), Numbers: []string{number}, Court: fmt.Sprintf("synthetic-court-%d", r.IntN(7)),
		Instance: record.FirstInstance, Date: day, Final: law.Yes, Synthetic: true,
		Defendants: []record.Defendant{{Label: "A.B.", Counts: []record.Count{{
			Charged: "06/L-074:165(1)", Convicted: offence, From: period.MustDate(fmt.Sprint(year - 1)), Verdict: law.Convicted,
			Sentence: record.Sentence{Imprisonment: years(fmt.Sprintf("%dy 6m", r.IntN(9))), Fine: law.Fine{State: law.FineOfAmount, Cents: int64(1+r.IntN(9)) * 50_000}},
			Grounds:  law.GroundsOf(law.GroundPlea), Place: "p. 3", Quote: "SYNTHETIC: the court finds the accused guilty of trafficking in persons and sentences the accused",
		}}}},
		Citations: []record.Citation{{Source: fmt.Sprintf("synthetic-%d", n%100), Place: "p. 1", Quote: "SYNTHETIC: sentenced to imprisonment"}},
	}
}

func syntheticChanges(tb testing.TB, count int) []ledger.Change {
	tb.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	changes := make([]ledger.Change, count)
	for n := range changes {
		j := synthetic(r, n+1)
		body, err := record.Encode(j)
		if err != nil {
			tb.Fatal(err)
		}
		changes[n] = ledger.Change{Kind: record.JudgmentKind, ID: j.Case + "-first", State: record.Published, By: "SYNTHETIC", Batch: "b", Body: body}
	}
	return changes
}

func appendAll(tb testing.TB, d *desk, changes []ledger.Change) {
	tb.Helper()
	for chunk := range slices.Chunk(changes, 5000) {
		if _, err := d.ledger.Append(tb.Context(), chunk); err != nil {
			tb.Fatal(err)
		}
	}
}

// BenchmarkFold100k folds 100,000 SYNTHETIC judgments that lie in the ledger:
// read, decoded, checked, listed and made searchable.
func BenchmarkFold100k(b *testing.B) {
	const total = 100_000
	d := newDesk(b)
	appendAll(b, d, syntheticChanges(b, total))
	n := 0
	before := needs.ProcessorTime(b)
	for b.Loop() {
		o := d.options(view.Public)
		o.Path = filepath.Join(b.TempDir(), fmt.Sprintf("%d.db", n))
		n++
		v, err := view.Open(b.Context(), o)
		if err != nil {
			b.Fatal(err)
		}
		if err := v.CatchUp(b.Context()); err != nil {
			b.Fatal(err)
		}
		if err := v.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(total)*float64(b.N)/b.Elapsed().Seconds(), "judgments/s")
	b.ReportMetric(float64((needs.ProcessorTime(b)-before).Microseconds())/total/float64(b.N), "cpu-µs/judgment")
}

// BenchmarkImport100k appends 100,000 SYNTHETIC judgments while a view follows,
// until the last one is in the view.
func BenchmarkImport100k(b *testing.B) {
	const total = 100_000
	changes := syntheticChanges(b, total)
	for b.Loop() {
		b.StopTimer()
		d := newDesk(b)
		v := d.open(view.Public)
		done := make(chan error, 1)
		go func() { done <- v.Run(b.Context()) }()
		b.StartTimer()
		appendAll(b, d, changes)
		if err := v.WaitFor(b.Context(), total); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		_ = d.ledger.Close()
		<-done
		_ = v.Close()
		b.StartTimer()
	}
	b.ReportMetric(float64(total)*float64(b.N)/b.Elapsed().Seconds(), "judgments/s")
}

// BenchmarkRead measures what a server does on a view of 100,000 judgments.
func BenchmarkRead(b *testing.B) {
	const total = 100_000
	d := newDesk(b)
	appendAll(b, d, syntheticChanges(b, total))
	v := d.open(view.Public)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			v, err := view.Open(b.Context(), d.options(view.Public))
			if err != nil {
				b.Fatal(err)
			}
			if err := v.CatchUp(b.Context()); err != nil || v.Seq() != total {
				b.Fatal(v.Seq(), err)
			}
			_ = v.Close()
		}
	})
	b.Run("each count", func(b *testing.B) {
		for b.Loop() {
			n := 0
			if err := v.EachCount(b.Context(), func(*view.CountRow) error { n++; return nil }); err != nil || n != total {
				b.Fatal(n, err)
			}
		}
	})
	b.Run("case", func(b *testing.B) {
		for b.Loop() {
			rows, _, err := v.Cases(b.Context(), view.CaseFilter{Page: view.Page{Limit: 1}})
			if err != nil || len(rows) != 1 {
				b.Fatal(err)
			}
			if _, err := v.Case(b.Context(), rows[0].ID); err != nil {
				b.Fatal(err)
			}
		}
	})
	for name, f := range map[string]view.CaseFilter{
		"cases": {}, "cases of a court": {Court: "synthetic-court-3"}, "cases of a year": {Year: 2018},
		"cases below the floor": {Outcomes: law.OutcomesOf(law.BelowFloor)}, "cases with a word": {Text: "synthetic"},
	} {
		f.Page.Limit = 50
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, total, err := v.Cases(b.Context(), f); err != nil || total == 0 {
					b.Fatal(total, err)
				}
			}
		})
	}
}

// BenchmarkSearch100k searches 100,000 SYNTHETIC documents of 150 words, most of
// them drawn so that a few words stand in nearly all.
func BenchmarkSearch100k(b *testing.B) {
	const total = 100_000
	d := newDesk(b)
	r := rand.New(rand.NewPCG(3, 4))
	zipf := rand.NewZipf(r, 1.1, 4, 50_000)
	changes := syntheticChanges(b, total)
	for n := range changes {
		words := make([]string, 150)
		for i := range words {
			words[i] = fmt.Sprintf("wo%06d", zipf.Uint64())
		}
		j := synthetic(r, n+1)
		j.Note = "SYNTHETIC trafficking court " + strings.Join(words, " ")
		var err error
		if changes[n].Body, err = record.Encode(j); err != nil {
			b.Fatal(err)
		}
	}
	appendAll(b, d, changes)
	began := time.Now()
	v := d.open(view.Public)
	b.Logf("folded in %s", time.Since(began))
	for _, text := range []string{"synthetic", "trafficking court", "wo000000 wo000001", "wo000000 wo000001 wo000002 wo000003", "tra", "wo0", "wo00001",
		"synthetic wo04", "wo000900 wo001100", "wo049", "pkr 64/21", "PKR.Nr.5000/2021", "the accused guil"} {
		b.Run(text, func(b *testing.B) {
			var times []time.Duration
			for b.Loop() {
				began := time.Now()
				if _, err := v.Search(b.Context(), text, 50); err != nil {
					b.Fatal(err)
				}
				times = append(times, time.Since(began))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

// BenchmarkPast100k prepares the record as it stood when 100,000 SYNTHETIC judgments
// were public, with more of them since and 200 cases protected since.
func BenchmarkPast100k(b *testing.B) {
	const total, since, protected = 100_000, 1000, 200
	d := newDesk(b)
	changes := syntheticChanges(b, total+since)
	appendAll(b, d, changes)
	for _, c := range changes[:protected] {
		d.enter(record.CaseKind, strings.TrimSuffix(c.ID, "-first"), 0, record.Draft, &record.Case{Numbers: []string{"P 1/20"}, ChildVictim: law.Yes})
	}
	v := d.open(view.Public)
	care, err := v.Care(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	var size int64
	before := needs.ProcessorTime(b)
	for b.Loop() {
		n++
		p, err := v.Past(b.Context(), filepath.Join(b.TempDir(), fmt.Sprintf("%d.db", n)), total, care)
		if err != nil {
			b.Fatal(err)
		}
		size = p.Size()
		if err := p.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric((needs.ProcessorTime(b)-before).Seconds()/float64(n), "cpu-s/op")
	b.ReportMetric(float64(size)/1e6, "MB")
	b.ReportMetric(float64(v.Size())/1e6, "MB-today")
}
