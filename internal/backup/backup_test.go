package backup_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/backup"
	"fener/internal/ledger"
	"fener/internal/record"
)

var made = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

func options(create bool) ledger.Options {
	return ledger.Options{Now: func() time.Time { return made }, Rand: rand.Reader, Create: create}
}

// folder makes a data folder with so many entries and two documents, one of them named for its hash.
func folder(t *testing.T, entries int) (string, *ledger.Store) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	led, err := ledger.Open(t.Context(), dir, options(true))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := led.Close(); err != nil {
			t.Error(err)
		}
	})
	add(t, led, 0, entries)
	text := []byte("a judgment's scan")
	sum := sha256.Sum256(text)
	document(t, dir, "ab/"+hex.EncodeToString(sum[:])+".pdf", text)
	document(t, dir, "notes.txt", []byte("kept too"))
	return dir, led
}

func add(t *testing.T, led ledger.Ledger, from, n int) {
	t.Helper()
	var changes []ledger.Change
	for i := range n {
		changes = append(changes, ledger.Change{Kind: record.SourceKind, ID: fmt.Sprint("s", from+i), State: record.Draft, By: "officer",
			Body: fmt.Appendf(nil, `{"title":"Source %d"}`, from+i)})
	}
	if _, err := led.Append(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
}

func document(t *testing.T, dir, name string, text []byte) {
	t.Helper()
	place := filepath.Join(dir, backup.DocumentsFolder, name)
	if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(place, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, dir string) (string, backup.Contents) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "backup.tar.gz")
	c, err := backup.Write(t.Context(), dir, file, made)
	if err != nil {
		t.Fatal(err)
	}
	return file, c
}

func TestThereAndBack(t *testing.T) {
	dir, led := folder(t, 40)
	file, c := write(t, dir) // while the ledger is open for writing
	add(t, led, 40, 5)
	if c.Seq != 40 || len(c.Files) != 4 || len(c.Altered) != 0 {
		t.Fatalf("contents %+v", c)
	}
	into := filepath.Join(t.TempDir(), "new", "data")
	if got, err := backup.Restore(t.Context(), file, into); err != nil || got.Chain != c.Chain {
		t.Fatalf("%+v, %v", got, err)
	}
	restored, err := ledger.Open(t.Context(), into, options(false))
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	report, err := restored.Verify(t.Context(), nil)
	if err != nil || !report.OK() || hex.EncodeToString(report.Head.Chain[:]) != c.Chain {
		t.Fatalf("%+v, %v", report, err)
	}
	for _, f := range c.Files[1:] {
		want, err := os.ReadFile(filepath.Join(dir, f.Name))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(into, f.Name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %q, %v, want %q", f.Name, got, err, want)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(into, ".restoring*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if left, _ := filepath.Glob(file + ".*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestWhatIsThereIsNeverReplaced(t *testing.T) {
	dir, _ := folder(t, 3)
	file, _ := write(t, dir)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Write(t.Context(), dir, file, made); !errors.Is(err, backup.ErrExists) {
		t.Errorf("writing over a backup: %v", err)
	}
	if after, err := os.ReadFile(file); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the backup was changed, %v", err)
	}
	if _, err := backup.Restore(t.Context(), file, dir); !errors.Is(err, backup.ErrExists) {
		t.Errorf("restoring over a ledger: %v", err)
	}
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "holiday.jpg"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), file, other); !errors.Is(err, backup.ErrExists) || !strings.Contains(err.Error(), "holiday.jpg") {
		t.Errorf("restoring into a folder of something else: %v", err)
	}
}

func TestAlteredDocumentIsKeptAndNamed(t *testing.T) {
	dir, _ := folder(t, 3)
	name := strings.Repeat("0", 64) + ".pdf"
	document(t, dir, name, []byte("not what it was"))
	file, c := write(t, dir)
	if len(c.Altered) != 1 || !strings.HasSuffix(c.Altered[0], name) {
		t.Errorf("altered: %v", c.Altered)
	}
	into := t.TempDir()
	if c, err := backup.Restore(t.Context(), file, into); err != nil || len(c.Altered) != 1 {
		t.Errorf("altered: %v, %v", c.Altered, err)
	}
}

// Every byte of a backup matters: cut off or changed anywhere, it is refused and the folder stays as it was.
func TestDamagedBackupIsRefused(t *testing.T) {
	dir, _ := folder(t, 30)
	file, _ := write(t, dir)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	try := func(name string, content []byte) {
		t.Helper()
		damaged, into := filepath.Join(t.TempDir(), "b"), t.TempDir()
		if err := os.WriteFile(damaged, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Restore(t.Context(), damaged, into); !errors.Is(err, backup.ErrUnfitting) {
			t.Errorf("%s: %v, want %v", name, err, backup.ErrUnfitting)
		}
		if left, _ := os.ReadDir(into); len(left) > 0 {
			t.Errorf("%s: left behind: %v", name, left)
		}
	}
	for _, part := range []int{0, 1, 30, 50, 90, 99} {
		try(fmt.Sprint("cut off at ", part, "%"), whole[:len(whole)*part/100])
	}
	try("not a backup", []byte("Dear Sir or Madam"))
	try("a ledger alone", archive(t, entry{ledger.FileName, "SQLite format 3\x00"}))
	try("escaping", archive(t, entry{"documents/../../evil", "x"}))
	try("from the root", archive(t, entry{"/etc/passwd", "x"}))
	try("another form", archive(t, entry{"contents.json", `{"format": 99}`}))
	try("a list that lies", archive(t, entry{ledger.FileName, "x"}, entry{"contents.json", `{"format":1,"files":[{"name":"ledger.db","bytes":1,"sha256":"00"}]}`}))
}

func TestLedgerThatDoesNotHoldIsRefused(t *testing.T) {
	sum := sha256.Sum256([]byte("x"))
	list := fmt.Sprintf(`{"format":1,"files":[{"name":"ledger.db","bytes":1,"sha256":"%x"}]}`, sum)
	file, into := filepath.Join(t.TempDir(), "b"), t.TempDir()
	if err := os.WriteFile(file, archive(t, entry{ledger.FileName, "x"}, entry{"contents.json", list}), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), file, into); !errors.Is(err, ledger.ErrDamaged) {
		t.Errorf("%v, want %v", err, ledger.ErrDamaged)
	}
}

// A backup that an older Fener made, of a ledger without a key of ids, is put in
// place and brought to the current form.
func TestABackupOfAnOlderFormIsRestored(t *testing.T) {
	old, err := os.ReadFile(filepath.Join("..", "ledger", "testdata", "first-form.db"))
	if err != nil {
		t.Fatal(err)
	}
	list := fmt.Sprintf(`{"format":1,"ledger":"46d338ec3b7287c297ef4213845bd9fd","seq":7,"chain":%q,"files":[{"name":"ledger.db","bytes":%d,"sha256":"%x"}]}`,
		chainOf(t, old), len(old), sha256.Sum256(old))
	file, into := filepath.Join(t.TempDir(), "b"), t.TempDir()
	if err := os.WriteFile(file, archive(t, entry{ledger.FileName, string(old)}, entry{"contents.json", list}), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), file, into); err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), into, options(false))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if report, err := l.Verify(t.Context(), nil); err != nil || !report.OK() || report.Entries != 7 {
		t.Errorf("%+v, %v", report, err)
	}
	if _, err := l.Key(); !errors.Is(err, ledger.ErrNoKey) {
		t.Errorf("its key: %v", err)
	}
}

// chainOf is the last chain of a ledger's file.
func chainOf(t *testing.T, data []byte) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ledger.FileName), data, 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), dir, options(false))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	head, err := l.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(head.Chain[:])
}

// A restoring that was killed is taken up by the next one, and by nothing else.
func TestRestoringAgainAfterAKill(t *testing.T) {
	dir, _ := folder(t, 3)
	file, c := write(t, dir)
	into := t.TempDir()
	if err := os.MkdirAll(filepath.Join(into, ".restoring", "documents"), 0o700); err != nil {
		t.Fatal(err)
	}
	document(t, into, "notes.txt", []byte("half"))
	if got, err := backup.Restore(t.Context(), file, into); err != nil || got.Seq != c.Seq {
		t.Fatalf("%+v, %v", got, err)
	}
	if text, err := os.ReadFile(filepath.Join(into, "documents", "notes.txt")); err != nil || string(text) != "kept too" {
		t.Errorf("%q, %v", text, err)
	}
}

func TestNoLedgerNoBackup(t *testing.T) {
	file := filepath.Join(t.TempDir(), "b")
	if _, err := backup.Write(t.Context(), t.TempDir(), file, made); !errors.Is(err, ledger.ErrNoLedger) {
		t.Errorf("%v, want %v", err, ledger.ErrNoLedger)
	}
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("a file was made: %v", err)
	}
}

type entry struct{ name, text string }

func archive(t *testing.T, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	out := tar.NewWriter(z)
	for _, e := range entries {
		if err := out.WriteHeader(&tar.Header{Name: e.name, Size: int64(len(e.text)), Mode: 0o600}); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(out, e.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(out.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// An archive that was made to fill a disk is refused long before it does: 13 MB unpacked to 3 GB.
func TestAnArchiveThatFillsADiskIsRefused(t *testing.T) {
	name := filepath.Join(t.TempDir(), "bomb.tar.gz")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(file)
	w := tar.NewWriter(z)
	const size = 512 << 20
	if err := w.WriteHeader(&tar.Header{Name: ledger.FileName, Typeflag: tar.TypeReg, Mode: 0o600, Size: size}); err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for range size >> 20 {
		if _, err := w.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), z.Close(), file.Close()); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "restored")
	begun := time.Now()
	if _, err := backup.Restore(t.Context(), name, dir); !errors.Is(err, backup.ErrUnfitting) || !strings.Contains(err.Error(), "unpacks to more") {
		t.Errorf("got %v", err)
	}
	t.Logf("refused after %v", time.Since(begun))
	if left, err := os.ReadDir(dir); err == nil && len(left) > 0 {
		t.Errorf("%d files were left behind", len(left))
	}
}
