package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"fener/internal/sqlitefile"

	"golang.org/x/sys/unix"
)

// lockName is the file in a data folder whose lock the writing process holds.
// It stays when the process ends; the kernel lets go of the lock, also after
// kill -9, so nobody ever has to delete it.
const lockName = "LOCK"

// A folderLock is held from Open to Close.
type folderLock struct{ file *os.File }

// lockFolder takes the folder for this process or says which process has it.
func lockFolder(dir string) (*folderLock, error) {
	path := filepath.Join(dir, lockName)
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if errors.Is(err, os.ErrNotExist) {
		return nil, faultf(ErrNoLedger, nil, "there is no folder %s; begin a ledger there first (fener init)", dir)
	}
	if err != nil {
		if why := sqlitefile.Trouble(path, err); why != "" {
			return nil, faultf(ErrFolder, err, "the folder %s cannot be taken: %s", dir, why)
		}
		return nil, faultf(ErrFolder, err, "the folder %s cannot be written to; it must be a folder that this user may write to", dir)
	}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		holder := readHolder(file)
		file.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, faultf(ErrInUse, nil, "the folder %s is in use by %s; stop that one first, or open the ledger for reading only", dir, holder)
		}
		return nil, faultf(ErrFolder, err, "locking %s", path)
	}
	if err := writeHolder(file); err != nil {
		file.Close()
		return nil, faultf(ErrFolder, err, "writing the process number into %s", path)
	}
	return &folderLock{file: file}, nil
}

// readHolder describes the process that wrote itself into the lock file.
func readHolder(file *os.File) string {
	var text [32]byte
	n, _ := file.ReadAt(text[:], 0) // an empty file ends in EOF, and Atoi below in an error
	pid, err := strconv.Atoi(string(bytes.TrimSpace(text[:n])))
	if err != nil {
		return "another process"
	}
	return fmt.Sprintf("process %d", pid)
}

func writeHolder(file *os.File) error {
	if err := file.Truncate(0); err != nil {
		return err
	}
	_, err := file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

// release lets the next process in.
func (l *folderLock) release() error {
	return l.file.Close()
}
