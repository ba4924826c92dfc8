package node_test

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fener/internal/account"
	"fener/internal/ledger"
	"fener/internal/needs"
	"fener/internal/node"

	"golang.org/x/net/html"
)

// A house is a running Fener with a desk, and the people who work there.
type house struct {
	t     *testing.T
	n     *node.Node
	url   string
	log   *node.Logged
	dir   string
	clock *clock
	stop  func() error // as it stops; a second time does nothing
	key   string       // the file with the key of the secrets of authenticators
}

// clock is a time that a test moves on, so that each code of an authenticator is another.
type clock struct{ ahead atomic.Int64 } // nanoseconds

func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

func (c *clock) add(d time.Duration) { c.ahead.Add(int64(d)) }

// newHouse runs a node with a desk over a folder.
func newHouse(t *testing.T, dir string, more ...func(*node.Options)) *house {
	t.Helper()
	h := &house{t: t, log: &node.Logged{}, dir: dir, clock: &clock{}}
	log := slog.New(slog.NewTextHandler(h.log, nil))
	keys := t.TempDir()
	o := node.Options{Dir: dir, Pack: node.LawOfKosovo(t), Now: h.clock.now, Rand: rand.Reader, Log: log, Desk: true, WebhooksHere: true, Program: program(t), AccountsKey: filepath.Join(keys, account.KeyName), OriginalsKey: filepath.Join(keys, "originals.key")}
	for _, change := range more {
		change(&o)
	}
	h.key = o.AccountsKey
	n, err := node.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	opened, ended := make(chan node.Opened, 1), make(chan error, 1)
	go func() {
		ended <- n.Serve(ctx, node.Listening{Addr: "127.0.0.1:0", Opened: func(o node.Opened) { opened <- o }})
	}()
	h.n, h.url = n, strings.TrimSuffix((<-opened).URL, "/")
	h.stop = sync.OnceValue(func() error { stop(); return errors.Join(<-ended, n.Close()) })
	t.Cleanup(func() {
		if err := h.stop(); err != nil {
			t.Error(err)
		}
	})
	for range 400 {
		if strings.Contains(h.log.String(), "the desk is ready") {
			return h
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("the desk does not come up: %s", h.log)
	return nil
}

// A person is one browser.
type person struct {
	*house
	name   string
	client *http.Client
	secret string // of their authenticator
	paper  string // one of the codes that they wrote down
	page   *answered
}

// answered is a page as it came.
type answered struct {
	status int
	at     string // path and query, after it was sent on
	body   string
	root   *html.Node
	header http.Header
}

func (h *house) browser(name string) *person {
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return &person{house: h, name: name, client: &http.Client{Jar: jar, Timeout: 30 * time.Second}}
}

func (p *person) do(r *http.Request) *answered {
	p.t.Helper()
	answer, err := p.client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(string(body)))
	if err != nil {
		p.t.Fatal(err)
	}
	p.page = &answered{status: answer.StatusCode, at: answer.Request.URL.RequestURI(), body: string(body), root: root, header: answer.Header}
	return p.page
}

func (p *person) get(path string) *answered {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, p.url+path, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.do(r)
}

// send sends values to an address, whatever forms there are.
func (p *person) send(path string, values url.Values) *answered {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.url+path, strings.NewReader(values.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return p.do(r)
}

// press sends the form of the page that has a button with these words, with what stands in it and what is typed.
func (p *person) press(words string, typed ...string) *answered {
	p.t.Helper()
	form, button := find(p.page.root, words)
	if form == nil {
		form, button = outside(p.page.root, words)
	}
	if form == nil {
		p.t.Fatalf("%s: no button %q on %s (%d):\n%s\n%s", p.name, words, p.page.at, p.page.status, squeezed(text(p.page.root)), p.log)
	}
	values := fieldsOf(form)
	for n := range p.page.root.Descendants() { // fields of the form that stand elsewhere on the page
		if n.Type == html.ElementNode && n.Data == "input" && attr(n, "form") != "" && attr(n, "form") == attr(form, "id") {
			if name := attr(n, "name"); attr(n, "type") != "checkbox" || has(n, "checked") {
				values.Add(name, attr(n, "value"))
			} else if _, is := values[name]; !is {
				values[name] = nil
			}
		}
	}
	if name := attr(button, "name"); name != "" {
		values.Set(name, attr(button, "value"))
	}
	for i := 0; i+1 < len(typed); i += 2 {
		if _, is := values[typed[i]]; !is {
			p.t.Fatalf("%s: the form has no field %q: %v", p.name, typed[i], slices.Sorted(maps.Keys(values)))
		}
		values[typed[i]] = []string{typed[i+1]}
	}
	return p.send(attr(form, "action"), values)
}

// outside is the form of a button with these words that stands elsewhere on the page.
func outside(root *html.Node, words string) (form, button *html.Node) {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "button" && attr(n, "form") != "" && strings.TrimSpace(text(n)) == words {
			button = n
		}
	}
	if button == nil {
		return nil, nil
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "form" && attr(n, "id") == attr(button, "form") {
			return n, button
		}
	}
	return nil, nil
}

// find is the form that holds a button with these words.
func find(n *html.Node, words string) (form, button *html.Node) {
	var look func(n, in *html.Node)
	look = func(n, in *html.Node) {
		if n.Type == html.ElementNode && n.Data == "form" {
			in = n
		}
		if n.Type == html.ElementNode && n.Data == "button" && in != nil && strings.TrimSpace(text(n)) == words {
			form, button = in, n
		}
		for c := n.FirstChild; c != nil && form == nil; c = c.NextSibling {
			look(c, in)
		}
	}
	look(n, nil)
	return form, button
}

// fieldsOf are the values that a form sends as it stands.
func fieldsOf(form *html.Node) url.Values {
	out := url.Values{}
	var look func(n *html.Node)
	look = func(n *html.Node) {
		if n.Type == html.ElementNode {
			name := attr(n, "name")
			switch {
			case name == "" || n.Data == "button":
			case n.Data == "input" && attr(n, "type") == "checkbox":
				if has(n, "checked") {
					out.Add(name, attr(n, "value"))
				} else if _, is := out[name]; !is {
					out[name] = nil
				}
			case n.Data == "input":
				out.Add(name, attr(n, "value"))
			case n.Data == "textarea":
				out.Add(name, strings.TrimPrefix(text(n), "\n"))
			case n.Data == "select":
				for o := range n.Descendants() {
					if o.Type == html.ElementNode && o.Data == "option" && has(o, "selected") {
						out.Add(name, attr(o, "value"))
					}
				}
				if _, is := out[name]; !is {
					out.Add(name, "")
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			look(c)
		}
	}
	look(form)
	return out
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// text is what a reader reads.
func text(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode && (c.Parent == nil || c.Parent.Data != "script" && c.Parent.Data != "style") {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// sees fails unless the page says something.
func (p *person) sees(words ...string) *person {
	p.t.Helper()
	said := plain(text(p.page.root))
	for _, w := range words {
		if !strings.Contains(said, plain(w)) {
			p.t.Fatalf("%s does not read %q at %s (%d):\n%s\n%s", p.name, w, p.page.at, p.page.status, squeezed(said), p.log)
		}
	}
	return p
}

// plain is a text as it is compared: no-break spaces are spaces.
func plain(s string) string { return strings.NewReplacer("\u00a0", " ", "\u2060", "").Replace(s) }

func squeezed(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// emptyFolder is a data folder with an empty record.
func emptyFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	led, err := ledger.Open(t.Context(), dir, ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := led.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// publicAt waits until a public page says something.
func (h *house) publicAt(t *testing.T, path, words string) {
	t.Helper()
	reader := h.browser("a reader")
	for range 200 {
		if reader.get(path); strings.Contains(plain(text(reader.page.root)), words) {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	reader.sees(words)
}

func newJar() (http.CookieJar, error) { return cookiejar.New(nil) }

// scratch is a folder for all tests of this package.
var scratch string

func TestMain(m *testing.M) {
	takenOver()
	var err error
	if scratch, err = os.MkdirTemp("", "fener-node-test-"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(scratch)
	needs.ForgetLogReaders()
	os.Exit(code)
}

// boxes are the fields to tick with a name.
func boxes(root *html.Node, name string) (list []*html.Node) {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "input" && attr(n, "type") == "checkbox" && attr(n, "name") == name {
			list = append(list, n)
		}
	}
	return list
}
