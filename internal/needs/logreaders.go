package needs

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

var builtReaders string // where they lie, once they were built

var logReaders = sync.OnceValues(func() (string, []byte) {
	_, file, _, _ := runtime.Caller(0)
	dir, err := os.MkdirTemp("", "logreaders-*")
	if err != nil {
		return "", []byte(err.Error())
	}
	build := exec.Command("go", "build", "-o", dir+string(filepath.Separator), ".", "filippo.io/torchwood/cmd/litewitness")
	build.Dir = filepath.Join(filepath.Dir(file), "..", "..", "scripts", "logreaders")
	build.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		return "", out
	}
	builtReaders = dir
	return dir, nil
})

// LogReaders returns the folder in which the programs lie that read proof logs and that others wrote: logreaders and litewitness, from the module
// scripts/logreaders. They are built once for each run of a package's tests, which [ForgetLogReaders] ends.
func LogReaders(t testing.TB) string {
	t.Helper()
	dir, why := logReaders()
	if dir == "" {
		Lacking(t, "the readers of proof logs could not be built (go build -C scripts/logreaders): %s", why)
	}
	return dir
}

// ForgetLogReaders removes what LogReaders built; a package's TestMain calls it at the end.
func ForgetLogReaders() {
	if builtReaders != "" {
		_ = os.RemoveAll(builtReaders)
	}
}
