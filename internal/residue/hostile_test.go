package residue_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/needs"
	"fener/internal/residue"
)

// why is everything that was not searched, in one text.
func why(report *residue.Report) string {
	var all []string
	for _, n := range report.NotSearched {
		all = append(all, n.Inside+": "+n.Why)
	}
	return strings.Join(all, "; ")
}

func TestWhatCannotBeSearchedIsSaid(t *testing.T) {
	dir := t.TempDir()
	secret := filepath.Join(dir, "secret.txt")
	if err := os.WriteFile(secret, []byte(name), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(program string, args ...string) {
		c := exec.Command(needs.Tool(t, program), args...)
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", program, err, out)
		}
	}
	read := func(name string) []byte { return must(os.ReadFile(filepath.Join(dir, name))) }
	for _, row := range []struct {
		name string
		make func() []byte
		want string
	}{
		{"an encrypted ZIP", func() []byte { run("zip", "-q", "-P", "word", "a.zip", "secret.txt"); return read("a.zip") }, "secret.txt: encrypted (ZIP)"},
		{"xz", func() []byte { run("xz", "-k", "secret.txt"); return read("secret.txt.xz") }, "xz, which is not opened"},
		{"zstd in tar", func() []byte { return tarred("a.zst", []byte("\x28\xb5\x2f\xfd and more")) }, "a.zst: zstd, which is not opened"},
		{"age", func() []byte { return []byte("age-encryption.org/v1\n...") }, "encrypted (age)"},
		{"gzip that was cut", func() []byte { return gzipped(bytes.Repeat([]byte("text "), 9999))[:60] }, "gzip: searched only as far as it can be read"},
		{"tar that was cut", func() []byte { return tarred("a", make([]byte, 5000))[:2000] }, "a: "},
		{"a ZIP that is none", func() []byte { return []byte("PK\x03\x04 and so on") }, "ZIP: searched only as far"},
		{"an encrypted PDF", func() []byte { return []byte("%PDF-1.4\ntrailer << /Encrypt 5 0 R >>") }, "encrypted (PDF)"},
		{"a PDF's stream in LZW", func() []byte { return pdfWith("/LZWDecode", []byte("...")) }, "PDF stream 1: packed in a way"},
		{"a PDF's stream that is damaged", func() []byte { return pdfWith("/FlateDecode", []byte("no zlib")) }, "PDF stream 1: searched only as far"},
		{"a PDF with glyphs and no table", func() []byte { return []byte("%PDF-1.4\n1 0 obj << /Encoding /Identity-H >> endobj") }, "numbers of glyphs"},
	} {
		report := search(t, []string{name}, write(t, "file", row.make()))
		if !strings.Contains(why(&report), row.want) || report.Gone() {
			t.Errorf("%s: %q, want %q", row.name, why(&report), row.want)
		}
	}
	report := search(t, []string{name}, write(t, "scan", []byte("\xff\xd8\xff\xe0 a picture")))
	if len(report.Pictures) != 1 || !report.Gone() {
		t.Errorf("a picture: %+v", report)
	}
}

func TestHostileArchivesAreBounded(t *testing.T) {
	zeros := make([]byte, 32<<20)
	many := func(n int) []byte {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for range n {
			must(w.Create("x"))
		}
		must(0, w.Close())
		return out.Bytes()
	}
	nested := []byte(name)
	for range 40 {
		nested = gzipped(nested)
	}
	for _, row := range []struct {
		name    string
		content []byte
		limits  residue.Limits
		want    string
	}{
		{"what unpacks to a thousand times its size", gzipped(gzipped(bytes.Repeat(zeros, 4))), residue.Limits{}, "unpacks to more than is allowed"},
		{"the same in a ZIP", zipped("a", zip.Deflate, bytes.Repeat(zeros, 4)), residue.Limits{}, "unpacks to more than is allowed"},
		{"forty times packed", nested, residue.Limits{}, "lies in 12 archives"},
		{"too many members", many(50), residue.Limits{Members: 40}, "more members"},
		{"a large ZIP inside another file", tarred("a.zip", zipped("a", zip.Store, zeros)), residue.Limits{Memory: 1 << 20}, "1 MiB that are held in memory"},
	} {
		s := must(residue.New([]string{name}, residue.Options{Limits: row.limits}))
		report, err := s.Paths(t.Context(), write(t, "file", row.content))
		if err != nil || !strings.Contains(why(&report), row.want) {
			t.Errorf("%s: %q, %v; want %q", row.name, why(&report), err, row.want)
		}
		if report.Unpacked > 300<<20 {
			t.Errorf("%s: %d bytes unpacked", row.name, report.Unpacked)
		}
	}
}

func TestSearchingStopsWhenItIsAskedTo(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	s := must(residue.New([]string{name}, residue.Options{Progress: func(int64) { stop() }}))
	_, err := s.Paths(ctx, write(t, "file", gzipped(make([]byte, 8<<20))))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := s.Paths(t.Context(), filepath.Join(t.TempDir(), "nowhere")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

func TestListsAreBounded(t *testing.T) {
	s := must(residue.New([]string{"name"}, residue.Options{Limits: residue.Limits{Found: 3}}))
	report := must(s.Paths(t.Context(), write(t, "file", []byte(strings.Repeat("name ", 10)))))
	if len(report.Found) != 3 || report.More != 7 {
		t.Errorf("%d and %d more", len(report.Found), report.More)
	}
}

// What bzip2 made of "the witness" and the name.
const bzipped = "425a68393141592653598f65f55a00000993d4400000102271bd80008040080e00200022864681ea3234281a686464c4c9b132636154ceca36031373cef0774afc5dc914e142423d97d568"

func TestBzip2IsOpened(t *testing.T) {
	report := search(t, []string{name}, write(t, "a.bz2", must(hex.DecodeString(bzipped))))
	if len(report.Found) != 1 || report.Found[0].Inside != "bzip2" {
		t.Errorf("%+v", report)
	}
}

func FuzzContainers(f *testing.F) {
	for _, seed := range [][]byte{gzipped([]byte(name)), deflated([]byte(name)), tarred("a", []byte(name)), zipped("a", zip.Deflate, []byte(name)), pdfWith("/FlateDecode", deflated([]byte("("+name+") Tj"))),
		[]byte("%PDF-1.4\nstream\n1 beginbfrange <00> <ff> [<0041> <0042>] endbfrange\nendstream (a\\101) <feff0041>"), []byte("SQLite format 3\x00\x10\x00\x01\x01\x00\x40\x20\x20"),
		append([]byte("\x37\x7f\x06\x82\x00\x2d\xe2\x18\x00\x00\x02\x00"), make([]byte, 2000)...), must(hex.DecodeString(bzipped)), []byte("<a>Z<b>\xc3\xabnj&euml;</b>")} {
		f.Add(seed)
	}
	s := must(residue.New([]string{name}, residue.Options{Limits: residue.Limits{Memory: 1 << 20, Depth: 4}}))
	path := filepath.Join(f.TempDir(), "file")
	f.Fuzz(func(t *testing.T, content []byte) {
		must(0, os.WriteFile(path, content, 0o600))
		if _, err := s.Paths(t.Context(), path); err != nil {
			t.Fatal(err)
		}
	})
}
