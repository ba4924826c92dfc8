package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sys/windows"
)

// syncFlag opens a file to bring it to the disk: Windows asks for the right to write.
const syncFlag = os.O_RDWR

func openNow(path string) (*os.File, error) { return os.Open(path) }

// Full reports whether an error says that the disk is full.
func Full(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

func isHeld(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_USER_MAPPED_FILE)
}

// replace returns once the new name is on the disk, which no folder can be asked for later.
func replace(from, to string) error {
	old, err := windows.UTF16PtrFromString(from)
	if err != nil {
		return err
	}
	name, err := windows.UTF16PtrFromString(to)
	if err != nil {
		return err
	}
	if err := windows.MoveFileEx(old, name, windows.MOVEFILE_REPLACE_EXISTING|windows.MOVEFILE_WRITE_THROUGH); err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return nil
}

// removeAll goes file by file where the file system does not know the way in which os.RemoveAll deletes (some of the network, and Wine's).
func removeAll(dir string) error {
	err := os.RemoveAll(dir)
	if err == nil || mayPass(err) {
		return err
	}
	var names []string
	err = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		names = append(names, path)
		return err
	})
	for _, name := range slices.Backward(names) { // what is inside first
		if err == nil {
			err = os.Remove(name)
		}
	}
	return err
}

// mayPass: a file that somebody has open is refused with either of these.
func mayPass(err error) bool { return isHeld(err) || errors.Is(err, windows.ERROR_ACCESS_DENIED) }

// refusal tells a file that is open elsewhere from one that may not be written: of the first Windows says both.
func refusal(err error, to string) error {
	if isHeld(err) {
		return Explain(err, to, true)
	}
	if info, missing := os.Stat(to); errors.Is(err, windows.ERROR_ACCESS_DENIED) && missing == nil && info.Mode().IsRegular() && info.Mode()&0o200 != 0 {
		return &HeldError{to, true, err}
	}
	return err
}

// SyncFolder has nothing to do: replace has waited for the disk already.
func SyncFolder(string) error { return nil }

// Free is how many bytes this user can still write to the disk that a folder lies on.
func Free(dir string) (int64, error) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(name, &free, nil, nil); err != nil {
		return 0, fmt.Errorf("how much room is left at %s: %w", dir, err)
	}
	return int64(free), nil
}
