package needs

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

var objectStore = sync.OnceValues(func() (string, error) {
	_, file, _, _ := runtime.Caller(0)
	build := exec.Command("go", "tool", "-n", "versitygw") // which builds it, keeps it in Go's own cache, and says where
	build.Dir = filepath.Join(filepath.Dir(file), "..", "..", "scripts", "objectstore")
	build.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	out, err := build.Output()
	return strings.TrimSpace(string(out)), err
})

// ObjectStore returns the path of versitygw, a store that speaks S3 over a folder, from the module scripts/objectstore. It is built once for all tests.
func ObjectStore(t testing.TB) string {
	t.Helper()
	program, err := objectStore()
	if err != nil {
		Lacking(t, "the store that speaks S3 could not be built (go tool -n versitygw in scripts/objectstore): %v", err)
	}
	return program
}
