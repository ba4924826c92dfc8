package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"fener/internal/disk"
	"fener/internal/terminal"
)

// stdinName is how standard input is named among files.
const stdinName = "-"

// input opens a file that is read once, from its beginning to its end; - is standard input. A pipe is read too, such as <(program)
// in a shell; waiting for what comes through it ends when ctx is done. Folders and devices are refused at once.
func (c *command) input(ctx context.Context, path string) (io.ReadCloser, error) {
	if path == stdinName {
		return io.NopCloser(stoppable(ctx, c.in)), nil
	}
	info, err := os.Stat(path)
	if err != nil || !waits(info.Mode()) {
		return disk.Open(path)
	}
	opened := make(chan opening, 1)
	go func() {
		file, err := os.Open(path) // waits for the pipe's other end
		opened <- opening{file, err}
	}()
	select {
	case o := <-opened:
		if o.err != nil {
			return nil, o.err
		}
		if info.Mode()&fs.ModeCharDevice != 0 && !terminal.Is(o.file) {
			return nil, errors.Join(&disk.KindError{Path: path, Kind: disk.Device}, o.file.Close())
		}
		return closing{stoppable(ctx, o.file), o.file}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

type opening struct {
	file *os.File
	err  error
}

type closing struct {
	io.Reader
	io.Closer
}

// waits: what can keep its reader waiting, and is not refused before it is opened.
func waits(mode fs.FileMode) bool {
	return mode&fs.ModeNamedPipe != 0 || mode&fs.ModeCharDevice != 0
}

// stoppable is a reader that ends with ctx even while it waits. An ordinary file never waits long, and is read as it is. What waits
// is read in a goroutine of its own, which is left behind when ctx is done: nothing can end a read from a pipe.
func stoppable(ctx context.Context, from io.Reader) io.Reader {
	file, ok := from.(*os.File)
	if !ok {
		return from
	}
	if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
		return from
	}
	r, w := io.Pipe()
	go func() {
		_, err := io.CopyBuffer(w, struct{ io.Reader }{file}, make([]byte, 256<<10))
		w.CloseWithError(err)
	}()
	context.AfterFunc(ctx, func() { w.CloseWithError(ctx.Err()) })
	return r
}
