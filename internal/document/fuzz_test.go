package document

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// passOver reads bytes in this process, which only the parsers that are ours may be.
func passOver(t *testing.T, content []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	form, _, err := formOf("a", file, int64(len(content)))
	if err != nil || form == PDF || form.Picture() {
		return
	}
	d := &Document{Form: form}
	numbers := 0
	p := &pass{name: "a", file: file, size: int64(len(content)), limits: Limits{Text: 1 << 16, Unpacked: 1 << 20, Pages: 50}.filled(), offline: true,
		begin: func(int) error { return nil }, note: func(Note) error { return nil }, gap: func(Gap) error { return nil }, told: func(Form) error { return nil },
		page: func(p *Page) error {
			if numbers++; p.Number != numbers {
				t.Errorf("page %d came as number %d", p.Number, numbers)
			}
			d.Pages = append(d.Pages, *p)
			return nil
		}}
	if _, err := p.run(context.Background()); err != nil {
		if refused := new(UnreadError); !errors.As(err, &refused) {
			t.Fatalf("no plain message: %v", err)
		}
	}
	text := d.Plain()
	if len(text.String) > 1<<18 || !utf8.ValidString(text.String) || strings.ContainsAny(text.String, "\x00\x1b") {
		t.Fatalf("%d bytes of text, or some that are none", len(text.String))
	}
	for i := 0; i < len(text.String); i += 97 {
		text.Places(i, min(i+50, len(text.String)))
		text.Page(i)
	}
}

func FuzzPlainAndHTML(f *testing.F) {
	for _, seed := range []string{"presuda\f\n\nkriv", "\xff\xfep\x00", "\x9aef", "<html><p>a<br>b<td>c<script>x", "<!doctype html><svg><p>", "{\\rtf1"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) { passOver(t, content) })
}

// The XML of a Word file and of an OpenDocument, in a zip that is whole.
func FuzzWordAndOpenDocument(f *testing.F) {
	for _, seed := range []string{
		`<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>a</w:t><w:br w:type="page"/><w:lastRenderedPageBreak/></w:r></w:p></w:body></w:document>`,
		`<w:document><w:del><w:p></w:del><w:moveFrom/><mc:Fallback></w:document>`,
		`<o><text:p>a<text:s text:c="9"/><text:soft-page-break/></text:p><text:tracked-changes/></o>`,
		`<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		passOver(t, zipped(t, "word/document.xml", content))
		passOver(t, zipped(t, "content.xml", content))
	})
}

func FuzzZips(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, content []byte) { passOver(t, append([]byte("PK\x03\x04"), content...)) })
}

// tesseract's table, and the pages of a TIFF.
func FuzzTables(f *testing.F) {
	f.Add("level\tpage\n5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t96.5\tneni\n", []byte("II*\x00\x08\x00\x00\x00\x01\x00"))
	f.Fuzz(func(t *testing.T, table string, picture []byte) {
		if found, err := fromTSV(table, 0.24); err == nil {
			for _, p := range found.paragraphs {
				if len(p.Lines) == 0 {
					t.Error("a paragraph without lines")
				}
			}
		}
		path := filepath.Join(t.TempDir(), "a.tif")
		if err := os.WriteFile(path, picture, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		p := &pass{file: file, size: int64(len(picture))}
		if len(picture) >= 8 {
			_, _ = tiffPages(p.reader()) // it ends, whatever it says
		}
	})
}
