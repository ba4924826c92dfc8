// Command fener checks sentences against the law, and shows the law it checks against.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	"fener/internal/confine"
	"fener/internal/document"
	"fener/internal/terminal"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == document.ChildCommand { // one document is read: see internal/document
		os.Exit(document.Child(os.Args[2:], os.Stdin, os.Stdout, os.Stderr))
	}
	if err := confine.Enter(); err != nil { // a file that was handed in at the desk is read: see internal/node/take.go
		fmt.Fprintln(os.Stderr, "fener:", err)
		os.Exit(exitUnreadable)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200) // rows come and go in batches: collecting half as often costs few megabytes and saves a tenth of the time
	}
	restore := terminal.UseUTF8()
	code := ended(os.Stderr, func(ctx context.Context) int {
		s := streams{in: os.Stdin, out: terminal.NewScreen(os.Stdout, os.Getenv), err: terminal.NewScreen(os.Stderr, os.Getenv), env: os.Getenv}
		session := terminal.Session{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Env: os.Getenv, Alone: terminal.Alone(), GOOS: runtime.GOOS}
		if len(os.Args) == 1 && session.ByHand() {
			return byHand(ctx, s, session)
		}
		return run(ctx, os.Args[1:], s)
	})
	restore()
	os.Exit(code)
}
