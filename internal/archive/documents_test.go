package archive_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/archive"
	"fener/internal/document"
)

// The tests start themselves to read a document, as the program does.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == document.ChildCommand {
		os.Exit(document.Child(os.Args[2:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// pdfOf is a PDF with the lines of each page one below the other, and the last one at the foot of the page.
func pdfOf(pages ...[]string) string {
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"}
	var kids []string
	for _, lines := range pages {
		var content strings.Builder
		for i, l := range lines {
			height := 790 - 14*i
			if i > 0 && i == len(lines)-1 {
				height = 30
			}
			fmt.Fprintf(&content, "BT /F1 11 Tf 1 0 0 1 72 %d Tm (%s) Tj ET\n", height, strings.NewReplacer("ë", "\\353", "(", "\\(", ")", "\\)").Replace(l))
		}
		objects = append(objects, fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", content.Len(), content.String()))
		objects = append(objects, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>", len(objects)))
		kids = append(kids, fmt.Sprintf("%d 0 R", len(objects)))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " "))
	var b strings.Builder
	b.WriteString("%PDF-1.7\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	b.WriteString("trailer << /Root 1 0 R >>\n") // without a table of offsets, which readers make anew
	return b.String()
}

func docxOf(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err == nil {
		_, err = w.Write([]byte("<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>" + text + "</w:t></w:r></w:p></w:body></w:document>"))
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestQuotationsInDocuments(t *testing.T) {
	s := archive.In(t.TempDir())
	judgment := pdfOf([]string{"Vendime të përzgjedhura", "Gjykata e dënon të pandehurin sipas KPRK-", "së me burgim prej dy (2) vje-", "tësh, i cili dënim nuk do të ekzekutohet", "12"},
		[]string{"Vendime të përzgjedhura", "nëse në periudhën 2019-2021 nuk kryen vepër", "tjetër.", "13"})
	for _, c := range []struct {
		name, file, content, quote string
		found                      bool
	}{
		{"in a line", "a.pdf", judgment, "me burgim prej dy (2)", true},
		{"over a word broken at the end of a line", "a.pdf", judgment, "prej dy (2) vjetësh", true},
		{"over a hyphen that belongs to the word", "a.pdf", judgment, "sipas KPRK-së me burgim", true},
		{"as it stands, with the break", "a.pdf", judgment, "(2) vje- tësh", true},
		{"over the page, with its number and running line between", "a.pdf", judgment, "nuk do të ekzekutohet nëse në periudhën", true},
		{"the page number with the line before it", "a.pdf", judgment, "nuk do të ekzekutohet 12", true},
		{"another number", "a.pdf", judgment, "prej tre vjetësh", false},
		{"a hyphen between numbers", "a.pdf", judgment, "në periudhën 20192021", false},
		{"in Word", "a.docx", docxOf(t, "osuđuje se na kaznu zatvora"), "kaznu zatvora", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := put(t, s, c.file, c.content)
			text, err := s.Text(t.Context(), &a)
			if err != nil || text == nil {
				t.Fatalf("%v, %v", text, err)
			}
			if found, uncertain := text.Find(c.quote); found.Found != c.found || uncertain {
				t.Errorf("%+v, uncertain %v", found, uncertain)
			}
		})
	}
}

// A text is read once, kept under the name of the copy, and goes with it.
func TestTextsAreKeptAndGoWithTheirCopy(t *testing.T) {
	dir := t.TempDir()
	s := archive.In(dir)
	a := put(t, s, "a.pdf", pdfOf([]string{"Aktgjykim"}))
	kept := filepath.Join(dir, archive.TextFolder, a.SHA256)
	find := func(quote string) bool {
		t.Helper()
		text, err := s.Text(t.Context(), &a)
		if err != nil {
			t.Fatal(err)
		}
		found, _ := text.Find(quote)
		return found.Found
	}
	if !find("Aktgjykim") {
		t.Error("it is not found")
	}
	first, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, old, new string
		kept           bool
	}{
		{"what is kept is what is searched", "Aktgjykim", "Aktvendim", true},
		{"what was cut off is read again", "Aktgjykim\n", "Akt", false},
		{"what an older version kept is read again", `{"form":`, `{"form":9`, false},
	} {
		if err := os.WriteFile(kept, bytes.ReplaceAll(first, []byte(c.old), []byte(c.new)), 0o600); err != nil {
			t.Fatal(err)
		}
		if find("Aktgjykim") == c.kept {
			t.Errorf("%s: it is not so", c.name)
		}
	}
	if err := s.Remove(a.SHA256); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(filepath.Join(dir, archive.TextFolder)); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// Of a document that cannot be read, or not whole, no quotation is said to be missing.
func TestWhatCannotBeSaid(t *testing.T) {
	t.Setenv("PATH", t.TempDir()) // without tesseract
	s := archive.In(t.TempDir())
	damaged := put(t, s, "a.pdf", "%PDF-1.7\nseven")
	for range 2 { // read, and kept
		unread := new(document.UnreadError)
		if _, err := s.Text(t.Context(), &damaged); !errors.As(err, &unread) || unread.Reason != document.Damaged {
			t.Errorf("%v", err)
		}
	}
	scanned := put(t, s, "b.pdf", strings.Replace(pdfOf([]string{"Aktgjykim"}, []string{"x"}), "(x) Tj", "0 0 9 9 re f", 1))
	text, err := s.Text(t.Context(), &scanned)
	if err != nil {
		t.Fatal(err)
	}
	if found, uncertain := text.Find("fajtor"); found.Found || !uncertain || !strings.Contains(text.Unread, "page 2") {
		t.Errorf("%+v, uncertain %v, unread %q", found, uncertain, text.Unread)
	}
	if found, uncertain := text.Find("Aktgjykim"); !found.Found || uncertain {
		t.Errorf("%+v, uncertain %v", found, uncertain)
	}
}
