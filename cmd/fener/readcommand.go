package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fener/internal/disk"
	"fener/internal/document"
	"fener/internal/proposed"
	"fener/internal/terminal"

	"github.com/schollz/progressbar/v3"
)

// reading is one run of `fener read`.
type reading struct {
	*command
	out    string
	text   bool
	format string
	files  []string
	reader document.Reader

	read, pages, unread int // documents, their pages, and those of the pages that were not read
	refused             int // documents of which nothing was read
}

// readCommand reads documents: their text, and what it says of judgments.
func readCommand(ctx context.Context, c *command, args []string) (code int, err error) {
	r := &reading{command: c}
	f := c.flags("fener read")
	f.StringVar(&r.out, "out", "", "file to write")
	f.BoolVar(&r.text, "text", false, "the text alone")
	f.StringVar(&r.format, "format", "", "xlsx, csv or jsonl")
	f.BoolVar(&r.reader.Offline, "no-recognition", false, "recognise nothing in pictures")
	rest, err := c.parse(f, args, true)
	if err != nil {
		return exitUsage, err
	}
	if len(rest) == 0 {
		return exitUsage, wrongUse("read needs at least one document, or a folder of documents")
	}
	if r.files, err = documentsIn(rest); err != nil {
		return exitUnreadable, err
	}
	to, err := r.output()
	if err != nil {
		return exitUsage, err
	}
	defer func() { err = errors.Join(err, to.discard()) }()
	if err := r.each(ctx, to); err != nil {
		return exitUnreadable, err
	}
	if err := to.keep(); err != nil {
		return exitUnreadable, err
	}
	fmt.Fprintln(c.err, r.summary())
	switch {
	case r.read == 0:
		return exitUnreadable, nil
	case r.refused > 0 || r.unread > 0:
		return exitOpen, nil
	}
	return exitDone, nil
}

// readTarget is what becomes of documents that were read.
type readTarget interface {
	target
	take(ctx context.Context, name string, file *os.File, notes func(document.Note) error) (pages, unread int, err error)
	refuse(name, why string)
}

// output is what was asked for: the text, or a table of what the text says. The end of the file's name tells its form.
func (r *reading) output() (readTarget, error) {
	form := r.format
	if form == "" {
		form = strings.TrimPrefix(strings.ToLower(filepath.Ext(r.out)), ".")
	}
	write := map[string]func(*proposed.Set, io.Writer) error{"xlsx": (*proposed.Set).XLSX, "csv": (*proposed.Set).CSV, "jsonl": (*proposed.Set).JSONLines, "": (*proposed.Set).Text}[form]
	switch {
	case r.text && r.format != "":
		return nil, wrongUse("read --text has one form; leave out --format %s", r.format)
	case !r.text && write == nil:
		return nil, wrongUse("read writes xlsx, csv or jsonl, not %q%s; the text alone with --text", form, nearest(form, []string{"xlsx", "csv", "jsonl"}))
	case !r.text && form == "xlsx" && r.out == "":
		return nil, wrongUse("a workbook needs --out FILE.xlsx")
	}
	to := target(plainTarget{r.streams.out})
	if r.text || form != "" {
		to = plainTarget{terminal.Data(r.streams.out)}
	}
	if r.out != "" {
		file, err := newFileTarget(r.out)
		if err != nil {
			return nil, err
		}
		to = file
	}
	if r.text {
		return &textReading{target: to, reading: r}, nil
	}
	return &tableReading{target: to, reading: r, write: write}, nil
}

// each reads the documents one after the other. One that cannot be read is said, and does not keep the others from being read.
func (r *reading) each(ctx context.Context, to readTarget) error {
	bar := r.bar()
	defer bar.finish()
	for _, path := range r.files {
		pages, unread, err := r.one(ctx, to, path, bar)
		refused, kind := new(document.UnreadError), new(disk.KindError)
		switch {
		case errors.As(err, &refused), errors.As(err, &kind), errors.Is(err, fs.ErrPermission):
			bar.clear()
			fmt.Fprintln(r.err, r.explain(err))
			to.refuse(path, r.explain(err))
			r.refused++
		case err != nil:
			return err
		default:
			r.read++
		}
		r.pages += pages
		r.unread += unread
	}
	return nil
}

func (r *reading) one(ctx context.Context, to readTarget, path string, bar *progress) (pages, unread int, err error) {
	file, err := disk.Open(path)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if bar.bar != nil {
		if info, err := file.Stat(); err == nil {
			defer func() { _ = bar.bar.Add64(info.Size()) }() // a bar that cannot be moved is no reason to stop
		}
	}
	pages, unread, err = to.take(ctx, path, file, func(n document.Note) error {
		bar.clear()
		_, err := fmt.Fprintf(r.err, "%s: %s\n", path, n.Text())
		return err
	})
	return pages, unread, err
}

// bar shows how far it is, where documents are so long that it is worth its line.
func (r *reading) bar() *progress {
	total := int64(0)
	for _, path := range r.files {
		if info, err := os.Stat(path); err == nil {
			total += info.Size()
		}
	}
	if !terminal.Is(r.err) || r.out == "" && terminal.Is(r.streams.out) || total < 1<<20 {
		return &progress{}
	}
	return &progress{newBar(r.err, total, progressbar.OptionShowBytes(true))}
}

func (r *reading) summary() string {
	text := fmt.Sprintf("%d of %d documents read, %d pages", r.read, r.read+r.refused, r.pages)
	if r.unread > 0 {
		text += fmt.Sprintf(", %d of which were not read", r.unread)
	}
	return text
}

// documentsIn are the files named, and those in the folders named, however deep. What a folder holds beside documents is said when it is
// read; hidden files are left out.
func documentsIn(named []string) ([]string, error) {
	var files []string
	for _, path := range named {
		info, err := os.Stat(path)
		if err != nil || !info.IsDir() {
			files = append(files, path) // what is wrong with it is said when it is read
			continue
		}
		err = filepath.WalkDir(path, func(inner string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case strings.HasPrefix(entry.Name(), ".") && inner != path && entry.IsDir():
				return filepath.SkipDir
			case entry.Type().IsRegular() && !strings.HasPrefix(entry.Name(), ".") && !strings.HasPrefix(entry.Name(), "~$"):
				files = append(files, inner)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("looking for documents in %s: %w", path, err)
		}
	}
	if len(files) == 0 {
		return nil, wrongUse("no documents are in %s", strings.Join(named, ", "))
	}
	return slices.Compact(files), nil
}

// tableReading makes a table of what documents say, which is written when all were read.
type tableReading struct {
	target
	*reading
	set   proposed.Set
	write func(*proposed.Set, io.Writer) error
}

func (t *tableReading) refuse(name, why string) { t.set.Refuse(name, why) }

func (t *tableReading) take(ctx context.Context, name string, file *os.File, notes func(document.Note) error) (pages, unread int, err error) {
	d, err := t.reader.Read(ctx, name, file)
	if err != nil {
		return 0, 0, err
	}
	for _, n := range d.Notes {
		if err := notes(n); err != nil {
			return 0, 0, err
		}
	}
	for _, g := range d.Gaps {
		unread++
		fmt.Fprintf(t.err, "%s, %s\n", name, g.Text())
	}
	t.set.Add(d)
	return len(d.Pages), unread, nil
}

func (t *tableReading) keep() error {
	t.set.Tie()
	if err := t.write(&t.set, t.target); err != nil {
		return err
	}
	if err := t.target.keep(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(t.err, t.set.Summary())
	return err
}

// textReading writes the text of documents as it is read, page by page, and keeps none of it.
type textReading struct {
	target
	*reading
}

func (*textReading) refuse(string, string) {}

func (t *textReading) take(ctx context.Context, name string, file *os.File, notes func(document.Note) error) (pages, unread int, err error) {
	if len(t.files) > 1 {
		fmt.Fprintf(t.target, "== %s\n", name)
	}
	_, err = t.reader.Stream(ctx, name, file, document.Heard{
		Page: func(p *document.Page) error {
			if pages++; pages > 1 {
				fmt.Fprint(t.target, "\f")
			}
			if p.Unread != "" {
				unread++
				fmt.Fprintf(t.err, "%s, %s\n", name, document.Gap{First: p.Number, Last: p.Number, Reason: p.Unread, Detail: p.Detail}.Text())
			}
			one := document.Document{Pages: []document.Page{*p}}
			_, err := fmt.Fprint(t.target, one.Plain().String)
			return err
		},
		Note: notes,
		Gap: func(g document.Gap) error {
			unread++
			_, err := fmt.Fprintf(t.err, "%s, %s\n", name, g.Text())
			return err
		},
	})
	return pages, unread, err
}
