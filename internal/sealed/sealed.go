// Package sealed keeps the originals of documents whose public copies stand in the archive: encrypted (age), so that a stolen disk, a copy of the data folder, the
// store in which documents lie or a backup does not open them. The key lies in a file of its own, which should stand on another disk than the data folder.
package sealed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fener/internal/disk"

	"filippo.io/age"
)

// Folder is where a data folder has sealed originals.
const Folder = "originals"

// ending is how the names of sealed files end.
const ending = ".age"

// Store seals originals and opens them.
type Store struct {
	Place
	identity *age.X25519Identity
}

// The kinds of error; the text says which file, and what to do.
var (
	ErrMissing = errors.New("sealed: there is no sealed original")
	ErrKey     = errors.New("sealed: the key is not the one that it was sealed with")
)

// Open is the store of a data folder with the key in a file, which is made, closed to all other users, where there is none. The file is one of `age-keygen`.
func Open(dataFolder, keyFile string) (*Store, error) { return OpenAt(At(dataFolder, nil), keyFile) }

// OpenAt is Open for originals that lie elsewhere.
func OpenAt(place Place, keyFile string) (*Store, error) {
	s := &Store{Place: place}
	text, err := os.ReadFile(keyFile)
	if errors.Is(err, fs.ErrNotExist) {
		return s, s.newKey(keyFile)
	}
	if err != nil {
		return nil, fmt.Errorf("sealed: reading the key: %w", err)
	}
	found, err := age.ParseIdentities(strings.NewReader(string(text)))
	if err != nil {
		return nil, fmt.Errorf("sealed: %s holds no key of age, such as age-keygen makes: %w", keyFile, err)
	}
	for _, one := range found {
		if id, ok := one.(*age.X25519Identity); ok {
			s.identity = id
			return s, nil
		}
	}
	return nil, fmt.Errorf("sealed: %s holds no X25519 key of age, such as age-keygen makes", keyFile)
}

func (s *Store) newKey(path string) (err error) {
	if s.identity, err = age.GenerateX25519Identity(); err != nil {
		return fmt.Errorf("sealed: making a key: %w", err)
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, disk.PrivateFile)
	if err != nil {
		return fmt.Errorf("sealed: writing the key: %w", err)
	}
	_, err = fmt.Fprintf(file, "# opens the sealed originals of a Fener; whoever loses it loses them\n# public key: %s\n%s\n", s.identity.Recipient(), s.identity)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return errors.Join(fmt.Errorf("sealed: writing the key: %w", err), os.Remove(path))
	}
	return nil
}

// Put seals the original of a source. It appears whole or not at all, in the place of one that was there.
func (s *Store) Put(source, name string, from io.Reader) (err error) {
	object, err := nameOf(source)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.dir, disk.PrivateFolder); err != nil {
		return fmt.Errorf("sealed: making the folder: %w", err)
	}
	file, err := os.CreateTemp(s.dir, ".sealing-*")
	if err != nil {
		return fmt.Errorf("sealed: %w", err)
	}
	w, err := age.Encrypt(file, s.identity.Recipient())
	if err == nil {
		_, err = fmt.Fprintf(w, "%s\n", strings.Map(func(r rune) rune {
			if r < ' ' {
				return -1
			}
			return r
		}, name))
	}
	if err == nil {
		_, err = io.Copy(w, from)
	}
	if err == nil {
		err = w.Close()
	}
	if err = errors.Join(err, file.Chmod(disk.PrivateFile), file.Sync()); err != nil {
		return errors.Join(fmt.Errorf("sealed: sealing the original of %s: %w", source, err), file.Close(), os.Remove(file.Name()))
	}
	if err := s.put(object, file); err != nil {
		return fmt.Errorf("sealed: putting the original of %s in place: %w", source, err)
	}
	return nil
}

// Has reports whether the original of a source is here, as far as that can be asked.
func (s *Store) Has(source string) bool {
	name, err := nameOf(source)
	if err != nil {
		return false
	}
	if s.away != nil {
		has, err := s.away.Has(context.Background(), object(name))
		return has && err == nil
	}
	_, err = os.Stat(filepath.Join(s.dir, name))
	return err == nil
}

// Get opens the original of a source: what it was called, and its bytes. Errors: ErrMissing, ErrKey.
func (s *Store) Get(source string) (name string, data []byte, err error) {
	object, err := nameOf(source)
	if err != nil {
		return "", nil, err
	}
	file, _, err := s.Raw(object)
	if err != nil {
		return "", nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	r, err := age.Decrypt(file, s.identity)
	if wrong := new(age.NoIdentityMatchError); errors.As(err, &wrong) {
		return "", nil, ErrKey
	}
	if err != nil {
		return "", nil, fmt.Errorf("sealed: the original of %s cannot be opened; it was altered or cut off: %w", source, err)
	}
	all, err := io.ReadAll(r)
	if err != nil {
		return "", nil, fmt.Errorf("sealed: the original of %s cannot be opened; it was altered or cut off: %w", source, err)
	}
	name, rest, _ := strings.Cut(string(all), "\n")
	return name, []byte(rest), nil
}
