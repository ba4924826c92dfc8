package site

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fener/internal/demo"
	"fener/internal/figure"
	"fener/internal/ledger"
	"fener/internal/needs"
	"fener/internal/page"
	"fener/internal/site/answer"
	"fener/internal/view"
	"fener/law"
	"fener/locale"
)

// dearestAllowed is the processor time that making any one answer may take, at 100,000 judgments.
const dearestAllowed = 50 * time.Millisecond

// The dearest public address stays under its limit. Addresses are found as a reader finds them, by following links, and beside them stand those
// that somebody would try who wants to cost us something: the last page of every list, the widest tables, the commonest words.
//
// FENER_COST=100000 sets how many generated judgments are on record; FENER_COST_DATA names a folder that is filled once and used again;
// FENER_COST_FOR ends the crawl after a time, and what was not visited by then is counted.
func TestNoAddressIsDear(t *testing.T) {
	n, few := 500, true // enough to see what reads the whole record for one row; the figures are those of FENER_COST
	if text := os.Getenv("FENER_COST"); text != "" {
		few = false
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	c := newCrawl(t, n)
	asItStood := c.asItStood()
	for i, path := range c.hostile() {
		if !few || i%15 == 0 {
			c.add(path)
		}
		if !few && i%3 == 0 || i%30 == 0 { // pages of the past cost what those of today do
			c.add(asItStood(path))
		}
	}
	if few {
		c.perShape = 1
	}
	until := time.Now().Add(24 * time.Hour)
	if text := os.Getenv("FENER_COST_FOR"); text != "" {
		lasting, err := time.ParseDuration(text)
		if err != nil {
			t.Fatal(err)
		}
		until = time.Now().Add(lasting)
	}
	for len(c.todo) > 0 && !(few && len(c.costs) >= 160) && time.Now().Before(until) {
		path := c.todo[0]
		c.todo = c.todo[1:]
		c.visit(path)
	}
	slices.SortFunc(c.costs, func(a, b addressCost) int { return cmp.Compare(b.time, a.time) })
	if len(c.costs) < 150 {
		t.Errorf("only %d addresses were found; the crawl is broken", len(c.costs))
	}
	// The limit is measured by itself, on a machine with nothing else to do. Beside other tests and under the race detector only
	// what is dear by far is found, such as a list that is made whole.
	allowed := dearestAllowed
	if os.Getenv("FENER_COST") == "" {
		allowed = 20 * dearestAllowed
	}
	shapes := map[string]bool{}
	for _, a := range c.costs {
		if !shapes[a.shape] && len(shapes) < 30 {
			t.Logf("%8.1f ms %9d bytes  %d  %s", float64(a.time.Microseconds())/1000, a.bytes, a.status, a.path)
		}
		shapes[a.shape] = true
		if a.time > allowed {
			t.Errorf("%s takes %v of processor time, allowed are %v", a.path, a.time, allowed)
		}
	}
	t.Logf("%d addresses are left to visit", len(c.todo))
	t.Logf("%d addresses of %d shapes; half of them take less than %v", len(c.costs), len(shapes), c.costs[len(c.costs)/2].time)
	dearest := slices.MaxFunc(c.costs, func(a, b addressCost) int { return cmp.Compare(a.first, b.first) })
	t.Logf("to write the dearest download once took %v for %d bytes: %s", dearest.first, dearest.bytes, dearest.path)
}

type addressCost struct {
	path, shape string
	time        time.Duration
	first       time.Duration // the first time, when a download is written that all readers share afterwards
	bytes       int
	status      int
}

// crawl follows the links of a site whose kept pages are dropped before each request.
type crawl struct {
	testing.TB
	site   *page.Site
	pack   *law.Pack
	h      http.Handler
	seen   map[string]bool
	shapes map[string]int
	todo   []string
	costs  []addressCost

	perShape int // addresses of one shape that are tried: a page's pattern with the parameters given
}

func newCrawl(t testing.TB, n int) *crawl {
	t.Helper()
	dir := os.Getenv("FENER_COST_DATA")
	if dir == "" {
		dir = t.TempDir()
	}
	_, missing := os.Stat(filepath.Join(dir, ledger.FileName))
	l, err := ledger.Open(t.Context(), dir, ledger.Options{Now: time.Now, Rand: rand.Reader, Create: missing != nil})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	pack := kosovo(t)
	if missing != nil {
		if _, err := demo.Fill(t.Context(), l, demo.Options{Pack: pack, Now: time.Now(), Synthetic: n}); err != nil {
			t.Fatal(err)
		}
	}
	v, err := view.Open(t.Context(), view.Options{Path: filepath.Join(dir, view.Public.FileName()), Scope: view.Public, Ledger: l, Pack: pack, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	if err := v.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := New(page.Config{Pack: pack, View: v, Seq: v.Shown, Ledger: l, Synthetic: true, Address: "https://fener.example", Load: page.Load{Burst: time.Hour}, CacheBytes: 1}) // nothing is kept
	if err != nil {
		t.Fatal(err)
	}
	c := &crawl{TB: t, site: s, pack: pack, h: s.Handler(), seen: map[string]bool{}, shapes: map[string]int{}, perShape: 5}
	c.ask("/en/") // what all pages are made from is read once, ahead of readers
	c.ask("/en/claims")
	return c
}

func (c *crawl) add(path string) {
	if !c.seen[path] {
		c.seen[path] = true
		c.todo = append(c.todo, path)
	}
}

var crawled = regexp.MustCompile(`href="([^"]+)"`)

func (c *crawl) visit(path string) {
	least, first, w, pattern := c.measured(path)
	shape := pattern + "?" + parameters(path)
	c.costs = append(c.costs, addressCost{path, shape, least, first, w.Body.Len(), w.Code})
	if os.Getenv("FENER_COST_NOW") != "" && least > dearestAllowed/2 {
		fmt.Println(least, w.Body.Len(), w.Code, path)
	}
	if w.Code >= 500 {
		c.Errorf("%s: %d", path, w.Code)
	}
	if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") || strings.Contains(path, "entry=") { // the past has as many addresses again
		return
	}
	for _, found := range crawled.FindAllStringSubmatch(w.Body.String(), -1) {
		u, err := url.Parse(html.UnescapeString(found[1]))
		if err != nil || u.Host != "" && u.Host != "fener.example" || !strings.HasPrefix(u.Path, "/") {
			continue
		}
		u.Scheme, u.Host, u.Fragment = "", "", ""
		next := u.String()
		// Without knowing its pattern yet, the shape is told by the parts of the path that are words of ours.
		key := rough(u)
		most := c.perShape
		if strings.Contains(key, "&") {
			most = 1 // filter upon filter: there are more of them than a night has hours, and each only narrows what one alone has shown
		}
		if c.seen[next] || c.shapes[key] >= most {
			continue
		}
		c.shapes[key]++
		c.add(next)
	}
}

// rough tells addresses apart by all but the names of things in them.
func rough(u *url.URL) string {
	parts := strings.Split(u.Path, "/")
	for i := range parts {
		if i > 2 {
			parts[i] = filepath.Ext(parts[i])
		}
	}
	if len(parts) > 1 && parts[1] != "sr" && slices.Contains(locale.All, locale.Lang(parts[1])) {
		parts[1] = "en" // one language and the longest letters are enough
	}
	return strings.Join(parts, "/") + "?" + parameters(u.String())
}

func parameters(path string) string {
	_, query, _ := strings.Cut(path, "?")
	values, _ := url.ParseQuery(query)
	var names []string
	for name, v := range values {
		// Behind a figure's filters stand the same rows whatever is counted, and there are more filters than a night has hours.
		if len(values) < 3 && (name == "measure" || name == "rows" || name == "columns") {
			name += "=" + v[0]
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, "&")
}

func (c *crawl) ask(path string) (*httptest.ResponseRecorder, string) {
	w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil)
	c.h.ServeHTTP(w, r)
	return w, r.Pattern
}

// asItStood prepares the record as it stood a little earlier, and gives the way to its addresses.
func (c *crawl) asItStood() func(path string) string {
	c.Helper()
	c.Cleanup(func() {
		if err := c.site.Close(); err != nil {
			c.Error(err)
		}
	})
	entry := fmt.Sprintf("entry=%d", c.site.View().Position()-1)
	for until := time.Now().Add(10 * time.Minute); ; time.Sleep(time.Second) {
		w, _ := c.ask("/en/about?" + entry)
		if w.Code == http.StatusOK {
			break
		}
		if w.Code != http.StatusServiceUnavailable || time.Now().After(until) {
			c.Fatalf("the past answers %d:\n%s", w.Code, w.Body)
		}
	}
	return func(path string) string {
		if strings.Contains(path, "?") {
			return path + "&" + entry
		}
		return path + "?" + entry
	}
}

// measured is the least processor time of a few tries: other work of the process, such as the collector's, is not the address's.
func (c *crawl) measured(path string) (least, first time.Duration, w *httptest.ResponseRecorder, pattern string) {
	for try := range 4 {
		before := needs.ProcessorTime(c)
		w, pattern = c.ask(path)
		took := needs.ProcessorTime(c) - before
		if try == 0 {
			least, first = took, took
		}
		least = min(least, took)
		if least < dearestAllowed/3 {
			break
		}
		runtime.GC()
	}
	return least, first, w, pattern
}

// hostile are addresses that no link leads to, or that somebody would choose who wants to cost us something.
func (c *crawl) hostile() []string {
	var out []string
	for _, l := range []locale.Lang{locale.SR} {
		put := func(format string, args ...any) { out = append(out, "/"+string(l)+"/"+fmt.Sprintf(format, args...)) }
		for _, p := range Pages() {
			if strings.Contains(p.Pattern, "{") {
				continue
			}
			for _, ending := range append([]string{""}, p.Endings()...) {
				if p.Pattern == "" && ending != "" {
					continue
				}
				at := p.Pattern + ending
				put("%s", at)
				if slices.Contains(slices.Concat(p.Params, p.PageParams), "page") && p.Pattern != "rows" {
					for _, text := range []int{2, 1000, 3333, 1000000} {
						put("%s?page=%d", at, text)
					}
				}
			}
		}
		for _, o := range law.AllOutcomes() {
			put("cases?outcome=%s", o)
			put("cases.csv?outcome=%s&trafficking=yes&page=900", o)
		}
		for year := 1999; year < 2027; year += 3 {
			put("cases?year=%d&page=60", year)
		}
		courts, err := c.site.View().Courts(c.Context())
		if err != nil {
			c.Fatal(err)
		}
		for _, court := range courts {
			put("cases?court=%s&trafficking=yes", url.QueryEscape(court.ID))
			put("cases.json?court=%s&page=200", url.QueryEscape(court.ID))
			put("courts/%s", url.PathEscape(court.ID))
			put("courts/%s.json", url.PathEscape(court.ID))
		}
		for _, q := range []string{"p", "pk", "pkr", "PKR nr", "a", "e", "1", "2", "1/1", "1/2015", "2015", "201", "synthetic", "s", "gjykata", "prishtina", "case", "case synthetic",
			"a b c d e f g h i j", "1 2 3 4 5 6 7 8 9 0", "p 1", "20 20 20", "basic court", "sy", "no", "xx yy", strings.Repeat("1/20 ", 40), "defendant", "judgment first"} {
			put("search?q=%s", url.QueryEscape(q))
			put("search.csv?q=%s", url.QueryEscape(q))
		}
		all, err := figure.Indicators()
		if err != nil {
			c.Fatal(err)
		}
		for _, in := range all {
			put("figures/%s", in.ID)
			put("rows?measure=%s", in.ID)
			for _, text := range []int{2, 2000} {
				put("rows?measure=%s&page=%d", in.ID, text)
			}
			put("rows.csv?measure=%s", in.ID)
			for i, rows := range in.Breakdowns {
				for _, columns := range in.Breakdowns[i+1:] {
					put("pivot?measure=%s&rows=%s&columns=%s", in.ID, rows, columns)
					put("pivot.json?measure=%s&rows=%s&columns=%s", in.ID, rows, columns)
				}
			}
		}
		for _, in := range c.pack.Instruments {
			for _, p := range in.Provisions {
				put("%s", answer.ProvisionPath(p.Ref))
			}
		}
	}
	return out
}
