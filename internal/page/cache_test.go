package page

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"fener/locale"
)

func made(t *testing.T, text string, count *atomic.Int64) func() (*Kept, error) {
	return func() (*Kept, error) {
		count.Add(1)
		k, err := Keep("text/plain", []byte(text))
		if err != nil {
			t.Error(err)
		}
		return k, err
	}
}

func TestCacheMakesAPageOnceForAll(t *testing.T) {
	c := NewCache(1 << 20)
	var count atomic.Int64
	release := make(chan struct{})
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			k, err := c.Get("help", locale.EN, 1, func() (*Kept, error) {
				<-release
				return made(t, "help", &count)()
			})
			if err != nil || string(k.plain) != "help" {
				t.Errorf("got %v, %v", k, err)
			}
		})
	}
	close(release)
	wg.Wait()
	if count.Load() != 1 {
		t.Errorf("made %d times, want once", count.Load())
	}
}

func TestCacheTellsPagesApart(t *testing.T) {
	c := NewCache(1 << 20)
	var count atomic.Int64
	for range 2 {
		for _, l := range locale.All {
			for _, path := range []string{"", "help"} {
				want := path + string(l)
				k, err := c.Get(path, l, 1, made(t, want, &count))
				if err != nil || string(k.plain) != want {
					t.Errorf("%s %s: got %q, %v", path, l, k.plain, err)
				}
			}
		}
	}
	if count.Load() != 8 {
		t.Errorf("made %d times, want 8", count.Load())
	}
}

func TestCacheFollowsTheLedger(t *testing.T) {
	c := NewCache(1 << 20)
	var count atomic.Int64
	for _, row := range []struct {
		seq  int64
		text string
		want string
	}{
		{1, "one", "one"}, {1, "not made", "one"}, {2, "two", "two"}, {1, "a late reader's", "a late reader's"}, {2, "not made", "two"},
	} {
		k, err := c.Get("", locale.EN, row.seq, made(t, row.text, &count))
		if err != nil || string(k.plain) != row.want {
			t.Errorf("at %d: got %q, %v, want %q", row.seq, k.plain, err, row.want)
		}
	}
	if len(c.byKey) != 1 || c.recent.Len() != 1 {
		t.Errorf("%d pages kept, want only the one of the latest position", len(c.byKey))
	}
}

func TestCacheKeepsNoErrors(t *testing.T) {
	c := NewCache(1 << 20)
	broken := errors.New("broken")
	if _, err := c.Get("", locale.EN, 1, func() (*Kept, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		c.Get("", locale.EN, 1, func() (*Kept, error) { panic("broken") })
	}()
	var count atomic.Int64
	if _, err := c.Get("", locale.EN, 1, made(t, "whole", &count)); err != nil || count.Load() != 1 {
		t.Errorf("after an error: %v, made %d times", err, count.Load())
	}
}

func TestCacheIsBounded(t *testing.T) {
	var count atomic.Int64
	page := strings.Repeat("x", 1000)
	one, err := Keep("text/plain", []byte(page))
	if err != nil {
		t.Fatal(err)
	}
	c := NewCache(3 * (&slot{key: cacheKey{path: "a"}, kept: one}).cost())
	ask := func(path string) {
		if _, err := c.Get(path, locale.EN, 1, made(t, page, &count)); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{"a", "b", "c", "a", "d"} { // b is what was asked for longest ago
		ask(path)
	}
	if c.bytes > c.limit || len(c.byKey) != 3 {
		t.Errorf("%d bytes in %d pages, limit %d", c.bytes, len(c.byKey), c.limit)
	}
	before := count.Load()
	ask("a")
	ask("c")
	ask("d")
	if count.Load() != before {
		t.Error("a page asked for lately was dropped")
	}
	ask("b")
	if count.Load() != before+1 {
		t.Error("the page asked for longest ago was not the one dropped")
	}
}
