package intake

import (
	"io"
	"math"
	"os"
	"sync"
)

// rewinder reads a file that may be read again from its beginning while it is
// read. What can be read at any place is so read; anything else, such as a
// pipe, is kept in a temporary file as far as it was read.
type rewinder struct {
	r io.Reader

	mu     sync.Mutex
	kept   *os.File
	off    int64 // how far the first reader is
	have   int64 // how much is kept
	broken error
}

// Read reads on for the first time.
func (w *rewinder) Read(p []byte) (int, error) {
	if _, ok := anywhere(w.r); ok {
		return w.r.Read(p)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.off < w.have { // read ahead by again
		n, err := w.kept.ReadAt(p[:min(int64(len(p)), w.have-w.off)], w.off)
		w.off += int64(n)
		return n, err
	}
	n, err := w.r.Read(p)
	w.keep(p[:n])
	w.off += int64(n)
	return n, err
}

// anywhere is a reader that can be read at any place. A pipe is a file that says
// it can and then does not.
func anywhere(r io.Reader) (io.ReaderAt, bool) {
	at, ok := r.(io.ReaderAt)
	if s, seeks := r.(io.Seeker); ok && seeks {
		_, err := s.Seek(0, io.SeekCurrent)
		ok = err == nil
	}
	return at, ok
}

// keep writes what was read to the temporary file. A file that cannot be kept
// is read all the same: it only cannot be read again.
func (w *rewinder) keep(p []byte) {
	if w.kept == nil && w.broken == nil {
		w.kept, w.broken = os.CreateTemp("", "fener-*")
		if w.broken == nil {
			_ = os.Remove(w.kept.Name()) // where a file in use can be removed, nothing stays behind
		}
	}
	if w.broken == nil {
		_, w.broken = w.kept.WriteAt(p, w.have)
	}
	w.have += int64(len(p))
}

// again is the file from its beginning.
func (w *rewinder) again() (io.Reader, error) {
	if at, ok := anywhere(w.r); ok {
		return io.NewSectionReader(at, 0, math.MaxInt64), nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	buf := make([]byte, 64<<10)
	for {
		n, err := w.r.Read(buf)
		w.keep(buf[:n])
		if w.broken != nil {
			return nil, w.broken
		}
		if err == io.EOF {
			return io.NewSectionReader(w.kept, 0, w.have), nil
		}
		if err != nil {
			return nil, err
		}
	}
}

func (w *rewinder) close() {
	if w.kept != nil {
		_ = w.kept.Close()
		_ = os.Remove(w.kept.Name())
	}
}

// rescan reads a file once more, and shows every field that belongs to a column.
func rescan(name string, from *rewinder, opt Options, visit func(column, string)) error {
	r, err := from.again()
	if err != nil {
		return err
	}
	src, _, err := open(name, &rewinder{r: r}, opt)
	if err != nil {
		return err
	}
	defer src.close()
	d := src.newDecoder()
	d.scan = visit
	b := &Batch{}
	for {
		b.reset()
		more, err := src.next(b)
		if err != nil || !more {
			return err
		}
		src.decode(d, b)
	}
}
