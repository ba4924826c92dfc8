package site

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

var internalLinks = regexp.MustCompile(`href="(/en/[^"#?]*)["#]`)

// elsewhere are links to what another part of the program serves, and to data that need a question beside them.
var elsewhere = regexp.MustCompile(`\.[a-z.]+$|/embed/|/take-part$`)

// Links to a page's data, to its chart for other sites and to how that is shown (oEmbed) lead somewhere too, with the question that stands in them: where there is
// nothing to draw, or nothing to hold, there is no link. A record that holds nothing is looked at as well.
func TestEveryLinkToDataLeadsSomewhere(t *testing.T) {
	data := regexp.MustCompile(`href="((?:/en/[^"#]*(?:\.[a-z.]+|/embed/[^"#?]*)|/oembed)(?:\?[^"#]*)?)"`)
	inner := regexp.MustCompile(`href="(/en/[^"#?]*)["#?]`)
	for name, h := range map[string]http.Handler{"the example": testHandler(t, nil), "a record that holds nothing": newRecord(t).handler()} {
		queue, known, alike, checked := []string{"/en/", "/en/pivot", "/en/pivot?measure=none", "/en/shelters/360giving", "/en/shelters/ocds", "/en/shelters/ftm"}, map[string]bool{}, map[string]int{}, 0
		for pages := 0; len(queue) > 0 && pages < 400; pages++ {
			path := queue[0]
			queue = queue[1:]
			r := get(t, h, path)
			if !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
				_ = r.Body.Close()
				continue
			}
			text := body(t, r)
			for _, m := range data.FindAllStringSubmatch(text, -1) {
				bare, _, _ := strings.Cut(m[1], "?")
				parts, last := strings.Split(bare, "/"), bare[strings.LastIndexByte(bare, '/')+1:]
				_, ending, _ := strings.Cut(last, ".")
				kind := parts[min(2, len(parts)-1)] + "." + ending
				if known[m[1]] || alike[kind] >= 12 {
					continue
				}
				known[m[1]] = true
				alike[kind]++
				checked++
				if answer := get(t, h, html.UnescapeString(m[1])); answer.StatusCode >= http.StatusBadRequest {
					t.Errorf("%s: %s links to %s, which answers %d", name, path, m[1], answer.StatusCode)
				}
			}
			for _, m := range inner.FindAllStringSubmatch(text, -1) {
				if !known[m[1]] && !elsewhere.MatchString(m[1]) {
					known[m[1]] = true
					queue = append(queue, m[1])
				}
			}
		}
		if checked < 40 {
			t.Errorf("%s: %d links were looked at", name, checked)
		}
		t.Logf("%s: %d links", name, checked)
	}
	for address, want := range map[string]int{"/en/figures/judgments": http.StatusOK, "/en/figures": http.StatusNotFound, "/en/": http.StatusNotFound} {
		if r := get(t, testHandler(t, nil), "/oembed?url="+address); r.StatusCode != want {
			t.Errorf("how %s is shown elsewhere: %d, want %d", address, r.StatusCode, want)
		}
	}
}

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
