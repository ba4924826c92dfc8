package document_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/document"
)

// made is a PDF that a test makes: objects numbered from 1, of which the first is the catalogue and the second the tree of pages.
type made struct {
	objects []string
	root    string // more of the trailer
}

// onPage is a line of text at a place in points from the lower left corner, as PDF counts.
type onPage struct {
	x, y float64
	text string
}

const (
	catalogue = "<< /Type /Catalog /Pages 2 0 R %s>>"
	typeface  = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
	a4        = "[0 0 595 842]"
)

// pdfOf makes a PDF with the lines on its pages, each page in the box given.
func pdfOf(box, more string, pages ...[]onPage) []byte {
	var streams []string
	for _, lines := range pages {
		var b strings.Builder
		for _, l := range lines {
			text := strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`, "ë", "\\353", "ç", "\\347").Replace(l.text)
			fmt.Fprintf(&b, "BT /F1 11 Tf 1 0 0 1 %.1f %.1f Tm (%s) Tj ET\n", l.x, l.y, text)
		}
		streams = append(streams, b.String())
	}
	return pdfOfStreams(box, more, streams...)
}

// pdfOfStreams makes a PDF of pages with these contents.
func pdfOfStreams(box, more string, streams ...string) []byte {
	m := made{objects: []string{fmt.Sprintf(catalogue, more), "", typeface}}
	var kids []string
	for _, s := range streams {
		m.objects = append(m.objects, streamOf("", []byte(s)))
		m.objects = append(m.objects, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>", box, len(m.objects)))
		kids = append(kids, fmt.Sprintf("%d 0 R", len(m.objects)))
	}
	m.objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " "))
	return m.bytes()
}

func streamOf(dictionary string, content []byte) string {
	return fmt.Sprintf("<< /Length %d %s >>\nstream\n%s\nendstream", len(content), dictionary, content)
}

func (m *made) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range m.objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, m.root, table)
	return b.Bytes()
}

func deflated(content []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, err := w.Write(content)
	if err := errors.Join(err, w.Close()); err != nil {
		panic(err) // memory does not refuse
	}
	return b.Bytes()
}

// member is a file in a zip that a test makes.
type member struct{ name, content string }

func zipOf(members ...member) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range members {
		w, err := z.Create(m.name)
		if err == nil {
			_, err = w.Write([]byte(m.content))
		}
		if err != nil {
			panic(err) // as above
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const (
	wordHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`
	wordTail = `</w:body></w:document>`
	odtHead  = `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><office:body><office:text>`
	odtTail  = `</office:text></office:body></office:document-content>`
)

func docxOf(body string, more ...member) []byte {
	return zipOf(append([]member{{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", wordHead + body + wordTail}}, more...)...)
}

func odtOf(body string, more ...member) []byte {
	return zipOf(append([]member{{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", odtHead + body + odtTail}}, more...)...)
}

// read reads what a test made, as a file of that name, and sees that nothing of the reading is left: no process and no file.
func read(t *testing.T, r document.Reader, name string, content []byte) (*document.Document, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return readFile(t, r, path)
}

func readFile(t *testing.T, r document.Reader, path string) (*document.Document, error) {
	t.Helper()
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	d, err := r.Read(ctx, filepath.Base(path), file)
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	for _, p := range running(t, temp) {
		t.Errorf("still running: %s", p)
	}
	return d, err
}

// running are the processes whose command line or folder names a text, on Linux.
func running(t *testing.T, text string) []string {
	t.Helper()
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, path := range lines {
		if line, err := os.ReadFile(path); err == nil && bytes.Contains(line, []byte(text)) {
			found = append(found, path+": "+strings.ReplaceAll(string(line), "\x00", " "))
		}
	}
	return found
}

func body(d *document.Document) string { return strings.TrimSpace(d.WithoutRunning().String) }
