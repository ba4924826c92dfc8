package publish

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Stamps say of pages what they are made from.
type Stamps interface {
	// Of is the page at an address, whatever its language and form; empty where nothing is known of it. The addresses of one page lead to each other.
	Of(at string) string
	// Sum is a hash of all that the page is made from, but for what Varies tells; empty where it is not known.
	Sum(ctx context.Context, of string) (string, error)
	// Varies is what stands in files of a sort and changes whenever anything in the record does: it stands in the file once, and nothing else in it
	// changes by that. An empty text: nothing.
	Varies(ctx context.Context, at string) (sort, text string, err error)
}

// A unit is a page with all its languages and forms.
type unit struct {
	once    sync.Once
	fault   error
	kept    bool // as the last export left it
	sum     string
	members []member
	leads   []lead // where it leads, but for where every page does
}

// A lead is where a page leads: an address without its first part, which is the language mostly, and the first parts, parted by commas.
type lead struct{ rest, firsts string }

// lead notes an address to which the page leads.
func (u *unit) lead(at string, words map[string]string) {
	first, rest, _ := strings.Cut(strings.TrimPrefix(at, "/"), "/")
	i := slices.IndexFunc(u.leads, func(l lead) bool { return l.rest == rest })
	if i < 0 {
		i = len(u.leads)
		u.leads = append(u.leads, lead{rest: rest})
	}
	firsts := strings.Split(u.leads[i].firsts, ",")
	if slices.Contains(firsts, first) {
		return
	}
	firsts = slices.DeleteFunc(append(firsts, first), func(s string) bool { return s == "" })
	slices.Sort(firsts)
	joined := strings.Join(firsts, ",")
	if words[joined] == "" { // there are few, each of many pages
		words[joined] = joined
	}
	u.leads[i].firsts = words[joined]
}

// A member is one address of a unit, and its file as it was left.
type member struct {
	at         string
	html       bool
	size, time int64
}

func (m *member) name() (string, error) {
	kind := ""
	if m.html {
		kind = "text/html"
	}
	return FileOf(m.at, kind)
}

// unitOf is the page that an address belongs to, nil where nothing is known of it. Whoever comes first finds out whether it can stay as it is.
func (c *crawl) unitOf(ctx context.Context, at string) (*unit, error) {
	if c.Stamps == nil {
		return nil, nil
	}
	of := c.Stamps.Of(at)
	if of == "" {
		return nil, nil
	}
	c.mu.Lock()
	u := c.units[of]
	if u == nil {
		u = &unit{}
		c.units[of] = u
	}
	c.mu.Unlock()
	u.once.Do(func() {
		if u.sum, u.fault = c.Stamps.Sum(ctx, of); u.fault != nil || u.sum == "" {
			return
		}
		if was := c.before.units[of]; was != nil && was.sum == u.sum {
			u.kept, u.fault = c.keep(ctx, u, was)
		}
	})
	return u, u.fault
}

// keep leaves a page as the last export wrote it, but for what varies with every change; false where a file is not as it was left.
func (c *crawl) keep(ctx context.Context, u, was *unit) (bool, error) {
	type change struct {
		name string
		text []byte
	}
	var changes []change
	names := make([]string, len(was.members))
	for i := range was.members {
		m := &was.members[i]
		name, err := m.name()
		if err != nil {
			return false, err
		}
		names[i] = name
		file := filepath.Join(c.Dir, filepath.FromSlash(name))
		info, err := os.Lstat(file)
		if err != nil || !info.Mode().IsRegular() || info.Size() != m.size || info.ModTime().UnixNano() != m.time {
			return false, nil
		}
		sort, text, err := c.Stamps.Varies(ctx, m.at)
		if err != nil {
			return false, err
		}
		old := c.before.varies[sort]
		c.note(sort, text)
		if text == old {
			continue
		}
		there, err := os.ReadFile(file)
		if err != nil || old == "" || text == "" || bytes.Count(there, []byte(old)) != 1 {
			return false, nil
		}
		changes = append(changes, change{name, bytes.Replace(there, []byte(old), []byte(text), 1)})
	}
	u.members = slices.Clone(was.members)
	u.leads = was.leads
	c.mu.Lock()
	for i := range u.members {
		c.seen[u.members[i].at] = true
		c.files[names[i]] = sum256{}
	}
	c.out.Kept += len(u.members)
	c.mu.Unlock()
	for _, ch := range changes {
		c.mu.Lock()
		delete(c.files, ch.name)
		c.mu.Unlock()
		if err := c.put(ch.name, ch.text, false); err != nil {
			return false, err
		}
	}
	if len(changes) > 0 {
		for i := range u.members {
			if err := c.look(&u.members[i]); err != nil {
				return false, err
			}
		}
	}
	var links []string
	for _, l := range u.leads {
		for first := range strings.SplitSeq(l.firsts, ",") {
			links = append(links, "/"+first+"/"+l.rest)
		}
	}
	c.add(links...)
	return true, nil
}

// note remembers what varies, for the next export.
func (c *crawl) note(sort, text string) {
	if sort == "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.varies == nil {
		c.varies = map[string]string{}
	}
	c.varies[sort] = text
}

// look notes how a file was left.
func (c *crawl) look(m *member) error {
	name, err := m.name()
	if err != nil {
		return err
	}
	info, err := os.Lstat(filepath.Join(c.Dir, filepath.FromSlash(name)))
	if err != nil {
		return fmt.Errorf("looking at what was written: %w", err)
	}
	m.size, m.time = info.Size(), info.ModTime().UnixNano()
	return nil
}

// member notes a file of a page, and where it leads.
func (c *crawl) member(u *unit, at, kind, name string, links []string) error {
	if u == nil || u.sum == "" {
		return nil
	}
	m := member{at: at, html: kind == "text/html"}
	if err := c.look(&m); err != nil {
		return err
	}
	ctx := context.Background()
	sort, text, err := c.Stamps.Varies(ctx, at)
	if err != nil {
		return err
	}
	c.note(sort, text)
	c.mu.Lock()
	defer c.mu.Unlock()
	u.members = append(u.members, m)
	for _, link := range links {
		if link, _, _ := strings.Cut(link, "#"); link != "" && !c.common[link] {
			u.lead(link, c.words)
		}
	}
	return nil
}
