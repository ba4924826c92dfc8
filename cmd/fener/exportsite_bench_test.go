package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fener/internal/demo"
	"fener/internal/ledger"
	"fener/law"
)

// BenchmarkExportSite writes the site over FENER_EXPORT SYNTHETIC judgments (600 unless told) beside the example as files, and again after one change.
func BenchmarkExportSite(b *testing.B) {
	judgments, err := strconv.Atoi(os.Getenv("FENER_EXPORT"))
	if err != nil {
		judgments = 600
	}
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	pack, err := law.Kosovo()
	if err != nil {
		b.Fatal(err)
	}
	data := b.TempDir()
	l, err := ledger.Open(b.Context(), data, ledger.Options{Now: func() time.Time { return now }, Rand: rand.Reader, Create: true})
	if err == nil {
		_, err = demo.Fill(b.Context(), l, demo.Options{Pack: pack, Now: now, Synthetic: judgments})
	}
	if err != nil {
		b.Fatal(err)
	}
	if err := l.Close(); err != nil {
		b.Fatal(err)
	}
	fener := func(args ...string) {
		b.Helper()
		var out, errs bytes.Buffer
		begun := time.Now()
		if code := run(context.Background(), args, streams{strings.NewReader(""), &out, &errs, func(string) string { return "" }}); code != exitDone {
			b.Fatalf("%v ended with %d: %s", args, code, errs.String())
		}
		first, _, _ := strings.Cut(out.String(), "\n")
		b.Logf("%.1f s: %s", time.Since(begun).Seconds(), first)
	}
	for b.Loop() {
		dir := filepath.Join(b.TempDir(), "site")
		fener("export", "site", dir, "--data", data, "--address", "https://fener.example")
		fener("export", "site", dir, "--data", data, "--address", "https://fener.example")
	}
}
