package document_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fener/internal/document"
	"fener/internal/needs"
)

// zeros are so many megabytes of one letter.
func zeros(megabytes int) string { return strings.Repeat("a", megabytes<<20) }

// pngOf is a picture that says it is of a size, whatever it holds.
func pngOf(width, height uint32) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		panic(err) // memory does not refuse
	}
	content := b.Bytes()
	binary.BigEndian.PutUint32(content[16:], width)
	binary.BigEndian.PutUint32(content[20:], height)
	binary.BigEndian.PutUint32(content[29:], crc32.ChecksumIEEE(content[12:29]))
	return content
}

const (
	deep     = 100_000
	entities = `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`
	external = `<?xml version="1.0"?><!DOCTYPE d SYSTEM "file:///etc/passwd"><w:document xmlns:w="w"/>`
)

// TestNothingIsReadOf: each of these is refused by a plain message, and its process has ended.
func TestNothingIsReadOf(t *testing.T) {
	ole := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...)
	for _, c := range []struct {
		name, file string
		content    []byte
		reason     document.Reason
	}{
		{"an empty file", "a.pdf", nil, document.Empty},
		{"a PDF of nothing but its first line", "a.pdf", []byte("%PDF-1.7\n"), document.Damaged},
		{"a PDF of noise", "a.pdf", append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte{0x91, 0x02, 0xff, 0x33}, 5000)...), document.Damaged},
		{"a PDF without pages", "a.pdf", (&made{objects: []string{fmt.Sprintf(catalogue, ""), "<< /Type /Pages /Count 0 /Kids [] >>"}}).bytes(), document.Damaged},
		{"a program", "a.pdf", []byte("\x7fELF\x02\x01\x01\x00\x00\x00"), document.Unknown},
		{"an old Word file", "a.doc", slices.Concat(ole, utf16Of("WordDocument")), document.OldWord},
		{"an encrypted Word file", "a.docx", slices.Concat(ole, utf16Of("EncryptedPackage")), document.Encrypted},
		{"RTF", "a.doc", []byte(`{\rtf1\ansi presuda}`), document.RichText},
		{"a workbook", "a.docx", zipOf(member{"[Content_Types].xml", "<Types/>"}, member{"xl/workbook.xml", "<workbook/>"}), document.Spreadsheet},
		{"a zip of other things", "a.docx", zipOf(member{"a.txt", "a"}), document.Unknown},
		{"half a zip", "a.docx", docxOf(`<w:p/>`)[:200], document.Damaged},
		{"a Word file that unpacks to 200 MB", "a.docx", docxOf("<w:p><w:r><w:t>" + zeros(200) + "</w:t></w:r></w:p>"), document.Bomb},
		{"a Word file of relations that unpack to 70 MB", "a.docx", docxOf("<w:p/>", member{"word/_rels/document.xml.rels", "<Relationships>" + zeros(70)}), document.Bomb},
		{"a Word file of elements in each other", "a.docx", docxOf(strings.Repeat("<w:p>", deep) + strings.Repeat("</w:p>", deep)), document.Bomb},
		{"a Word file with entities", "a.docx", zipOf(member{"word/document.xml", entities}), document.Entities},
		{"a Word file with an entity outside", "a.docx", zipOf(member{"word/document.xml", external}), document.Entities},
		{"a Word file of broken XML", "a.docx", zipOf(member{"word/document.xml", "<w:document><w:body>"}), document.Damaged},
		{"an OpenDocument that unpacks to 70 MB", "a.odt", odtOf("<text:p>" + zeros(70) + "</text:p>"), document.Bomb},
		{"an OpenDocument of elements in each other", "a.odt", odtOf(strings.Repeat("<text:span>", deep)), document.Bomb},
		{"an OpenDocument with entities", "a.odt", zipOf(member{"mimetype", "application/vnd.oasis.opendocument.text"}, member{"content.xml", entities}), document.Entities},
		{"an encrypted OpenDocument", "a.odt", odtOf("<text:p>x</text:p>", member{"META-INF/manifest.xml", `<manifest><file-entry><encryption-data/></file-entry></manifest>`}), document.Encrypted},
		{"a picture that claims to be as large as a field", "a.png", pngOf(60_000, 60_000), document.Bomb},
		{"a picture that ends early", "a.png", pngOf(4000, 4000), document.Damaged},
		{"a TIFF without pages", "a.tif", []byte("II*\x00\x00\x00\x00\x00"), document.Damaged},
		{"a TIFF whose pages go round", "a.tif", []byte("II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00"), document.Damaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := read(t, document.Reader{}, c.file, c.content)
			refused := new(document.UnreadError)
			if !errors.As(err, &refused) {
				t.Fatalf("read as %+v, %v", d, err)
			}
			if refused.Reason != c.reason {
				t.Errorf("refused as %s, want %s: %v", refused.Reason, c.reason, err)
			}
			if !strings.HasPrefix(err.Error(), c.file+": ") || strings.Contains(err.Error(), "\n") || len(err.Error()) > 400 {
				t.Errorf("the message: %q", err)
			}
		})
	}
}

func utf16Of(text string) []byte {
	var b []byte
	for _, r := range text {
		b = append(b, byte(r), 0)
	}
	return b
}

func TestAnEncryptedPDF(t *testing.T) {
	qpdf := needs.Tool(t, "qpdf")
	dir := t.TempDir()
	plain, locked, open := filepath.Join(dir, "plain.pdf"), filepath.Join(dir, "locked.pdf"), filepath.Join(dir, "open.pdf")
	if err := os.WriteFile(plain, pdfOf(a4, "", []onPage{{72, 700, "Aktgjykim"}}), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, password := range map[string]string{locked: "secret", open: ""} {
		if out, err := exec.Command(qpdf, "--encrypt", password, "owner", "256", "--", plain, path).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	refused := new(document.UnreadError)
	if _, err := readFile(t, document.Reader{}, locked); !errors.As(err, &refused) || refused.Reason != document.Encrypted {
		t.Errorf("%v", err)
	}
	d, err := readFile(t, document.Reader{}, open) // one that only its owner may change
	if err != nil || body(d) != "Aktgjykim" {
		t.Errorf("%v, %v", d, err)
	}
}

// TestReadWithANote: what is odd about these is said, and they are read.
func TestReadWithANote(t *testing.T) {
	const paragraph = `<w:p><w:r><w:t>presuda</w:t></w:r></w:p>`
	pdf := pdfOf(a4, "", []onPage{{72, 700, "presuda"}})
	for _, c := range []struct {
		name, file string
		content    []byte
		note       document.NoteKind
	}{
		{"a Word file with macros", "a.docm", docxOf(paragraph, member{"word/vbaProject.bin", "Sub AutoOpen()"}), document.Macros},
		{"a Word file with a template outside", "a.docx", docxOf(paragraph, member{"word/_rels/settings.xml.rels", `<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://127.0.0.1:9/evil.dotm" TargetMode="External"/></Relationships>`}), document.ExternalLinks},
		{"a Word file with another file in it", "a.docx", docxOf(paragraph, member{"word/embeddings/a.bin", "x"}), document.Embedded},
		{"a Word file with pictures", "a.docx", docxOf(paragraph, member{"word/media/a.png", "x"}), document.Pictures},
		{"a Word file with changes", "a.docx", docxOf(`<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>` + paragraph), document.Changes},
		{"an OpenDocument with macros", "a.odt", odtOf(`<text:p>presuda</text:p>`, member{"Basic/script-lc.xml", "<x/>"}), document.Macros},
		{"an OpenDocument with a picture outside", "a.odt", odtOf(`<text:p>presuda<draw:image xlink:href="http://127.0.0.1:9/x.png"/></text:p>`), document.ExternalLinks},
		{"a PDF called DOCX", "a.docx", pdf, document.Misnamed},
		{"a DOCX called PDF", "a.pdf", docxOf(paragraph), document.Misnamed},
		{"plain text called PDF", "a.pdf", []byte("presuda"), document.Misnamed},
		{"a PDF that is a zip too", "a.pdf", append(bytes.Clone(pdf), zipOf(member{"hidden.txt", "x"})...), document.TwoForms},
		{"a PDF that begins as a web page", "a.pdf", append([]byte("<!--"), pdf...), document.TwoForms},
		{"a web page with a PDF in its first line", "a.html", append([]byte("<html><!--"), append(bytes.Clone(pdf), []byte("--><p>presuda")...)...), document.TwoForms},
		{"a PDF with a script", "a.pdf", pdfOf(a4, "/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >> ", []onPage{{72, 700, "presuda"}}), document.Scripts},
		{"text in no known character set", "a.txt", []byte("presuda \x9aef"), document.Guessed},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := read(t, document.Reader{}, c.file, c.content)
			if err != nil {
				t.Fatal(err)
			}
			if !d.Says(c.note) || !strings.Contains(body(d), "presuda") {
				t.Errorf("notes %v, text %q", d.Notes, body(d))
			}
			for _, n := range d.Notes {
				if n.Text() == "" || strings.Contains(n.Text(), string(n.Kind)) && strings.Contains(string(n.Kind), "-") {
					t.Errorf("the note %s has no words", n.Kind)
				}
			}
		})
	}
}

// A file that takes too long, or too much, loses the page that does, and no other.
func TestOnePageThatBreaksTheReading(t *testing.T) {
	text := "BT /F1 11 Tf 1 0 0 1 72 700 Tm (para) Tj ET\n"
	after := strings.Replace(text, "para", "pas", 1)
	// letters without end, deflated to a thousandth
	bomb := deflated([]byte("BT /F1 1 Tf " + strings.Repeat("(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ", 1<<20) + " ET"))
	m := made{objects: []string{fmt.Sprintf(catalogue, ""), "<< /Type /Pages /Count 3 /Kids [5 0 R 7 0 R 9 0 R] >>", typeface}}
	for _, stream := range []string{streamOf("", []byte(text)), streamOf("/Filter /FlateDecode", bomb), streamOf("", []byte(after))} {
		m.objects = append(m.objects, stream, "")
		m.objects[len(m.objects)-1] = fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>", a4, len(m.objects)-1)
	}
	begun := time.Now()
	d, err := read(t, document.Reader{Limits: document.Limits{Page: 5 * time.Second}}, "bomb.pdf", m.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Pages) != 3 || d.Pages[1].Unread == "" || len(d.Gaps) != 1 || d.Gaps[0].First != 2 || d.Gaps[0].Last != 2 {
		t.Fatalf("pages %d, gaps %+v", len(d.Pages), d.Gaps)
	}
	if got := body(d); got != "para\n\f\fpas" {
		t.Errorf("%q", got)
	}
	t.Logf("page 2 is unread: %s (%s), after %s", d.Pages[1].Unread, d.Pages[1].Detail, time.Since(begun))
}

// Drawings that hold drawings, each ten times, are a short file and take years.
func TestAPageThatTakesTooLong(t *testing.T) {
	m := made{objects: []string{fmt.Sprintf(catalogue, ""), "<< /Type /Pages /Count 2 /Kids [4 0 R 6 0 R] >>", typeface, "", streamOf("", []byte("/X Do")), "", streamOf("", []byte("BT /F1 11 Tf 1 0 0 1 72 700 Tm (presuda) Tj ET"))}}
	page := "<< /Type /Page /Parent 2 0 R /MediaBox " + a4 + " /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /X 8 0 R >> >> >>"
	m.objects[3], m.objects[5] = fmt.Sprintf(page, 5), fmt.Sprintf(page, 7)
	const levels = 14
	for i := range levels {
		content := strings.Repeat("/X Do ", 10)
		if i == levels-1 {
			content = "BT /F1 11 Tf (x) Tj ET"
		}
		m.objects = append(m.objects, streamOf(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox %s /Resources << /Font << /F1 3 0 R >> /XObject << /X %d 0 R >> >>", a4, 9+i), []byte(content)))
	}
	d, err := read(t, document.Reader{Limits: document.Limits{Page: 3 * time.Second}}, "slow.pdf", m.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Pages) != 2 || d.Pages[0].Unread != document.Took && d.Pages[0].Unread != document.Broke || body(d) != "presuda" {
		t.Errorf("%+v: %q", d.Gaps, body(d))
	}
	t.Logf("%+v", d.Gaps)
}

// A PDF that was damaged anywhere is read, or refused by a plain message; nothing is left running.
func TestPDFsDamagedAnywhere(t *testing.T) {
	whole := pdfOf(a4, "", []onPage{{72, 700, "Gjykata e shpalli fajtor"}, {72, 686, "dhe e dënoi me burgim"}}, []onPage{{72, 700, "faqja e dytë"}})
	chance := rand.New(rand.NewPCG(3, 4))
	good, bad := 0, 0
	for i := range 40 {
		content := bytes.Clone(whole)
		if i%4 == 0 {
			content = content[:9+chance.IntN(len(content)-9)]
		} else {
			for range 1 + i {
				content[5+chance.IntN(len(content)-5)] = byte(chance.IntN(256))
			}
		}
		d, err := read(t, document.Reader{Limits: document.Limits{Page: 20 * time.Second}}, "a.pdf", content)
		refused := new(document.UnreadError)
		switch {
		case err == nil && len(d.Pages) > 0:
			good++
		case errors.As(err, &refused):
			bad++
		default:
			t.Errorf("damage %d: %v, %+v", i, err, d)
		}
	}
	t.Logf("%d read, %d refused", good, bad)
	if good == 0 || bad == 0 {
		t.Error("the damage tries nothing")
	}
}

func TestWhatAPDFSaysOfItself(t *testing.T) {
	tree := func(count string) []byte {
		return (&made{objects: []string{fmt.Sprintf(catalogue, ""), "<< /Type /Pages /Count " + count + " /Kids [4 0 R] >>", typeface,
			"<< /Type /Page /Parent 2 0 R /MediaBox " + a4 + " /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>", streamOf("", []byte("BT /F1 11 Tf 1 0 0 1 72 700 Tm (presuda) Tj ET"))}}).bytes()
	}
	for _, c := range []struct {
		name    string
		content []byte
		pages   int
	}{
		{"more pages than it has", tree("2000000000"), 0},
		{"pages that hold themselves", bytes.Replace(tree("1"), []byte("/Kids [4 0 R]"), []byte("/Kids [2 0 R]"), 1), 0},
		{"a page of no size", bytes.Replace(pdfOf(a4, "", []onPage{{72, 700, "presuda"}}), []byte(a4), []byte("[0 0 0 0]"), 1), 1},
		{"a page as large as a country", bytes.Replace(pdfOf(a4, "", []onPage{{72, 700, "presuda"}}), []byte(a4), []byte("[0 0 1e30 1e30]"), 1), 1},
		{"a page of a million points", bytes.Replace(pdfOf(a4, "", []onPage{{72, 700, "presuda"}}), []byte(a4), []byte("[0 0 900000 900000]"), 1), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := read(t, document.Reader{Limits: document.Limits{Page: 20 * time.Second}}, "a.pdf", c.content)
			refused := new(document.UnreadError)
			if errors.As(err, &refused) {
				if refused.Reason != document.Damaged {
					t.Errorf("%v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(body(d), "presuda") && len(d.Gaps) == 0 {
				t.Errorf("nothing is read and nothing is said: %+v", d)
			}
			if len(d.Pages) > 1000 {
				t.Errorf("%d pages of one", len(d.Pages))
			}
		})
	}
}

func TestTenThousandPages(t *testing.T) {
	var pages [][]onPage
	for i := range 10_000 {
		pages = append(pages, []onPage{{72, 700, fmt.Sprintf("Vendimi %d i vitit", i+1)}})
	}
	content := pdfOf(a4, "", pages...)
	d, err := read(t, document.Reader{}, "many.pdf", content)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Pages) != 10_000 || len(d.Gaps) > 0 || !strings.Contains(d.Plain().String, "Vendimi 10000 i vitit") {
		t.Errorf("%d pages, gaps %v", len(d.Pages), d.Gaps)
	}
	d, err = read(t, document.Reader{Limits: document.Limits{Pages: 100}}, "many.pdf", content)
	if err != nil || len(d.Pages) != 100 || len(d.Gaps) != 1 || d.Gaps[0] != (document.Gap{First: 101, Last: 10_000, Reason: document.TooManyPages}) {
		t.Errorf("bounded to 100: %v, gaps %+v", err, d.Gaps)
	}
	d, err = read(t, document.Reader{Limits: document.Limits{Text: 1000}}, "many.pdf", content)
	if err != nil || len(d.Gaps) != 1 || d.Gaps[0].Reason != document.TooMuchText {
		t.Errorf("bounded to 1000 bytes: %v, gaps %+v", err, d.Gaps)
	}
}

func TestAFileThatIsTooLarge(t *testing.T) {
	refused := new(document.UnreadError)
	if _, err := read(t, document.Reader{Limits: document.Limits{Bytes: 100}}, "a.txt", bytes.Repeat([]byte("a"), 101)); !errors.As(err, &refused) || refused.Reason != document.TooLarge {
		t.Errorf("%v", err)
	}
}

// Text without end and without pages is read as far as one page may go, and the rest is said.
func TestAPageWithoutEnd(t *testing.T) {
	for name, content := range map[string][]byte{
		"a.txt":  bytes.Repeat([]byte("neni 165 paragrafi 1 i Kodit Penal\n"), 300_000),
		"a.docx": docxOf("<w:p><w:r><w:t>" + strings.Repeat("neni 165 paragrafi 1 i Kodit Penal ", 300_000) + "</w:t></w:r></w:p>"),
	} {
		d, err := read(t, document.Reader{}, name, content)
		if err != nil || len(d.Gaps) != 1 || d.Gaps[0].Reason != document.TooMuchText || len(body(d)) < 7<<20 {
			t.Errorf("%s: %v, %d bytes, gaps %+v", name, err, len(body(d)), d.Gaps)
		}
	}
}

// Of a damaged Word file, what stands before the damage is kept.
func TestWhatIsLeftOfADamagedFile(t *testing.T) {
	content := zipOf(member{"word/document.xml", wordHead + `<w:p><w:r><w:t>presuda</w:t></w:r></w:p><w:p><w:r><w:t>kri`})
	d, err := read(t, document.Reader{}, "a.docx", content)
	if err != nil || !strings.HasPrefix(body(d), "presuda") || len(d.Gaps) != 1 || d.Gaps[0].Reason != document.Damaged {
		t.Errorf("%v, %+v", err, d)
	}
}

func TestWithoutTesseractScansAreKeptAndSaidToBeUnread(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 200, 200))); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", t.TempDir())
	d, err := read(t, document.Reader{}, "a.png", b.Bytes())
	if err != nil || len(d.Pages) != 1 || d.Pages[0].Unread != document.NoRecognition || len(d.Gaps) != 1 {
		t.Errorf("%v, %+v", err, d)
	}
}

// The process ends when nobody wants its answer any more.
func TestCancelling(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("processes are looked for in /proc")
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, pdfOf(a4, "", []onPage{{72, 700, "presuda"}}, []onPage{{72, 700, "presuda"}}), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	stop := errors.New("enough")
	_, err = (&document.Reader{}).Stream(t.Context(), "a.pdf", file, document.Heard{Note: func(document.Note) error { return stop }, Page: func(*document.Page) error { return stop }})
	if !errors.Is(err, stop) {
		t.Errorf("%v", err)
	}
	if left := running(t, path); len(left) > 0 {
		t.Errorf("still running: %v", left)
	}
}
