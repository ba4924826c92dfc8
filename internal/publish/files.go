package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
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
	Also    []string // more addresses, to which no page needs to lead
	// Stamps say what pages are made from, so that those of which nothing changed since the last export stay as they are; nil: every page is made.
	Stamps Stamps
	// Program is what every page is made by: another one (another build, another law) makes every page.
	Program string
	// Progress hears how many addresses were read, of how many known so far; may be nil.
	Progress func(done, known int64)
}

// A Written says what an export did.
type Written struct {
	Files   int      // in the whole site
	Changed int      // of them, which were written now
	Removed int      // that an earlier export had written, and the site has no more
	Kept    int      // that were not made, since nothing changed of what they are made from
	Queries int      // links that a query answers
	Broken  []string // addresses that a page leads to and that answer something else than a page
}

// crawl is one export.
type crawl struct {
	*Site
	before  *manifest
	journal *os.File
	common  map[string]bool // links of the pages to begin at, which are always followed
	folders sync.Map        // that are there

	mu      sync.Mutex
	todo    []string
	seen    map[string]bool
	queries map[string]bool
	busy    int
	wake    *sync.Cond
	fault   error
	done    int64
	files   map[string]sum256 // what stands in each; zero where it was not read
	units   map[string]*unit
	recent  recent
	words   map[string]string // first parts of addresses, see lead
	varies  map[string]string
	out     Written
}

// Write writes the site. One that was stopped anywhere is gone on with the next time, and ends equal; a file appears under its name only when it is
// whole, and one that says the same already is not touched.
func (s *Site) Write(ctx context.Context) (_ *Written, err error) {
	if err := os.MkdirAll(s.Dir, 0o755); err != nil {
		return nil, fmt.Errorf("publish: making the folder of the site: %w", err)
	}
	c := &crawl{Site: s, seen: map[string]bool{}, queries: map[string]bool{}, common: map[string]bool{}, files: map[string]sum256{}, units: map[string]*unit{}, words: map[string]string{}}
	c.wake = sync.NewCond(&c.mu)
	if err := c.recall(); err != nil {
		return nil, err
	}
	if c.journal, err = os.OpenFile(filepath.Join(s.Dir, journalName), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644); err != nil {
		return nil, fmt.Errorf("publish: noting what is written: %w", err)
	}
	defer func() { err = errors.Join(err, c.journal.Close()) }()
	for _, at := range s.Begin {
		if err := c.begin(ctx, at); err != nil {
			return nil, fmt.Errorf("publish: %s: %w", at, err)
		}
	}
	c.add(s.Also...)
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

// stop ends the export for a reason.
func (c *crawl) stop(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fault == nil {
		c.fault = err
	}
	c.wake.Broadcast()
}

// add notes addresses that are to be read, each once.
func (c *crawl) add(links ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, link := range links {
		link, _, _ = strings.Cut(link, "#")
		at, query, has := strings.Cut(link, "?")
		if has && query != "" {
			c.queries[link] = true
			continue
		}
		if at == "" || at[0] != '/' || strings.HasPrefix(at, "//") || c.seen[at] {
			continue
		}
		c.seen[at] = true
		c.todo = append(c.todo, at)
		c.wake.Signal()
	}
}

// begin reads a page to begin at. Where it leads is followed whatever else is made.
func (c *crawl) begin(ctx context.Context, at string) error {
	c.seen[at] = true
	links, err := c.read(ctx, at)
	for _, link := range links {
		c.common[link] = true
	}
	return err
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
		_, err := c.read(ctx, at)
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

// read reads one address, writes what it answers, and notes where it leads. What did not change since the last export is not read.
func (c *crawl) read(ctx context.Context, at string) ([]string, error) {
	u, err := c.unitOf(ctx, at)
	if err != nil || u != nil && u.kept {
		return nil, err
	}
	a, err := c.ask(ctx, at)
	if err != nil {
		return nil, err
	}
	kind, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
	switch {
	case a.code >= 300 && a.code < 400:
		to, err := url.Parse(a.header.Get("Location"))
		if err == nil && to.Host == "" {
			c.add(to.Path)
		}
		return nil, nil
	case a.code >= 500:
		return nil, fmt.Errorf("the page could not be made (%d)", a.code)
	case a.code != http.StatusOK:
		c.mu.Lock()
		c.out.Broken = append(c.out.Broken, at)
		c.mu.Unlock()
		return nil, nil
	}
	links := linksIn(kind, c.Address, a.Bytes())
	c.add(links...)
	name, err := FileOf(at, kind)
	if err != nil {
		return nil, err
	}
	if err := c.put(name, a.Bytes(), true); err != nil {
		return nil, err
	}
	return links, c.member(u, at, kind, name, links)
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

type sum256 [sha256.Size]byte

// put writes a file where it says something else than it should. look says whether it may say the same already.
func (c *crawl) put(name string, data []byte, look bool) error {
	sum := sum256(sha256.Sum256(data))
	target := filepath.Join(c.Dir, filepath.FromSlash(name))
	changed := true
	if look {
		there, err := os.ReadFile(target)
		changed = err != nil || !bytes.Equal(there, data)
	}
	err := error(nil)
	c.mu.Lock()
	if other, twice := c.files[name]; twice && other != sum {
		c.mu.Unlock()
		return fmt.Errorf("two addresses stand in the file %s", name)
	}
	c.files[name] = sum
	if changed {
		c.out.Changed++
		_, err = fmt.Fprintf(c.journal, "%q\n", name) // before the file, so that none is forgotten
	}
	same := c.recent.have(sum)
	c.mu.Unlock()
	if err != nil || !changed {
		return err
	}
	folder := filepath.Dir(target)
	if _, made := c.folders.Load(folder); !made {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		c.folders.Store(folder, true)
	}
	building := target + ".new"
	if err := write(building, data, same); err != nil {
		return err
	}
	if err := disk.Rename(building, target); err != nil {
		return err
	}
	c.mu.Lock()
	c.recent.keep(sum, target)
	c.mu.Unlock()
	return nil
}

// write makes a file, or another name of one that says the same, as data do in every language. What an export that was killed left under the name goes
// first: it may be a name of another file.
func write(name string, data []byte, same string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if same != "" && os.Link(same, name) == nil {
		return nil
	}
	return os.WriteFile(name, data, 0o644)
}

// recent are files that were written last, by what stands in them.
type recent struct {
	names map[sum256]string
	order [256]sum256
	next  int
}

func (r *recent) have(sum sum256) string { return r.names[sum] }

func (r *recent) keep(sum sum256, target string) {
	if r.names == nil {
		r.names = map[sum256]string{}
	}
	if _, is := r.names[sum]; is {
		return
	}
	delete(r.names, r.order[r.next])
	r.names[sum], r.order[r.next] = target, sum
	r.next = (r.next + 1) % len(r.order)
}

// first stands at the address of the site itself, where a server would send each reader to a language of theirs.
const first = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Fener</title></head>
<body><ul><li><a href="/sq/" lang="sq">Shqip</a></li><li><a href="/sr/" lang="sr-Cyrl">Српски</a></li><li><a href="/sr-Latn/" lang="sr-Latn">Srpski</a></li><li><a href="/en/" lang="en">English</a></li></ul></body></html>
`

// languages writes what a server answers by what a reader asks for: the first page of all, and the one for addresses that are not there.
func (c *crawl) languages() error {
	if err := c.put("index.html", []byte(first), true); err != nil {
		return fmt.Errorf("publish: writing the first page: %w", err)
	}
	a, err := c.ask(context.Background(), "/en/404")
	if err != nil || a.code != http.StatusNotFound {
		return fmt.Errorf("publish: the page for what is not there answers %d: %w", a.code, errors.Join(err, errors.New("expected 404")))
	}
	if err := c.put("404.html", a.Bytes(), true); err != nil {
		return fmt.Errorf("publish: writing the page for what is not there: %w", err)
	}
	return nil
}
