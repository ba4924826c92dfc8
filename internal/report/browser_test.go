package report

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"fener/internal/needs"
	"fener/locale"
)

// The page asks for nothing, sticks out at no width in no language, and a row's number leads to its steps.
func TestBrowserPage(t *testing.T) {
	program := needs.Browser(t)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox,
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"))
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	table := header + plea + "SYNTHETIC 2,B.,06/L-074:165(1),04/L-082:171(1),2015,2017,convicted,3y,yes,2y,500,none,no,,SYNTHETIC. https://example.org/" +
		"a-very-long-address-without-any-place-to-break-it-anywhere-in-it/and-on/and-on.html,A quotation\n,,,06/L-074:165(1),2020,2021,convicted,,,,600,,,7,,\n"
	for _, l := range locale.All {
		page, _ := written(t, Options{Format: HTML, Lang: l, Files: []string{"a.csv"}}, table)
		path := filepath.Join(t.TempDir(), "report.html")
		if err := os.WriteFile(path, []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, width := range []int64{320, 768, 1280} {
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate("file://"+path+"#f1r3")); err != nil {
				t.Fatal(err)
			}
			got, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(`[innerWidth === %d && document.documentElement.scrollWidth <= innerWidth,
				performance.getEntriesByType("resource").length, document.querySelectorAll("tbody tr").length,
				document.querySelector("article:target h3").getBoundingClientRect().top < innerHeight].join()`, width)))
			if err != nil {
				t.Fatal(err)
			}
			if got != "true,0,41,true" {
				t.Errorf("%s at %d px: fits, requests, rows, steps in sight: %s", l, width, got)
			}
		}
	}
}
