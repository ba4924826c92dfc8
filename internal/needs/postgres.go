package needs

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// Postgres returns the folder of PostgreSQL's programs, those of its server among them, which Debian keeps off the PATH.
func Postgres(t testing.TB) string {
	t.Helper()
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil { // its server lies beside the program itself
			return filepath.Dir(path)
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is right
	slices.Sort(found)
	for _, path := range slices.Backward(found) {
		if _, err := os.Stat(path); err == nil {
			return filepath.Dir(path)
		}
	}
	Lacking(t, "PostgreSQL is not installed (initdb and postgres); bash scripts/test.sh installs what the tests need")
	return ""
}
