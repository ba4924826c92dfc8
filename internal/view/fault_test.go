package view_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
)

// filled is a ledger with a few hundred SYNTHETIC judgments and a closed view.
func filled(t *testing.T, judgments int) *desk {
	t.Helper()
	d := newDesk(t)
	appendAll(t, d, syntheticChanges(t, judgments))
	if err := d.open(view.Public).Close(); err != nil {
		t.Fatal(err)
	}
	return d
}

// whole checks that a view holds what the ledger does.
func whole(t *testing.T, v *view.View, judgments int) {
	t.Helper()
	n := 0
	if err := v.EachCount(t.Context(), func(*view.CountRow) error { n++; return nil }); err != nil || n != judgments || v.Seq() != int64(judgments) {
		t.Errorf("%d counts at entry %d, %v; expected %d", n, v.Seq(), err, judgments)
	}
}

func TestADamagedFileIsBuiltAnew(t *testing.T) {
	const judgments = 300
	for name, harm := range map[string]func(path string) error{
		"cut in half":         func(path string) error { return cut(path, 2) },
		"cut to a few bytes":  func(path string) error { return os.Truncate(path, 50) },
		"empty":               func(path string) error { return os.Truncate(path, 0) },
		"another file":        func(path string) error { return os.WriteFile(path, []byte("not a view at all"), 0o600) },
		"zeros in the schema": func(path string) error { return overwrite(path, 100, 3900) },
	} {
		t.Run(name, func(t *testing.T) {
			d := filled(t, judgments)
			var log bytes.Buffer
			d.log = slog.New(slog.NewTextHandler(&log, nil))
			if err := harm(d.options(view.Public).Path); err != nil {
				t.Fatal(err)
			}
			whole(t, d.open(view.Public), judgments)
			if !strings.Contains(log.String(), "built anew") || !strings.Contains(log.String(), "path=") {
				t.Errorf("the log says %q", log.String())
			}
		})
	}
}

func cut(path string, parts int64) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return os.Truncate(path, info.Size()/parts)
}

// overwrite puts bytes of no meaning into a file, from one place on.
func overwrite(path string, from int64, n int) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = file.WriteAt(bytes.Repeat([]byte{0xA5}, n), from)
	return errors.Join(err, file.Close())
}

func TestDamageMetLaterIsRepaired(t *testing.T) {
	const judgments = 2000
	d := filled(t, judgments)
	path := d.options(view.Public).Path
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	// The first pages stay, so that opening finds nothing wrong.
	if err := overwrite(path, 20*4096, int(info.Size())-20*4096); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	d.log = slog.New(slog.NewTextHandler(&log, nil))
	v := d.open(view.Public)
	err = v.EachCount(t.Context(), func(*view.CountRow) error { return nil })
	if err != nil && !errors.Is(err, view.ErrDamaged) {
		t.Fatalf("reading gives %v", err)
	}
	d.catchUp(v)
	whole(t, v, judgments)
	if !strings.Contains(log.String(), "built anew") {
		t.Errorf("the log says %q", log.String())
	}
}

// A ledger that is older than its view, or another one, is not taken for the whole
// truth: what the view knows was entered, and an erased text would come back.
func TestALedgerThatIsOlderThanItsViewIsRefused(t *testing.T) {
	refused := func(t *testing.T, d *desk, says string) {
		t.Helper()
		path := d.options(view.Public).Path
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		v, opened := view.Open(t.Context(), d.options(view.Public))
		_, rebuilt := view.Rebuild(t.Context(), d.options(view.Public))
		for _, err := range []error{opened, rebuilt} {
			if !errors.Is(err, view.ErrRewound) || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "fener ledger accept") {
				t.Errorf("%v, %v; want that it is refused and why (%q)", v, err, says)
			}
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
			t.Errorf("the view's file was changed, %v", err)
		}
	}
	t.Run("another ledger", func(t *testing.T) {
		d := filled(t, 300)
		other := newDesk(t)
		appendAll(t, other, syntheticChanges(t, 200))
		for _, suffix := range []string{"", ".seal"} {
			text, err := os.ReadFile(d.options(view.Public).Path + suffix)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(other.options(view.Public).Path+suffix, text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		refused(t, other, "was folded from the ledger")
	})
	older := func(t *testing.T, more int) *desk {
		d := newDesk(t)
		appendAll(t, d, syntheticChanges(t, 200))
		backup := filepath.Join(t.TempDir(), ledger.FileName)
		if _, err := d.ledger.Backup(t.Context(), backup); err != nil {
			t.Fatal(err)
		}
		appendAll(t, d, syntheticChanges(t, 300)[200:])
		if err := d.open(view.Public).Close(); err != nil {
			t.Fatal(err)
		}
		d.ledger = openLedger(t, filepath.Dir(backup))
		appendAll(t, d, syntheticChanges(t, 200+more)[200:])
		return d
	}
	t.Run("an older copy", func(t *testing.T) { refused(t, older(t, 0), "holds entry 300, and the ledger ends with 200") })
	t.Run("an older copy that went on", func(t *testing.T) { refused(t, older(t, 120), "entry 300 of the ledger is another one") })
}

func TestAFoldThatIsStoppedGoesOn(t *testing.T) {
	const judgments = 12_000 // three batches
	d := filled(t, 100)      // an empty view would be built apart, which begins anew
	appendAll(t, d, syntheticChanges(t, judgments)[100:])
	ctx, stop := context.WithCancel(t.Context())
	o := d.options(view.Public)
	o.Progress = func(done, total int64) {
		if done >= 5000 {
			stop()
		}
	}
	v, err := view.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.CatchUp(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped, it returns %v", err)
	}
	stopped := v.Seq()
	if stopped == 0 || stopped == judgments {
		t.Fatalf("it stopped at entry %d", stopped)
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	first := int64(0)
	o.Progress = func(done, total int64) {
		if first == 0 {
			first = done
		}
		if total != judgments {
			t.Errorf("progress speaks of %d entries", total)
		}
	}
	v, err = view.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	d.catchUp(v)
	if first <= stopped {
		t.Errorf("it went on with entry %d although it had %d", first, stopped)
	}
	whole(t, v, judgments)
}

func TestRebuildTellsWhatThePackChanged(t *testing.T) {
	d := newDesk(t)
	d.enter(record.JudgmentKind, "low", 0, record.Published, judgment("low", "2021-05-06", "A.B.", "6y"))
	d.enter(record.JudgmentKind, "high", 0, record.Published, judgment("high", "2021-05-06", "A.B.", "9y"))
	if err := d.open(view.Public).Close(); err != nil {
		t.Fatal(err)
	}
	same, err := view.Rebuild(t.Context(), d.options(view.Public))
	if err != nil || !same.Compared || same.PackChanged || same.FindingsInAll != 0 || same.CountsBefore != 2 || same.CountsAfter != 2 {
		t.Fatalf("without a change %+v, %v", same, err)
	}
	d.pack = stricter(t)
	changes, err := view.Rebuild(t.Context(), d.options(view.Public))
	if err != nil || !changes.PackChanged || changes.FindingsInAll != 1 || len(changes.Findings) != 1 {
		t.Fatalf("with a stricter pack %+v, %v", changes, err)
	}
	if c := changes.Findings[0]; c.Judgment != "low" || c.Why != view.CausePack || c.BeforeBelow != law.No || c.AfterBelow != law.Yes || c.Before == c.After {
		t.Errorf("the change is %+v", c)
	}
	// Opening with a third pack does the same by itself.
	d.pack, err = law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	f, err := d.open(view.Public).Judgment(t.Context(), "low")
	if err != nil || f.Files[0].Counts[0].Finding.Below != law.No {
		t.Errorf("opened with the first pack it reads %+v, %v", f, err)
	}
}

// stricter is Kosovo's pack with a higher minimum in Article 165, paragraph 1.
func stricter(t *testing.T) *law.Pack {
	t.Helper()
	dir := t.TempDir()
	changed := false
	files, err := filepath.Glob("../../law/packs/xk/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no pack to change: %v", err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Base(name) == "code-2019.yaml" {
			head, rest, found := bytes.Cut(text, []byte("ref: 165(1)"))
			harder := bytes.Replace(rest, []byte("from: 5y"), []byte("from: 8y"), 1)
			changed = found && !bytes.Equal(rest, harder)
			text = slices.Concat(head, []byte("ref: 165(1)"), harder)
		}
		if strings.HasPrefix(filepath.Base(name), "cases") {
			continue // worked examples of the law as it is
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pack, err := law.LoadDir(dir)
	if err != nil || !changed {
		t.Fatalf("changing the pack: %v", err)
	}
	return pack
}

func TestFollowing(t *testing.T) {
	d := newDesk(t)
	v := d.open(view.Public)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- v.Run(ctx) }()
	for i := range 5 {
		changed := v.Changed()
		d.enter(record.SourceKind, fmt.Sprintf("s%d", i), 0, record.Published, source("Report"))
		if i%2 == 0 {
			<-changed
		}
		if err := v.WaitFor(t.Context(), int64(i+1)); err != nil {
			t.Fatal(err)
		}
		if _, total, err := v.Sources(t.Context(), view.Page{}); err != nil || total != i+1 {
			t.Fatalf("%d sources after %d, %v", total, i+1, err)
		}
	}
	if err := v.WaitFor(t.Context(), 99); !errors.Is(err, view.ErrNotFound) {
		t.Errorf("waiting for an entry that is not there returns %v", err)
	}
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("stopped, it returns %v", err)
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Case(t.Context(), "c"); !errors.Is(err, view.ErrClosed) {
		t.Errorf("closed, a read returns %v", err)
	}
	if err := v.CatchUp(t.Context()); !errors.Is(err, view.ErrClosed) {
		t.Errorf("closed, a fold returns %v", err)
	}
}

func TestReadsGoOnWhileEntriesAreFolded(t *testing.T) {
	d := filled(t, 200)
	v := d.open(view.Public)
	done := make(chan error, 1)
	go func() {
		for range 50 {
			if _, _, err := v.Cases(context.Background(), view.CaseFilter{Text: "synthetic"}); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	appendAll(t, d, syntheticChanges(t, 6000)[200:])
	d.catchUp(v)
	if err := <-done; err != nil {
		t.Error(err)
	}
	whole(t, v, 6000)
}
