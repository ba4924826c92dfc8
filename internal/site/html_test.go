package site

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Every page in every language is valid HTML, as html-validate (npm, pinned in package.json) reads the standard. It runs with the browser
// tests, which have npm.
func TestBrowserHTMLIsValid(t *testing.T) {
	if os.Getenv("FENER_BROWSER") == "" {
		t.Skip("set FENER_BROWSER=1 to validate the HTML; bash scripts/test.sh does")
	}
	const program = "../../node_modules/.bin/html-validate"
	if _, err := os.Stat(program); errors.Is(err, os.ErrNotExist) {
		if os.Getenv("CI") != "" {
			t.Fatal("html-validate is not installed: run npm ci")
		}
		t.Skip("html-validate is not installed; bash scripts/test.sh installs it")
	}
	h, dir := testHandler(t, nil), t.TempDir()
	var index strings.Builder
	for i, path := range slices.Concat(everyPath(), framePaths, []string{"/units"}, brokenPaths) {
		name := strconv.Itoa(i) + ".html"
		index.WriteString(name + " is " + path + "\n")
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body(t, get(t, h, path))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := exec.CommandContext(t.Context(), program, "--config", "testdata/htmlvalidate.json", "--formatter", "text", dir)
	if found, err := run.CombinedOutput(); err != nil {
		t.Errorf("html-validate: %v\n%.8000s\n%s", err, found, index.String())
	}
}
