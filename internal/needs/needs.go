// Package needs is what a test asks for an outside program. Where the program is absent the test is skipped with a reason on
// somebody's own machine, and fails in continuous integration (CI set), where a skipped test would look like a passed one.
package needs

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
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
	Lacking(t, "the program %q is not installed; bash scripts/test.sh installs what the tests need", name)
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

// WineEnv is set by scripts/test.sh when it runs the Windows program under Wine, which has a run of its own.
const WineEnv = "FENER_WINE"

// Wine returns the path of Wine for a test named TestWine..., and skips it outside that run.
func Wine(t testing.TB) string {
	t.Helper()
	if os.Getenv(WineEnv) == "" {
		t.Skipf("tests under Wine have their own run: %s=1 go test -run '^TestWine' ...", WineEnv)
	}
	const beside = "/usr/lib/wine/wine64" // where Debian's package wine64 puts it, which wine only calls
	if _, err := os.Stat(beside); err == nil {
		return beside
	}
	return Tool(t, "wine")
}

// Python returns a Python that has the modules: that of .venv at the root of the source, where scripts/test.sh installs what
// scripts/requirements.txt pins, or the one on PATH.
func Python(t testing.TB, modules ...string) string {
	t.Helper()
	candidates := []string{"python3"}
	if _, file, _, ok := runtime.Caller(0); ok {
		candidates = append([]string{filepath.Join(filepath.Dir(file), "..", "..", ".venv", "bin", "python")}, candidates...)
	}
	for _, python := range candidates {
		if exec.Command(python, "-c", "import "+strings.Join(modules, ", ")).Run() == nil {
			return python
		}
	}
	Lacking(t, "no Python has the modules %s; bash scripts/test.sh installs what the tests need", strings.Join(modules, ", "))
	return ""
}

// Lacking ends a test that cannot run for lack of something, such as the right to mount a small disk: skipped with the reason on
// somebody's own machine, failed in continuous integration.
func Lacking(t testing.TB, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}
