package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// small is a SYNTHETIC site: a page of each language, things that it lists, their data, a style sheet, and links of every sort.
type small struct {
	things []string
	asked  atomic.Int64
	stopAt int64
	stop   func()
}

func (s *small) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if n := s.asked.Add(1); s.stop != nil && n == s.stopAt {
		s.stop()
	}
	html := func(body string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<html><head><link rel="stylesheet" href="/static/s.css"></head><body>%s</body></html>`, body)
	}
	for _, lang := range []string{"sq", "sr", "sr-Latn", "en"} {
		below, is := strings.CutPrefix(r.URL.Path, "/"+lang+"/")
		if !is {
			continue
		}
		if below == "" {
			body := `<a href="/` + lang + `/?page=2">more</a><a href="https://other.example/x">away</a><a href="//other.example/y">away</a><a href="#top">up</a><a href="/` + lang + `/gone">gone</a><a href="/old">old</a>`
			for _, t := range s.things {
				body += `<a href="/` + lang + `/things/` + t + `#part">` + t + `</a>`
			}
			html(body)
			return
		}
		for _, t := range s.things {
			switch below {
			case "things/" + t:
				html(t + ` <a href="/` + lang + `/things/` + t + `.json">data</a>`)
				return
			case "things/" + t + ".json":
				w.Header().Set("Content-Type", "application/json")
				fmt.Fprintf(w, `{"id":%q}`, t)
				return
			}
		}
	}
	switch r.URL.Path {
	case "/static/s.css":
		w.Header().Set("Content-Type", "text/css")
		fmt.Fprint(w, `body{background:url("/static/p.svg")}`)
	case "/static/p.svg":
		w.Header().Set("Content-Type", "image/svg+xml")
		fmt.Fprint(w, `<svg/>`)
	case "/old":
		http.Redirect(w, r, "/en/", http.StatusMovedPermanently)
	default:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, "nothing here")
	}
}

func (s *small) write(ctx context.Context, dir string) (*Written, error) {
	return (&Site{Handler: s, Address: "https://fener.example", Dir: dir, Begin: []string{"/sq/", "/sr/", "/sr-Latn/", "/en/"}}).Write(ctx)
}

// tree is every file of a folder with what it says.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	if err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		below, _ := filepath.Rel(dir, path)
		all[filepath.ToSlash(below)] = string(text)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

func sameTree(t *testing.T, name string, got, want map[string]string) {
	t.Helper()
	for path, text := range want {
		if got[path] != text {
			t.Errorf("%s: %s is %.60q, want %.60q", name, path, got[path], text)
		}
	}
	for path := range got {
		if _, is := want[path]; !is {
			t.Errorf("%s: %s is there", name, path)
		}
	}
}

// A site comes out as files of what its addresses answer; again, nothing is written; after a change, what changed.
func TestASiteAsFiles(t *testing.T) {
	s, dir := &small{things: []string{"a", "b", "ç d"}}, filepath.Join(t.TempDir(), "site")
	s.things = s.things[:2]
	w, err := s.write(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	got := tree(t, dir)
	for path, says := range map[string]string{"en/index.html": "/en/things/a", "sr-Latn/things/b/index.html": "b <a", "en/things/a.json": `{"id":"a"}`, "static/s.css": "url", "static/p.svg": "<svg/>",
		"index.html": "Shqip", "404.html": "nothing here", manifestName: "static/p.svg"} {
		if !strings.Contains(got[path], says) {
			t.Errorf("%s says %q", path, got[path])
		}
	}
	if len(w.Broken) != 4 || w.Queries != 4 || w.Files != w.Changed || w.Files != len(got)-1 {
		t.Errorf("it says %+v of %d files", w, len(got))
	}
	if w, err = s.write(t.Context(), dir); err != nil || w.Changed != 0 || w.Removed != 0 {
		t.Errorf("again: %+v, %v", w, err)
	}
	s.things = []string{"b", "c"}
	if w, err = s.write(t.Context(), dir); err != nil || w.Changed != 4*3 || w.Removed != 4*2 {
		t.Errorf("after a change: %+v, %v", w, err)
	}
	fresh := filepath.Join(t.TempDir(), "fresh")
	if _, err := s.write(t.Context(), fresh); err != nil {
		t.Fatal(err)
	}
	sameTree(t, "after a change", tree(t, dir), tree(t, fresh))
}

// An export that was stopped anywhere goes on, also when the site has changed meanwhile, and ends equal to one that was not.
func TestAnExportThatWasStoppedEndsEqual(t *testing.T) {
	for at := int64(1); at < 34; at += 4 {
		dir := filepath.Join(t.TempDir(), "site")
		ctx, stop := context.WithCancel(t.Context())
		s := &small{things: []string{"a", "b", "gone-meanwhile"}, stopAt: at, stop: stop}
		if _, err := s.write(ctx, dir); !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped at %d: %v", at, err)
		}
		s.stop, s.things = nil, []string{"a", "b"}
		if _, err := s.write(t.Context(), dir); err != nil {
			t.Fatalf("stopped at %d: %v", at, err)
		}
		fresh := filepath.Join(t.TempDir(), "fresh")
		if _, err := s.write(t.Context(), fresh); err != nil {
			t.Fatal(err)
		}
		sameTree(t, fmt.Sprintf("stopped at %d", at), tree(t, dir), tree(t, fresh))
	}
}

// What others put into a folder is not written over, and no address gets out of it.
func TestAnExportKeepsToItsFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mine"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := &small{things: []string{"a"}}
	if _, err := s.write(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "is not empty") {
		t.Errorf("it writes into a folder of others: %v", err)
	}
	for _, at := range []string{"/%2e%2e/%2e%2e/x", "/a%00b", "/a%5c..%5cb", "/" + manifestName} {
		if name, err := FileOf(at, "application/json"); err == nil && !filepath.IsLocal(name) {
			t.Errorf("%s stands in %s", at, name)
		} else if err == nil && at != "/%2e%2e/%2e%2e/x" {
			t.Errorf("%s stands in %s", at, name)
		}
	}
}
