package site

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// choicesOf are the choices of a list's page: where each leads, and how many entries it is said to leave.
func choicesOf(t *testing.T, text string) map[string]string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for n := range doc.Descendants() {
		if n.Data != "a" || n.Parent == nil || n.Parent.Parent == nil || n.Parent.Parent.Parent == nil || n.Parent.Parent.Parent.Data != "details" {
			continue
		}
		for _, a := range n.Attr {
			if words := strings.Fields(readText(n)); a.Key == "href" && strings.HasPrefix(a.Val, "?") && len(words) > 0 {
				out[a.Val] = words[len(words)-1]
			}
		}
	}
	return out
}

// What stands beside a choice is what the list holds when it is followed, also under other choices.
func TestEachChoiceLeavesWhatItSays(t *testing.T) {
	h := testHandler(t, nil)
	caption := regexp.MustCompile(`<caption[^>]*>([\d,]+) `)
	for _, path := range []string{"/en/cases", "/en/cases?year=2013", "/en/sources", "/en/sources?language=sq&sort=cited", "/en/institutions", "/en/institutions?type=court"} {
		list, _, _ := strings.Cut(path, "?")
		choices, counted := choicesOf(t, body(t, get(t, h, path))), 0
		for to, count := range choices {
			r := get(t, h, list+to)
			text := body(t, r)
			if r.StatusCode != http.StatusOK {
				t.Errorf("%s leads to %s: %d", path, to, r.StatusCode)
				continue
			}
			if _, err := strconv.Atoi(count); err != nil { // an order, which leaves all
				continue
			}
			counted++
			if m := caption.FindStringSubmatch(text); m == nil || m[1] != count {
				t.Errorf("%s: %s is said to leave %s, its list says %v", path, to, count, m)
			}
		}
		if counted < 3 {
			t.Errorf("%s offers only %d choices: %v", path, counted, choices)
		}
	}
	for _, path := range []string{"/en/sources?kind=nothing", "/en/sources?sort=x", "/en/institutions?type=x", "/en/institutions?sort=x", "/en/cases?sort=x"} {
		if r := get(t, h, path); r.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d, want 400", path, r.StatusCode)
		}
	}
}

// The order of a list is that of its address, and its data follow the choice.
func TestListsAreSorted(t *testing.T) {
	h := testHandler(t, nil)
	last := 1 << 30
	for _, row := range cellsOf(t, body(t, get(t, h, "/en/sources?sort=cited")), "sources")[1:] {
		n, err := strconv.Atoi(row[len(row)-1])
		if err != nil || n > last {
			t.Fatalf("%q after %d (%v)", row, last, err)
		}
		last = n
	}
	newest, oldest := cellsOf(t, body(t, get(t, h, "/en/cases")), "cases"), cellsOf(t, body(t, get(t, h, "/en/cases?sort=oldest")), "cases")
	if len(newest) != len(oldest) || newest[1][0] != oldest[len(oldest)-1][0] {
		t.Errorf("oldest first ends with %q, newest first begins with %q", oldest[len(oldest)-1], newest[1])
	}
	all, courts := body(t, get(t, h, "/en/institutions.csv")), body(t, get(t, h, "/en/institutions.csv?type=court"))
	if n, m := strings.Count(all, "\n"), strings.Count(courts, "\n"); m < 2 || m >= n {
		t.Errorf("%d lines of courts of %d of all institutions", m, n)
	}
	if n, m := strings.Count(body(t, get(t, h, "/en/sources.csv")), "\n"), strings.Count(body(t, get(t, h, "/en/sources.csv?language=sq")), "\n"); m < 2 || m >= n {
		t.Errorf("%d lines of Albanian sources of %d of all", m, n)
	}
}
