package sealed_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/sealed"
)

// An original comes back with its key as it was, and is nowhere readable without it.
func TestAnOriginalIsReadWithItsKeyAlone(t *testing.T) {
	dir, keys := t.TempDir(), t.TempDir()
	key := filepath.Join(keys, "originals.key")
	s, err := sealed.Open(dir, key)
	if err != nil {
		t.Fatal(err)
	}
	words := []byte("SYNTHETIC original with the name of Lumturije Krasniqi\n\x00\xff")
	if err := s.Put("source-1", "aktgjykim.pdf\nx", bytes.NewReader(words)); err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte("Krasniqi")) || bytes.Contains(data, []byte("aktgjykim")) {
			t.Errorf("%s can be read without the key", path)
		}
		if info, err := d.Info(); err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is open to others: %s", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	again, err := sealed.Open(dir, key)
	if err != nil {
		t.Fatal(err)
	}
	name, data, err := again.Get("source-1")
	if err != nil || name != "aktgjykim.pdfx" || !bytes.Equal(data, words) {
		t.Errorf("it comes back as %q, %q, %v", name, data, err)
	}
	other, err := sealed.Open(dir, filepath.Join(keys, "other.key"))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := other.Get("source-1"); !errors.Is(err, sealed.ErrKey) {
		t.Errorf("with another key: %v", err)
	}
	if _, _, err := s.Get("source-2"); !errors.Is(err, sealed.ErrMissing) {
		t.Errorf("what is not there: %v", err)
	}
	for _, id := range []string{"", "../x", "a/b", `a\b`, ".hidden"} {
		if err := s.Put(id, "x", strings.NewReader("x")); err == nil {
			t.Errorf("%q is taken as an id", id)
		}
	}
	path := filepath.Join(dir, sealed.Folder, "source-1.age")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for what, cut := range map[string][]byte{"cut off": whole[:len(whole)-5], "altered": append(whole[:len(whole)-5:len(whole)-5], "xxxxx"...), "empty": nil} {
		if err := os.WriteFile(path, cut, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, data, err := s.Get("source-1"); err == nil {
			t.Errorf("%s: it gives %q", what, data)
		}
	}
	if was, err := s.Remove("source-1"); !was || err != nil || s.Has("source-1") {
		t.Errorf("removed: %v, %v", was, err)
	}
	if was, err := s.Remove("source-1"); was || err != nil {
		t.Errorf("removed twice: %v, %v", was, err)
	}
}

func TestWhatIsNoKeySaysSo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	for _, text := range []string{"", "hello", "AGE-SECRET-KEY-1QQQ"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := sealed.Open(t.TempDir(), path); err == nil || !strings.Contains(err.Error(), "age-keygen") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
