package needs

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

var builtStore string // where it lies, once it was built

var objectStore = sync.OnceValues(func() (string, []byte) {
	_, file, _, _ := runtime.Caller(0)
	dir, err := os.MkdirTemp("", "objectstore-*")
	if err != nil {
		return "", []byte(err.Error())
	}
	program := filepath.Join(dir, "versitygw")
	build := exec.Command("go", "build", "-ldflags=-s -w", "-o", program, "github.com/versity/versitygw/cmd/versitygw")
	build.Dir = filepath.Join(filepath.Dir(file), "..", "..", "scripts", "objectstore")
	build.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		return "", out
	}
	builtStore = dir
	return program, nil
})

// ObjectStore returns the path of versitygw, a store that speaks S3 over a folder, from the module scripts/objectstore. It is built once for each run of a
// package's tests, which [ForgetObjectStore] ends.
func ObjectStore(t testing.TB) string {
	t.Helper()
	program, why := objectStore()
	if program == "" {
		Lacking(t, "the store that speaks S3 could not be built (go build -C scripts/objectstore): %s", why)
	}
	return program
}

// ForgetObjectStore removes what ObjectStore built; a package's TestMain calls it at the end.
func ForgetObjectStore() {
	if builtStore != "" {
		_ = os.RemoveAll(builtStore)
	}
}
