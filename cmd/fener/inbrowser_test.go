package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fener/internal/browser"
	"fener/locale"
	"fener/period"
)

// What a browser is given is what the command writes, to the byte. That the same holds of the program compiled for browsers is tested in internal/wasm.
func TestBrowsersAreAnsweredAsTheCommandLineIs(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "examples", "kosovo", "*.csv"))
	if err != nil || len(files) < 4 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		for i, format := range []string{"csv", "jsonl", "html"} {
			l := locale.All[i]
			var out, says, given bytes.Buffer
			code := run(t.Context(), []string{"check", "--lang", string(l), "--format", format, file}, streams{out: &out, err: &says, env: func(string) string { return "" }})
			from, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			a, err := browser.Run(t.Context(), browser.Request{Name: file, Lang: string(l), Format: format}, period.DateOf(time.Now()), from, &given)
			from.Close()
			if err != nil {
				t.Fatal(err)
			}
			if a.Unreadable != (code == exitUnreadable) || !bytes.Equal(out.Bytes(), given.Bytes()) {
				t.Errorf("%s as %s: the command ends with %d and %d bytes, the browser gets %d, unreadable: %v", file, format, code, out.Len(), given.Len(), a.Unreadable)
			}
			text := ""
			for _, cause := range a.Causes {
				text += cause + "\n"
			}
			if text += a.Summary; text != says.String() {
				t.Errorf("%s as %s: the command says\n%s\nthe browser\n%s", file, format, says.String(), text)
			}
		}
	}
}
