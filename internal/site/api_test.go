package site

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"fener/internal/page"
	"fener/locale"
)

// The page for people who write programs names every address of data and every parameter that means the same everywhere, in every language, and leads to the fields of
// each document, as the description for programs has them.
func TestThePageOfDataForProgramsIsWhole(t *testing.T) {
	h := testHandler(t, nil)
	var described struct {
		Paths      map[string]any
		Components struct {
			Schemas map[string]struct{ Properties map[string]any }
		}
	}
	if err := json.Unmarshal([]byte(body(t, get(t, h, "/api/openapi.json"))), &described); err != nil {
		t.Fatal(err)
	}
	documents := regexp.MustCompile(`href="/en/(api/[a-zA-Z.]+)"`)
	for _, l := range locale.All {
		html := body(t, get(t, h, "/"+string(l)+"/api"))
		for _, p := range Pages() {
			if endings := strings.Join(p.Endings(), " "); !p.Frame && endings != "" && (!strings.Contains(html, "/"+p.Pattern+"<") || !strings.Contains(html, endings)) {
				t.Errorf("%s: /%s with %s is not named", l, p.Pattern, endings)
			}
		}
		for _, name := range page.CommonParams() {
			if !strings.Contains(html, "<code lang=\"en\">"+name+"</code>") {
				t.Errorf("%s: the parameter %s is not explained", l, name)
			}
		}
		for _, want := range []string{"/api/openapi.json", "/catalogue.jsonld", "If-None-Match", "problem&#43;json", "Retry-After", "512"} {
			if !strings.Contains(html, want) {
				t.Errorf("%s: it does not say %s", l, want)
			}
		}
	}
	queue, seen, fields := []string{"api"}, map[string]bool{"api": true}, 0
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		r := get(t, h, "/en/"+path)
		html := body(t, r)
		if r.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
		for name := range described.Components.Schemas[strings.TrimPrefix(path, "api/")].Properties {
			if fields++; !strings.Contains(html, ">"+name+"<") {
				t.Errorf("%s lacks the field %s", path, name)
			}
		}
		for _, m := range documents.FindAllStringSubmatch(html, -1) {
			if !seen[m[1]] {
				seen[m[1]] = true
				queue = append(queue, m[1])
			}
		}
	}
	if len(seen) < 60 || fields < 400 {
		t.Errorf("%d documents with %d fields: too few", len(seen), fields)
	}
	if r := get(t, h, "/en/api/cases.Nothing"); r.StatusCode != http.StatusNotFound {
		t.Errorf("what is not described: %d", r.StatusCode)
	}
}
