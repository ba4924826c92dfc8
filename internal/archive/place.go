package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fener/internal/bucket"
	"fener/internal/disk"
	"fener/internal/record"
)

// PlaceName is the file in a data folder that names the bucket in which its
// copies lie; there is none where they lie in the folder. So no command looks for
// them, or removes them, in the wrong place.
const PlaceName = "documents.place"

// ErrElsewhere says that copies lie elsewhere than where they are wanted.
var ErrElsewhere = errors.New("archive: the documents lie elsewhere")

// PlaceOf is the address of the bucket in which a data folder's copies lie; empty
// where they lie in the folder.
func PlaceOf(dataFolder string) (string, error) {
	text, err := os.ReadFile(filepath.Join(dataFolder, PlaceName))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("archive: reading where the documents lie: %w", err)
	}
	return strings.TrimSpace(string(text)), nil
}

// SetPlace writes down in which bucket the copies lie; empty: in the folder.
func SetPlace(dataFolder, address string) error {
	name := filepath.Join(dataFolder, PlaceName)
	if address == "" {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("archive: writing down where the documents lie: %w", err)
		}
		return nil
	}
	if err := os.WriteFile(name+".new", []byte(address+"\n"), disk.PrivateFile); err != nil {
		return fmt.Errorf("archive: writing down where the documents lie: %w", err)
	}
	if err := disk.Replace(name+".new", name); err != nil {
		return errors.Join(fmt.Errorf("archive: writing down where the documents lie: %w", err), os.Remove(name+".new"))
	}
	return nil
}

// Of is the store of a data folder's copies, wherever they lie. The keys to a
// bucket come from the environment.
func Of(dataFolder string, env func(string) string) (*Store, error) {
	address, err := PlaceOf(dataFolder)
	if err != nil {
		return nil, err
	}
	if address == "" {
		return In(dataFolder), nil
	}
	b, err := bucket.Open(address, env)
	if err != nil {
		return nil, err
	}
	return At(dataFolder, b), nil
}

// Settle makes a bucket the place of a data folder's copies from now on; an empty
// address leaves things as they are. A folder that holds copies is refused, since
// they would be missed: they are moved by a command. Errors: ErrElsewhere.
func Settle(dataFolder, address string, env func(string) string) (*Store, error) {
	now, err := PlaceOf(dataFolder)
	if err != nil || address == "" || now == address {
		s, of := Of(dataFolder, env)
		return s, errors.Join(err, of)
	}
	if now != "" {
		return nil, fmt.Errorf("%w: in %s, and %s was asked for; fener documents move takes them there", ErrElsewhere, now, address)
	}
	here, err := In(dataFolder).Names()
	if err != nil {
		return nil, err
	}
	if len(here) > 0 {
		return nil, fmt.Errorf("%w: %d are in %s, and %s was asked for; fener documents move takes them there", ErrElsewhere, len(here), filepath.Join(dataFolder, Folder), address)
	}
	b, err := bucket.Open(address, env)
	if err != nil {
		return nil, err
	}
	return At(dataFolder, b), SetPlace(dataFolder, address)
}

// Copy copies every copy of a store into another one, each read to its end and
// held against its name on both sides. What is there already is not sent again,
// so that a copying that was cut off goes on. done hears of each.
func Copy(from, to *Store, done func(sum string) error) error {
	names, err := from.Names()
	if err != nil {
		return err
	}
	for _, sum := range names {
		a := record.Archive{SHA256: sum, Name: sum}
		if err := from.Check(&a); err != nil { // before anything of it is sent
			return err
		}
		content, _, err := from.Raw(&a)
		if err != nil {
			return err
		}
		put, err := to.Put(content, sum)
		if err := errors.Join(err, content.Close()); err != nil {
			return err
		}
		if put.SHA256 != sum {
			return fmt.Errorf("%w: the document %s became another one while it was copied (%s)", ErrAltered, sum, put.SHA256)
		}
		if err := to.Check(&put); err != nil { // as it lies there
			return err
		}
		if err := done(sum); err != nil {
			return err
		}
	}
	return nil
}
