package disk

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), PrivateFile); err != nil {
		t.Fatal(err)
	}
}

// folder is a temporary folder that RemoveAll clears away, so that the package's own tests show that it does.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "fener-disk-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := RemoveAll(dir); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is still there: %v", dir, err)
		}
	})
	return dir
}

func TestReplace(t *testing.T) {
	dir := folder(t)
	from, to := filepath.Join(dir, "new"), filepath.Join(dir, "old")
	for round, before := range []string{"", "what was there"} {
		write(t, from, "what is new")
		if before != "" {
			write(t, to, before)
		}
		if err := errors.Join(Sync(from), Replace(from, to)); err != nil {
			t.Fatal(err)
		}
		if text, err := os.ReadFile(to); err != nil || string(text) != "what is new" {
			t.Errorf("round %d: %q, %v", round, text, err)
		}
		if _, err := os.Stat(from); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("round %d: the old name is still there: %v", round, err)
		}
	}
}

func TestOpenTakesOrdinaryFilesOnly(t *testing.T) {
	dir := folder(t)
	path := filepath.Join(dir, "judgments.csv")
	write(t, path, "case\n")
	file, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	var kind *KindError
	if _, err := Open(dir); !errors.As(err, &kind) || kind.Kind != Folder {
		t.Errorf("a folder: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("nothing: %v", err)
	}
}

func TestOpenReadsALongFileWhole(t *testing.T) {
	path := filepath.Join(folder(t), "long")
	want := strings.Repeat("0123456789", 100_000)
	write(t, path, want)
	file, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var got strings.Builder
	if n, err := file.WriteTo(&got); err != nil || n != int64(len(want)) || got.String() != want {
		t.Errorf("%d bytes of %d: %v", n, len(want), err)
	}
}

func TestAddress(t *testing.T) {
	for path, want := range map[string]string{
		"/home/a/b.db":         "file:///home/a/b.db?mode=ro",
		"C:/Users/Ana Ž/b.db":  "file:///C:/Users/Ana%20%C5%BD/b.db?mode=ro",
		"//server/share/b.db":  "file:////server/share/b.db?mode=ro",
		"/home/what?/50%/#.db": "file:///home/what%3F/50%25/%23.db?mode=ro",
	} {
		if got := address(path, url.Values{"mode": {"ro"}}); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

func TestFree(t *testing.T) {
	if free, err := Free(folder(t)); err != nil || free <= 0 {
		t.Errorf("%d bytes free: %v", free, err)
	}
	if _, err := Free(filepath.Join(folder(t), "none")); err == nil {
		t.Error("a folder that is not there has room")
	}
}

func TestAFileOfAnotherProgramIsExplained(t *testing.T) {
	held := &HeldError{Path: "a.xlsx", Writing: true, Err: errors.New("the process cannot access the file")}
	if got := Explain(held, "b", false); !errors.Is(got, held.Err) || !strings.HasPrefix(got.Error(), "a.xlsx is open in another program (Excel") {
		t.Error(got)
	}
	if other := errors.New("other"); Explain(other, "a", false) != other || Explain(nil, "a", false) != nil {
		t.Error("an error of another kind was changed")
	}
}
