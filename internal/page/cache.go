package page

import (
	"bytes"
	"compress/gzip"
	"container/list"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"fener/locale"
)

// Kept is an answer ready to be sent: its bytes, the same bytes compressed, and a tag for each.
type Kept struct {
	contentType string
	plain, gzip []byte
	tag         string // hex, without quotes
}

// keep is Keep, for files without compressing.
func (s *Site) keep(contentType string, body []byte) (*Kept, error) {
	if s.config.Files {
		return plainly(contentType, body), nil
	}
	return Keep(contentType, body)
}

// plainly prepares an answer that is not compressed.
func plainly(contentType string, body []byte) *Kept {
	sum := sha256.Sum256(body)
	return &Kept{contentType: contentType, plain: bytes.Clone(body), tag: hex.EncodeToString(sum[:12])}
}

// Keep prepares an answer of this content type.
func Keep(contentType string, body []byte) (*Kept, error) {
	if contentType == mediaTypes[asPNG] || contentType == "image/jpeg" { // compressed as it is
		return plainly(contentType, body), nil
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(body); err != nil {
		return nil, fmt.Errorf("compressing an answer: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("compressing an answer: %w", err)
	}
	sum := sha256.Sum256(body)
	// Buffers grow to twice what is in them; what is kept must take no more than is counted.
	return &Kept{contentType: contentType, plain: bytes.Clone(body), gzip: bytes.Clone(b.Bytes()), tag: hex.EncodeToString(sum[:12])}, nil
}

// overhead is what an answer takes beside its bytes: its slot, its places in the list and the map, the channel and the allocator's rounding. Measured
// over 100,000 answers of a few bytes; without it a flood of small answers took forty times what was counted.
const overhead = 1024

// cost is what keeping the answer under a key takes.
func (s *slot) cost() int { return len(s.key.path) + len(s.kept.plain) + len(s.kept.gzip) + overhead }

// ServeHTTP sends the answer, compressed where the reader takes that, or only says that the reader's copy still holds.
func (k *Kept) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	body, tag := k.plain, `"`+k.tag+`"`
	h.Add("Vary", "Accept-Encoding")
	if k.gzip != nil && len(k.gzip) < len(k.plain) && takesGzip(r.Header.Get("Accept-Encoding")) {
		body, tag = k.gzip, `"`+k.tag+`-gz"`
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("ETag", tag)
	if holds(r.Header.Get("If-None-Match"), tag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", k.contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		w.Write(body) // an error here means that the reader has gone
	}
}

func takesGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		coding, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			q, found := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
			value, err := strconv.ParseFloat(q, 64)
			return !found || err == nil && value > 0
		}
	}
	return false
}

func holds(header, tag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimPrefix(strings.TrimSpace(part), "W/")
		if part == tag || part == "*" {
			return true
		}
	}
	return false
}

// Cache keeps answers by path, language and position of the ledger. When the position rises, what was kept for earlier ones is dropped;
// beyond its bound in bytes, what was asked for longest ago goes first. It is safe for use by many at once.
type Cache struct {
	mu     sync.Mutex
	seq    int64
	limit  int
	bytes  int
	byKey  map[cacheKey]*list.Element
	recent *list.List // of *slot, the latest first
}

type cacheKey struct {
	path string
	lang locale.Lang
}

// slot is one kept answer, or one being made: whoever asks meanwhile waits for it instead of making it again.
type slot struct {
	key   cacheKey
	ready chan struct{}
	kept  *Kept
	err   error
}

// NewCache makes a cache that holds at most limit bytes of answers.
func NewCache(limit int) *Cache {
	return &Cache{limit: limit, byKey: map[cacheKey]*list.Element{}, recent: list.New()}
}

// Have gives the kept answer where there is one already, and nil where it would have to be made or is being made.
func (c *Cache) Have(path string, l locale.Lang, seq int64) *Kept {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[cacheKey{path, l}]
	if !ok || seq != c.seq {
		return nil
	}
	s := e.Value.(*slot)
	if !isClosed(s.ready) {
		return nil
	}
	c.recent.MoveToFront(e)
	return s.kept // nil where making it failed just now
}

// Get gives the kept answer, or makes it, once however many ask. Errors are given to all who wait and are not kept.
func (c *Cache) Get(path string, l locale.Lang, seq int64, build func() (*Kept, error)) (*Kept, error) {
	key := cacheKey{path, l}
	c.mu.Lock()
	if seq > c.seq {
		c.seq, c.bytes = seq, 0
		clear(c.byKey)
		c.recent.Init()
	}
	if seq < c.seq { // asked just before the ledger grew: answer it, keep nothing
		c.mu.Unlock()
		return build()
	}
	if e, ok := c.byKey[key]; ok {
		c.recent.MoveToFront(e)
		c.mu.Unlock()
		s := e.Value.(*slot)
		<-s.ready
		return s.kept, s.err
	}
	s := &slot{key: key, ready: make(chan struct{}), err: errAbandoned}
	e := c.recent.PushFront(s)
	c.byKey[key] = e
	c.mu.Unlock()

	defer c.settle(s, e) // also when build panics, so that nobody waits for ever
	s.kept, s.err = build()
	return s.kept, s.err
}

var errAbandoned = errors.New("making this page was abandoned")

// settle wakes those who wait, and counts the answer or, where there is none, forgets it.
func (c *Cache) settle(s *slot, e *list.Element) {
	close(s.ready)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byKey[s.key] != e { // the ledger grew meanwhile
		return
	}
	if s.err != nil {
		c.drop(e)
		return
	}
	c.bytes += s.cost()
	for last := c.recent.Back(); c.bytes > c.limit && last != nil; {
		before := last.Prev()
		if done := last.Value.(*slot); isClosed(done.ready) {
			c.bytes -= done.cost()
			c.drop(last)
		}
		last = before
	}
}

func isClosed(ready chan struct{}) bool {
	select {
	case <-ready:
		return true
	default:
		return false
	}
}

func (c *Cache) drop(e *list.Element) {
	delete(c.byKey, e.Value.(*slot).key)
	c.recent.Remove(e)
}
