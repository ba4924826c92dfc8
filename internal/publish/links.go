package publish

import (
	"bytes"
	"regexp"
	"strings"
)

// Links of style sheets and of sitemaps. Those of pages, of which there are many, are found by hand.
var (
	styleURLs = regexp.MustCompile(`url\(["']?(/[^"')]+)["']?\)`)
	mapLinks  = regexp.MustCompile(`<loc>([^<]+)</loc>`)
)

// linksIn are the addresses on the same site to which a document of a kind leads, each once.
func linksIn(kind, address string, text []byte) (links []string) {
	seen := map[string]bool{}
	add := func(link []byte) {
		if !seen[string(link)] {
			plain := strings.TrimPrefix(strings.ReplaceAll(string(link), "&amp;", "&"), address)
			seen[string(link)] = true
			links = append(links, plain)
		}
	}
	find := styleURLs
	switch kind {
	case "text/html":
		eachLink(text, add)
		return links
	case "text/css":
	case "application/xml":
		find = mapLinks
	default:
		return nil
	}
	for _, m := range find.FindAllSubmatch(text, -1) {
		add(m[1])
	}
	return links
}

// eachLink finds what stands in href="/..." and src="/...".
func eachLink(text []byte, found func([]byte)) {
	begins := []byte(`="/`)
	for {
		at := bytes.Index(text, begins)
		if at < 0 {
			return
		}
		before := text[:at]
		text = text[at+2:]
		end := bytes.IndexByte(text, '"')
		if end < 0 {
			return
		}
		if bytes.HasSuffix(before, []byte("href")) || bytes.HasSuffix(before, []byte("src")) {
			found(text[:end])
		}
		text = text[end:]
	}
}
