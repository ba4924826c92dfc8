package site

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"fener/internal/needs"
)

// pagesOf counts the sheets of a PDF as Chromium writes it.
var pagesOf = regexp.MustCompile(`/Type\s*/Page\b`)

// Every poster is one sheet of A4, everything on it can be seen, and its code is read as the address of the talk.
func TestBrowserPosters(t *testing.T) {
	ctx, address := browser(t)
	python := needs.Python(t, "zxingcpp", "PIL")
	for _, l := range []string{"sq", "sr", "sr-Latn", "en"} {
		for _, id := range []string{openTalk, putOffTalk, bareTalk, longTalk} {
			path := "/" + l + "/talks/" + id + "/poster"
			act(t, ctx, chromedp.EmulateViewport(1000, 1400), chromedp.Navigate(address+path))
			if hidden := ask[[]string](t, ctx, `[...document.querySelectorAll(".poster, .poster *:not(path)")].filter(e => {
				const at = e.getBoundingClientRect(), sheet = document.querySelector(".poster").getBoundingClientRect();
				return at.bottom > sheet.bottom + 1 || at.right > sheet.right + 1; }).map(e => e.outerHTML.slice(0, 80))`); len(hidden) > 0 {
				t.Errorf("%s: what does not stand on the sheet: %s", path, strings.Join(hidden, "\n"))
			}
			png, err := chromedp.Run(ctx, chromedp.Screenshot(".poster"))
			if err != nil {
				t.Fatal(err)
			}
			want := "https://fener.example/" + l + "/talks/" + id
			if got := readCode(t, python, png); got != want {
				t.Errorf("%s: the code says %q, expected %q", path, got, want)
			}
			pdf := printed(t, ctx)
			if n := len(pagesOf.FindAll(pdf, -1)); n != 1 {
				t.Errorf("%s: %d sheets, expected one", path, n)
			}
			if !isA4(pdf) {
				t.Errorf("%s: the sheet is no A4", path)
			}
			keep(t, "poster-"+l+"-"+id+".pdf", pdf)
			keep(t, "poster-"+l+"-"+id+".png", png)
		}
	}
}

// A page of evidence is taken along on paper: a few sheets, without what is only for screens, and nothing sticks out of them.
func TestBrowserBriefsOnPaper(t *testing.T) {
	ctx, address := browser(t)
	for _, l := range []string{"sq", "sr", "en"} {
		for _, institution := range []string{"mpms", "moj", "kp_thbd"} {
			path := "/" + l + "/talks/" + openTalk + "/brief/" + institution
			if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
				t.Fatal(err)
			}
			act(t, ctx, chromedp.EmulateViewport(688, 1000), chromedp.Navigate(address+path)) // as wide as A4 between its margins
			if shown := ask[[]string](t, ctx, `[...document.querySelectorAll("nav, form, .masthead, .foot, .noprint")].filter(e => e.getClientRects().length && !e.closest(".crumbs")).map(e => e.outerHTML.slice(0, 80))`); len(shown) > 0 {
				t.Errorf("%s: on paper stands %s", path, strings.Join(shown, "\n"))
			}
			if wide := ask[int](t, ctx, `document.documentElement.scrollWidth`); wide > 688 {
				t.Errorf("%s is %d px wide on paper of 688", path, wide)
			}
			pdf := printed(t, ctx)
			if n := len(pagesOf.FindAll(pdf, -1)); n < 1 || n > 4 {
				t.Errorf("%s: %d sheets, expected one to four", path, n)
			}
			keep(t, "brief-"+l+"-"+institution+".pdf", pdf)
		}
	}
}

// printed is the page that the tab shows, as it comes out of a printer.
func printed(t *testing.T, ctx context.Context) []byte {
	t.Helper()
	out, err := chromedp.Call(ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: new(true), PrintBackground: new(true), PaperWidth: 8.27, PaperHeight: 11.69})
	if err != nil {
		t.Fatal(err)
	}
	return out.Data
}

// isA4 reports whether the first sheet of a PDF has the size of A4, in points.
func isA4(pdf []byte) bool {
	box := regexp.MustCompile(`/MediaBox\s*\[\s*0\s+0\s+(59[4-6])[.\d]*\s+(84[1-3])[.\d]*\s*\]`)
	return box.Match(pdf)
}

// keep leaves a file in the folder FENER_SHOTS, to be looked at.
func keep(t *testing.T, name string, b []byte) {
	t.Helper()
	if folder := os.Getenv("FENER_SHOTS"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// readCode reads the code of a picture.
func readCode(t *testing.T, python string, png []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "poster.png")
	if err := os.WriteFile(file, png, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "-c", `
import sys, zxingcpp
from PIL import Image
print("\n".join(r.text for r in zxingcpp.read_barcodes(Image.open(sys.argv[1]))))`, file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	found := strings.Split(strings.TrimSpace(string(out)), "\n")
	return strings.Join(slices.DeleteFunc(found, func(line string) bool { return line == "" }), " and ")
}
