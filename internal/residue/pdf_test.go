package residue_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/needs"
)

func TestThePiecesOfAPDFAreJoined(t *testing.T) {
	for _, row := range []struct{ name, content, form string }{
		{"as it stands", "BT (" + name + ") Tj ET", "as given"},
		{"with kerning", "BT [(Z) -20 (enje Sa) 3.5 (qirovic)] TJ ET", "without marks, divided"},
		{"escaped", `BT (Z\145nje Saqirovi\143) Tj ET`, "without marks"},
		{"in hexadecimal", fmt.Sprintf("<< /Title <FEFF%X> >>", []byte("\x00Z\x00\xeb\x00n\x00j\x00\xeb\x00 \x01\x60\x00a\x00q\x00i\x00r\x00o\x00v\x00i\x01\x07")), "UTF-16 BE"},
	} {
		for _, packed := range []bool{false, true} {
			content := []byte("%PDF-1.4\n1 0 obj\n" + row.content + "\nendobj\n")
			if packed {
				content = pdfWith("/FlateDecode", deflated([]byte(row.content)))
			}
			report := search(t, []string{name}, write(t, "a.pdf", content))
			if len(report.Found) != 1 || report.Found[0].Form.String() != row.form || len(report.NotSearched) > 0 {
				t.Errorf("%s, packed %t: %+v", row.name, packed, report)
			}
		}
	}
}

// A browser prints text as numbers of glyphs, which the fonts' tables turn back.
func TestBrowserPDFIsSearched(t *testing.T) {
	browser := needs.Browser(t)
	dir := t.TempDir()
	page := filepath.Join(dir, "page.html")
	must(0, os.WriteFile(page, []byte("<meta charset=utf-8><p>The witness <b>"+strings.Replace(name, " ", "</b> ", 1)+" said so."), 0o600))
	out := filepath.Join(dir, "page.pdf")
	c := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf="+out, "file://"+page)
	if said, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	report := search(t, []string{"Zënjë", "Šaqirović"}, out)
	words := map[int]bool{}
	for _, f := range report.Found {
		words[f.Word] = true
	}
	if !words[1] || !words[2] || len(report.NotSearched) > 0 {
		t.Errorf("%+v", report)
	}
}
