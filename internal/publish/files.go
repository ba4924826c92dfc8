package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"fener/internal/disk"
)

// A Site writes a whole site as files, for any web server or CDN: what each address answers, byte for byte. It begins at some addresses and goes on to
// all that they lead to on the same site. What an address answers by its query (a search, a choice from a list, later parts of one, the past) is no file.
type Site struct {
	Handler http.Handler
	Address string   // where the files will stand, such as https://fener.example
	Dir     string   // where to write
	Begin   []string // addresses to begin at, such as /en/
	// Progress hears how many addresses were read, of how many known so far; may be nil.
	Progress func(done, known int64)
}

// A Written says what an export did.
type Written struct {
	Files   int      // in the whole site
	Changed int      // of them, which were written now
	Removed int      // that an earlier export had written, and the site has no more
	Queries int      // links that a query answers
	Broken  []string // addresses that a page leads to and that answer something else than a page
}

// The files that an export keeps about itself.
const (
	manifestName = ".fener-export.json"
	journalName  = ".fener-export.part" // what was written since the last whole export
)

// manifest is what a whole export wrote.
type manifest struct {
	Address string            `json:"address"`
	Files   map[string]string `json:"files"` // path to SHA-256
}

// crawl is one export.
type crawl struct {
	*Site
	before  manifest
	journal *os.File

	mu      sync.Mutex
	todo    []string
	seen    map[string]bool
	queries map[string]bool
	busy    int
	wake    *sync.Cond
	fault   error
	done    int64
	now     manifest
	out     Written
}

// Write writes the site. One that was stopped anywhere is gone on with the next time, and ends equal; a file appears under its name only when it is
// whole, and one that says the same already is not touched.
func (s *Site) Write(ctx context.Context) (_ *Written, err error) {
	if err := os.MkdirAll(s.Dir, 0o755); err != nil {
		return nil, fmt.Errorf("publish: making the folder of the site: %w", err)
	}
	c := &crawl{Site: s, seen: map[string]bool{}, queries: map[string]bool{}, now: manifest{Address: s.Address, Files: map[string]string{}}}
	c.wake = sync.NewCond(&c.mu)
	if err := c.recall(); err != nil {
		return nil, err
	}
	if c.journal, err = os.OpenFile(filepath.Join(s.Dir, journalName), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644); err != nil {
		return nil, fmt.Errorf("publish: noting what is written: %w", err)
	}
	defer func() { err = errors.Join(err, c.journal.Close()) }()
	for _, at := range s.Begin {
		c.add(at)
	}
	stop := context.AfterFunc(ctx, func() { c.stop(ctx.Err()) })
	defer stop()
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() { c.work(ctx) })
	}
	wait.Wait()
	if c.fault != nil {
		return nil, c.fault
	}
	if err := c.languages(); err != nil {
		return nil, err
	}
	c.out.Queries = len(c.queries)
	slices.Sort(c.out.Broken)
	return &c.out, c.finish()
}

func (c *crawl) recall() error {
	text, err := os.ReadFile(filepath.Join(c.Dir, manifestName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		entries, err := os.ReadDir(c.Dir)
		if err != nil {
			return fmt.Errorf("publish: looking into %s: %w", c.Dir, err)
		}
		if len(entries) > 0 && !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == journalName }) {
			return fmt.Errorf("publish: %s is not empty and no export wrote it; name an empty or a new folder", c.Dir)
		}
		c.before.Files = map[string]string{}
		return nil
	case err != nil:
		return fmt.Errorf("publish: reading what an earlier export wrote: %w", err)
	}
	if err := json.Unmarshal(text, &c.before); err != nil || c.before.Files == nil {
		return fmt.Errorf("publish: %s is not what an export writes; name another folder: %w", filepath.Join(c.Dir, manifestName), errors.Join(err, errors.New("expected a list of files")))
	}
	return nil
}

// stop ends the export for a reason.
func (c *crawl) stop(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fault == nil {
		c.fault = err
	}
	c.wake.Broadcast()
}

// add notes an address that is to be read, once.
func (c *crawl) add(link string) {
	link, _, _ = strings.Cut(link, "#")
	at, query, has := strings.Cut(link, "?")
	c.mu.Lock()
	defer c.mu.Unlock()
	if has && query != "" {
		c.queries[link] = true
		return
	}
	if at == "" || at[0] != '/' || strings.HasPrefix(at, "//") || c.seen[at] {
		return
	}
	c.seen[at] = true
	c.todo = append(c.todo, at)
	c.wake.Signal()
}

// next waits for an address; ok is false when there is none left, or the export ended.
func (c *crawl) next() (at string, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.todo) == 0 && c.busy > 0 && c.fault == nil {
		c.wake.Wait()
	}
	if len(c.todo) == 0 || c.fault != nil {
		c.wake.Broadcast()
		return "", false
	}
	last := len(c.todo) - 1
	at, c.todo = c.todo[last], c.todo[:last]
	c.busy++
	return at, true
}

func (c *crawl) work(ctx context.Context) {
	for {
		at, ok := c.next()
		if !ok {
			return
		}
		err := c.read(ctx, at)
		c.mu.Lock()
		c.busy--
		c.done++
		done, known := c.done, int64(len(c.seen))
		c.wake.Broadcast()
		c.mu.Unlock()
		if err != nil {
			c.stop(fmt.Errorf("publish: %s: %w", at, err))
			return
		}
		if c.Progress != nil {
			c.Progress(done, known)
		}
	}
}

// answer is what an address answers.
type answer struct {
	bytes.Buffer
	header http.Header
	code   int
}

func (a *answer) Header() http.Header { return a.header }
func (a *answer) WriteHeader(code int) {
	if a.code == 0 {
		a.code = code
	}
}
func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.Buffer.Write(b)
}

// ask asks the site as a reader does whose browser compresses nothing.
func (c *crawl) ask(ctx context.Context, at string) (*answer, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Address+at, nil)
	if err != nil {
		return nil, err
	}
	r.RequestURI, r.RemoteAddr = at, "127.0.0.1:1"
	a := &answer{header: http.Header{}}
	c.Handler.ServeHTTP(a, r)
	return a, ctx.Err()
}

// Links of pages, of style sheets and of sitemaps, to the same site.
var (
	pageLinks = regexp.MustCompile(`(?:href|src)="(/[^"]*)"`)
	styleURLs = regexp.MustCompile(`url\(["']?(/[^"')]+)["']?\)`)
	mapLinks  = regexp.MustCompile(`<loc>([^<]+)</loc>`)
)

// read reads one address, writes what it answers, and notes where it leads.
func (c *crawl) read(ctx context.Context, at string) error {
	a, err := c.ask(ctx, at)
	if err != nil {
		return err
	}
	kind, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
	switch {
	case a.code >= 300 && a.code < 400:
		to, err := url.Parse(a.header.Get("Location"))
		if err == nil && to.Host == "" {
			c.add(to.Path)
		}
		return nil
	case a.code >= 500:
		return fmt.Errorf("the page could not be made (%d)", a.code)
	case a.code != http.StatusOK:
		c.mu.Lock()
		c.out.Broken = append(c.out.Broken, at)
		c.mu.Unlock()
		return nil
	}
	find := pageLinks
	switch kind {
	case "text/html":
	case "text/css":
		find = styleURLs
	case "application/xml":
		find = mapLinks
	default:
		find = nil
	}
	if find != nil {
		for _, m := range find.FindAllSubmatch(a.Bytes(), -1) {
			c.add(strings.TrimPrefix(strings.ReplaceAll(string(m[1]), "&amp;", "&"), c.Address))
		}
	}
	name, err := FileOf(at, kind)
	if err != nil {
		return err
	}
	return c.put(name, a.Bytes())
}

// FileOf is the file in which an address of a kind of content stands: a page in index.html of a folder of its name, all else under its own name.
func FileOf(at, kind string) (string, error) {
	plain, err := url.PathUnescape(at)
	if err != nil {
		return "", err
	}
	name := strings.TrimPrefix(path.Clean(plain), "/")
	if kind == "text/html" && path.Ext(name) != ".html" {
		name = path.Join(name, "index.html")
	}
	if !filepath.IsLocal(filepath.FromSlash(name)) || strings.ContainsAny(name, "\\\x00") || strings.HasPrefix(path.Base(name), ".fener-export") {
		return "", fmt.Errorf("%q has no place in a folder", at)
	}
	return name, nil
}

// put writes a file where it says something else than it should.
func (c *crawl) put(name string, data []byte) error {
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:])
	target := filepath.Join(c.Dir, filepath.FromSlash(name))
	there, err := os.ReadFile(target)
	changed := err != nil || !bytes.Equal(there, data)
	c.mu.Lock()
	if other, twice := c.now.Files[name]; twice && other != hash {
		c.mu.Unlock()
		return fmt.Errorf("two addresses stand in the file %s", name)
	}
	c.now.Files[name] = hash
	c.out.Files = len(c.now.Files)
	if changed {
		c.out.Changed++
		_, err = fmt.Fprintf(c.journal, "%q\n", name) // before the file, so that none is forgotten
	} else {
		err = nil
	}
	c.mu.Unlock()
	if err != nil || !changed {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	building := target + ".new"
	if err := os.WriteFile(building, data, 0o644); err != nil {
		return err
	}
	return disk.Replace(building, target)
}

// first stands at the address of the site itself, where a server would send each reader to a language of theirs.
const first = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Fener</title></head>
<body><ul><li><a href="/sq/" lang="sq">Shqip</a></li><li><a href="/sr/" lang="sr-Cyrl">Српски</a></li><li><a href="/sr-Latn/" lang="sr-Latn">Srpski</a></li><li><a href="/en/" lang="en">English</a></li></ul></body></html>
`

// languages writes what a server answers by what a reader asks for: the first page of all, and the one for addresses that are not there.
func (c *crawl) languages() error {
	if err := c.put("index.html", []byte(first)); err != nil {
		return fmt.Errorf("publish: writing the first page: %w", err)
	}
	a, err := c.ask(context.Background(), "/en/404")
	if err != nil || a.code != http.StatusNotFound {
		return fmt.Errorf("publish: the page for what is not there answers %d: %w", a.code, errors.Join(err, errors.New("expected 404")))
	}
	if err := c.put("404.html", a.Bytes()); err != nil {
		return fmt.Errorf("publish: writing the page for what is not there: %w", err)
	}
	return nil
}

// finish removes what an earlier export wrote, whole or not, and the site has no more, and writes down what this one did.
func (c *crawl) finish() error {
	gone := map[string]bool{}
	for name := range c.before.Files {
		gone[name] = true
	}
	journal, err := os.ReadFile(c.journal.Name())
	if err != nil {
		return fmt.Errorf("publish: reading what was written: %w", err)
	}
	for line := range strings.Lines(string(journal)) {
		var name string
		if _, err := fmt.Sscanf(line, "%q\n", &name); err == nil { // the last line of one that was killed can be half a line
			gone[name] = true
		}
	}
	for name := range gone {
		if _, stays := c.now.Files[name]; stays || !filepath.IsLocal(filepath.FromSlash(name)) {
			continue
		}
		if err := os.Remove(filepath.Join(c.Dir, filepath.FromSlash(name))); err == nil {
			c.out.Removed++
		} else if !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("publish: removing what the site has no more: %w", err)
		}
	}
	text, err := json.MarshalIndent(&c.now, "", " ")
	if err != nil {
		return fmt.Errorf("publish: writing down what was written: %w", err)
	}
	at := filepath.Join(c.Dir, manifestName)
	if err := os.WriteFile(at+".new", text, 0o644); err != nil {
		return fmt.Errorf("publish: writing down what was written: %w", err)
	}
	if err := errors.Join(disk.Sync(at+".new"), disk.Replace(at+".new", at), os.Remove(c.journal.Name())); err != nil {
		return fmt.Errorf("publish: writing down what was written: %w", err)
	}
	return nil
}
