// Package disk does with files what each operating system does in its own way: opening what a person named, putting a
// finished file in the place of an old one, bringing both to the disk, and saying how much room is left.
//
// Its errors are for people. HeldError is what Windows says of a spreadsheet that is open in Excel; KindError is a pipe, a
// device or a folder where a file was expected.
package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Private are the modes of what holds a record: nobody but its owner reads it. Windows knows no such bits and keeps the
// rights of the folder above.
const (
	PrivateFile   fs.FileMode = 0o600
	PrivateFolder fs.FileMode = 0o700
)

// HeldError says that another program holds a file, so that it cannot be read or replaced now.
type HeldError struct {
	Path    string
	Writing bool // it was to be written or replaced, not read
	Err     error
}

func (e *HeldError) Error() string {
	if e.Writing {
		return fmt.Sprintf("%s is open in another program (Excel, for instance), so it cannot be written: close it there and run this again, or name another file", e.Path)
	}
	return fmt.Sprintf("%s is open in another program (Excel, for instance) that lets nobody else read it: close it there and run this again", e.Path)
}

func (e *HeldError) Unwrap() error { return e.Err }

// A Kind is what stands under a name where an ordinary file was expected.
type Kind string

// The kinds that are no ordinary files.
const (
	Folder Kind = "a folder"
	Pipe   Kind = "a pipe"
	Device Kind = "a device"
	Socket Kind = "a socket"
	Other  Kind = "something else" // what only one system knows
)

// KindError says that a name does not lead to an ordinary file.
type KindError struct {
	Path string
	Kind Kind
}

func (e *KindError) Error() string {
	return fmt.Sprintf("%s is %s; an ordinary file is expected", e.Path, e.Kind)
}

// kindOf is empty for an ordinary file.
func kindOf(mode fs.FileMode) Kind {
	switch {
	case mode.IsRegular():
		return ""
	case mode.IsDir():
		return Folder
	case mode&fs.ModeNamedPipe != 0:
		return Pipe
	case mode&fs.ModeDevice != 0:
		return Device
	case mode&fs.ModeSocket != 0:
		return Socket
	}
	return Other
}

// Ordinary is a KindError where what stands at path is no ordinary file.
func Ordinary(path string, info fs.FileInfo) error {
	if kind := kindOf(info.Mode()); kind != "" {
		return &KindError{path, kind}
	}
	return nil
}

// Open opens an ordinary file for reading. Anything else is refused before it is opened, for opening a pipe waits until
// somebody writes to it. Errors: KindError, HeldError, and those of os.Open.
func Open(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, Explain(err, path, false)
	}
	if err := Ordinary(path, info); err != nil {
		return nil, err
	}
	file, err := openNow(path)
	if err != nil {
		return nil, Explain(err, path, false)
	}
	info, err = file.Stat() // another thing may have come in its place
	if err == nil {
		err = Ordinary(path, info)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// Explain makes a HeldError of an error that says that another program holds the file; others pass unchanged.
func Explain(err error, path string, writing bool) error {
	var known *HeldError
	if err == nil || errors.As(err, &known) || !isHeld(err) {
		return err
	}
	return &HeldError{path, writing, err}
}

// patience is how long a file that another program holds is tried again: a virus scanner or a search index looks at a new
// file for a moment, a person's spreadsheet stays open.
const patience = time.Second

// Replace puts a finished file in the place of another, or under a new name, in one step that a crash cannot divide, and
// brings the name to the disk. The finished file must be closed. Errors: HeldError, and those of os.Rename.
func Replace(from, to string) error {
	if err := Rename(from, to); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(to))
}

// Rename is Replace for one of many files, whose names need not be on the disk yet: after a power cut some may not be there.
func Rename(from, to string) error {
	err := replace(from, to)
	for wait := 10 * time.Millisecond; mayPass(err) && wait < patience; wait *= 2 {
		time.Sleep(wait)
		err = replace(from, to)
	}
	if err != nil {
		return refusal(err, to)
	}
	return nil
}

// RemoveAll removes a folder with all that is in it, with the same patience. A folder that is not there is no error.
func RemoveAll(dir string) error {
	err := removeAll(dir)
	for wait := 10 * time.Millisecond; mayPass(err) && wait < patience; wait *= 2 {
		time.Sleep(wait)
		err = removeAll(dir)
	}
	return err
}

// Sync brings what was written to a file to the disk.
func Sync(path string) error {
	file, err := os.OpenFile(path, syncFlag, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// Address is a file's address for SQLite: file:///home/a/b.db, file:///C:/a/b.db, file:////server/share/b.db.
func Address(path string, parameters url.Values) (string, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return address(filepath.ToSlash(absolute), parameters), nil
}

func address(slashed string, parameters url.Values) string {
	if !strings.HasPrefix(slashed, "/") { // a drive's letter
		slashed = "/" + slashed
	}
	name := url.URL{Scheme: "file", Path: slashed, RawQuery: parameters.Encode()}
	return name.String()
}
