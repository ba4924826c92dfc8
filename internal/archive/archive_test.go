package archive_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/archive"
	"fener/internal/record"
)

func put(t *testing.T, s *archive.Store, name, content string) record.Archive {
	t.Helper()
	a, err := s.Put(strings.NewReader(content), name)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestACopyIsNamedForItsContent(t *testing.T) {
	dir := t.TempDir()
	s := archive.In(dir)
	a := put(t, s, `C:\reports\police.txt`, "sixteen victims\n")
	want := record.Archive{SHA256: "53881f75445b9e45ee2d19871cf7c57ee10eeb03199d903a53a44535621ac6cd", Name: "police.txt", Bytes: 16, MediaType: "text/plain"}
	if a != want {
		t.Errorf("%+v", a)
	}
	if again := put(t, s, "other.txt", "sixteen victims\n"); again.SHA256 != a.SHA256 {
		t.Errorf("the same content got the name %s, then %s", a.SHA256, again.SHA256)
	}
	files, err := os.ReadDir(filepath.Join(dir, archive.Folder))
	if err != nil || len(files) != 1 {
		t.Errorf("%d files in the folder, want one: %v, %v", len(files), files, err)
	}
	if names, err := s.Names(); err != nil || len(names) != 1 || names[0] != a.SHA256 {
		t.Errorf("%v, %v", names, err)
	}
}

func TestALostOrAlteredCopyIsFound(t *testing.T) {
	dir := t.TempDir()
	s := archive.In(dir)
	a := put(t, s, "police.txt", "sixteen victims\n")
	path := filepath.Join(dir, archive.Folder, a.SHA256)
	if err := s.Check(&a); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("sixty victims  \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(&a); !errors.Is(err, archive.ErrAltered) || !strings.Contains(err.Error(), "police.txt") {
		t.Errorf("altered: %v", err)
	}
	if put(t, s, "police.txt", "sixteen victims\n"); s.Check(&a) != nil {
		t.Error("adding the file again did not mend the altered copy")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(&a); !errors.Is(err, archive.ErrMissing) {
		t.Errorf("removed: %v", err)
	}
	if _, err := s.Open(&record.Archive{SHA256: "../ledger.db"}); !errors.Is(err, archive.ErrMissing) {
		t.Errorf("a name that leads out of the folder: %v", err)
	}
}

func TestWhatIsRefusedLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	s := archive.In(dir)
	if _, err := s.Put(strings.NewReader(""), "empty.txt"); !errors.Is(err, archive.ErrEmpty) {
		t.Errorf("empty: %v", err)
	}
	if _, err := s.Put(endless{}, "endless.bin"); !errors.Is(err, archive.ErrTooLarge) {
		t.Errorf("endless: %v", err)
	}
	if files, err := os.ReadDir(filepath.Join(dir, archive.Folder)); err != nil || len(files) != 0 {
		t.Errorf("left behind: %v, %v", files, err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestMediaTypes(t *testing.T) {
	s := archive.In(t.TempDir())
	for _, c := range []struct{ name, content, want string }{
		{"a.pdf", "%PDF-1.7\n", "application/pdf"},
		{"a.html", "Small talk <b>2018</b>", "text/html"},
		{"page", "\n<!DOCTYPE html><html>", "text/html"},
		{"page", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">`, "text/html"},
		{"a.txt", "Trafikimi me njerëz", "text/plain"},
		{"a.html", "%PDF-1.7\n", "application/pdf"},
		{"a.docx", "PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
		{"a.zip", "PK\x03\x04", "application/zip"},
		{"a.tif", "II*\x00", "image/tiff"},
	} {
		if a := put(t, s, c.name, c.content); a.MediaType != c.want {
			t.Errorf("%s %q is %s, want %s", c.name, c.content, a.MediaType, c.want)
		}
	}
}

func TestQuotations(t *testing.T) {
	s := archive.In(t.TempDir())
	const page = `<html><head><title>Small talk</title><style>p { color: red }</style></head><body>
		<p>Last year, seven traffickers received&nbsp;suspended
		sen<b>ten</b>ces, while seven more were “only” fined.</p><script>var hidden = "secret words"</script>
		<p>The lowest fine &mdash; just 600 euros.</p></body></html>`
	for _, c := range []struct {
		name, file, content, quote string
		found                      bool
		upto, from                 string
	}{
		{"word by word", "a.html", page, "seven traffickers received suspended sentences", true, "", ""},
		{"other quotation marks", "a.html", page, `seven more were "only" fined`, true, "", ""},
		{"other dash", "a.html", page, "The lowest fine - just 600 euros.", true, "", ""},
		{"with an omission", "a.html", page, "Last year, seven traffickers [...] were “only” fined.", true, "", ""},
		{"omission in the wrong order", "a.html", page, "only” fined … Last year", false, "", "Last year"},
		{"across paragraphs", "a.html", page, "fined. The lowest fine", true, "", ""},
		{"another number", "a.html", page, "seven traffickers received eight sentences", false, "seven traffickers received", "eight sentences"},
		{"what no reader sees", "a.html", page, "secret words", false, "", "secret words"},
		{"plain text", "a.txt", "Trafikimi\r\n  me njerëz", "Trafikimi me njerëz", true, "", ""},
		{"decomposed letters", "a.txt", "njere\u0308z", "njerëz", true, "", ""},
		{"an older encoding", "a.html", "<meta charset=\"windows-1250\"><p>\x8aef policije", "Šef policije", true, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := put(t, s, c.file, c.content)
			text, err := s.Text(t.Context(), &a)
			if err != nil || text == nil {
				t.Fatalf("%v, %v", text, err)
			}
			found, uncertain := text.Find(c.quote)
			if want := (archive.Quoted{Found: c.found, Upto: c.upto, From: c.from}); found != want || uncertain {
				t.Errorf("%+v, want %+v, uncertain %v", found, want, uncertain)
			}
		})
	}
	zip := put(t, s, "a.zip", "PK\x03\x04seven")
	if text, err := s.Text(t.Context(), &zip); text != nil || err != nil {
		t.Errorf("a zip is searched: %v, %v", text, err)
	}
}
