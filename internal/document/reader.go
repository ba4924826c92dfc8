package document

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"fener/internal/confine"
	"fener/internal/disk"
)

// Reader reads documents in a process of their own.
type Reader struct {
	Program string   // this program, which is called with ChildCommand; empty for the one that runs
	Limits  Limits   // zero values take the usual ones
	Cache   string   // a folder that keeps the compiled PDF library from one reading to the next; empty for the user's own
	Draw    int      // each page of a PDF or a picture is drawn too, in so many dots an inch; 0 where none is
	Offline bool     // texts are not recognised in pictures even where tesseract is there
	Env     []string // of the process, beside what it needs; nil for none
}

// Heard is what a reading tells while it goes on. What is nil is not told.
type Heard struct {
	Page func(*Page) error
	Note func(Note) error
	Gap  func(Gap) error
}

// Read reads a whole file into memory. Errors: *UnreadError where nothing of it can be read; that of ctx.
func (r *Reader) Read(ctx context.Context, name string, file *os.File) (*Document, error) {
	d := &Document{Name: name}
	form, err := r.Stream(ctx, name, file, Heard{
		Page: func(p *Page) error { d.Pages = append(d.Pages, *p); return nil },
		Note: func(n Note) error { d.Notes = append(d.Notes, n); return nil },
		Gap:  func(g Gap) error { d.Gaps = append(d.Gaps, g); return nil },
	})
	if err != nil {
		return nil, err
	}
	d.Form = form
	d.Gaps = append(unreadGaps(d.Pages), d.Gaps...)
	return d, nil
}

// Stream reads a file page by page, of which it keeps none. Pages come in their order. Errors as of Read, and those of what hears.
func (r *Reader) Stream(ctx context.Context, name string, file *os.File, heard Heard) (Form, error) {
	info, err := file.Stat()
	if err != nil {
		return "", fmt.Errorf("reading %s: %w", name, err)
	}
	if !info.Mode().IsRegular() {
		return "", &disk.KindError{Path: name, Kind: disk.Folder}
	}
	limits := r.Limits.filled()
	if info.Size() == 0 {
		return "", &UnreadError{Name: name, Reason: Empty}
	}
	if info.Size() > limits.Bytes {
		return "", &UnreadError{Name: name, Reason: TooLarge, Detail: sizeText(info.Size(), limits.Bytes)}
	}
	ctx, stop := context.WithTimeout(ctx, limits.Whole)
	defer stop()
	reading := &reading{Reader: r, limits: limits, name: name, file: file, heard: heard, next: 1}
	reading.marking = &running{emit: reading.handOn}
	if err := reading.run(ctx); err != nil {
		return "", err
	}
	return reading.form, reading.marking.finish()
}

func sizeText(size, most int64) string {
	return fmt.Sprintf("it has %d MB, and %d MB are read", (size+1<<20-1)>>20, most>>20)
}

// reading is one file being read, by one process or, where a page breaks that, by another one from the page behind it.
type reading struct {
	*Reader
	limits  Limits
	name    string
	file    *os.File
	heard   Heard
	form    Form
	next    int  // the page to begin with
	doing   int  // the page that is being read; 0 before the first
	ended   bool // the process said that it was done
	more    bool // it said that another one is to go on
	marking *running
}

// mostBroken is after how many pages that broke the process a file is given up.
const mostBroken = 5

func (r *reading) run(ctx context.Context) error {
	for broken := 1; ; broken++ {
		r.ended, r.more, r.doing = false, false, 0
		before := r.next
		reason, detail, err := r.once(ctx)
		if err != nil || r.ended {
			return err
		}
		if r.more && r.next > before {
			broken--
			continue
		}
		if r.doing == 0 && r.next == 1 { // it broke before any page
			return &UnreadError{Name: r.name, Reason: reason, Detail: detail}
		}
		r.doing = max(r.doing, r.next)
		if broken == mostBroken || ctx.Err() != nil || r.form != PDF {
			return r.tellGap(Gap{First: r.doing, Reason: reason, Detail: detail})
		}
		if err := r.tellPage(&Page{Number: r.doing, Unread: reason, Detail: detail}); err != nil {
			return err
		}
		r.next = r.doing + 1
	}
}

func (r *reading) tellPage(p *Page) error { return r.marking.take(p) }

func (r *reading) handOn(p *Page) error {
	if r.heard.Page == nil {
		return nil
	}
	return r.heard.Page(p)
}

func (r *reading) tellGap(g Gap) error {
	if r.heard.Gap == nil {
		return nil
	}
	return r.heard.Gap(g)
}

// once starts a process and hears it to its end. reason is why it broke off, where it did.
func (r *reading) once(ctx context.Context) (reason Reason, detail string, err error) {
	temp, err := os.MkdirTemp("", "fener-read-")
	if err != nil {
		return "", "", fmt.Errorf("making a folder for reading %s: %w", r.name, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	var out io.ReadCloser
	said := &tail{most: 4 << 10}
	c, cut, err := confine.Start(func() (*exec.Cmd, error) {
		c, err := r.command(temp)
		if err != nil {
			return nil, err
		}
		c.Stderr = said
		out, err = c.StdoutPipe()
		return c, err
	}, r.confined(temp))
	if err != nil {
		return "", "", fmt.Errorf("reading %s: %w", r.name, err)
	}
	if !cut && runtime.GOOS == "linux" && r.next == 1 && r.heard.Note != nil {
		if err := r.heard.Note(Note{Kind: Networked}); err != nil {
			return "", "", errors.Join(err, confine.Kill(c), ignoreExit(c.Wait()))
		}
	}
	watch := watching(ctx, r.limits.Page, func() { _ = confine.Kill(c) }) // one that has ended needs no killing
	err = r.hear(out, watch)
	slow := watch.stop()
	if err != nil {
		_ = confine.Kill(c) // whether or not it still runs
	}
	waited := c.Wait()
	_ = confine.Kill(c) // what it started and left behind
	switch unread := new(UnreadError); {
	case slow && ctx.Err() == nil, errors.Is(ctx.Err(), context.DeadlineExceeded):
		return Took, "", nil
	case ctx.Err() != nil:
		return "", "", fmt.Errorf("reading %s: %w", r.name, ctx.Err())
	case errors.As(err, &unread), errors.Is(err, errHeard):
		return "", "", err
	case err == nil && (r.ended || r.more):
		return "", "", nil
	}
	detail = firstLine(said.text())
	if detail == "" {
		detail = fmt.Sprint(errors.Join(waited, err))
	}
	return Broke, short(detail), nil
}

func ignoreExit(err error) error {
	if bad := new(exec.ExitError); errors.As(err, &bad) {
		return nil
	}
	return err
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

// confined are the bounds of the process. Address space is bounded far above the memory, since Go and WebAssembly reserve more than they use.
func (r *reading) confined(temp string) confine.Limits {
	reach := r.Reach().And(confine.Reach{Writes: []string{temp}})
	return confine.Limits{Processor: r.limits.Whole, Address: uint64(r.limits.Memory) + 6<<30, FileSize: 256 << 20, Files: 64, Reach: &reach}
}

func (r *reading) command(temp string) (*exec.Cmd, error) {
	program := r.Program
	if program == "" {
		own, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("finding this program: %w", err)
		}
		program = own
	}
	order, err := json.Marshal(order{Name: r.name, Limits: r.limits, First: r.next, Temp: temp, Cache: r.folder(), Offline: r.Offline, Draw: r.Draw})
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", r.name, err)
	}
	c := exec.Command(program, ChildCommand, string(order))
	c.Dir, c.Stdin = temp, r.file
	c.Env = append([]string{"TMPDIR=" + temp, "TMP=" + temp, "PATH=" + os.Getenv("PATH"), "OMP_THREAD_LIMIT=1", fmt.Sprint("GOMEMLIMIT=", r.limits.Memory), "GOTRACEBACK=none"}, r.Env...)
	for _, name := range []string{"TESSDATA_PREFIX", "SystemRoot"} { // where tesseract keeps its languages; what Windows needs to start anything
		if value := os.Getenv(name); value != "" {
			c.Env = append(c.Env, name+"="+value)
		}
	}
	c.WaitDelay = 5 * time.Second
	return c, nil
}

// tail keeps the first of what a process says of its troubles.
type tail struct {
	b    bytes.Buffer
	most int
}

func (t *tail) Write(p []byte) (int, error) {
	t.b.Write(p[:max(0, min(len(p), t.most-t.b.Len()))])
	return len(p), nil
}

func (t *tail) text() string { return t.b.String() }

// errHeard marks an error of the one who hears, which ends a reading.
var errHeard = errors.New("document: reading was ended by who asked for it")

// hear takes what the process says, line by line, until it has said that it is done.
func (r *reading) hear(out io.Reader, watch *watched) error {
	lines := bufio.NewReaderSize(out, 64<<10)
	for {
		line, err := readLine(lines, mostLine)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("hearing the process: %w", err)
		}
		watch.moved()
		var m message
		if err := json.Unmarshal(line, &m); err != nil {
			return fmt.Errorf("hearing the process: %w", err)
		}
		if err := r.take(&m); err != nil || r.ended || r.more {
			return err
		}
	}
}

func (r *reading) take(m *message) (err error) {
	switch {
	case m.Unread != nil && r.next > 1: // pages before were read
		r.ended = true
		err = r.tellGap(Gap{First: r.next, Reason: m.Unread.Reason, Detail: m.Unread.Detail})
	case m.Unread != nil:
		return &UnreadError{Name: r.name, Reason: m.Unread.Reason, Detail: m.Unread.Detail}
	case m.Begin > 0:
		r.doing = m.Begin
	case m.Page != nil:
		if r.doing = 0; m.Page.Number >= r.next {
			r.next = m.Page.Number + 1
			err = r.tellPage(m.Page)
		}
	case m.Note != nil && r.heard.Note != nil:
		err = r.heard.Note(*m.Note)
	case m.Gap != nil:
		err = r.tellGap(*m.Gap)
	case m.More:
		r.more = true
	case m.Done != "":
		r.ended, r.form = true, m.Done
	case m.Form != "":
		r.form = m.Form
	}
	if err != nil {
		return errors.Join(errHeard, err)
	}
	return nil
}
