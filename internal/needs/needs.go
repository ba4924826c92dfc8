// Package needs is what a test asks for an outside program. Where the program is absent the test is skipped with a reason on
// somebody's own machine, and fails in continuous integration (CI set), where a skipped test would look like a passed one.
package needs

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BrowserEnv is set by scripts/test.sh when it runs the browser tests, which have a run of their own.
const BrowserEnv = "FENER_BROWSER"

// Tool returns the path of the program name, looked for on PATH and in /usr/sbin, where Debian puts servers.
func Tool(t testing.TB, name string) string {
	t.Helper()
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	if path, err := exec.LookPath(filepath.Join("/usr/sbin", name)); err == nil {
		return path
	}
	missing(t, "the program %q is not installed; bash scripts/test.sh installs what the tests need", name)
	return ""
}

// Browser returns the path of Chromium for a test named TestBrowser..., and skips it outside the browser run.
func Browser(t testing.TB) string {
	t.Helper()
	if os.Getenv(BrowserEnv) == "" {
		t.Skipf("browser tests have their own run: %s=1 go test -run '^TestBrowser' ...", BrowserEnv)
	}
	return Tool(t, "chromium")
}

func missing(t testing.TB, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}
