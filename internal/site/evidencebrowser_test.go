package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// refusals is the expression that gives what the content policy refused on a page.
const refusals = `new Promise(done => {
	const found = [];
	const observer = new ReportingObserver(list => found.push(...list.map(r => r.body.effectiveDirective)), {buffered: true, types: ["csp-violation"]});
	observer.observe();
	setTimeout(() => done(found), 300);
})`

// The review of a claim is data inside the page: the policy that forbids script of the page's own lets it stand.
func TestBrowserLetsTheReviewStand(t *testing.T) {
	ctx, address := browser(t)
	act(t, ctx, chromedp.Navigate(address+byID("/en/claims/small-talk-2018/1")))
	if kind := ask[string](t, ctx, `JSON.parse(document.querySelector("script[type='application/ld+json']").textContent)["@type"]`); kind != "ClaimReview" {
		t.Errorf("the review is a %q", kind)
	}
	if found := ask[[]string](t, ctx, refusals); len(found) > 0 {
		t.Errorf("the policy refused %v", found)
	}
	ask[bool](t, ctx, `(() => { const s = document.createElement("script"); s.textContent = "window.ran = true"; document.body.append(s); return true })()`)
	if found := ask[[]string](t, ctx, refusals); len(found) == 0 || ask[bool](t, ctx, `window.ran === true`) {
		t.Errorf("the policy let script of the page's own run; it refused %v", found)
	}
}

// Another site can show a chart in a frame, and no other page of ours.
func TestBrowserFramesChartsOnly(t *testing.T) {
	ctx, address := browser(t)
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<!doctype html><title>Another site</title><iframe src="%s%s" width="680" height="520"></iframe>`, address, r.URL.Query().Get("path"))
	}))
	t.Cleanup(other.Close)
	for path, some := range map[string]bool{"/en/embed/reported/victims_identified": true, "/sq/embed/figures/persons_convicted": true, "/en/reported/victims_identified": false, "/en/": false} {
		act(t, ctx, chromedp.Navigate(other.URL+"/?path="+path))
		var at string
		for range 40 {
			tree, err := chromedp.Call(ctx, page.GetFrameTree, cdp.Empty{})
			if err != nil {
				t.Fatal(err)
			}
			if children := tree.FrameTree.ChildFrames; len(children) == 1 {
				at = string(children[0].Frame.URL)
			}
			if strings.HasPrefix(at, address) || strings.HasPrefix(at, "chrome-error:") {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		if got := at == address+path; got != some {
			t.Errorf("%s in a frame of another site is at %q, shown should be %v", path, at, some)
		}
	}
}
