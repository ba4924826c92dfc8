package publish

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fener/internal/disk"
)

// The files that an export keeps about itself.
const (
	manifestName = ".fener-export"
	journalName  = ".fener-export.part" // what was written since the last whole export
)

const manifestForm = "fener site 1\n"

// manifest is what a whole export wrote. It is a file of lines, since a site can have a million files:
//
//	fener site 1
//	{"address": ..., "program": ..., "varies": ...}
//	f <name>                                of a file that is always made
//	u <page> <sum>                          of a page that is made when something changed, followed by
//	m <address> <h: a page> <size> <time>   its files, and
//	l <rest> <first parts>                  where it leads
//
// Fields are parted by tabs; names are quoted.
type manifest struct {
	files  []string
	units  map[string]*unit
	varies map[string]string
}

type manifestHead struct {
	Address string            `json:"address"`
	Program string            `json:"program"`
	Varies  map[string]string `json:"varies,omitempty"`
}

// recall reads what the last whole export wrote.
func (c *crawl) recall() error {
	c.before = &manifest{units: map[string]*unit{}}
	at := filepath.Join(c.Dir, manifestName)
	text, err := os.ReadFile(at)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		entries, err := os.ReadDir(c.Dir)
		if err != nil {
			return fmt.Errorf("publish: looking into %s: %w", c.Dir, err)
		}
		if len(entries) > 0 && !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == journalName }) {
			return fmt.Errorf("publish: %s is not empty and no export wrote it; name an empty or a new folder", c.Dir)
		}
		return nil
	case err != nil:
		return fmt.Errorf("publish: reading what an earlier export wrote: %w", err)
	}
	if err := c.before.read(string(text), c.Site); err != nil {
		return fmt.Errorf("publish: %s is not what an export writes; name another folder: %w", at, err)
	}
	return nil
}

// read reads the file. The pages of another program, or for another address, are not taken over.
func (m *manifest) read(text string, s *Site) error {
	rest, is := strings.CutPrefix(text, manifestForm)
	first, rest, whole := strings.Cut(rest, "\n")
	var head manifestHead
	if err := json.Unmarshal([]byte(first), &head); err != nil || !is || !whole {
		return errors.Join(errors.New("expected a list of files"), err)
	}
	m.varies = head.Varies
	reuse := head.Address == s.Address && head.Program == s.Program && s.Program != ""
	var last *unit
	for line := range strings.Lines(rest) {
		sort, line, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if err := m.line(sort, line, &last, reuse); err != nil {
			return fmt.Errorf("the line %.200q: %w", line, err)
		}
	}
	return nil
}

func (m *manifest) line(sort, line string, last **unit, reuse bool) error {
	switch sort {
	case "f":
		name, err := strconv.Unquote(line)
		m.files = append(m.files, name)
		return err
	case "u":
		of, sum, _ := strings.Cut(line, "\t")
		*last = &unit{sum: sum}
		if reuse {
			m.units[of] = *last
		}
		return nil
	}
	if *last == nil {
		return errors.New("it belongs to no page")
	}
	switch parts := strings.Split(line, "\t"); {
	case sort == "m" && len(parts) == 4:
		one := member{at: parts[0], html: parts[1] == "h"}
		var err, bad error
		one.size, err = strconv.ParseInt(parts[2], 10, 64)
		one.time, bad = strconv.ParseInt(parts[3], 10, 64)
		if err = errors.Join(err, bad); err != nil {
			return err
		}
		name, err := one.name()
		(*last).members = append((*last).members, one)
		m.files = append(m.files, name)
		return err
	case sort == "l" && len(parts) == 2:
		(*last).leads = append((*last).leads, lead{parts[0], parts[1]})
		return nil
	}
	return errors.New("expected f, u, m or l with what belongs to it")
}

// write writes the file: of files, those that belong to no page as well.
func (m *manifest) write(to io.Writer, s *Site) error {
	head, err := json.Marshal(&manifestHead{s.Address, s.Program, m.varies})
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(to, 1<<20)
	fmt.Fprintf(w, "%s%s\n", manifestForm, head)
	for _, name := range m.files {
		w.WriteString("f\t" + strconv.Quote(name) + "\n")
	}
	for _, of := range slices.Sorted(maps.Keys(m.units)) {
		u := m.units[of]
		w.WriteString("u\t" + of + "\t" + u.sum + "\n")
		slices.SortFunc(u.members, func(a, b member) int { return strings.Compare(a.at, b.at) })
		for i := range u.members {
			one, html := &u.members[i], ""
			if one.html {
				html = "h"
			}
			w.WriteString("m\t" + one.at + "\t" + html + "\t" + strconv.FormatInt(one.size, 10) + "\t" + strconv.FormatInt(one.time, 10) + "\n")
		}
		slices.SortFunc(u.leads, func(a, b lead) int { return strings.Compare(a.rest, b.rest) })
		for _, l := range u.leads {
			w.WriteString("l\t" + l.rest + "\t" + l.firsts + "\n")
		}
	}
	return w.Flush()
}

// finish removes what an earlier export wrote, whole or not, and the site has no more, and writes down what this one did.
func (c *crawl) finish() error {
	c.out.Files = len(c.files)
	gone := c.before.files
	journal, err := os.ReadFile(c.journal.Name())
	if err != nil {
		return fmt.Errorf("publish: reading what was written: %w", err)
	}
	for line := range strings.Lines(string(journal)) {
		if name, err := strconv.Unquote(strings.TrimSuffix(line, "\n")); err == nil { // the last line of one that was killed can be half a line
			gone = append(gone, name)
		}
	}
	for _, name := range gone {
		if _, stays := c.files[name]; stays || !filepath.IsLocal(filepath.FromSlash(name)) {
			continue
		}
		if err := os.Remove(filepath.Join(c.Dir, filepath.FromSlash(name))); err == nil {
			c.out.Removed++
			for dir := filepath.Dir(filepath.FromSlash(name)); dir != "." && os.Remove(filepath.Join(c.Dir, dir)) == nil; { // folders in which nothing is left
				dir = filepath.Dir(dir)
			}
		} else if !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("publish: removing what the site has no more: %w", err)
		}
	}
	if err := c.remember(); err != nil {
		return fmt.Errorf("publish: writing down what was written: %w", err)
	}
	return nil
}

// remember writes the manifest, and ends the export.
func (c *crawl) remember() error {
	now := &manifest{units: map[string]*unit{}, varies: c.varies}
	of := map[string]bool{}
	for name, u := range c.units {
		if u.sum == "" || len(u.members) == 0 {
			continue
		}
		now.units[name] = u
		for i := range u.members {
			file, err := u.members[i].name()
			if err != nil {
				return err
			}
			of[file] = true
		}
	}
	for name := range c.files {
		if !of[name] {
			now.files = append(now.files, name)
		}
	}
	slices.Sort(now.files)
	at := filepath.Join(c.Dir, manifestName)
	file, err := os.Create(at + ".new")
	if err != nil {
		return err
	}
	if err := errors.Join(now.write(file, c.Site), file.Close()); err != nil {
		return err
	}
	return errors.Join(disk.Sync(at+".new"), disk.Replace(at+".new", at), os.Remove(c.journal.Name()))
}
