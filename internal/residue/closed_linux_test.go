package residue_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// nobody is the user that Linux has for nobody's files.
const nobody = 65534

func TestAFileThatMayNotBeReadIsSaid(t *testing.T) {
	dir := t.TempDir()
	must(0, os.WriteFile(filepath.Join(dir, "closed"), []byte(name), 0))
	if os.Geteuid() == 0 { // who may read everything looks as somebody who may not
		for _, open := range []string{dir, filepath.Dir(dir)} {
			must(0, os.Chmod(open, 0o755))
		}
		runtime.LockOSThread() // the thread ends with the test, and its rights with it
		must(0, unix.Setfsuid(nobody))
	}
	if _, err := os.ReadFile(filepath.Join(dir, "closed")); err == nil {
		t.Fatal("the file can be read, so that nothing was shown")
	}
	report := search(t, []string{name}, dir)
	if os.Geteuid() == 0 {
		must(0, unix.Setfsuid(0))
	}
	if !strings.Contains(why(&report), "permission denied") {
		t.Errorf("%+v", report)
	}
}
