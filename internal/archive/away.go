package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"fener/internal/bucket"
	"fener/internal/disk"
	"fener/internal/record"
)

// KeptFolder is the name of the folder in a data folder of copies that were read
// from a store. It can be removed at any time.
const KeptFolder = "documents-read"

// mostKept is how many bytes of copies are kept of a store, those read last.
const mostKept = 1 << 30

// ErrAway says that the store in which the copies lie does not answer.
var ErrAway = errors.New("archive: the store of documents is not reached")

// At is the store of a data folder whose copies lie in a bucket, under documents/.
func At(dataFolder string, b *bucket.Bucket) *Store {
	s := In(dataFolder)
	s.away, s.dir, s.most = b, s.kept, mostKept
	return s
}

// Place is where the copies lie, for people.
func (s *Store) Place() string {
	if s.away != nil {
		return s.away.At(Folder)
	}
	return s.dir
}

// Away is the bucket in which the copies lie; nil where they lie in the data folder.
func (s *Store) Away() *bucket.Bucket { return s.away }

func object(sum string) string { return path.Join(Folder, sum) }

// told is an error of the bucket in the words of copies.
func (s *Store) told(a *record.Archive, err error) error {
	switch {
	case errors.Is(err, bucket.ErrMissing):
		return fmt.Errorf("%w: %s (%s) is not in %s; put it back from a backup, or add the file again", ErrMissing, a.Name, a.SHA256, s.Place())
	case errors.Is(err, bucket.ErrAway), errors.Is(err, bucket.ErrKeys):
		return fmt.Errorf("%w: %w", ErrAway, err)
	case err != nil:
		return fmt.Errorf("archive: the copy of %s: %w", a.Name, err)
	}
	return nil
}

// gone is an error of reading on; a connection that breaks is ErrAway.
func gone(err error) error {
	if errors.Is(err, bucket.ErrAway) {
		return fmt.Errorf("%w: %w", ErrAway, err)
	}
	return err
}

// send puts a file into the bucket. One that is there already is read to its end and used; one that was altered is replaced.
func (s *Store) send(name string, a *record.Archive) (err error) {
	file, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("archive: send the copy of %s: %w", a.Name, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	err = s.away.Put(context.Background(), object(a.SHA256), file, a.Bytes, a.SHA256)
	if errors.Is(err, bucket.ErrThere) {
		if err := s.Check(a); !errors.Is(err, ErrAltered) {
			return err
		}
		err = s.away.Replace(context.Background(), object(a.SHA256), file, a.Bytes, a.SHA256)
	}
	return s.told(a, err)
}

// Raw opens a copy where it lies, as it is; size is what it says of itself.
// Errors: ErrMissing, ErrAway.
func (s *Store) Raw(a *record.Archive) (content io.ReadCloser, size int64, err error) {
	if s.away != nil && validName(a.SHA256) {
		content, size, err = s.away.Get(context.Background(), object(a.SHA256))
		return content, size, s.told(a, err)
	}
	file, err := s.Open(a)
	if err != nil {
		return nil, 0, err
	}
	about, err := file.Stat()
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("archive: the copy of %s: %w", a.Name, err), file.Close())
	}
	return file, about.Size(), nil
}

// openKept opens what was read before, if it is whole still, and reads the copy from the bucket otherwise.
func (s *Store) openKept(a *record.Archive) (*os.File, error) {
	file, err := s.whole(a)
	if err == nil {
		now := time.Now()
		_ = os.Chtimes(file.Name(), now, now) // read last; without that it only goes sooner
		return file, nil
	}
	if err := s.fetch(a); err != nil {
		return nil, err
	}
	if file, err = s.whole(a); err != nil {
		return nil, fmt.Errorf("archive: open what was read of %s: %w", a.Name, err)
	}
	return file, s.shrink(a.SHA256)
}

// whole opens what is kept of a copy, if it is what its name says.
func (s *Store) whole(a *record.Archive) (*os.File, error) {
	file, err := os.Open(s.path(a))
	if err != nil {
		return nil, err
	}
	err = compare(a, file, io.Discard)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// fetch reads a copy from the bucket into the folder, where it appears whole and right or not at all.
func (s *Store) fetch(a *record.Archive) (err error) {
	content, _, err := s.Raw(a)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	if err := os.MkdirAll(s.dir, disk.PrivateFolder); err != nil {
		return fmt.Errorf("archive: make the folder for copies that were read: %w", err)
	}
	file, err := os.CreateTemp(s.dir, ".incoming-*")
	if err != nil {
		return fmt.Errorf("archive: keep what is read of %s: %w", a.Name, err)
	}
	err = gone(compare(a, io.LimitReader(content, MaxBytes+1), file))
	if err = errors.Join(err, file.Chmod(disk.PrivateFile), file.Close()); err == nil {
		err = disk.Replace(file.Name(), s.path(a))
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

// shrink removes copies that were read longest ago until what is kept is within its bound; but not the one that was just read.
func (s *Store) shrink(but string) error {
	if s.away == nil {
		return nil
	}
	names, err := namesIn(s.dir)
	if err != nil {
		return err
	}
	var kept []fs.FileInfo
	var all int64
	for _, name := range names {
		about, err := os.Lstat(filepath.Join(s.dir, name))
		if err != nil {
			continue // another reader removed it
		}
		kept, all = append(kept, about), all+about.Size()
	}
	slices.SortFunc(kept, func(a, b fs.FileInfo) int { return a.ModTime().Compare(b.ModTime()) })
	for _, about := range kept {
		if all <= s.most {
			return nil
		}
		if about.Name() != but && os.Remove(filepath.Join(s.dir, about.Name())) == nil {
			all -= about.Size()
		}
	}
	return nil
}

// Tidy removes what is kept here of copies that are in the bucket no more, such as one that was erased at another node: the copy, and its text. It does
// nothing where the copies lie in the data folder.
func (s *Store) Tidy() error {
	if s.away == nil {
		return nil
	}
	there, err := s.namesAway()
	if err != nil {
		return err
	}
	slices.Sort(there)
	for _, dir := range []string{s.dir, s.texts} {
		names, err := namesIn(dir)
		if err != nil {
			return err
		}
		for _, name := range names {
			if _, found := slices.BinarySearch(there, name); found {
				continue
			}
			if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("archive: remove what is kept of a copy that is no more: %w", err)
			}
		}
	}
	return nil
}

func (s *Store) removeAway(sum string) error {
	return s.told(&record.Archive{SHA256: sum, Name: sum}, s.away.Remove(context.Background(), object(sum)))
}

func (s *Store) namesAway() (names []string, err error) {
	all, err := s.away.Names(context.Background(), Folder)
	if err != nil {
		return nil, s.told(&record.Archive{Name: "all sources"}, err)
	}
	return slices.DeleteFunc(all, func(name string) bool { return !validName(name) }), nil
}
