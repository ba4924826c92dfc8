package demo_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fener/internal/demo"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// filled is the public view of a ledger that Fill has filled. The example alone is filled once for all tests, which only read it.
func filled(t *testing.T, synthetic int) *view.View {
	t.Helper()
	if synthetic == 0 {
		v, err := example()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	v, closing, err := fill(t.TempDir(), synthetic)
	t.Cleanup(func() {
		if err := closing(); err != nil {
			t.Error(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

var (
	exampleDir   string
	closeExample = func() error { return nil }
	example      = sync.OnceValues(func() (v *view.View, err error) {
		v, closeExample, err = fill(exampleDir, 0)
		return v, err
	})
)

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "fener-demo-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	exampleDir = dir
	code := m.Run()
	if err := errors.Join(closeExample(), os.RemoveAll(dir)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// fill makes a folder with the example, and its public view. closing ends both, also after an error.
func fill(dir string, synthetic int) (v *view.View, closing func() error, err error) {
	var open []func() error
	closing = func() (err error) {
		for _, end := range slices.Backward(open) {
			err = errors.Join(err, end())
		}
		return err
	}
	ctx := context.Background()
	pack, err := law.Kosovo()
	if err != nil {
		return nil, closing, err
	}
	led, err := ledger.Open(ctx, dir, ledger.Options{Now: func() time.Time { return noon }, Rand: rand.Reader, Create: true, Key: demo.Key()})
	if err != nil {
		return nil, closing, err
	}
	open = append(open, led.Close)
	if _, err := demo.Fill(ctx, led, demo.Options{Pack: pack, Now: noon, Synthetic: synthetic}); err != nil {
		return nil, closing, err
	}
	if v, err = view.Open(ctx, view.Options{Path: filepath.Join(dir, "view.db"), Ledger: led, Pack: pack}); err != nil {
		return nil, closing, err
	}
	open = append(open, v.Close)
	return v, closing, v.CatchUp(ctx)
}

func TestTheExampleIsPublicAndWhole(t *testing.T) {
	v := filled(t, 0)
	rows, total, err := v.Cases(t.Context(), view.CaseFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if total != 5 {
		t.Errorf("%d cases, the collection has 5: %+v", total, rows)
	}
	judgments := 0
	for _, r := range rows {
		judgments += r.Judgments
	}
	if judgments != 9 {
		t.Errorf("%d judgments, the collection has 9", judgments)
	}
	counts := 0
	if err := v.EachCount(t.Context(), func(*view.CountRow) error { counts++; return nil }); err != nil || counts != 33 {
		t.Errorf("%d counts, %v; the collection has 33", counts, err)
	}
	if any, err := v.SyntheticAny(t.Context()); err != nil || any {
		t.Errorf("the example is said to be generated: %v, %v", any, err)
	}
	courts, err := v.Courts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, c := range courts {
		if c.Names == (record.Names{}) {
			t.Errorf("court %s is no institution", c.ID)
		}
		named[c.ID] = c.Judgments > 0
	}
	for _, id := range []string{"basic_court_prishtina", "basic_court_prizren", "court_of_appeals", "supreme_court", "district_court_peja", "district_court_prizren", "district_court_not_named"} {
		if !named[id] {
			t.Errorf("no judgment of %s; courts are %v", id, named)
		}
	}
}

// The chain of the case is what the page and "superseded" rest on.
func TestMedicusIsOneCase(t *testing.T) {
	v := filled(t, 0)
	hits, err := v.Search(t.Context(), "PAKR 52/14", 5)
	if err != nil || len(hits) == 0 || hits[0].Kind != record.CaseKind {
		t.Fatalf("%+v, %v", hits, err)
	}
	c, err := v.Case(context.Background(), hits[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	var instances []string
	for _, j := range c.Judgments {
		instances = append(instances, j.Instance.String())
		for _, d := range j.Files {
			if retried := d.Label == "L.D." || d.Label == "S.H."; retried && (d.SupersededBy == "") != (j.Instance == record.Retrial) {
				t.Errorf("%s in %s: superseded by %q", d.Label, j.ID, d.SupersededBy)
			}
		}
	}
	if got, want := strings.Join(instances, " "), "first appeal supreme retrial"; got != want {
		t.Errorf("instances %q, want %q", got, want)
	}
	if c.Case.Form != "removal of organs" || len(c.Case.Citations) != 2 || len(c.Sources) < 4 {
		t.Errorf("form %q, %d citations, %d sources", c.Case.Form, len(c.Case.Citations), len(c.Sources))
	}
}

func TestGeneratedJudgmentsSaySo(t *testing.T) {
	v := filled(t, 300)
	if any, err := v.SyntheticAny(t.Context()); err != nil || !any {
		t.Fatalf("%v, %v", any, err)
	}
	_, total, err := v.Cases(t.Context(), view.CaseFilter{})
	if err != nil || total < 200 {
		t.Errorf("%d cases, %v", total, err)
	}
	generated := 0
	err = v.EachCount(t.Context(), func(r *view.CountRow) error {
		if r.Synthetic {
			generated++
		}
		return nil
	})
	if err != nil || generated < 300 {
		t.Errorf("%d generated counts, %v; 300 judgments have one or more each", generated, err)
	}
}
