package residue

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Limits bound what opening packed files may cost, for each file of the disk.
// The zero value of each is its usual one.
type Limits struct {
	Depth   int   // archives within archives: 12
	Ratio   int64 // how many times its size a file may unpack to: 200, and 64 MiB in any case
	Memory  int64 // bytes of a ZIP within another file, or of a PDF, that are held at once: 256 MiB
	Members int   // members of archives in one file: 1,000,000
	Found   int   // places that are listed; more are counted: 10,000
}

func (l Limits) orUsual() Limits {
	usual := Limits{Depth: 12, Ratio: 200, Memory: 256 << 20, Members: 1_000_000, Found: 10_000}
	if l.Depth == 0 {
		l.Depth = usual.Depth
	}
	if l.Ratio == 0 {
		l.Ratio = usual.Ratio
	}
	if l.Memory == 0 {
		l.Memory = usual.Memory
	}
	if l.Members == 0 {
		l.Members = usual.Members
	}
	if l.Found == 0 {
		l.Found = usual.Found
	}
	return l
}

// Options are how it is searched.
type Options struct {
	EachWord bool // the words of a phrase one by one as well
	Limits   Limits
	Progress func(bytes int64) // hears how many bytes of files were read, if not nil
}

// A Place is where something was found. Nothing in it is text from the file,
// but for names of files and of members of archives.
type Place struct {
	File   string `json:"file"`
	Inside string `json:"inside,omitempty"` // the way through archives and streams, outermost first
	Offset int64  `json:"offset"`           // in the innermost stream, from 0; -1 where there is none
	Page   int64  `json:"page,omitempty"`   // of a SQLite file, from 1
	Part   string `json:"part,omitempty"`   // such as "free page", "table entries", "name of the file"
	Word   int    `json:"word"`             // which word or phrase, in the order of Words, from 1
	Form   Form   `json:"form"`
}

// Unsearched is something that could not be searched, and why.
type Unsearched struct {
	File   string `json:"file"`
	Inside string `json:"inside,omitempty"`
	Why    string `json:"why"`
}

// A Report is what a search found.
type Report struct {
	Words       int          `json:"words"` // words and phrases that were looked for, with those of EachWord
	Files       int          `json:"files"`
	Bytes       int64        `json:"bytes"` // of files
	Unpacked    int64        `json:"unpacked"`
	Found       []Place      `json:"found"`
	More        int          `json:"more,omitempty"` // places beyond those listed
	NotSearched []Unsearched `json:"not_searched"`
	Pictures    []Unsearched `json:"pictures"` // searched as bytes; what is seen on them is not text
}

// Gone reports whether nothing was found and everything was searched.
func (r *Report) Gone() bool { return len(r.Found) == 0 && len(r.NotSearched) == 0 }

// A Searcher looks for words. It is for one goroutine.
type Searcher struct {
	list []string
	opt  Options
	m    *machine
}

// New is a searcher for words and phrases. The error says which word cannot be
// looked for, by its number.
func New(words []string, opt Options) (*Searcher, error) {
	list, err := phrases(words, opt.EachWord)
	if err != nil {
		return nil, err
	}
	opt.Limits = opt.Limits.orUsual()
	return &Searcher{list: list, opt: opt, m: newMachine(patternsOf(list))}, nil
}

// Paths searches files, and folders with everything below them. Links are not
// followed. The error is for a path that is not there, or for ctx; what
// cannot be read below a folder is in the report.
func (s *Searcher) Paths(ctx context.Context, paths ...string) (Report, error) {
	r := &run{Searcher: s, ctx: ctx, names: newMatcher(s.m, nil)}
	defer r.names.close()
	r.report = Report{Words: len(s.list), Found: []Place{}, NotSearched: []Unsearched{}, Pictures: []Unsearched{}}
	for _, path := range paths {
		if whole, err := filepath.EvalSymlinks(path); err == nil {
			path = whole // what was named is followed, what is met is not
		}
		if err := r.walk(path); err != nil {
			return r.report, err
		}
	}
	return r.report, nil
}

// A run is one search.
type run struct {
	*Searcher
	ctx    context.Context
	report Report
	names  *matcher
}

func (r *run) walk(root string) error {
	if _, err := os.Lstat(root); err != nil {
		return err
	}
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		here := &place{file: path}
		if err != nil {
			r.unsearched(here, reason(err))
			return nil
		}
		r.name(here, filepath.Base(path), "name of the file")
		switch {
		case d.IsDir():
		case d.Type()&fs.ModeSymlink != 0:
			target, err := os.Readlink(path)
			if err == nil {
				r.name(here, target, "target of the link")
			}
			r.unsearched(here, "a link, which is not followed; name what it leads to")
		case d.Type()&fs.ModeSocket != 0: // it holds nothing
		case !d.Type().IsRegular():
			r.unsearched(here, "no ordinary file (a pipe or a device)")
		default:
			return r.file(path)
		}
		return nil
	})
}

// name looks for the words in a name.
func (r *run) name(at *place, name, part string) {
	r.names.reset()
	r.names.found = func(word int, form Form, start, end int64) {
		r.found(Place{File: at.file, Inside: at.inside, Offset: -1, Part: part, Word: word + 1, Form: form})
	}
	_, _ = r.names.Write([]byte(name)) // it never fails
}

func (r *run) found(p Place) {
	if len(r.report.Found) >= r.opt.Limits.Found {
		r.report.More++
		return
	}
	r.report.Found = append(r.report.Found, p)
}

func (r *run) unsearched(at *place, why string) {
	one := Unsearched{File: at.file, Inside: at.inside, Why: why}
	if n := len(r.report.NotSearched); n == 0 || r.report.NotSearched[n-1] != one {
		r.report.NotSearched = append(r.report.NotSearched, one)
	}
}

// picture notes once for each file and way that something is a picture.
func (r *run) picture(at *place, why string) {
	one := Unsearched{File: at.file, Inside: at.inside, Why: why}
	if !slices.Contains(r.report.Pictures[max(0, len(r.report.Pictures)-20):], one) {
		r.report.Pictures = append(r.report.Pictures, one)
	}
}

// reason is an error without the path, which stands beside it.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return strings.TrimSpace(fmt.Sprintf("cannot be read: %v", err))
}
