package ledger_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"fener/internal/ledger"
)

// nobody is a user without rights; root is let through every mode bit.
const nobody = 65534

// TestReadOnlyFolder runs for root too: its thread looks at files as another
// user for as long as it tries to open the ledger.
func TestReadOnlyFolder(t *testing.T) {
	dir := written(t)
	for path, mode := range map[string]os.FileMode{filepath.Dir(dir): 0o755, filepath.Join(dir, "LOCK"): 0o444, dir: 0o555} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) }) // so that it can be removed
	if os.Geteuid() == 0 {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		if err := syscall.Setfsuid(nobody); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = syscall.Setfsuid(0) }()
	}
	if _, err := os.ReadDir(dir); err != nil {
		t.Fatalf("the folder cannot even be read: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "new"), nil, 0o600); err == nil {
		t.Fatal("the folder is writable")
	}
	if _, err := ledger.Open(t.Context(), dir, options()); !errors.Is(err, ledger.ErrFolder) {
		t.Errorf("a read-only folder: %v", err)
	}
}
