package residue_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"mime/quotedprintable"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/residue"
	"fener/locale"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// The words that the tests look for belong to nobody: SYNTHETIC.
const (
	name   = "Zënjë Šaqirović"
	around = "before it some text, and "
)

// search looks for words in files and fails where that cannot be done.
func search(t testing.TB, words []string, paths ...string) residue.Report {
	t.Helper()
	s, err := residue.New(words, residue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	report, err := s.Paths(t.Context(), paths...)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func write(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// inJSON writes a text as JSON is written for programs that want ASCII.
func inJSON(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

func quotedPrintable(s string) string {
	var b bytes.Buffer
	w := quotedprintable.NewWriter(&b)
	must(w.Write([]byte(s)))
	must(0, w.Close())
	return b.String()
}

// encodings are the ways in which the name may be written, by what Go's own
// writers make of it.
var encodings = []struct{ name, text, form string }{
	{"as given", name, "as given"},
	{"capitals", strings.ToUpper(name), "other case"},
	{"mixed case", "zËNjë šaqiroVIĆ", "other case"},
	{"letters and marks apart", norm.NFD.String(name), "letter and mark apart, without marks"}, // its last mark follows what is the word already,
	{"without marks", "Zenje Saqirovic", "without marks"},
	{"as the index has it", locale.Fold(name), "other case, without marks"},
	{"over two lines", "Zënjë\n\t\tŠaqirović", "as given"},
	{"as a file's name", "zenje_saqirovic", "other case, without marks"},
	{"JSON", inJSON(name), "JSON escape"},
	{"HTML, numbered", "Z&#235;nj&#xEB; &#352;aqirovi&#x107;", "HTML escape"},
	{"HTML, named", "Z&euml;nj&euml;&nbsp;&Scaron;aqirovi&cacute;", "HTML escape"},
	{"an address", url.PathEscape(name), "percent escape"},
	{"a form", url.QueryEscape(name), "percent escape"},
	{"mail", quotedPrintable(name), "mail escape"},
	{"UTF-16 LE", must(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(around + name)), "UTF-16 LE"},
	{"UTF-16 BE", must(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String(around + name)), "UTF-16 BE"},
	{"Windows-1250", must(charmap.Windows1250.NewEncoder().String(name)), "old code page"},
	{"base64", base64.StdEncoding.EncodeToString([]byte(name)), "base64"},
	{"base64, one byte later", base64.StdEncoding.EncodeToString([]byte("x" + name + "y")), "base64"},
	{"base64, two bytes later", base64.RawURLEncoding.EncodeToString([]byte("xx" + strings.ToLower(name) + "yy")), "other case, base64"},
	{"base64 after other letters", "data" + base64.StdEncoding.EncodeToString([]byte(name)), "base64"},
	{"base64 of UTF-16", base64.StdEncoding.EncodeToString([]byte(must(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(name)))), "UTF-16 LE, base64"},
}

// containers pack what lies in a file.
var containers = []struct {
	name   string
	inside string
	pack   func(t *testing.T, content []byte) []byte
}{
	{"a file", "", func(_ *testing.T, b []byte) []byte { return b }},
	{"gzip", "gzip", func(_ *testing.T, b []byte) []byte { return gzipped(b) }},
	{"zlib", "zlib", func(_ *testing.T, b []byte) []byte {
		var out bytes.Buffer
		w := zlib.NewWriter(&out)
		must(w.Write(b))
		must(0, w.Close())
		return out.Bytes()
	}},
	{"tar in gzip", "gzip > documents/one", func(_ *testing.T, b []byte) []byte { return gzipped(tarred("documents/one", b)) }},
	{"ZIP", "one.txt", func(_ *testing.T, b []byte) []byte { return zipped("one.txt", zip.Deflate, b) }},
	{"ZIP, stored", "one.txt", func(_ *testing.T, b []byte) []byte { return zipped("one.txt", zip.Store, b) }},
	{"ZIP in tar in ZIP", "a.tar > b.zip > one.txt", func(_ *testing.T, b []byte) []byte {
		return zipped("a.tar", zip.Deflate, tarred("b.zip", zipped("one.txt", zip.Deflate, b)))
	}},
	{"a stream of a PDF", "PDF stream 1", func(_ *testing.T, b []byte) []byte { return pdfWith("/FlateDecode", deflated(b)) }},
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	must(w.Write(b))
	must(0, w.Close())
	return out.Bytes()
}

func deflated(b []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	must(w.Write(b))
	must(0, w.Close())
	return out.Bytes()
}

func tarred(name string, b []byte) []byte {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	must(0, w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(b))}))
	must(w.Write(b))
	must(0, w.Close())
	return out.Bytes()
}

func zipped(name string, method uint16, b []byte) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	must(must(w.CreateHeader(&zip.FileHeader{Name: name, Method: method})).Write(b))
	must(0, w.Close())
	return out.Bytes()
}

func pdfWith(filter string, stream []byte) []byte {
	return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj\n<< /Length %d /Filter %s >>\nstream\n%s\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%%%EOF\n", len(stream), filter, stream)
}

func TestWordsAreFoundInEveryForm(t *testing.T) {
	for _, c := range containers {
		t.Run(c.name, func(t *testing.T) {
			for _, e := range encodings {
				content := []byte(strings.Repeat(around, 3) + ": " + e.text + " : and so on\n")
				if strings.HasPrefix(e.form, "UTF-16") && !strings.Contains(e.form, "base64") {
					content = []byte(e.text)
				}
				report := search(t, []string{name}, write(t, "evidence", c.pack(t, content)))
				if len(report.Found) != 1 {
					t.Errorf("%s: found %d times: %+v, not searched %+v", e.name, len(report.Found), report.Found, report.NotSearched)
					continue
				}
				if f := report.Found[0]; f.Form.String() != e.form || f.Inside != c.inside || f.Word != 1 {
					t.Errorf("%s: %q in %q, want %q in %q", e.name, f.Form, f.Inside, e.form, c.inside)
				}
				if len(report.NotSearched) > 0 {
					t.Errorf("%s: not searched: %+v", e.name, report.NotSearched)
				}
			}
		})
	}
}

func TestSerbianIsFoundInTheOtherScript(t *testing.T) {
	for _, row := range []struct{ asked, stands, form string }{
		{"Đorđe Ljubičić", "Ђорђе Љубичић", "other script"},
		{"Ђорђе Љубичић", "Đorđe Ljubičić", "other script"},
		{"Djordje Ljubicic", "ЂОРЂЕ ЉУБИЧИЋ", ""},
		{"Ђорђе Љубичић", "djordje ljubicic", ""},
		{"Đorđe Ljubičić", "Djordje Ljubicic", ""},
		{"Djordje Ljubicic", "Đorđe Ljubičić", ""},
	} {
		report := search(t, []string{row.asked}, write(t, "text", []byte("gde je "+row.stands+" danas")))
		if len(report.Found) != 1 || row.form != "" && report.Found[0].Form.String() != row.form {
			t.Errorf("%s as %s: %+v", row.asked, row.stands, report.Found)
		}
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	for _, text := range []string{"", "Z", "Zënjë", "Zënjë x Šaqirović", "Zënj Šaqirović", "Zunje Saqirovic", strings.Repeat("Zenje ", 1000)} {
		if report := search(t, []string{name}, write(t, "text", []byte(text))); !report.Gone() || report.Files != 1 {
			t.Errorf("%q: %+v", text, report)
		}
	}
}

// A word lies anywhere in a file of several windows, on their borders too.
func TestNoBorderHidesAWord(t *testing.T) {
	const window = 256 << 10
	for _, at := range []int{0, 1, window - 17, window - 9, window - 1, window, 2*window - 5, 3*window - len(name)} {
		for _, text := range []string{name, base64.StdEncoding.EncodeToString([]byte(name))} {
			content := bytes.Repeat([]byte{' '}, 3*window+100)
			copy(content[at:], text)
			report := search(t, []string{name}, write(t, "large", content))
			if len(report.Found) != 1 || report.Found[0].Offset < int64(at) || report.Found[0].Offset > int64(at+2) {
				t.Errorf("at %d: %+v", at, report.Found)
			}
		}
	}
}

func TestOfficeDocumentsAreSearched(t *testing.T) {
	dir := t.TempDir()
	book := excelize.NewFile()
	must(0, book.SetCellValue("Sheet1", "B7", "the witness "+name))
	must(0, book.SaveAs(filepath.Join(dir, "book.xlsx")))
	runs := `<?xml version="1.0"?><w:document><w:p><w:r><w:t>Zën</w:t></w:r><w:r><w:rPr/><w:t>jë</w:t></w:r></w:p><w:p><w:r><w:t>Šaqirović</w:t></w:r></w:p></w:document>`
	must(0, os.WriteFile(filepath.Join(dir, "letter.docx"), zipped("word/document.xml", zip.Deflate, []byte(runs)), 0o600))
	report := search(t, []string{name}, dir)
	got := map[string]string{}
	for _, f := range report.Found {
		got[filepath.Base(f.File)+": "+f.Inside] = f.Form.String()
	}
	if len(got) != 2 || got["book.xlsx: xl/sharedStrings.xml"] != "as given" || got["letter.docx: word/document.xml"] != "divided" {
		t.Errorf("%v, %+v", got, report.NotSearched)
	}
}

func TestNamesAreSearched(t *testing.T) {
	dir := t.TempDir()
	must(0, os.Mkdir(filepath.Join(dir, "Zenje Saqirovic"), 0o700))
	must(0, os.WriteFile(filepath.Join(dir, "Zenje Saqirovic", "a.tar"), tarred("zenje-saqirovic.pdf", []byte("%PDF-1.4")), 0o600))
	must(0, os.Symlink("/nowhere/zenje.saqirovic", filepath.Join(dir, "link")))
	report := search(t, []string{name}, dir)
	var parts []string
	for _, f := range report.Found {
		parts = append(parts, f.Part)
	}
	if got := strings.Join(parts, "; "); got != "name of the file; ; target of the link" {
		t.Errorf("%q: %+v", got, report.Found)
	}
}

func TestWordsThatCannotBeLookedFor(t *testing.T) {
	for _, words := range [][]string{nil, {"a"}, {"..."}, {"fine", "\xff\xfe"}, {strings.Repeat("long", 100)}} {
		if _, err := residue.New(words, residue.Options{}); err == nil || len(words) > 0 && strings.Contains(err.Error(), words[len(words)-1]) && words[0] != "a" {
			t.Errorf("%q: %v", words, err)
		}
	}
	s, err := residue.New([]string{"one two", "three"}, residue.Options{EachWord: true})
	if err != nil {
		t.Fatal(err)
	}
	report, err := s.Paths(t.Context(), write(t, "text", []byte("two")))
	if err != nil || report.Words != 4 || len(report.Found) != 1 || report.Found[0].Word != 4 {
		t.Errorf("each word: %+v, %v", report, err)
	}
}
