package residue

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"fener/internal/disk"
)

// peeked is how much of a stream is looked at to tell what it is.
const peeked = 4096

// windowBytes is how much of a stream is read at once.
const windowBytes = 256 << 10

// floorBytes is what any file may unpack to, whatever its size.
const floorBytes = 64 << 20

// A place is the stream that is being read.
type place struct {
	file, inside string
	depth        int
	cost         *cost
}

// in is a stream inside this one.
func (p *place) in(name string) *place {
	inner := *p
	inner.depth++
	if inner.inside != "" {
		inner.inside += " > "
	}
	inner.inside += name
	return &inner
}

// A cost is what is left of what one file may take to unpack.
type cost struct {
	bytes   int64
	members int
}

var (
	errBudget  = errors.New("unpacks to more than is allowed for its size")
	errMembers = errors.New("has more members than are opened")
)

// counted is a reader of unpacked bytes.
type counted struct {
	from io.Reader
	run  *run
	cost *cost
}

func (c *counted) Read(p []byte) (int, error) {
	if c.cost.bytes <= 0 {
		return 0, errBudget
	}
	n, err := c.from.Read(p[:min(int64(len(p)), c.cost.bytes)])
	c.cost.bytes -= int64(n)
	c.run.report.Unpacked += int64(n)
	return n, err
}

// file searches one file of the disk. Its error is the context's.
func (r *run) file(path string) error {
	at := &place{file: path}
	file, err := disk.Open(path)
	if err != nil {
		r.unsearched(at, reason(err))
		return nil
	}
	defer file.Close() // it was only read
	info, err := file.Stat()
	if err != nil {
		r.unsearched(at, reason(err))
		return nil
	}
	r.report.Files++
	at.cost = &cost{bytes: floorBytes + r.opt.Limits.Ratio*info.Size(), members: r.opt.Limits.Members}
	err = r.stream(at, &ofFile{file: file, run: r}, file)
	if errors.Is(err, r.ctx.Err()) && err != nil {
		return err
	}
	if err != nil {
		r.unsearched(at, reason(err))
	}
	return nil
}

// ofFile counts what is read of a file, and stops when it should.
type ofFile struct {
	file *os.File
	run  *run
}

func (f *ofFile) Read(p []byte) (int, error) {
	if err := f.run.ctx.Err(); err != nil {
		return 0, context.Cause(f.run.ctx)
	}
	n, err := f.file.Read(p)
	f.run.report.Bytes += int64(n)
	if f.run.opt.Progress != nil {
		f.run.opt.Progress(f.run.report.Bytes)
	}
	return n, err
}

// stream searches a stream to its end, as it stands and in what it holds. onDisk
// is the file that it is, or nil where it is inside another. The error is of
// reading the stream itself; what is wrong inside is in the report.
func (r *run) stream(at *place, from io.Reader, onDisk *os.File) error {
	if at.depth > r.opt.Limits.Depth {
		return fmt.Errorf("lies in more than %d archives, one in the other", r.opt.Limits.Depth)
	}
	in := bufio.NewReaderSize(from, windowBytes)
	head, err := in.Peek(peeked)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	kind := sniff(head)
	s := r.scan(at, kind, head, onDisk)
	defer s.close()
	tee := &teeing{in, s}
	if kind.packed && at.depth == r.opt.Limits.Depth {
		r.unsearched(at, fmt.Sprintf("lies in %d archives, one in the other; what is in it was not opened", at.depth))
	} else if kind.packed {
		if err := r.open(kind.name, &opening{at: at, in: tee, scan: s, onDisk: onDisk}); err != nil {
			if r.ctx.Err() != nil {
				return r.ctx.Err()
			}
			r.unsearched(at, kind.name+": "+err.Error())
		}
	}
	if kind.closed != "" {
		r.unsearched(at, kind.closed)
	}
	if kind.picture {
		r.picture(at, kind.name)
	}
	s.quiet = false
	_, err = io.CopyBuffer(onlyWriter{s}, onlyReader{in}, make([]byte, windowBytes))
	s.finish()
	return err
}

// teeing shows the scan what an archive's reader reads.
type teeing struct {
	in *bufio.Reader
	s  *scan
}

func (t *teeing) Read(p []byte) (int, error) {
	n, err := t.in.Read(p)
	if n > 0 {
		_, _ = t.s.Write(p[:n]) // it never fails
	}
	return n, err
}

// These hide the shortcuts of io.Copy, which would pass by the window.
type (
	onlyWriter struct{ io.Writer }
	onlyReader struct{ io.Reader }
)

// A scan searches a stream as it stands: its bytes, base64 in it, the text
// between its tags, the pages that it is made of.
type scan struct {
	run   *run
	at    *place
	raw   *matcher
	code  *base64Finder
	tags  *stripper // nil where there are none
	pages *pager    // nil where it is no SQLite file
	quiet bool      // what passes belongs to members, which are searched by themselves
	first int       // where this stream's places begin in the report
}

func (r *run) scan(at *place, kind *kind, head []byte, onDisk *os.File) *scan {
	s := &scan{run: r, at: at, first: len(r.report.Found)}
	report := func(part string) func(int, Form, int64, int64) {
		return func(word int, form Form, start, _ int64) {
			r.found(Place{File: at.file, Inside: at.inside, Offset: start, Part: part, Word: word + 1, Form: form})
		}
	}
	s.raw = newMatcher(r.m, report(""))
	s.code = newBase64Finder(r.m, func(word int, form Form, start int64) { report("")(word, form, start, 0) })
	if kind.markup {
		s.tags = newStripper(r.m, report("text between tags"))
	}
	if kind.sqlite {
		s.pages = newPager(s, head, onDisk)
	}
	return s
}

func (s *scan) close() {
	s.raw.close()
	s.code.close()
	if s.tags != nil {
		s.tags.close()
	}
}

// Write takes in the next bytes. It never fails.
func (s *scan) Write(p []byte) (int, error) {
	if s.quiet {
		s.raw.reset()
		s.raw.at += int64(len(p))
		s.code.skip(int64(len(p)))
		return len(p), nil
	}
	_, _ = s.raw.Write(p)
	s.code.write(p)
	if s.tags != nil {
		s.tags.write(p)
	}
	if s.pages != nil {
		s.pages.write(p)
	}
	return len(p), nil
}

// finish ends the stream.
func (s *scan) finish() {
	s.code.flush()
	if s.pages != nil {
		s.pages.finish()
	}
}
