package site

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// Lists of reported figures have room on a screen of 1280 px: neither the page nor a table in it scrolls sideways.
func TestBrowserListsHaveRoomOnAScreen(t *testing.T) {
	ctx, address := browser(t)
	for _, path := range []string{"/reported/all", "/reported/all?page=2", "/reported/shelters", "/institutions/kp_thbd", "/conflicts", "/cases", "/sources"} {
		for _, lang := range []string{"/sq", "/sr", "/sr-Latn", "/en"} {
			act(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address+lang+path))
			for _, wide := range ask[[]string](t, ctx, `[document.documentElement, ...document.querySelectorAll(".table .scroll")].filter(e => e.scrollWidth > e.clientWidth).map(e => e.parentElement?.id + ": " + e.scrollWidth + " px in " + e.clientWidth + ": " + [...e.querySelectorAll("thead th")].map(x => Math.round(x.getBoundingClientRect().width)).join(" "))`) {
				t.Errorf("%s scrolls sideways: %s", lang+path, wide)
			}
		}
	}
}
