package archive_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"fener/internal/archive"
	"fener/internal/bucket/buckettest"
	"fener/internal/record"
)

// node is the store of a node whose documents lie in the bucket.
func node(t *testing.T, s *buckettest.Server) (store *archive.Store, dir string) {
	t.Helper()
	dir = t.TempDir()
	return archive.At(dir, s.Open("kosovo")), dir
}

func read(t *testing.T, s *archive.Store, a *record.Archive) (string, error) {
	t.Helper()
	file, err := s.Open(a)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(file)
	return string(text), errors.Join(err, file.Close())
}

func TestACopyInAStoreIsThatOfEveryNode(t *testing.T) {
	server := buckettest.Start(t)
	first, firstDir := node(t, server)
	second, secondDir := node(t, server)
	a := put(t, first, "police.txt", "sixteen victims\n")
	if again := put(t, second, "other.txt", "sixteen victims\n"); again.SHA256 != a.SHA256 {
		t.Errorf("the same content got the name %s, then %s", a.SHA256, again.SHA256)
	}
	b := put(t, first, "report.txt", "seven victims\n")
	if text, err := read(t, second, &b); text != "seven victims\n" || err != nil {
		t.Errorf("at the second node: %q, %v", text, err)
	}
	if names, err := second.Names(); len(names) != 2 || err != nil {
		t.Errorf("%v, %v", names, err)
	}
	if here, err := os.ReadDir(filepath.Join(firstDir, archive.Folder)); err == nil {
		t.Errorf("copies lie in the folder of documents too: %v", here)
	}
	text, err := second.Text(t.Context(), &b)
	if err != nil {
		t.Fatal(err)
	}
	if found, _ := text.Find("seven victims"); !found.Found {
		t.Error("a quotation was not found in a copy of the store")
	}
	// What one node removes is gone at the other too: its copy there, and the text that was read of it.
	if err := os.MkdirAll(filepath.Join(secondDir, archive.TextFolder), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(secondDir, archive.TextFolder, b.SHA256), []byte("seven victims"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := first.Remove(b.SHA256); err != nil {
		t.Fatal(err)
	}
	if err := second.Tidy(); err != nil {
		t.Fatal(err)
	}
	if _, err := read(t, second, &b); !errors.Is(err, archive.ErrMissing) || !strings.Contains(err.Error(), "s3://record/kosovo/documents") {
		t.Errorf("after it was removed: %v", err)
	}
	for _, folder := range []string{archive.KeptFolder, archive.TextFolder} {
		if _, err := os.Stat(filepath.Join(secondDir, folder, b.SHA256)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s still holds it: %v", folder, err)
		}
	}
	if text, err := read(t, second, &a); text != "sixteen victims\n" || err != nil {
		t.Errorf("another copy went with it: %q, %v", text, err)
	}
}

func TestALostOrAlteredCopyInAStoreIsFound(t *testing.T) {
	server := buckettest.Start(t)
	s, dir := node(t, server)
	a := put(t, s, "police.txt", "sixteen victims\n")
	object := server.File("kosovo", archive.Folder+"/"+a.SHA256)
	if err := os.WriteFile(object, []byte("sixty victims  \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(&a); !errors.Is(err, archive.ErrAltered) || !strings.Contains(err.Error(), "police.txt") {
		t.Errorf("altered: %v", err)
	}
	other, _ := node(t, server)
	if _, err := read(t, other, &a); !errors.Is(err, archive.ErrAltered) {
		t.Errorf("altered, opened at a node that has not read it: %v", err)
	}
	if put(t, s, "police.txt", "sixteen victims\n"); s.Check(&a) != nil {
		t.Error("adding the file again did not mend the altered copy")
	}
	// What was kept here and altered here is read anew.
	if err := os.WriteFile(filepath.Join(dir, archive.KeptFolder, a.SHA256), []byte("sixty"), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := read(t, s, &a); text != "sixteen victims\n" || err != nil {
		t.Errorf("after what is kept was altered: %q, %v", text, err)
	}
	if err := os.Remove(object); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(&a); !errors.Is(err, archive.ErrMissing) {
		t.Errorf("removed: %v", err)
	}
	if _, err := s.Open(&record.Archive{SHA256: "../ledger.db"}); !errors.Is(err, archive.ErrMissing) {
		t.Errorf("a name that leads out of the place: %v", err)
	}
}

func TestWhatIsKeptOfAStoreIsBounded(t *testing.T) {
	server := buckettest.Start(t)
	s, dir := node(t, server)
	s.KeepAtMost(25_000)
	var all []record.Archive
	for i := range 5 {
		all = append(all, put(t, s, "a.txt", strings.Repeat(fmt.Sprint(i), 10_000)))
	}
	for range 2 {
		for i := range all {
			if text, err := read(t, s, &all[i]); len(text) != 10_000 || err != nil {
				t.Fatalf("copy %d: %d bytes, %v", i, len(text), err)
			}
		}
	}
	kept, err := os.ReadDir(filepath.Join(dir, archive.KeptFolder))
	if err != nil || len(kept) != 2 {
		t.Errorf("%d copies are kept, want the last two: %v", len(kept), err)
	}
	large := put(t, s, "large.txt", strings.Repeat("large", 10_000))
	if text, err := read(t, s, &large); len(text) != 50_000 || err != nil {
		t.Errorf("one that is larger than the bound: %d bytes, %v", len(text), err)
	}
}

func TestWhileTheStoreIsAway(t *testing.T) {
	server := buckettest.Start(t)
	s, dir := node(t, server)
	a := put(t, s, "police.txt", "sixteen victims\n")
	other, _ := node(t, server)
	server.Stop()
	if text, err := read(t, s, &a); text != "sixteen victims\n" || err != nil {
		t.Errorf("what was read before: %q, %v", text, err)
	}
	if _, err := read(t, other, &a); !errors.Is(err, archive.ErrAway) || errors.Is(err, archive.ErrMissing) {
		t.Errorf("what was not read before: %v", err)
	}
	if err := s.Check(&a); !errors.Is(err, archive.ErrAway) {
		t.Errorf("checking: %v", err)
	}
	if err := s.Tidy(); !errors.Is(err, archive.ErrAway) {
		t.Errorf("tidying: %v", err)
	}
	if _, err := s.Put(strings.NewReader("new"), "new.txt"); !errors.Is(err, archive.ErrAway) {
		t.Errorf("adding: %v", err)
	}
	if err := s.Remove(a.SHA256); !errors.Is(err, archive.ErrAway) {
		t.Errorf("removing must not be told as done: %v", err)
	}
	kept, err := os.ReadDir(filepath.Join(dir, archive.KeptFolder))
	if err != nil || len(kept) != 1 {
		t.Errorf("what could not be added was left here, or what is kept went: %v, %v", kept, err)
	}
}

func TestTwoNodesPutTheSameAtOnce(t *testing.T) {
	server := buckettest.Start(t)
	nodes := make([]*archive.Store, 8)
	for i := range nodes {
		nodes[i], _ = node(t, server)
	}
	const text = "the same judgment, handed in at every node\n"
	var wait sync.WaitGroup
	errs := make([]error, len(nodes))
	for i, s := range nodes {
		wait.Go(func() { _, errs[i] = s.Put(strings.NewReader(text), "judgment.txt") })
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	names, err := nodes[0].Names()
	if err != nil || len(names) != 1 {
		t.Fatalf("%v, %v", names, err)
	}
	if err := nodes[1].Check(&record.Archive{SHA256: names[0]}); err != nil {
		t.Error(err)
	}
}

func TestCopiesAreMovedAndVerified(t *testing.T) {
	server := buckettest.Start(t)
	from := t.TempDir()
	folder := archive.In(from)
	var all []record.Archive
	for i := range 5 {
		all = append(all, put(t, folder, "a.txt", strings.Repeat(fmt.Sprint(i), 100)))
	}
	if _, err := archive.Settle(from, server.Address("kosovo"), server.Env); !errors.Is(err, archive.ErrElsewhere) || !strings.Contains(err.Error(), "fener documents move") {
		t.Errorf("a folder with copies is served from a store that lacks them: %v", err)
	}
	away := archive.At(from, server.Open("kosovo"))
	stopped, n := errors.New("stopped"), 0
	count := func(string) error {
		if n++; n == 2 {
			return stopped
		}
		return nil
	}
	if err := archive.Copy(folder, away, count); !errors.Is(err, stopped) {
		t.Fatal(err)
	}
	n = 10
	if err := archive.Copy(folder, away, count); err != nil { // goes on
		t.Fatal(err)
	}
	if err := archive.SetPlace(from, server.Address("kosovo")); err != nil {
		t.Fatal(err)
	}
	placed, err := archive.Of(from, server.Env)
	if err != nil {
		t.Fatal(err)
	}
	back := archive.In(t.TempDir())
	if err := archive.Copy(placed, back, func(string) error { return nil }); err != nil {
		t.Fatal(err)
	}
	for i := range all {
		if err := errors.Join(placed.Check(&all[i]), back.Check(&all[i])); err != nil {
			t.Error(err)
		}
	}
	if err := os.WriteFile(filepath.Join(from, archive.Folder, all[0].SHA256), []byte("altered"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := archive.Copy(folder, away, func(string) error { return nil }); !errors.Is(err, archive.ErrAltered) {
		t.Errorf("an altered copy was moved: %v", err)
	}
	if names, err := away.Names(); len(names) != len(all) || err != nil {
		t.Errorf("in the store: %v, %v", names, err)
	}
	// A second node finds the place by its address alone, and remembers it.
	node := t.TempDir()
	for _, address := range []string{server.Address("kosovo"), "", server.Address("kosovo")} {
		s, err := archive.Settle(node, address, server.Env)
		if err != nil {
			t.Fatal(err)
		}
		if text, err := read(t, s, &all[1]); len(text) != 100 || err != nil {
			t.Errorf("%q: %q, %v", address, text, err)
		}
	}
	if _, err := archive.Settle(node, server.Address("other"), server.Env); !errors.Is(err, archive.ErrElsewhere) {
		t.Errorf("another place: %v", err)
	}
}
