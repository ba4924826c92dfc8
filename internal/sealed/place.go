package sealed

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"fener/internal/bucket"
	"fener/internal/disk"
)

// Place is where sealed originals lie: in a data folder, or in the store of documents, under originals/. No key is needed to move or to remove them.
type Place struct {
	dir  string
	away *bucket.Bucket
}

// At is the place of a data folder's originals: in a bucket, where its documents lie in one; nil: in the folder.
func At(dataFolder string, b *bucket.Bucket) Place {
	return Place{filepath.Join(dataFolder, Folder), b}
}

// nameOf is what the original of a source is called. Ids hold nothing that leads out of the folder; one that does names nothing.
func nameOf(source string) (string, error) {
	if source == "" || strings.ContainsAny(source, `/\`) || strings.HasPrefix(source, ".") {
		return "", fmt.Errorf("sealed: %q is no id of a source", source)
	}
	return source + ending, nil
}

func object(name string) string { return path.Join(Folder, name) }

// put takes in a file that is sealed, in the place of one that was there; it is gone from where it was, or not needed any more.
func (p Place) put(name string, file *os.File) error {
	if p.away == nil {
		if err := file.Close(); err != nil {
			return err
		}
		return disk.Replace(file.Name(), filepath.Join(p.dir, name))
	}
	sum := sha256.New()
	size, err := file.Seek(0, io.SeekStart)
	if err == nil {
		size, err = io.Copy(sum, file)
	}
	if err == nil {
		err = p.away.Replace(context.Background(), object(name), file, size, hex.EncodeToString(sum.Sum(nil)))
	}
	return errors.Join(err, file.Close(), os.Remove(file.Name()))
}

// Raw opens a sealed original as it lies there, by its name among [Place.Names]. Errors: ErrMissing.
func (p Place) Raw(name string) (content io.ReadCloser, size int64, err error) {
	if p.away != nil {
		content, size, err = p.away.Get(context.Background(), object(name))
		if errors.Is(err, bucket.ErrMissing) {
			return nil, 0, ErrMissing
		}
		return content, size, err
	}
	file, err := os.Open(filepath.Join(p.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, ErrMissing
	}
	if err != nil {
		return nil, 0, fmt.Errorf("sealed: %w", err)
	}
	about, err := file.Stat()
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("sealed: %w", err), file.Close())
	}
	return file, about.Size(), nil
}

// Names are the names of the sealed originals there are.
func (p Place) Names() (names []string, err error) {
	var all []string
	if p.away != nil {
		if all, err = p.away.Names(context.Background(), Folder); err != nil {
			return nil, err
		}
	} else {
		files, err := os.ReadDir(p.dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("sealed: %w", err)
		}
		for _, f := range files {
			all = append(all, f.Name())
		}
	}
	for _, name := range all {
		if source, is := strings.CutSuffix(name, ending); is {
			if _, err := nameOf(source); err == nil {
				names = append(names, name)
			}
		}
	}
	return names, nil
}

// Remove removes the sealed original of a source, from the data folder too where they lie in a bucket; none is no error.
func (p Place) Remove(source string) (was bool, err error) {
	name, err := nameOf(source)
	if err != nil {
		return false, nil
	}
	if p.away != nil {
		if was, err = p.away.Has(context.Background(), object(name)); err == nil {
			err = p.away.Remove(context.Background(), object(name))
		}
		if err != nil {
			return false, fmt.Errorf("sealed: removing the original of %s: %w", source, err)
		}
	}
	switch err := os.Remove(filepath.Join(p.dir, name)); {
	case errors.Is(err, fs.ErrNotExist):
		return was, nil
	case err != nil:
		return was, fmt.Errorf("sealed: removing the original of %s: %w", source, err)
	}
	return true, nil
}

// Copy copies sealed originals as they are to another place, and reads each there again.
func Copy(from, to Place) (copied int, err error) {
	names, err := from.Names()
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		if err := copyOne(from, to, name); err != nil {
			return copied, fmt.Errorf("sealed: copying %s: %w", name, err)
		}
		copied++
	}
	return copied, nil
}

func copyOne(from, to Place, name string) error {
	was, err := from.read(name)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to.dir, disk.PrivateFolder); err != nil {
		return err
	}
	file, err := os.CreateTemp(to.dir, ".sealing-*")
	if err != nil {
		return err
	}
	if _, err := file.Write(was); err != nil {
		return errors.Join(err, file.Close(), os.Remove(file.Name()))
	}
	if err := errors.Join(file.Chmod(disk.PrivateFile), file.Sync()); err != nil {
		return errors.Join(err, file.Close(), os.Remove(file.Name()))
	}
	if err := to.put(name, file); err != nil {
		return err
	}
	is, err := to.read(name)
	if err == nil && sha256.Sum256(was) != sha256.Sum256(is) {
		err = errors.New("what lies there now is not what was sent")
	}
	return err
}

func (p Place) read(name string) (text []byte, err error) {
	content, _, err := p.Raw(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	return io.ReadAll(content)
}
