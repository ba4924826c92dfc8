package main

import (
	"io"
	"os"

	"fener/internal/terminal"

	"github.com/schollz/progressbar/v3"
)

// longWork is how many bytes are read before a progress bar is worth its line.
const longWork = 8 << 20

// progress shows on a terminal how much was read; it does nothing where there is none, or the work is short.
type progress struct{ bar *progressbar.ProgressBar }

func (k *checking) progress() *progress {
	total := int64(0)
	for _, path := range k.files {
		info, err := os.Stat(path)
		if err != nil { // standard input: nobody knows how long it is
			total = -1
			break
		}
		total += info.Size()
	}
	shown := k.out != "" || !terminal.Is(k.streams.out) // else the bar would stand amid the table
	if !terminal.Is(k.streams.err) || !shown || total >= 0 && total < longWork {
		return &progress{}
	}
	return &progress{newBar(k.streams.err, total, progressbar.OptionShowBytes(true))}
}

// newBar is a bar for so much work, -1 where nobody knows how much. It turns only
// with the work: the library's own ticker reads what the work changes, without
// its lock.
func newBar(w io.Writer, total int64, more progressbar.Option) *progressbar.ProgressBar {
	return progressbar.NewOptions64(total, progressbar.OptionSetWriter(terminal.Raw(w)), more, progressbar.OptionSetSpinnerChangeInterval(0),
		progressbar.OptionFullWidth(), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100_000_000))
}

// watch counts what is read from r.
func (p *progress) watch(r io.Reader) io.Reader {
	if p.bar == nil {
		return r
	}
	if at, ok := r.(io.ReaderAt); ok {
		return watchedFile{io.TeeReader(r, p.bar), at}
	}
	return io.TeeReader(r, p.bar)
}

// watchedFile can still be read at any place, so that nothing needs to be kept to read it twice.
type watchedFile struct {
	io.Reader
	io.ReaderAt
}

// clear makes room for a line of text.
func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear() // a bar that cannot be cleared is no reason to stop
	}
}

func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish() // as above
	}
}
