package site

import (
	"encoding/xml"
	"net/http"
	"strings"
	"testing"
)

// Search engines are told of every page in every language, and of none that is not there.
func TestTheSitemapLeadsToEveryPage(t *testing.T) {
	h := testHandler(t, nil)
	robots := body(t, get(t, h, "/robots.txt"))
	if !strings.Contains(robots, "Sitemap: https://fener.example/sitemap.xml") || !strings.Contains(robots, "Disallow: /units") {
		t.Errorf("robots.txt says\n%s", robots)
	}
	var index struct {
		Parts []struct {
			Loc string `xml:"loc"`
		} `xml:"sitemap"`
	}
	if err := xml.Unmarshal([]byte(body(t, get(t, h, "/sitemap.xml"))), &index); err != nil || len(index.Parts) < 8 {
		t.Fatalf("%d parts, %v", len(index.Parts), err)
	}
	told := map[string]bool{}
	for _, part := range index.Parts {
		var urls struct {
			URLs []struct {
				Loc string `xml:"loc"`
			} `xml:"url"`
		}
		path := strings.TrimPrefix(part.Loc, "https://fener.example")
		if err := xml.Unmarshal([]byte(body(t, get(t, h, path))), &urls); err != nil || len(urls.URLs) == 0 {
			t.Errorf("%s: %d addresses, %v", path, len(urls.URLs), err)
		}
		for i, u := range urls.URLs {
			at := strings.TrimPrefix(u.Loc, "https://fener.example")
			if told[at] {
				t.Errorf("%s is told of twice", at)
			}
			told[at] = true
			if i%37 == 0 {
				if r := get(t, h, at); r.StatusCode != http.StatusOK {
					t.Errorf("%s: %d", at, r.StatusCode)
				}
			}
		}
	}
	for _, want := range []string{"/en/", "/sq/help", "/sr/cases/p-309-2010-prishtina", "/en/provisions/06-L-074/165-1", "/sr-Latn/reported/victims_identified", "/en/claims/small-talk-2018/3",
		"/en/courts/basic_court_prishtina", "/sq/figures/persons_convicted", "/sr/stories/small-talk-2018"} {
		if !told[byID(want)] {
			t.Errorf("nobody is told of %s", want)
		}
	}
	for _, path := range []string{"/sitemap/none-1.xml", "/sitemap/case-99.xml", "/sitemap/case-0.xml", "/sitemap/x.xml", "/sitemap/-.xml"} {
		if r := get(t, h, path); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
}
