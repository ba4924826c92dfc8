package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	"fener/internal/disk"
	"fener/internal/sqlitefile"

	"github.com/gofrs/flock"
)

// LockName is the file in a data folder whose lock the writing process holds.
// It stays when the process ends; the system lets go of the lock, also after
// kill -9, so nobody ever has to delete it.
const LockName = "LOCK"

// A folderLock is held from Open to Close.
type folderLock struct{ held *flock.Flock }

// lockFolder takes the folder for this process or says which process has it.
func lockFolder(dir string) (*folderLock, error) {
	path := filepath.Join(dir, LockName)
	held := flock.New(path, flock.SetFlag(os.O_RDWR|os.O_CREATE), flock.SetPermissions(disk.PrivateFile))
	taken, err := held.TryLock()
	if errors.Is(err, os.ErrNotExist) {
		return nil, faultf(ErrNoLedger, nil, "there is no folder %s; begin a ledger there first (fener init)", dir)
	}
	if err != nil {
		if why := sqlitefile.Trouble(path, err); why != "" {
			return nil, faultf(ErrFolder, err, "the folder %s cannot be taken: %s", dir, why)
		}
		return nil, faultf(ErrFolder, err, "the folder %s cannot be written to; it must be a folder that this user may write to", dir)
	}
	if !taken {
		return nil, faultf(ErrInUse, nil, "the folder %s is in use by %s; stop that one first, or open the ledger for reading only", dir, readHolder(path))
	}
	if err := writeHolder(path); err != nil {
		return nil, errors.Join(faultf(ErrFolder, err, "writing the process number into %s", path), held.Close())
	}
	return &folderLock{held: held}, nil
}

// holderAt is where the process number stands in the lock file. On Windows the
// lock lies on the first byte, which no other handle can read or write meanwhile.
func holderAt() int64 {
	if runtime.GOOS == "windows" {
		return 1
	}
	return 0
}

// readHolder describes the process that wrote itself into the lock file.
func readHolder(path string) string {
	const unknown = "another process"
	file, err := os.Open(path)
	if err != nil {
		return unknown
	}
	defer file.Close()
	var text [32]byte
	n, _ := file.ReadAt(text[:], holderAt()) // what is cut off ends in EOF, and Atoi below in an error
	pid, err := strconv.Atoi(string(bytes.TrimSpace(text[:n])))
	if err != nil {
		return unknown
	}
	return fmt.Sprintf("process %d", pid)
}

// writeHolder writes the process number, padded so that nothing of a longer one
// is left behind it.
func writeHolder(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, disk.PrivateFile)
	if err != nil {
		return err
	}
	_, err = file.WriteAt(fmt.Appendf(nil, "%-20d\n", os.Getpid()), holderAt())
	return errors.Join(err, file.Close())
}

// release lets the next process in.
func (l *folderLock) release() error {
	if err := l.held.Close(); err != nil {
		return faultf(ErrFolder, err, "letting go of %s", l.held.Path())
	}
	return nil
}
