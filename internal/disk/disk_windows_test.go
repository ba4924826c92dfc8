package disk

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/windows"
)

// hold opens a file as a spreadsheet program does: others may share what it says, no more.
func hold(t *testing.T, path string, share uint32) windows.Handle {
	t.Helper()
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		t.Fatal(err)
	}
	handle, err := windows.CreateFile(name, windows.GENERIC_READ|windows.GENERIC_WRITE, share, nil, windows.OPEN_EXISTING, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		t.Fatal(err)
	}
	return handle
}

// TestAFileThatExcelHasOpen: Excel lets others read an .xlsx and nobody write it, and keeps some files all to itself.
func TestAFileThatExcelHasOpen(t *testing.T) {
	dir := folder(t)
	path, fresh := filepath.Join(dir, "judgments.xlsx"), filepath.Join(dir, "fresh")
	write(t, path, "old")
	write(t, fresh, "new")
	for name, share := range map[string]uint32{"to itself": 0, "others may read": windows.FILE_SHARE_READ} {
		handle := hold(t, path, share)
		var held *HeldError
		if err := Replace(fresh, path); !errors.As(err, &held) || !held.Writing || held.Path != path {
			t.Errorf("%s: replacing: %v", name, err)
		}
		file, err := Open(path)
		if share == 0 && (!errors.As(err, &held) || held.Writing) {
			t.Errorf("%s: reading: %v", name, err)
		}
		if share != 0 && err != nil {
			t.Errorf("%s: reading: %v", name, err)
		}
		if file != nil {
			file.Close()
		}
		if err := windows.CloseHandle(handle); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "old" {
		t.Errorf("the file was changed: %q, %v", text, err)
	}
	if err := Replace(fresh, path); err != nil {
		t.Errorf("once it is closed: %v", err)
	}
}
