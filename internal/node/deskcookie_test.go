package node_test

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"fener/internal/node"
)

// Whoever is signed in reads the public pages as everybody does: they neither set nor read the cookie, and their answers do not depend on it. None of them, and no file, says
// who entered, verified and published what stands on it.
func TestTheCookieIsSeenAtTheDeskAlone(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	ada := h.first()
	ben := ada.invites("Ben Contributor", "contributor")
	ben.get("/en/desk/new/source")
	ben.press("Save and hand in", "title", "A report of 2017", "publisher", "A ministry", "kind", "report")
	source := ben.id()
	ada.get(ben.thing())
	ada.press("Publish it")
	ada.press("Make it public")
	h.publicAt(t, "/en/sources", "A report of 2017")

	stranger := h.browser("a stranger")
	for _, path := range []string{"/en/", "/en/sources", "/en/sources/" + source, "/en/sources.json", "/en/sources.csv", "/en/changes", "/en/changes.atom", "/en/checkpoint", "/checkpoint", "/en/about",
		"/en/search?q=Contributor", "/en/sources/" + source + ".json", "/en/nowhere"} {
		mine, theirs := *ada.get(path), *stranger.get(path)
		if mine.body != theirs.body || mine.status != theirs.status {
			t.Errorf("%s: whoever is signed in reads something else", path)
		}
		for _, a := range []answered{mine, theirs} {
			if c := a.header.Get("Set-Cookie"); c != "" {
				t.Errorf("%s sets the cookie %q", path, c)
			}
			if slices.ContainsFunc(a.header.Values("Vary"), func(v string) bool { return strings.Contains(v, "Cookie") }) {
				t.Errorf("%s depends on a cookie", path)
			}
			if path != "/en/search?q=Contributor" && (strings.Contains(a.body, "Ben Contributor") || strings.Contains(a.body, "Ada Admin")) {
				t.Errorf("%s says who works here", path)
			}
		}
		if strings.Contains(theirs.body, "Ben Contributor") {
			t.Errorf("%s finds who works here", path)
		}
	}
	for _, path := range []string{"/en/desk/signin", "/en/desk/guide"} {
		if a := stranger.get(path); a.header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie before anybody signed in", path)
		}
	}
}

// Where readers come over TLS, here or in front, the cookie goes nowhere else, to no script and with no form of another site, and ends with the browser.
func TestTheCookieGoesNowhereElse(t *testing.T) {
	n, err := node.Open(t.Context(), node.Options{Dir: emptyFolder(t), Pack: node.LawOfKosovo(t), Now: time.Now, Rand: rand.Reader, Log: slog.New(slog.DiscardHandler), Desk: true,
		Address: "https://fener.example"})
	if err != nil {
		t.Fatal(err)
	}
	secret, err := n.FirstLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	opened, ended := make(chan node.Opened, 1), make(chan error, 1)
	go func() {
		ended <- n.Serve(ctx, node.Listening{Addr: "127.0.0.1:0", Opened: func(o node.Opened) { opened <- o }})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	at := (<-opened).URL + "en/desk/welcome/" + secret
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	values := url.Values{"name": {"Ada Admin"}, "login": {"ada"}, "password": {password}, "again": {password}}.Encode()
	for range 400 {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, at, strings.NewReader(values))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode == http.StatusServiceUnavailable { // the desk is not ready yet
			time.Sleep(25 * time.Millisecond)
			continue
		}
		cookies := answer.Cookies()
		if answer.StatusCode != http.StatusSeeOther || len(cookies) != 1 {
			t.Fatalf("%d with the cookies %v", answer.StatusCode, cookies)
		}
		c := cookies[0]
		if c.Name != "__Host-fener-desk" || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 0 || !c.Expires.IsZero() {
			t.Errorf("the cookie is %+v", c)
		}
		return
	}
	t.Fatal("the desk does not come up")
}

// A browser that does not say from which site a form comes is known by its Origin, which is held against Host: so a web server in front has to keep Host.
func TestAServerInFrontMustKeepHost(t *testing.T) {
	h := newHouse(t, emptyFolder(t))
	for name, row := range map[string]struct {
		host, origin, site string
		want               int
	}{
		"Host is kept":                           {"fener.example", "https://fener.example", "", http.StatusUnauthorized},
		"Host was rewritten":                     {"127.0.0.1:8080", "https://fener.example", "", http.StatusForbidden},
		"rewritten, and the browser says whence": {"127.0.0.1:8080", "https://fener.example", "same-origin", http.StatusUnauthorized},
		"a form of another site":                 {"fener.example", "https://elsewhere.example", "", http.StatusForbidden},
		"another site, said by the browser":      {"fener.example", "https://fener.example", "cross-site", http.StatusForbidden},
		"no browser":                             {"fener.example", "", "", http.StatusUnauthorized},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.url+"/en/desk/signin", strings.NewReader("login=ada&password=x"))
		if err != nil {
			t.Fatal(err)
		}
		r.Host = row.host
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if row.origin != "" {
			r.Header.Set("Origin", row.origin)
		}
		if row.site != "" {
			r.Header.Set("Sec-Fetch-Site", row.site)
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if answer.StatusCode != row.want {
			t.Errorf("%s: %d, want %d", name, answer.StatusCode, row.want)
		}
	}
}
