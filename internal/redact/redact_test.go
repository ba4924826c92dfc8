package redact_test

import (
	"bytes"
	"errors"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fener/internal/document"
	"fener/internal/needs"
	"fener/internal/redact"
	"fener/internal/residue"

	"github.com/signintech/gopdf"
	"golang.org/x/image/font/gofont/goregular"
)

// The tests start themselves to read a document, as the program does.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == document.ChildCommand {
		os.Exit(document.Child(os.Args[2:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// A made-up decision: the names are nobody's. SYNTHETIC.
var lines = []string{"AKTGJYKIM", "Gjykata e shpall fajtor të akuzuarin A.B.", "Dëshmitarja Lumturije Krasniqi, telefon 044 123 456, deklaroi se e njeh.", "Më vonë Kras-", "niqit iu dha mbrojtje.", "Dënim me burgim prej dy vitesh."}

// printed is the decision as a program prints it, with its author in the metadata.
func printed(t *testing.T) string {
	t.Helper()
	pdf := &gopdf.GoPdf{}
	pdf.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	pdf.SetInfo(gopdf.PdfInfo{Title: "SYNTHETIC title of Lumturije Krasniqi", Author: "Lumturije Krasniqi", Creator: "SYNTHETIC"})
	if err := pdf.AddTTFFontData("text", goregular.TTF); err != nil {
		t.Fatal(err)
	}
	pdf.AddPage()
	if err := pdf.SetFont("text", "", 14); err != nil {
		t.Fatal(err)
	}
	for i, line := range lines {
		pdf.SetXY(72, 72+24*float64(i))
		if err := pdf.Text(line); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "original.pdf")
	if err := pdf.WritePdf(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, r document.Reader, path string) *document.Document {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	doc, err := r.Read(t.Context(), filepath.Base(path), file)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// The public copy says what may be read, and what was hidden is nowhere in it: not in its text, not in its bytes packed or unpacked, not in its metadata, and not in
// its picture, as far as a program that recognises text can see.
func TestWhatIsHiddenIsNotInThePublicCopy(t *testing.T) {
	path := printed(t)
	r := document.Reader{Cache: t.TempDir()}
	doc := read(t, r, path)
	if !strings.Contains(doc.Plain().String, "Krasniqi") {
		t.Fatalf("the original does not say what is to be hidden: %s", doc.Plain().String)
	}
	plan := redact.NewPlan(doc, []string{"Lumturije Krasniqi", "Krasniqi", "044 123 456", "—"})
	if plan.Count() < 3 {
		t.Fatalf("%d places are hidden; want the name twice and the number", plan.Count())
	}
	original, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer original.Close()
	var out bytes.Buffer
	if err := plan.Write(t.Context(), r, original, &out); err != nil {
		t.Fatal(err)
	}
	public := filepath.Join(t.TempDir(), "public.pdf")
	if err := os.WriteFile(public, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	said := read(t, r, public)
	text := said.Plain().String
	for _, want := range []string{"AKTGJYKIM", "A.B.", "dy vitesh"} {
		if !strings.Contains(text, want) {
			t.Errorf("the copy does not say %q: %s", want, text)
		}
	}
	words := []string{"Lumturije", "Krasniqi", "niqit", "044 123 456", "123 456"}
	for _, never := range words {
		if strings.Contains(text, never) {
			t.Errorf("the copy says %q", never)
		}
	}
	search, err := residue.New(words, residue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	found, err := search.Paths(t.Context(), public)
	if err != nil || len(found.Found) > 0 {
		t.Errorf("in the file stands what was hidden: %+v, %v", found.Found, err)
	}
	for _, never := range []string{"/Author", "/Title", "/Producer", "/Creator", "/Metadata", "/EmbeddedFile", "/JavaScript", "SYNTHETIC title"} {
		if bytes.Contains(out.Bytes(), []byte(never)) {
			t.Errorf("the copy has %s", never)
		}
	}
	if strings.Contains(plan.Text(), "Krasniqi") || strings.Contains(plan.Text(), "044") || !strings.Contains(plan.Text(), redact.Hidden) {
		t.Errorf("as text: %s", plan.Text())
	}
	// What is seen, read by a program that recognises text.
	tesseract := needs.Tool(t, "tesseract")
	at := bytes.Index(out.Bytes(), []byte("\xff\xd8\xff"))
	if at < 0 {
		t.Fatal("no picture of the page")
	}
	picture, err := jpeg.Decode(bytes.NewReader(out.Bytes()[at:]))
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if err := jpeg.Encode(&again, picture, nil); err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), tesseract, "stdin", "stdout")
	c.Stdin = &again
	seen, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	if s := string(seen); strings.Contains(s, "rasniqi") || strings.Contains(s, "umturije") || strings.Contains(s, "123") || !strings.Contains(s, "AKTGJYKIM") {
		t.Errorf("on the picture one reads: %s", s)
	}
}

// A form without pages has its text as its copy.
func TestWhatHasNoPagesIsCopiedAsText(t *testing.T) {
	path := filepath.Join(t.TempDir(), "note.txt")
	if err := os.WriteFile(path, []byte("I akuzuari A.B. dhe Lumturije Krasniqi.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	doc := read(t, document.Reader{}, path)
	plan := redact.NewPlan(doc, []string{"Lumturije Krasniqi"})
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := plan.Write(t.Context(), document.Reader{}, file, &bytes.Buffer{}); err != redact.ErrNoPages {
		t.Errorf("its copy as pages: %v", err)
	}
	if got := strings.TrimSpace(plan.Text()); got != "I akuzuari A.B. dhe "+redact.Hidden+"." {
		t.Errorf("its copy is %q", got)
	}
}

// A page of which nobody knows what stands on it, or where, is not shown to everybody: a scan that was not recognised would go out whole.
func TestAPageThatWasNotReadIsNotCopied(t *testing.T) {
	path := printed(t)
	read := read(t, document.Reader{Cache: t.TempDir()}, path)
	for what, change := range map[string]func(*document.Document){
		"no program recognised it": func(d *document.Document) { d.Pages[0].Unread, d.Pages[0].Paragraphs = document.NoRecognition, nil },
		"it is damaged":            func(d *document.Document) { d.Pages[0].Unread = document.Damaged },
		"pages beyond those read": func(d *document.Document) {
			d.Gaps = []document.Gap{{First: 2, Last: 9, Reason: document.TooManyPages}}
		},
		"words that stand nobody knows": func(d *document.Document) {
			for i := range d.Pages[0].Paragraphs {
				for k := range d.Pages[0].Paragraphs[i].Lines {
					d.Pages[0].Paragraphs[i].Lines[k].Box, d.Pages[0].Paragraphs[i].Lines[k].Words = document.Box{}, nil
				}
			}
		},
	} {
		doc := *read
		doc.Pages = slices.Clone(read.Pages)
		doc.Pages[0].Paragraphs = nil
		for _, p := range read.Pages[0].Paragraphs {
			p.Lines = slices.Clone(p.Lines)
			doc.Pages[0].Paragraphs = append(doc.Pages[0].Paragraphs, p)
		}
		change(&doc)
		original, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		blind := new(redact.BlindError)
		err = redact.NewPlan(&doc, []string{"Krasniqi"}).Write(t.Context(), document.Reader{Cache: t.TempDir()}, original, &out)
		if !errors.As(err, &blind) || out.Len() > 0 {
			t.Errorf("%s: %v, and %d bytes were written", what, err, out.Len())
		}
		_ = original.Close()
	}
}
