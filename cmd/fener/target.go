package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"fener/internal/disk"
)

// target is where a report goes. Only keep makes it stay; discard after keep does nothing.
type target interface {
	io.Writer
	keep() error
	discard() error
}

// plainTarget is written to at once.
type plainTarget struct{ io.Writer }

func (plainTarget) keep() error    { return nil }
func (plainTarget) discard() error { return nil }

// fileTarget writes beside the file and takes its place at the end, so that the file never holds half a report.
type fileTarget struct {
	*os.File
	path string
	done bool
}

func newFileTarget(path string) (*fileTarget, error) {
	if info, err := os.Stat(path); err == nil {
		if info.IsDir() {
			return nil, fmt.Errorf("writing the report: %s is a folder; name a file with --out", path)
		}
		if err := disk.Ordinary(path, info); err != nil { // it would be replaced by a file, /dev/null too
			return nil, fmt.Errorf("writing the report: %w", err)
		}
		if path, err = filepath.EvalSymlinks(path); err != nil { // a link stays one
			return nil, fmt.Errorf("writing the report: %w", err)
		}
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, fmt.Errorf("writing the report to %s: %w", path, err)
	}
	return &fileTarget{File: file, path: path}, nil
}

func (t *fileTarget) keep() error {
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(t.path); err == nil {
		mode = info.Mode().Perm()
	}
	err := errors.Join(t.Chmod(mode), t.Sync())
	if err := errors.Join(err, t.Close()); err != nil {
		return fmt.Errorf("writing the report to %s: %w", t.path, err)
	}
	if err := disk.Replace(t.Name(), t.path); err != nil {
		return fmt.Errorf("writing the report to %s: %w", t.path, err)
	}
	t.done = true
	return nil
}

func (t *fileTarget) discard() error {
	if t.done {
		return nil
	}
	t.done = true
	t.Close() // of a file that is removed; it may be closed already
	return os.Remove(t.Name())
}

// heldTarget waits in a temporary file until it is known that the report may be shown.
type heldTarget struct {
	*os.File
	to io.Writer
}

func newHeldTarget(to io.Writer) (*heldTarget, error) {
	file, err := os.CreateTemp("", "fener-held-*")
	if err != nil {
		return nil, fmt.Errorf("a place for the report to wait in: %w", err)
	}
	return &heldTarget{file, to}, nil
}

func (t *heldTarget) keep() error {
	if _, err := t.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("showing the report: %w", err)
	}
	if _, err := io.Copy(t.to, t.File); err != nil {
		return fmt.Errorf("showing the report: %w", err)
	}
	return nil
}

func (t *heldTarget) discard() error { return errors.Join(t.Close(), os.Remove(t.Name())) }
