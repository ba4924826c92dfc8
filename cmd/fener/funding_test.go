package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/locale"
)

// A workbook is filled in, in each language, taken as a draft, taken again, corrected, published, taken back and withdrawn.
func TestFundingFromTheTemplateToThePublic(t *testing.T) {
	for _, l := range locale.All {
		t.Run(string(l), func(t *testing.T) {
			dir, b := moneyFolder(t), newFundingBook(t, l)
			syntheticYear(b)
			said := func(code int, text string, args ...string) {
				t.Helper()
				if got, says := importFunding(t, dir, append(args, b.save())...); got != code || !strings.Contains(says, text) {
					t.Fatalf("%v: ended with %d, want %d with %q:\n%s", args, got, code, text, says)
				}
			}
			said(exitDone, "New: 10. Changed: 0. Same: 0. Doubtful: 0. Refused: 0.\nThis was a preview", "--dry-run")
			said(exitDone, "New: 10. Changed: 0. Same: 0. Doubtful: 0. Refused: 0.\nAppended as batch year", "--batch", "year")
			said(exitDone, "New: 0. Changed: 0. Same: 10. Doubtful: 0. Refused: 0.\nNothing was appended", "--batch", "again")
			b.set("grants", "amount", 3, 71999.5)
			said(exitDone, "Changed: 0. Same: 9. Doubtful: 1.", "--dry-run") // 72,000 were paid of it
			b.set("payments", "amount", 4, 35999.5)
			said(exitDone, "New: 0. Changed: 2. Same: 8. Doubtful: 0. Refused: 0.", "--batch", "corrected", "--why", "the ministry's table has it so")

			want(t, exitDone, "Refused: 0.", "publish", "--data", dir, "--by", "SYNTHETIC", "--batch", "year", "--dry-run")
			code, says := fener(t, "publish", "--data", dir, "--by", "SYNTHETIC", "--batch", "year")
			published := batchOf(says)
			if code != exitDone || published == "" {
				t.Fatalf("publishing ended with %d:\n%s", code, says)
			}
			said(exitDone, "Same: 10.")
			public(t, dir, 2)
			want(t, exitDone, "was taken back", "undo", "--data", dir, "--by", "SYNTHETIC", published)
			public(t, dir, 0)
			want(t, exitDone, "Refused: 0.", "publish", "--data", dir, "--by", "SYNTHETIC", "--batch", "year")
			want(t, exitUnreadable, "rests on", "withdraw", "--data", dir, "--by", "SYNTHETIC", "--why", "a slip", "grant:G-2019")
			want(t, exitDone, "", "withdraw", "--data", dir, "--by", "SYNTHETIC", "--why", "a slip", "payment:P-2019-2")
			public(t, dir, 1)
			want(t, exitDone, "", "verify", "--data", dir)
		})
	}
}

// batchOf is the label of the batch that a command says it appended.
func batchOf(says string) string {
	_, rest, found := strings.Cut(says, "Appended as batch ")
	label, _, ok := strings.Cut(rest, ":")
	if !found || !ok {
		return ""
	}
	return label
}

// public holds how many payments everyone can read.
func public(t *testing.T, dir string, want int) {
	t.Helper()
	l, err := ledger.Open(t.Context(), dir, ledger.Options{Now: time.Now, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	v, err := view.Open(t.Context(), view.Options{Path: filepath.Join(t.TempDir(), "view.db"), Scope: view.Public, Ledger: l, Pack: pack})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if err := v.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, err := view.All[*record.Payment](t.Context(), v, record.PaymentKind)
	if err != nil || len(list) != want {
		t.Errorf("the public reads %d payments, want %d: %v", len(list), want, err)
	}
}
