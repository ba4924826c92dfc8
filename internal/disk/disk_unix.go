//go:build unix

package disk

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// syncFlag opens a file to bring it to the disk.
const syncFlag = os.O_RDONLY

// openNow does not wait for the other end of a pipe that came between the look and the opening.
func openNow(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}

// isHeld: no program keeps others from a file here, but for a program that runs.
// Full reports whether an error says that the disk, or what this user may have of
// it, is full.
func Full(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }

func isHeld(err error) bool { return errors.Is(err, unix.ETXTBSY) }

func replace(from, to string) error { return os.Rename(from, to) }

func removeAll(dir string) error { return os.RemoveAll(dir) }

func mayPass(error) bool { return false }

func refusal(err error, _ string) error { return err }

// SyncFolder brings the names in a folder to the disk.
func SyncFolder(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("opening the folder %s: %w", dir, err)
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// Free is how many bytes this user can still write to the disk that a folder lies on.
func Free(dir string) (int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, fmt.Errorf("how much room is left at %s: %w", dir, err)
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}
