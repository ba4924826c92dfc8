package site

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// closed says of every object in a schema that it has no field beside those that are named.
func closed(v any) {
	switch v := v.(type) {
	case map[string]any:
		if v["properties"] != nil {
			v["additionalProperties"] = false
		}
		for _, in := range v {
			closed(in)
		}
	case []any:
		for _, in := range v {
			closed(in)
		}
	}
}

// ours says that an address is of a document of our own, and not of a form of others that is JSON too.
func ours(address string) bool {
	return strings.HasSuffix(address, ".json") && !strings.HasSuffix(address, ".csl.json") && !strings.HasSuffix(address, ".jsonstat.json")
}

// Each document that a page offers is as the description says, field by field, and has no field that the description lacks.
func TestDocumentsAreAsTheDescriptionSays(t *testing.T) {
	h := testHandler(t, nil)
	text := body(t, get(t, h, "/api/openapi.json"))
	d, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	components := d.(map[string]any)["components"]
	closed(components)
	const at = "https://fener.example/openapi.json"
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource(at, map[string]any{"components": components}); err != nil {
		t.Fatal(err)
	}
	type described struct {
		pattern string
		address *regexp.Regexp
		schema  *jsonschema.Schema
	}
	var all []described
	for pattern, item := range d.(map[string]any)["paths"].(map[string]any) {
		if !ours(pattern) || !strings.HasPrefix(pattern, "/{lang}/") {
			continue
		}
		content := item.(map[string]any)["get"].(map[string]any)["responses"].(map[string]any)["200"].(map[string]any)["content"].(map[string]any)
		for _, of := range content {
			schema, _ := of.(map[string]any)["schema"].(map[string]any)
			ref, _ := schema["$ref"].(string)
			if ref == "" {
				continue
			}
			compiled, err := c.Compile(at + ref)
			if err != nil {
				t.Fatalf("%s: %v", pattern, err)
			}
			address := regexp.MustCompile("^" + regexp.MustCompile(`\\\{\w+\\\}`).ReplaceAllString(regexp.QuoteMeta(pattern), `[^/]+`) + "$")
			all = append(all, described{pattern, address, compiled})
		}
	}
	slices.SortFunc(all, func(a, b described) int { return strings.Count(a.pattern, "{") - strings.Count(b.pattern, "{") })
	seen, checked := map[string]int{}, 0
	check := func(h http.Handler, address string) {
		path, _, _ := strings.Cut(address, "?")
		i := slices.IndexFunc(all, func(d described) bool { return d.address.MatchString(path) })
		if i < 0 || seen[all[i].pattern] >= 5 {
			return
		}
		r := get(t, h, address)
		text := body(t, r)
		if r.StatusCode != http.StatusOK {
			return
		}
		document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", address, err)
			return
		}
		seen[all[i].pattern]++
		checked++
		if err := all[i].schema.Validate(document); err != nil {
			t.Errorf("%s is not as the description says:\n%.1500s", address, err)
		}
	}
	check(madeUp(t).handler(), "/en/shelters/house/what-if.json?call=call&opened=2020-12-01")
	queue, known := []string{"/en/"}, map[string]bool{"/en/": true}
	links := regexp.MustCompile(`href="(/en/[^"#]*)"`)
	for len(queue) > 0 && len(known) < 2500 {
		path := queue[0]
		queue = queue[1:]
		r := get(t, h, path)
		if !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
			_ = r.Body.Close()
			continue
		}
		for _, m := range links.FindAllStringSubmatch(body(t, r), -1) {
			href := strings.ReplaceAll(m[1], "&amp;", "&")
			bare, query, _ := strings.Cut(href, "?")
			switch {
			case known[href]:
			case ours(bare):
				known[href] = true
				check(h, href)
			case query == "" && !elsewhere.MatchString(bare):
				known[href] = true
				queue = append(queue, href)
			}
		}
	}
	for _, path := range []string{"/en/pivot.json?measure=persons_convicted&rows=year&columns=court", "/en/rows.json?measure=persons_convicted", "/en/check.json?verdict=convicted&offence_convicted=trafficking&offence_from=2018&imprisonment=3+years", "/en/search.json?q=prishtina"} {
		check(h, path)
	}
	seen2, of := seen, newRecord(t).handler() // a record that holds nothing has lists of nothing
	seen = map[string]int{}
	for _, d := range all {
		if !strings.Contains(strings.TrimPrefix(d.pattern, "/{lang}"), "{") {
			check(of, strings.Replace(d.pattern, "{lang}", "en", 1))
		}
	}
	empty := len(seen)
	seen = seen2
	var lacking []string
	for _, d := range all {
		if seen[d.pattern] == 0 {
			lacking = append(lacking, d.pattern)
		}
	}
	if checked < 100 || empty < 10 || len(lacking) > 0 {
		t.Errorf("%d documents were looked at, none of %v", checked, lacking)
	}
	t.Logf("%d documents of %d kinds, %d of a record that holds nothing", checked, len(all), empty)
	// What lacks a field, or has another form, is found out.
	var one map[string]any
	if err := json.Unmarshal([]byte(body(t, get(t, h, "/en/courts.json"))), &one); err != nil {
		t.Fatal(err)
	}
	courts := all[slices.IndexFunc(all, func(d described) bool { return d.pattern == "/{lang}/courts.json" })].schema
	for name, wrong := range map[string]func(){"a field that is missing": func() { delete(one, "courts") }, "another form": func() { one["courts"] = "none" }} {
		if wrong(); courts.Validate(one) == nil {
			t.Errorf("%s: passes", name)
		}
	}
}
