package erase

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"fener/internal/site/shown"
)

// mostPages is how many public addresses are read for the words of an erasure.
const mostPages = 400

// starts are the addresses from which what is new is handed out.
var (
	starts = []string{"", "changes", "findings", "sources", "cases", "claims", "reported", "institutions", "courts", "conflicts", "missing", "stories"}
	links  = regexp.MustCompile(`href="(/en/[^"#]*)`)
)

// Pages lists the public addresses, in English, whose answer holds words of the
// plan: pages, their data and feeds. Each has its like in the other languages. It
// reads the things' own pages, the lists and feeds, a search for the words, and
// what these lead to, up to a bound.
func (p *Plan) Pages(ctx context.Context, site http.Handler) (list []string, err error) {
	next := make([]string, 0, mostPages)
	seen := map[string]bool{}
	add := func(path string) {
		if !seen[path] && len(seen) < mostPages {
			seen[path], next = true, append(next, path)
		}
	}
	for _, t := range p.Targets {
		if at := shown.PagePath(t.Thing); at != "" {
			add("/en/" + at)
		}
	}
	for _, word := range p.Words[:min(len(p.Words), 5)] {
		add("/en/search?q=" + url.QueryEscape(firstWords(word)))
	}
	for _, start := range starts {
		add("/en/" + start)
	}
	for i := 0; i < len(next); i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		answer, err := ask(ctx, site, next[i])
		if err != nil {
			return nil, err
		}
		text := html.UnescapeString(string(answer))
		if slices.ContainsFunc(p.Words, func(word string) bool { return strings.Contains(text, word) }) {
			list = append(list, next[i])
		}
		for _, link := range links.FindAllSubmatch(answer, -1) {
			if bytes.Contains(link[1], []byte("/search")) {
				continue // the words of a search stand on its own page
			}
			add(html.UnescapeString(string(link[1])))
		}
	}
	slices.Sort(list)
	return list, nil
}

// firstWords are as many words of a text as are asked for in a search.
func firstWords(text string) string {
	words := strings.Fields(text)
	return strings.Join(words[:min(len(words), 6)], " ")
}

// ask reads one address without a network.
func ask(ctx context.Context, site http.Handler, path string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, path, nil)
	if err != nil {
		return nil, fmt.Errorf("erase: %w", err)
	}
	r.RemoteAddr = "127.0.0.1:1"
	w := &answer{header: http.Header{}}
	site.ServeHTTP(w, r)
	return w.Bytes(), nil
}

type answer struct {
	bytes.Buffer
	header http.Header
}

func (a *answer) Header() http.Header { return a.header }
func (a *answer) WriteHeader(int)     {}
