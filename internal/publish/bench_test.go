package publish

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/proof"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
)

// BenchmarkVerifyMirror verifies a whole mirror of a million leaves, each read as a leaf.
func BenchmarkVerifyMirror(b *testing.B) {
	const total = 1_000_000
	k := newKeys(b)
	dir := filepath.Join(b.TempDir(), "log")
	k.writeLog(b, dir, total, 1<<40)
	m := mirrorOf(b, "", dir, k.policy(b))
	n := 0
	for b.Loop() {
		n = 0
		if _, err := m.Verify(b.Context(), func(int64, *proof.Leaf) error { n++; return nil }); err != nil || n != total {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(total*float64(b.N)/b.Elapsed().Seconds(), "leaves/s")
}

// BenchmarkProve makes proof files of a log of 100,000 leaves, each with what is shown of its text.
func BenchmarkProve(b *testing.B) {
	const total = 100_000
	dir := b.TempDir()
	l, err := ledger.Open(b.Context(), dir, ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true})
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	if _, err := l.AppendAll(b.Context(), func(yield func(ledger.Change, error) bool) {
		for n := range total {
			if !yield(ledger.Change{Kind: record.SourceKind, ID: fmt.Sprint("s", n), State: record.Published, By: "SYNTHETIC",
				Body: fmt.Appendf(nil, `{"date":"2024-05-06","kind":"report","publisher":"SYNTHETIC council","title":"SYNTHETIC report %d","url":"https://example.org/%d"}`, n, n)}, nil) {
				return
			}
		}
	}); err != nil {
		b.Fatal(err)
	}
	pack, err := law.Kosovo()
	if err != nil {
		b.Fatal(err)
	}
	v, err := view.Open(b.Context(), view.Options{Path: filepath.Join(dir, view.Public.FileName()), Scope: view.Public, Ledger: l, Pack: pack, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	defer v.Close()
	if err := v.CatchUp(context.WithoutCancel(b.Context())); err != nil {
		b.Fatal(err)
	}
	log, err := OpenLog(b.Context(), LogOptions{Ledger: l, Key: newKeys(b).private, Log: slog.New(slog.DiscardHandler)})
	if err == nil {
		err = log.Update(b.Context())
	}
	if err != nil {
		b.Fatal(err)
	}
	n, size, bare := 0, 0, 0
	for b.Loop() {
		file, err := log.Prove(b.Context(), v, record.SourceKind, fmt.Sprint("s", n*7919%total), 0)
		if err != nil {
			b.Fatal(err)
		}
		text, err := file.Encode()
		if err != nil || file.Said.Shown == nil {
			b.Fatal(err)
		}
		size = len(text)
		file.Said = nil
		if text, err = file.Encode(); err != nil {
			b.Fatal(err)
		}
		bare = len(text)
		n++
	}
	b.ReportMetric(float64(size), "bytes")
	b.ReportMetric(float64(bare), "bare-bytes")
}
