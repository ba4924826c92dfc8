package page

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"sync"
	"time"
)

// wholeFiles are downloads that hold everything and are too large for memory: written once for each position of the ledger and for all languages,
// plain and compressed, into files that have no name where the system allows that. Nothing of them outlives the process, so nothing that is
// erased from the record stays behind in one.
type wholeFiles struct {
	dir   string // empty: the system's folder for such files
	limit int64

	mu    sync.Mutex
	seq   int64
	kept  []*wholeFile // what was asked for longest ago stands first
	bytes int64
}

// mostWhole bounds the disk that downloads take.
const mostWhole = 512 << 20

// wholeFile is one download.
type wholeFile struct {
	name  string
	seq   int64
	ready chan struct{}
	err   error

	plain, gzip *scratch
	tag         string
	uses        int  // guarded by wholeFiles.mu
	dropped     bool // goes when nobody uses it any more
}

var errNotWritten = errors.New("writing the file was abandoned")

// get gives a download, or has it written, once however many ask. Done must be called when it has been sent.
func (f *wholeFiles) get(name string, seq int64, write func(io.Writer) error) (w *wholeFile, done func(), err error) {
	f.mu.Lock()
	if seq > f.seq {
		f.seq = seq
		f.drop(func(*wholeFile) bool { return true })
	}
	i := slices.IndexFunc(f.kept, func(w *wholeFile) bool { return w.name == name && w.seq == seq })
	if i >= 0 {
		w = f.kept[i]
		f.kept = append(slices.Delete(f.kept, i, i+1), w)
		w.uses++
		f.mu.Unlock()
		<-w.ready
		return w, func() { f.leave(w) }, w.err
	}
	if f.drop(func(old *wholeFile) bool { return f.bytes > f.limit }); f.bytes > f.limit { // all of it is being sent
		f.mu.Unlock()
		return nil, func() {}, &Error{Kind: Busy, Again: again(patience)}
	}
	made := &wholeFile{name: name, seq: seq, ready: make(chan struct{}), err: errNotWritten, uses: 1, dropped: seq < f.seq}
	if !made.dropped {
		f.kept = append(f.kept, made)
	}
	f.mu.Unlock()
	defer close(made.ready) // also when write panics, so that nobody waits for ever
	defer func() {
		if made.err != nil {
			f.forget(made)
		}
	}()
	if made.err = made.write(f.dir, write); made.err != nil {
		f.leave(made)
		return nil, func() {}, made.err
	}
	f.mu.Lock()
	f.bytes += made.size()
	f.drop(func(old *wholeFile) bool { return f.bytes > f.limit && old != made })
	f.mu.Unlock()
	return made, func() { f.leave(made) }, nil
}

// drop takes files out of the list, and closes those that nobody is sending.
func (f *wholeFiles) drop(which func(*wholeFile) bool) {
	left := f.kept[:0]
	for _, w := range f.kept {
		if !which(w) {
			left = append(left, w)
			continue
		}
		w.dropped = true
		if w.uses == 0 {
			f.close(w)
		}
	}
	clear(f.kept[len(left):])
	f.kept = left
}

// empty lets go of every file; one that is being sent goes when it was.
func (f *wholeFiles) empty() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.drop(func(*wholeFile) bool { return true })
}

func (f *wholeFiles) forget(w *wholeFile) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.drop(func(old *wholeFile) bool { return old == w })
}

func (f *wholeFiles) leave(w *wholeFile) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if w.uses--; w.uses == 0 && w.dropped {
		f.close(w)
	}
}

func (f *wholeFiles) close(w *wholeFile) {
	f.bytes -= w.size()
	w.plain.close()
	w.gzip.close()
	w.plain, w.gzip = nil, nil
}

func (w *wholeFile) size() int64 { return w.plain.length() + w.gzip.length() }

func (w *wholeFile) write(dir string, write func(io.Writer) error) (err error) {
	plain, err := newScratch(dir)
	if err != nil {
		return err
	}
	packed, err := newScratch(dir)
	if err != nil {
		plain.close()
		return err
	}
	defer func() {
		if err != nil {
			plain.close()
			packed.close()
		}
	}()
	sum, z := sha256.New(), gzip.NewWriter(packed)
	if err := write(io.MultiWriter(plain, sum, z)); err != nil {
		return err
	}
	if err := errors.Join(z.Close(), plain.flush(), packed.flush()); err != nil {
		return err
	}
	w.plain, w.gzip, w.tag = plain, packed, hex.EncodeToString(sum.Sum(nil)[:12])
	return nil
}

// serve sends the download, in parts where parts are asked for.
func (w *wholeFile) serve(out http.ResponseWriter, r *http.Request, contentType string) {
	h, from, tag := out.Header(), w.plain, w.tag
	h.Add("Vary", "Accept-Encoding")
	h.Set("Content-Type", contentType)
	if r.Header.Get("Range") == "" && takesGzip(r.Header.Get("Accept-Encoding")) {
		from, tag = w.gzip, w.tag+"-gz"
		h.Set("Content-Encoding", "gzip")
		h.Set("Content-Length", strconv.FormatInt(from.length(), 10))
	}
	h.Set("ETag", `"`+tag+`"`)
	http.ServeContent(&patient{ResponseWriter: out, control: http.NewResponseController(out)}, r, "", time.Time{}, io.NewSectionReader(from.file, 0, from.length()))
}

// patient gives a reader time for a long answer as long as they keep taking it.
type patient struct {
	http.ResponseWriter
	control *http.ResponseController
}

// patience is how long a reader may take for each part of a long answer: 32 KB, so that even 20 kbit/s is fast enough.
const patience = 15 * time.Second

func (p *patient) Write(b []byte) (int, error) {
	_ = p.control.SetWriteDeadline(time.Now().Add(patience)) // where there is none to set, there is none to keep either
	return p.ResponseWriter.Write(b)
}

// scratch is a file that is gone when it is closed, and on systems that allow it has no name before that.
type scratch struct {
	file *os.File
	name string // empty where it has none any more
	n    int64
	buf  []byte
}

func newScratch(dir string) (*scratch, error) {
	if dir != "" {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("making a place for downloads: %w", err)
		}
	}
	file, err := os.CreateTemp(dir, "download-")
	if err != nil {
		return nil, fmt.Errorf("making a file for a download: %w", err)
	}
	s := &scratch{file: file, name: file.Name(), buf: make([]byte, 0, 64<<10)}
	if os.Remove(s.name) == nil {
		s.name = ""
	}
	return s, nil
}

func (s *scratch) Write(b []byte) (int, error) {
	if len(s.buf)+len(b) > cap(s.buf) {
		if err := s.flush(); err != nil {
			return 0, err
		}
	}
	if len(b) >= cap(s.buf) {
		n, err := s.file.Write(b)
		s.n += int64(n)
		return n, err
	}
	s.buf = append(s.buf, b...)
	return len(b), nil
}

func (s *scratch) flush() error {
	n, err := s.file.Write(s.buf)
	s.n += int64(n)
	s.buf = s.buf[:0]
	return err
}

func (s *scratch) length() int64 {
	if s == nil {
		return 0
	}
	return s.n
}

func (s *scratch) close() {
	if s == nil {
		return
	}
	s.file.Close() // nothing is lost with it
	if s.name != "" {
		os.Remove(s.name)
	}
}
