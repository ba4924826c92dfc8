package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"fener/internal/demo"
	"fener/internal/ledger"
	"fener/internal/needs"
	"fener/law"
)

// demoPackage is the data package of the example, with generated judgments beside.
func demoPackage(t *testing.T, synthetic int) string {
	t.Helper()
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	l, err := ledger.Open(t.Context(), data, ledger.Options{Now: func() time.Time { return now }, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Fill(t.Context(), l, demo.Options{Pack: pack, Now: now, Synthetic: synthetic}); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "package")
	var out, errs bytes.Buffer
	code := run(context.Background(), []string{"export", "data", dir, "--data", data, "--address", "https://fener.example"}, streams{strings.NewReader(""), &out, &errs, func(string) string { return "" }})
	if code != exitDone {
		t.Fatalf("it ended with %d: %s", code, errs.String())
	}
	return dir
}

var recomputed = regexp.MustCompile(`([0-9]+) figures recomputed from ([0-9]+) counts; ([0-9]+) differences`)

// The package's own program computes every published figure from its counts, and finds whatever is changed in either.
func TestThePackageRecomputesEveryFigure(t *testing.T) {
	python := needs.Python(t, "json")
	dir := demoPackage(t, 600)
	again := func() (string, bool) {
		out, err := exec.CommandContext(t.Context(), python, filepath.Join(dir, "recompute.py")).CombinedOutput()
		return string(out), err == nil
	}
	out, ok := again()
	m := recomputed.FindStringSubmatch(out)
	if !ok || m == nil || m[3] != "0" || len(m[1]) < 4 || len(m[2]) < 3 {
		t.Fatalf("it says:\n%.3000s", out)
	}
	counts := filepath.Join(dir, "data", "counts.csv")
	text, err := os.ReadFile(counts)
	if err != nil {
		t.Fatal(err)
	}
	altered := bytes.Replace(text, []byte(",convicted,"), []byte(",acquitted,"), 1)
	if bytes.Equal(altered, text) {
		t.Fatal("there is no conviction to alter")
	}
	if err := os.WriteFile(counts, altered, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, ok := again(); ok || !strings.Contains(out, "data/counts.csv is not the file of this package") {
		t.Errorf("an altered file goes unnoticed:\n%.1000s", out)
	}
	sums := filepath.Join(dir, "checksums.sha256")
	list, err := os.ReadFile(sums)
	if err != nil {
		t.Fatal(err)
	}
	list = bytes.Replace(list, fmt.Appendf(nil, "%x  data/counts.csv", sha256.Sum256(text)), fmt.Appendf(nil, "%x  data/counts.csv", sha256.Sum256(altered)), 1)
	if err := os.WriteFile(sums, list, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, ok := again(); ok || !strings.Contains(out, "persons_convicted: n is") {
		t.Errorf("a count that was altered makes no difference:\n%.1000s", out)
	}
}

// Frictionless, which others wrote, finds the package as it is described.
func TestThePackageIsAsItIsDescribed(t *testing.T) {
	python := needs.Python(t, "frictionless")
	dir := demoPackage(t, 50)
	const look = "import frictionless, sys\nr = frictionless.validate('datapackage.json')\nprint(r.valid, [str(e) for e in r.flatten(['message'])][:10])"
	c := exec.CommandContext(t.Context(), python, "-c", look)
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil || !strings.HasPrefix(string(out), "True") {
		t.Errorf("%v: %s", err, out)
	}
}

// Nothing that is kept back is in a package, and what is there is not written over.
func TestAPackageIsPublicAndReplacesNothing(t *testing.T) {
	dir := demoPackage(t, 20)
	file, err := os.Open(filepath.Join(dir, "data", "counts.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) < 20 {
		t.Fatalf("%d counts, %v", len(rows), err)
	}
	if terms, err := os.ReadFile(filepath.Join(dir, "data", "terms.csv")); err != nil || !strings.Contains(string(terms), "exploitation,sexual,HTCDS,vic_TypeOfExploitation,SexualExploitation,exact,https://") {
		t.Errorf("%v: what the categories are called elsewhere:\n%.300s", err, terms)
	}
	words, err := os.Open(filepath.Join(dir, "data", "codebook.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer words.Close()
	book, err := csv.NewReader(words).ReadAll()
	if err != nil || len(book) < 100 {
		t.Fatalf("%d lines in the codebook, %v", len(book), err)
	}
	for _, line := range book[1:] {
		for i, word := range line[2:] {
			if word == "" || line[1] != "" && word == line[1] && strings.Contains(word, "_") {
				t.Errorf("%s=%s is called %q in the language %s", line[0], line[1], word, book[0][2+i])
			}
		}
	}
	if laws, _ := filepath.Glob(filepath.Join(dir, "law", "*.yaml")); len(laws) < 10 {
		t.Errorf("the law pack has %d files", len(laws))
	}
	var out, errs bytes.Buffer
	if code := run(context.Background(), []string{"export", "data", dir, "--data", t.TempDir(), "--address", "https://fener.example"}, streams{strings.NewReader(""), &out, &errs, func(string) string { return "" }}); code != exitUnreadable {
		t.Errorf("it ended with %d: %s", code, errs.String())
	}
}
