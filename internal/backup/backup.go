// Package backup copies a data folder into one file, and back.
//
// The file is a tar archive compressed with gzip, which any system can open:
//
//	ledger.db          a whole copy of the ledger, as it stood at one moment
//	ids.key            the key by which ids are made; not for a ledger begun before there was one
//	accounts.db        who may work at the desk, without their sessions; where there is a desk
//	plans.db           by when things are to be done, and what is held back; where there is a desk
//	documents/...      the archived copies of sources
//	originals/...      the sealed originals of public copies
//	contents.json      what must be in it: sizes and SHA-256 of every file, and where the ledger ends
//
// contents.json comes last, so that a file that was cut off is known by its
// absence. Views and certificates are left out: the one is folded from the
// ledger, the other asked for again.
package backup

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fener/internal/account"
	"fener/internal/archive"
	"fener/internal/desk"
	"fener/internal/disk"
	"fener/internal/ledger"
	"fener/internal/record"
	"fener/internal/sealed"
	"fener/internal/tables"
)

// DocumentsFolder is where a data folder keeps the archived copies of sources.
// A file whose name begins with 64 hexadecimal digits is named for its SHA-256.
const DocumentsFolder = archive.Folder

// folders are the folders of files that a backup holds whole.
var folders = []string{DocumentsFolder, sealed.Folder}

const (
	contentsName = "contents.json"
	format       = 3 // 1: without a key of ids; 2: without plans
)

// The kinds of error. Those of package ledger pass through.
var (
	ErrExists    = errors.New("backup: already exists")
	ErrUnfitting = errors.New("backup: not a whole backup")
)

// File is one file in a backup.
type File struct {
	Name   string `json:"name"` // with slashes
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Contents is what a backup holds.
type Contents struct {
	Format int       `json:"format"`
	Made   time.Time `json:"made"`
	Ledger string    `json:"ledger"` // its name
	Seq    int64     `json:"seq"`    // its last entry
	Chain  string    `json:"chain"`  // of that entry, hexadecimal
	Files  []File    `json:"files"`

	// Altered are documents whose content is not what their name says. They are
	// kept as they are: a backup must not lose what may be the only copy.
	Altered []string `json:"altered,omitempty"`
}

// Has reports whether a file of a data folder is in it.
func (c *Contents) Has(name string) bool {
	return slices.ContainsFunc(c.Files, func(f File) bool { return f.Name == name })
}

// Write copies the ledger and the documents of a data folder into one file,
// also while another process serves it or writes to it, reads the file back and
// compares it. It appears under its name only then; a file of that name is
// never replaced. now dates the backup.
func Write(ctx context.Context, dir, file string, now time.Time) (Contents, error) {
	return WriteFrom(ctx, From{Dir: dir}, file, now)
}

// From is what is backed up.
type From struct {
	Dir    string         // the data folder
	Ledger string         // the address of the database in which the ledger and the accounts lie; the backup holds files that are equal to them. Empty: they lie in Dir
	Copies *archive.Store // the archived copies of sources; nil: those in Dir
}

// WriteFrom is Write where something lies in another place than the folder.
func WriteFrom(ctx context.Context, f From, file string, now time.Time) (c Contents, err error) {
	place, dir := f.Dir, f.Dir
	if f.Ledger != "" {
		place = f.Ledger
	}
	copies := f.Copies
	if copies == nil {
		copies = archive.In(dir)
	}
	if _, err := os.Lstat(file); err == nil {
		return c, fmt.Errorf("%s is there already and a backup never replaces a file: choose another name: %w", file, ErrExists)
	}
	led, err := ledger.Open(ctx, place, ledger.Options{ReadOnly: true})
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, led.Close()) }()
	copied, key, accounts, plans, building := file+".ledger", file+".key", file+".accounts", file+".plans", file+".new"
	if err := remove(copied, key, accounts, plans, building); err != nil {
		return c, fmt.Errorf("removing what an earlier attempt left: %w", err)
	}
	defer func() { err = errors.Join(err, remove(copied, key, accounts, plans, building)) }()
	head, err := led.Backup(ctx, copied)
	if err != nil {
		return c, err
	}
	keyFile := filepath.Join(dir, ledger.KeyName)
	if led.Shared() { // the key lies in the database
		keyFile = key
		if err := led.WriteKey(key); err != nil {
			return c, err
		}
	}
	c = Contents{Format: format, Made: now.UTC().Truncate(time.Second), Ledger: head.Ledger, Seq: head.Seq, Chain: hex.EncodeToString(head.Chain[:])}
	if err := f.copyAccounts(ctx, accounts); err != nil {
		return c, err
	}
	if err := f.copyPlans(ctx, plans); err != nil {
		return c, err
	}
	if err := c.pack(ctx, dir, copies, copied, keyFile, accounts, plans, building); err != nil {
		return c, fmt.Errorf("writing a backup to %s: %w", file, err)
	}
	if err := verify(ctx, building, c); err != nil {
		return c, err
	}
	if err := moveIntoPlace(building, file); err != nil {
		return c, fmt.Errorf("moving the backup to %s: %w", file, err)
	}
	return c, nil
}

// copyAccounts copies the accounts into a file, wherever they lie.
func (f *From) copyAccounts(ctx context.Context, to string) error {
	if f.Ledger == "" {
		return account.Copy(ctx, filepath.Join(f.Dir, account.FileName), to)
	}
	home, err := tables.HomeOf(f.Dir, f.Ledger)
	if err != nil {
		return err
	}
	return account.Carry(ctx, home.Place(account.FileName), tables.File(to))
}

// pack writes the archive and puts it on the disk.
// copyPlans copies what is planned at the desk into a file, wherever it lies.
func (f *From) copyPlans(ctx context.Context, to string) error {
	if f.Ledger == "" {
		return desk.CopyPlans(ctx, filepath.Join(f.Dir, desk.PlansName), to)
	}
	home, err := tables.HomeOf(f.Dir, f.Ledger)
	if err != nil {
		return err
	}
	return desk.CarryPlans(ctx, home.Place(desk.PlansName), tables.File(to))
}

func (c *Contents) pack(ctx context.Context, dir string, copies *archive.Store, copied, key, accounts, plans, building string) (err error) {
	out, err := os.OpenFile(building, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	z, err := gzip.NewWriterLevel(out, gzip.BestSpeed)
	if err != nil {
		return err
	}
	tape := tar.NewWriter(z)
	if err := c.add(ctx, tape, ledger.FileName, copied); err != nil {
		return err
	}
	for _, may := range []struct{ name, place string }{{ledger.KeyName, key}, {account.FileName, accounts}, {desk.PlansName, plans}} {
		if _, err := os.Lstat(may.place); err == nil {
			if err := c.add(ctx, tape, may.name, may.place); err != nil {
				return err
			}
		}
	}
	if copies.Away() != nil { // what an earlier place left in the folder is not looked at
		if err := c.addCopies(ctx, tape, copies); err != nil {
			return err
		}
	} else {
		for _, name := range folders {
			if err := c.addFolder(ctx, tape, dir, name); err != nil {
				return err
			}
		}
	}
	list, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	if err := tape.WriteHeader(&tar.Header{Name: contentsName, Mode: 0o600, Size: int64(len(list)), ModTime: c.Made}); err != nil {
		return err
	}
	if _, err := tape.Write(list); err != nil {
		return err
	}
	return errors.Join(tape.Close(), z.Close(), out.Sync())
}

// addCopies adds the documents that lie in a store, and the sealed originals there, as they are.
func (c *Contents) addCopies(ctx context.Context, to *tar.Writer, copies *archive.Store) error {
	names, err := copies.Names()
	if err != nil {
		return err
	}
	for _, name := range names {
		content, size, err := copies.Raw(&record.Archive{SHA256: name, Name: name})
		if err := c.addFrom(ctx, to, path.Join(DocumentsFolder, name), content, size, err); err != nil {
			return err
		}
	}
	originals := sealed.At("", copies.Away())
	if names, err = originals.Names(); err != nil {
		return err
	}
	for _, name := range names {
		content, size, err := originals.Raw(name)
		if err := c.addFrom(ctx, to, path.Join(sealed.Folder, name), content, size, err); err != nil {
			return err
		}
	}
	return nil
}

// addFrom adds what was opened, or nothing where it was removed meanwhile.
func (c *Contents) addFrom(ctx context.Context, to *tar.Writer, name string, content io.ReadCloser, size int64, opened error) error {
	if errors.Is(opened, archive.ErrMissing) || errors.Is(opened, sealed.ErrMissing) {
		return nil
	}
	if opened != nil {
		return opened
	}
	return errors.Join(c.stream(ctx, to, name, content, size, c.Made), content.Close())
}

func (c *Contents) addFolder(ctx context.Context, to *tar.Writer, dir, name string) error {
	folder := filepath.Join(dir, name)
	err := filepath.WalkDir(folder, func(place string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		below, err := filepath.Rel(folder, place)
		if err != nil {
			return err
		}
		return c.add(ctx, to, path.Join(name, filepath.ToSlash(below)), place)
	})
	if errors.Is(err, fs.ErrNotExist) {
		if _, missing := os.Stat(folder); errors.Is(missing, fs.ErrNotExist) {
			return nil // there are no such files
		}
	}
	return err
}

func (c *Contents) add(ctx context.Context, to *tar.Writer, name, place string) error {
	in, err := os.Open(place)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	return c.stream(ctx, to, name, in, info.Size(), info.ModTime())
}

func (c *Contents) stream(ctx context.Context, to *tar.Writer, name string, in io.Reader, size int64, at time.Time) error {
	if err := to.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size, ModTime: at}); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(to, sum), within(ctx, in)); err != nil {
		return fmt.Errorf("copying %s: %w", name, err)
	}
	f := File{Name: name, Bytes: size, SHA256: hex.EncodeToString(sum.Sum(nil))}
	c.Files = append(c.Files, f)
	if named := namedHash(name); named != "" && named != f.SHA256 {
		c.Altered = append(c.Altered, name)
	}
	return nil
}

// namedHash is the SHA-256 that a document's name claims; empty where it claims none.
func namedHash(name string) string {
	base := path.Base(name)
	if len(base) < 64 || strings.Trim(base[:64], "0123456789abcdef") != "" {
		return ""
	}
	return base[:64]
}

// verify reads a written backup back and compares it with what was to be in it.
func verify(ctx context.Context, file string, want Contents) error {
	got, err := unpack(ctx, file, func(_ string, in io.Reader, sum hash.Hash) (int64, error) { return io.Copy(sum, in) })
	if err != nil {
		return err
	}
	if got.Chain != want.Chain || len(got.Files) != len(want.Files) {
		return fmt.Errorf("%s reads back as another backup than was written; is the disk sound? %w", file, ErrUnfitting)
	}
	return nil
}

// moveIntoPlace gives a file its name for good. A link never replaces what is
// there; where the file system has none, a moment is left in which it could.
func moveIntoPlace(from, to string) error {
	err := os.Link(from, to)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s came to be meanwhile: %w", to, ErrExists)
	case err != nil:
		return disk.Replace(from, to)
	}
	return disk.SyncFolder(filepath.Dir(to))
}

// remove removes files; those that are not there are no error.
func remove(files ...string) error {
	var errs []error
	for _, f := range files {
		if err := os.Remove(f); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// within lets a copy end when ctx is done.
func within(ctx context.Context, in io.Reader) io.Reader { return ending{ctx, in} }

type ending struct {
	ctx context.Context
	io.Reader
}

func (e ending) Read(b []byte) (int, error) {
	if err := e.ctx.Err(); err != nil {
		return 0, err
	}
	return e.Reader.Read(b)
}
