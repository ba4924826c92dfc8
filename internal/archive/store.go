// Package archive keeps the archived copies of sources: files named by the
// SHA-256 of their content, in the folder documents of a data folder or in a
// store that speaks S3, which several nodes share. A copy is never changed; one
// that was lost or altered is found by its name.
//
// Quotations can be looked for in copies that are plain text, HTML or documents
// (PDF, scans and pictures, DOCX, ODT). Documents are read in a process of their
// own, and their text is kept in the folder texts, so that they are read once.
// That folder can be removed at any time; it goes with a document that is.
package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fener/internal/bucket"
	"fener/internal/disk"
	"fener/internal/document"
	"fener/internal/record"
)

// Folder is the name of the folder of copies in a data folder.
const Folder = "documents"

// TextFolder is the name of the folder of texts in a data folder: of each copy
// that was read, under its name.
const TextFolder = "texts"

// MaxBytes is the largest file that is kept. A report of a thousand scanned
// pages has less.
const MaxBytes = 200 << 20

// The kinds of error; the text says which file, and what to do.
var (
	ErrMissing  = errors.New("archive: the copy is missing")
	ErrAltered  = errors.New("archive: the copy was altered")
	ErrTooLarge = errors.New("archive: the file is too large")
	ErrEmpty    = errors.New("archive: the file is empty")
)

// Store is the copies of one data folder.
type Store struct {
	dir    string // of copies; of those that were read, where they lie in a store
	texts  string
	reader document.Reader

	away   *bucket.Bucket // the store in which they lie; nil: in dir
	folder string         // where they would lie otherwise, and may lie still
	kept   string         // where those are kept that were read from a store, and may lie still
	most   int64          // bytes of copies in dir, where they lie in a store
}

// In is the store in a data folder. The folder is made with the first copy.
func In(dataFolder string) *Store {
	dir := filepath.Join(dataFolder, Folder)
	return &Store{dir: dir, folder: dir, kept: filepath.Join(dataFolder, KeptFolder), texts: filepath.Join(dataFolder, TextFolder)}
}

// Put copies a file into the store and describes it. The copy appears whole or
// not at all; one that is there already is checked and used. name is what the
// file is called outside, of which the folders are dropped. Errors: ErrTooLarge,
// ErrEmpty, ErrAway.
func (s *Store) Put(from io.Reader, name string) (a record.Archive, err error) {
	if err := os.MkdirAll(s.dir, disk.PrivateFolder); err != nil {
		return a, fmt.Errorf("archive: make the folder for copies: %w", err)
	}
	file, err := os.CreateTemp(s.dir, ".incoming-*")
	if err != nil {
		return a, fmt.Errorf("archive: begin a copy: %w", err)
	}
	moved := false
	defer func() {
		if !moved {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	if a, err = take(from, name, file); err != nil {
		return a, errors.Join(err, file.Close())
	}
	if err := errors.Join(file.Chmod(disk.PrivateFile), file.Sync(), file.Close()); err != nil { // Windows moves only a closed file
		return a, fmt.Errorf("archive: write the copy of %s: %w", name, err)
	}
	if s.away != nil {
		err = s.send(file.Name(), &a)
	} else if s.Check(&a) == nil {
		return a, nil
	}
	if err != nil {
		return a, err
	}
	if err := disk.Replace(file.Name(), s.path(&a)); err != nil {
		return a, fmt.Errorf("archive: put the copy of %s in place: %w", name, err)
	}
	moved = true
	return a, s.shrink(a.SHA256)
}

// take copies and describes at the same time.
func take(from io.Reader, name string, to io.Writer) (a record.Archive, err error) {
	sum, head := sha256.New(), &firstBytes{}
	n, err := io.Copy(io.MultiWriter(to, sum, head), io.LimitReader(from, MaxBytes+1))
	switch {
	case err != nil:
		return a, fmt.Errorf("archive: copy %s: %w", name, err)
	case n > MaxBytes:
		return a, fmt.Errorf("%w: %s has more than %d MB; keep the pages that facts rest on", ErrTooLarge, name, MaxBytes>>20)
	case n == 0:
		return a, fmt.Errorf("%w: %s", ErrEmpty, name)
	}
	base := filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	return record.Archive{SHA256: hex.EncodeToString(sum.Sum(nil)), Name: base, Bytes: n, MediaType: mediaType(head.bytes, base)}, nil
}

// firstBytes keeps what the sniffing of the media type looks at.
type firstBytes struct{ bytes []byte }

func (f *firstBytes) Write(p []byte) (int, error) {
	if room := 1024 - len(f.bytes); room > 0 {
		f.bytes = append(f.bytes, p[:min(room, len(p))]...)
	}
	return len(p), nil
}

// packed are the documents that are zips, by the end of their name.
var packed = map[string]string{
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".odt":  "application/vnd.oasis.opendocument.text",
}

// mediaType reads the type off the content. The name decides only between
// kinds of text, which sniffing tells apart by their first tag alone, and
// between zips.
func mediaType(head []byte, name string) string {
	sniffed, _, _ := strings.Cut(http.DetectContentType(head), ";")
	extension := strings.ToLower(filepath.Ext(name))
	html := slices.Contains([]string{".html", ".htm", ".xhtml"}, extension) || strings.Contains(strings.ToLower(string(head)), "<html")
	switch {
	case html && (sniffed == "text/plain" || sniffed == "text/xml"):
		return "text/html"
	case sniffed == "application/zip" && packed[extension] != "":
		return packed[extension]
	case bytes.HasPrefix(head, []byte("II*\x00")), bytes.HasPrefix(head, []byte("MM\x00*")):
		return "image/tiff"
	}
	return sniffed
}

func (s *Store) path(a *record.Archive) string { return filepath.Join(s.dir, a.SHA256) }

// Open opens a copy for reading: from the folder without checking it, from a store
// or what is kept of it checked. Errors: ErrMissing, ErrAltered, ErrAway.
func (s *Store) Open(a *record.Archive) (*os.File, error) {
	if !validName(a.SHA256) {
		return nil, fmt.Errorf("%w: %q is not a SHA-256 in 64 hexadecimal digits", ErrMissing, a.SHA256)
	}
	if s.away != nil {
		return s.openKept(a)
	}
	file, err := os.Open(s.path(a))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s (%s) is not in %s; put it back from a backup, or add the file again", ErrMissing, a.Name, a.SHA256, s.dir)
	}
	if err != nil {
		return nil, fmt.Errorf("archive: open the copy of %s: %w", a.Name, err)
	}
	return file, nil
}

// validName keeps what a record says from leading out of the folder.
func validName(sum string) bool {
	return len(sum) == 64 && strings.Trim(sum, "0123456789abcdef") == ""
}

// Check reads a copy to its end, where it lies, and compares it with its
// description. Errors: ErrMissing, ErrAltered, ErrAway.
func (s *Store) Check(a *record.Archive) (err error) {
	var file io.ReadCloser
	if s.away != nil {
		file, _, err = s.Raw(a)
	} else {
		file, err = s.Open(a)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return gone(compare(a, file, io.Discard))
}

// compare reads a copy to its end, on to a writer, and compares it with its description.
func compare(a *record.Archive, from io.Reader, to io.Writer) error {
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(sum, to), from)
	if err != nil {
		return fmt.Errorf("archive: read the copy of %s: %w", a.Name, err)
	}
	if found := hex.EncodeToString(sum.Sum(nil)); found != a.SHA256 {
		return fmt.Errorf("%w: %s has %d bytes and the SHA-256 %s, recorded were %d and %s; put it back from a backup",
			ErrAltered, a.Name, n, found, a.Bytes, a.SHA256)
	}
	return nil
}

// Remove removes a copy and its text for good; one that is not there is no error.
func (s *Store) Remove(sum string) error {
	if !validName(sum) {
		return fmt.Errorf("%w: %q is not a SHA-256 in 64 hexadecimal digits", ErrMissing, sum)
	}
	if s.away != nil {
		if err := s.removeAway(sum); err != nil {
			return err
		}
	}
	for _, of := range []struct{ what, dir string }{{"a copy", s.folder}, {"a copy", s.kept}, {"the text of a copy", s.texts}} {
		if err := os.Remove(filepath.Join(of.dir, sum)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("archive: remove %s: %w", of.what, err)
		}
	}
	return nil
}

// Names lists the copies there are, by their SHA-256. Other files are left out.
func (s *Store) Names() ([]string, error) {
	if s.away != nil {
		return s.namesAway()
	}
	return namesIn(s.dir)
}

func namesIn(dir string) ([]string, error) {
	files, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("archive: list the copies: %w", err)
	}
	var names []string
	for _, f := range files {
		if validName(f.Name()) {
			names = append(names, f.Name())
		}
	}
	return names, nil
}
