package site

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"
)

// Where the site stands as files, the same page comes whatever its address asks for, and it says that it does not answer; a server's answers say nothing of it.
func TestBrowserAFileSaysThatItAnswersNothing(t *testing.T) {
	ctx, address := browser(t)
	pages := testHandler(t, nil)
	files := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		plain := r.Clone(r.Context())
		plain.URL.RawQuery = ""
		pages.ServeHTTP(w, plain)
	}))
	t.Cleanup(files.Close)
	const shows = `!!document.getElementById("unanswered") && document.getElementById("unanswered").checkVisibility()`
	for _, is := range []struct {
		path            string
		served, asFiles bool
	}{
		{"/en/search", false, false},
		{"/en/search?q=prishtina", false, true},
		{"/sr/cases?sort=oldest", false, true},
		{"/en/cases?page=2", false, true},
		{"/sq/check?verdict=convicted&offence_convicted=trafficking&offence_from=2017&judgment_date=2018&imprisonment=none&fine=600", false, true},
		{"/en/figures?as-of=2026-01-02", false, true},
		{"/en/cases?utm_source=somewhere", false, false},
	} {
		for at, want := range map[string]bool{address: is.served, files.URL: is.asFiles} {
			if is.path == "/en/figures?as-of=2026-01-02" && at == address {
				continue // the record is today as it was then, and the page says that it may be so
			}
			act(t, ctx, chromedp.Navigate(at+is.path))
			if got := ask[bool](t, ctx, shows); got != want {
				t.Errorf("%s, as files %t: it says that it answers nothing: %t", is.path, at == files.URL, got)
			}
		}
	}
}
