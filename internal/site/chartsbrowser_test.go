package site

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// wordsOfCharts gives a line for each word of a chart that leaves its drawing or covers another, as the browser sets them.
const wordsOfCharts = `[...document.querySelectorAll(".chart svg.wide, .chart svg.narrow")].filter(s => s.getBoundingClientRect().width).flatMap(s => {
	const all = [...s.querySelectorAll("text")].map(e => ({words: e.textContent, box: e.getBBox()})), wrong = [], edge = s.viewBox.baseVal;
	all.forEach((a, i) => {
		if (a.box.x < -1 || a.box.x + a.box.width > edge.width + 1) wrong.push(a.words + " leaves the drawing: from " + a.box.x + " to " + (a.box.x + a.box.width) + " of " + edge.width);
		all.slice(0, i).forEach(b => {
			const across = Math.min(a.box.x + a.box.width, b.box.x + b.box.width) - Math.max(a.box.x, b.box.x);
			const down = Math.min(a.box.y + a.box.height, b.box.y + b.box.height) - Math.max(a.box.y, b.box.y);
			if (across > 0.5 && down > 5) wrong.push(a.words + " covers " + b.words); // a box has room above and below its letters
		});
	});
	return wrong;
})`

// unprinted gives the marks of charts that paper would not show: filled and drawn around in nothing or in white.
const unprinted = `[...document.querySelectorAll(".chart svg.wide :is(.bar, .obs, .dot, .block, .rule, .whisker)")].filter(e => {
	const of = getComputedStyle(e), seen = c => c !== "none" && c !== "rgb(255, 255, 255)" && of.display !== "none" && of.visibility === "visible";
	return !seen(of.fill) && !seen(of.stroke) || !e.getBoundingClientRect().width && !e.getBoundingClientRect().height;
}).map(e => e.outerHTML.slice(0, 100))`

func TestBrowserChartsHaveRoomAndPrint(t *testing.T) {
	ctx, address := browser(t)
	drawings := 0
	for _, path := range slices.Concat(everyPath(), framePaths) {
		if !hasChart(path) {
			continue
		}
		for _, width := range []int64{320, 1280} {
			act(t, ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(address+path))
			for _, wrong := range ask[[]string](t, ctx, wordsOfCharts) {
				t.Errorf("%s at %d px: %s", path, width, wrong)
			}
		}
		if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
			t.Fatal(err)
		}
		drawings += ask[int](t, ctx, `document.querySelectorAll(".chart svg.wide").length`)
		for _, mark := range ask[[]string](t, ctx, unprinted) {
			t.Errorf("%s, printed: %s cannot be seen", path, mark)
		}
		if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: ""}); err != nil {
			t.Fatal(err)
		}
	}
	if drawings < 20 {
		t.Errorf("only %d charts were looked at", drawings)
	}
}

// hasChart tells which pages may have one.
func hasChart(path string) bool {
	for _, part := range []string{"/figures/", "/reported/", "/sentences", "/embed/", "_components"} {
		if strings.Contains(path, part) {
			return true
		}
	}
	return strings.Count(path, "/") == 2 && strings.HasSuffix(path, "/") // the first page
}
