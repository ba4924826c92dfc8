package sealed_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/bucket/buckettest"
	"fener/internal/sealed"
)

// Originals lie where the documents lie, sealed there too, for every node that has the key.
func TestOriginalsInAStore(t *testing.T) {
	server := buckettest.Start(t)
	key := filepath.Join(t.TempDir(), "originals.key")
	dir := t.TempDir()
	folder, err := sealed.Open(dir, key)
	if err != nil {
		t.Fatal(err)
	}
	if err := folder.Put("source-1", "judgment.pdf", strings.NewReader("the name of a child")); err != nil {
		t.Fatal(err)
	}
	away := sealed.At(dir, server.Open("kosovo"))
	if n, err := sealed.Copy(sealed.At(dir, nil), away); n != 1 || err != nil {
		t.Fatalf("%d copied, %v", n, err)
	}
	second, err := sealed.OpenAt(sealed.At(t.TempDir(), server.Open("kosovo")), key)
	if err != nil {
		t.Fatal(err)
	}
	if name, data, err := second.Get("source-1"); name != "judgment.pdf" || string(data) != "the name of a child" || err != nil || !second.Has("source-1") {
		t.Errorf("at another node: %q, %q, %v", name, data, err)
	}
	for _, words := range []string{"another original", "and once more"} { // the newer one takes its place
		if err := second.Put("source-2", "a.pdf", strings.NewReader(words)); err != nil {
			t.Fatal(err)
		}
	}
	if _, data, err := second.Get("source-2"); string(data) != "and once more" || err != nil {
		t.Errorf("%q, %v", data, err)
	}
	for _, words := range []string{"child", "another original", "once more"} {
		if open := server.Holds(words); len(open) > 0 {
			t.Errorf("the store can read %q in %v", words, open)
		}
	}
	back := t.TempDir()
	if n, err := sealed.Copy(away, sealed.At(back, nil)); n != 2 || err != nil {
		t.Errorf("%d copied back, %v", n, err)
	}
	for range 2 { // gone from the store and from the folder; the second time there is none
		if _, err := away.Remove("source-1"); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := second.Get("source-1"); !errors.Is(err, sealed.ErrMissing) || second.Has("source-1") || folder.Has("source-1") {
		t.Errorf("after it was removed: %v", err)
	}
	server.Stop()
	if err := second.Put("source-3", "a.pdf", strings.NewReader("x")); err == nil {
		t.Error("an original is told as kept while the store is away")
	}
}
