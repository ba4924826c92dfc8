package site

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

var internalLinks = regexp.MustCompile(`href="(/en/[^"#?]*)["#]`)

// elsewhere are links to what another part of the program serves, and to data that need a question beside them.
var elsewhere = regexp.MustCompile(`\.[a-z.]+$|/embed/|/take-part$`)

// Every link without a question that leads from one page to another leads somewhere.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	h := testHandler(t, nil)
	seen, queue := map[string]string{"/en/": ""}, []string{"/en/"}
	for len(queue) > 0 && len(seen) < 5000 {
		path := queue[0]
		queue = queue[1:]
		r := get(t, h, path)
		if r.StatusCode >= http.StatusBadRequest {
			t.Errorf("%s links to %s, which answers %d", seen[path], path, r.StatusCode)
			continue
		}
		if !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
			_ = r.Body.Close()
			continue
		}
		for _, m := range internalLinks.FindAllStringSubmatch(body(t, r), -1) {
			if _, known := seen[m[1]]; !known && !elsewhere.MatchString(m[1]) {
				seen[m[1]] = path
				queue = append(queue, m[1])
			}
		}
	}
	if len(seen) < 300 {
		t.Errorf("%d addresses were found: too few to be the site", len(seen))
	}
}
