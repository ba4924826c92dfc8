package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"fener/internal/needs"

	"golang.org/x/sys/unix"
)

// smallDisk is a folder on a file system of its own, of so many megabytes; the test is skipped where none may be mounted.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		needs.Lacking(t, "no small disk can be mounted here (%v), so a full one cannot be tried", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestDiskFull(t *testing.T) {
	disk := smallDisk(t, "6m")
	data := filepath.Join(disk, "data")
	small, large := judgmentsFile(t, "small.csv", 0, 1), judgmentsFile(t, "large.csv", 1, 40)
	want(t, 0, "a new record", "init", data)
	want(t, 0, "Appended", "import", "judgments", "--data", data, "--by", "x", "--batch", "first", small)
	want(t, 3, "the disk is full", "import", "judgments", "--data", data, "--by", "x", "--batch", "second", large)
	want(t, 0, "every commitment and every number holds", "ledger", "verify", "--data", data)

	// Fill what is left: everything says why it cannot, and leaves nothing behind.
	filler := filepath.Join(disk, "filler")
	fill(t, filler)
	want(t, 3, "the disk is full", "ledger", "verify", "--data", data)
	want(t, 3, "the disk is full", "backup", filepath.Join(disk, "copy.tar.gz"), "--data", data)
	for _, left := range []string{"copy.tar.gz", "copy.tar.gz.new", "copy.tar.gz.ledger"} {
		if _, err := os.Stat(filepath.Join(disk, left)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s was left behind: %v", left, err)
		}
	}
	want(t, 3, "the disk is full", "view", "rebuild", "--data", data)
	want(t, 3, "the disk is full", "serve", "--data", data, "--listen", "127.0.0.1:0")

	// With room again it goes on where it stood.
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	want(t, 0, "402 entries, 0 of them erased: every commitment", "ledger", "verify", "--data", data)
	want(t, 0, "402 entries folded", "view", "rebuild", "--data", data)
	want(t, 0, "it was read back and holds", "backup", filepath.Join(t.TempDir(), "copy.tar.gz"), "--data", data)
}

func fill(t *testing.T, path string) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for size := 1 << 16; size > 0; size /= 2 {
		for err = nil; err == nil; {
			_, err = file.Write(make([]byte, size))
		}
	}
	if !errors.Is(err, unix.ENOSPC) {
		t.Fatal(err)
	}
}

func TestReadOnlyFolder(t *testing.T) {
	disk := smallDisk(t, "8m")
	data := filepath.Join(disk, "data")
	small := judgmentsFile(t, "small.csv", 0, 1)
	want(t, 0, "a new record", "init", data)
	want(t, 0, "Appended", "import", "judgments", "--data", data, "--by", "x", small)
	if err := unix.Mount("", disk, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		needs.Lacking(t, "the small disk cannot be made read-only here: %v", err)
	}
	want(t, 3, "cannot be written to", "serve", "--data", data, "--listen", "127.0.0.1:0")
	want(t, 3, "cannot be written to", "import", "judgments", "--data", data, "--by", "x", small)
	want(t, 3, "cannot be written to", "view", "rebuild", "--data", data)
	want(t, 3, "must be writable", "backup", filepath.Join(disk, "copy.tar.gz"), "--data", data)
	want(t, 3, "read-only file system", "init", filepath.Join(disk, "another"))
}
