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

	"fener/internal/account"
	"fener/internal/desk"
	"fener/internal/disk"
	"fener/internal/ledger"
	"fener/internal/sealed"
)

// unpackingName is the folder inside a data folder in which a backup is
// unpacked and verified. It goes last, so its presence without a ledger says
// that restoring was cut off.
const unpackingName = ".restoring"

// ofDesk are the databases of the desk that a backup has where the folder had them.
var ofDesk = []string{account.FileName, desk.PlansName}

// maxContents is the largest list of contents, in bytes: some two million files.
const maxContents = 256 << 20

// Restore puts a backup in place as a data folder, which is made where there is
// none. Everything is unpacked and verified first: the archive against its list
// of contents, the ledger against its own commitments. A folder that holds
// anything is refused, except for what an earlier attempt left.
//
// Errors: ErrExists, ErrUnfitting, and those of ledger.Restore.
func Restore(ctx context.Context, file, dir string) (c Contents, err error) {
	if err := claim(dir); err != nil {
		return c, err
	}
	unpacking := filepath.Join(dir, unpackingName)
	if err := os.MkdirAll(unpacking, 0o700); err != nil {
		return c, fmt.Errorf("unpacking into %s: %w", dir, err)
	}
	defer func() {
		if cleared := clearAway(dir, err != nil); cleared != nil {
			err = errors.Join(err, fmt.Errorf("clearing %s: %w", dir, cleared))
		}
	}()
	c, err = unpack(ctx, file, func(name string, in io.Reader, sum hash.Hash) (int64, error) {
		return writeFile(filepath.Join(unpacking, filepath.FromSlash(name)), in, sum)
	})
	if err != nil {
		return c, err
	}
	if err := ledger.Migrate(ctx, filepath.Join(unpacking, ledger.FileName)); err != nil {
		return c, fmt.Errorf("%s was not restored, its ledger does not hold: %w", file, err)
	}
	head, err := ledger.Inspect(ctx, filepath.Join(unpacking, ledger.FileName))
	if err != nil {
		return c, fmt.Errorf("%s was not restored, its ledger does not hold: %w", file, err)
	}
	if hex.EncodeToString(head.Chain[:]) != c.Chain {
		return c, fmt.Errorf("%s was not restored: its ledger ends with entry %d and another chain than its list of contents says: %w", file, head.Seq, ErrUnfitting)
	}
	for _, name := range folders {
		if err := disk.Replace(filepath.Join(unpacking, name), filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return c, fmt.Errorf("moving the %s into place: %w", name, err)
		}
	}
	if err := ledger.CopyKey(unpacking, dir); err != nil {
		return c, err
	}
	if c.Has(desk.PlansName) {
		if err := desk.Restored(ctx, filepath.Join(unpacking, desk.PlansName)); err != nil {
			return c, err
		}
	}
	for _, name := range ofDesk {
		if err := disk.Replace(filepath.Join(unpacking, name), filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return c, fmt.Errorf("moving %s into place: %w", name, err)
		}
	}
	// The ledger comes last: a folder with a ledger is a whole one.
	if _, err := ledger.Restore(ctx, filepath.Join(unpacking, ledger.FileName), dir); err != nil {
		return c, err
	}
	return c, nil
}

// claim refuses a folder that holds anything, and clears what an attempt left
// that was cut off.
func claim(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("looking into %s: %w", dir, err)
	}
	cutOff, other := false, ""
	for _, e := range entries {
		switch e.Name() {
		case unpackingName:
			cutOff = true
		case ledger.LockName: // stays wherever a ledger was looked for
		case DocumentsFolder, sealed.Folder, ledger.KeyName, account.FileName, desk.PlansName, ledger.FileName + ".new":
			if other == "" && !cutOff { // .restoring sorts before them
				other = e.Name()
			}
		default:
			other = e.Name()
		}
	}
	if other != "" {
		return fmt.Errorf("%s is not empty (%s lies in it), and restoring never replaces anything: name an empty or a new folder: %w", dir, other, ErrExists)
	}
	if cutOff {
		return clearAway(dir, true)
	}
	return nil
}

// clearAway removes the folder of unpacking and, where restoring failed, the
// documents that it had put in place, unless the ledger is there.
func clearAway(dir string, failed bool) error {
	if failed {
		if _, err := os.Lstat(filepath.Join(dir, ledger.FileName)); errors.Is(err, fs.ErrNotExist) {
			for _, name := range folders {
				if err := disk.RemoveAll(filepath.Join(dir, name)); err != nil {
					return err
				}
			}
			if err := remove(filepath.Join(dir, ledger.FileName+".new"), filepath.Join(dir, ledger.KeyName), filepath.Join(dir, account.FileName), filepath.Join(dir, desk.PlansName)); err != nil {
				return err
			}
		}
	}
	return disk.RemoveAll(filepath.Join(dir, unpackingName))
}

// unpack reads a backup, hands each file over, and compares everything with the
// list of contents.
func unpack(ctx context.Context, file string, take func(name string, in io.Reader, sum hash.Hash) (int64, error)) (c Contents, err error) {
	in, err := disk.Open(file)
	if err != nil {
		return c, fmt.Errorf("opening the backup: %w", err)
	}
	defer in.Close()
	z, err := gzip.NewReader(within(ctx, in))
	if err != nil {
		return c, unfitting(ctx, file, err)
	}
	size, err := in.Stat()
	if err != nil {
		return c, fmt.Errorf("opening the backup: %w", err)
	}
	archive := tar.NewReader(&measured{in: z, left: mostUnpacked(size.Size())})
	var found []File
	for {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return c, unfitting(ctx, file, err)
		}
		if h.Name == contentsName {
			if err := json.NewDecoder(io.LimitReader(archive, maxContents)).Decode(&c); err != nil {
				return c, unfitting(ctx, file, fmt.Errorf("reading %s: %w", contentsName, err))
			}
			continue
		}
		if err := goodName(h); err != nil {
			return c, unfitting(ctx, file, err)
		}
		sum := sha256.New()
		n, err := take(h.Name, archive, sum)
		if err != nil {
			return c, unfitting(ctx, file, fmt.Errorf("%s: %w", h.Name, err))
		}
		found = append(found, File{h.Name, n, hex.EncodeToString(sum.Sum(nil))})
	}
	return c, compare(file, c, found)
}

// mostUnpacked is how many bytes an archive of a size may unpack to. Ledgers and documents shrink to a third or a tenth; the few pages of an empty
// ledger to less. What goes far beyond was made to fill a disk: 13 MB unpacked to 3 GB.
func mostUnpacked(archive int64) int64 { return 64<<20 + 50*archive }

// measured reads no more than it was given.
type measured struct {
	in   io.Reader
	left int64
}

var errTooMuch = errors.New("it unpacks to more than 50 times its size, as no backup does; it was made to fill the disk")

func (m *measured) Read(b []byte) (int, error) {
	if m.left <= 0 {
		return 0, errTooMuch
	}
	n, err := m.in.Read(b[:min(int64(len(b)), m.left)])
	m.left -= int64(n)
	return n, err
}

func unfitting(ctx context.Context, file string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("%s: %w: %w", file, ErrUnfitting, err)
}

// goodName lets nothing out of the folder that a backup is unpacked into.
func goodName(h *tar.Header) error {
	inside := h.Name == ledger.FileName || h.Name == ledger.KeyName || slices.Contains(ofDesk, h.Name) || slices.ContainsFunc(folders, func(name string) bool { return strings.HasPrefix(h.Name, name+"/") })
	if h.Typeflag != tar.TypeReg || !inside || path.Clean(h.Name) != h.Name || strings.ContainsAny(h.Name, "\\\x00") {
		return fmt.Errorf("%q does not belong into a backup; expected %s, %s, %s and files in %s", h.Name, ledger.FileName, ledger.KeyName, strings.Join(ofDesk, ", "), strings.Join(folders, "/ and ")+"/")
	}
	return nil
}

// compare holds what was found against the list of contents.
func compare(file string, c Contents, found []File) error {
	switch {
	case c.Format == 0:
		return fmt.Errorf("%s ends before its list of contents; it was cut off: %w", file, ErrUnfitting)
	case c.Format > format:
		return fmt.Errorf("%s was made by a newer Fener (form %d, this program reads %d); install that one: %w", file, c.Format, format, ErrUnfitting)
	case len(found) == 0 || found[0].Name != ledger.FileName:
		return fmt.Errorf("%s holds no ledger: %w", file, ErrUnfitting)
	case len(found) != len(c.Files):
		return fmt.Errorf("%s holds %d files, its list of contents names %d: %w", file, len(found), len(c.Files), ErrUnfitting)
	}
	for i, f := range found {
		if f != c.Files[i] {
			return fmt.Errorf("%s: %s is not the file that the list of contents names (%d bytes, SHA-256 %s; expected %s with %d bytes, %s): %w",
				file, f.Name, f.Bytes, f.SHA256, c.Files[i].Name, c.Files[i].Bytes, c.Files[i].SHA256, ErrUnfitting)
		}
	}
	return nil
}

// writeFile writes a file with its folders and puts it on the disk.
func writeFile(name string, in io.Reader, sum hash.Hash) (n int64, err error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return 0, err
	}
	out, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if n, err = io.Copy(io.MultiWriter(out, sum), in); err != nil {
		return n, err
	}
	return n, out.Sync()
}
