package main

import (
	"context"
	"fmt"
	"os/signal"
	"runtime"
	"syscall"

	"fener/internal/lang"
	"fener/internal/terminal"
)

// byHand is what the program does that was double-clicked, or named at a terminal with nothing to do: it shows the demonstration.
func byHand(ctx context.Context, s streams, session terminal.Session) int {
	words, err := lang.Load()
	if err != nil {
		fmt.Fprintf(s.err, "fener: %v\n", err)
		return exitUnreadable
	}
	l := languageOf(s.env, terminal.Languages())
	fmt.Fprintln(s.out, words.T(l, "start.by_hand", "help", "fener help"))
	code := run(ctx, []string{"demo", "--open", "--listen", "127.0.0.1:0"}, s)
	if session.Alone && code != exitDone && ctx.Err() == nil { // let it be read before the window goes
		fmt.Fprintln(s.err, "\n"+words.T(l, "start.close", "key", "Enter"))
		var line string
		fmt.Fscanln(s.in, &line) // whatever is typed, and the end of input too
	}
	return code
}

// openBrowser shows the demonstration, in the language of who looks.
func (c *command) openBrowser(url string) {
	address := url + string(c.lang) + "/"
	session := terminal.Session{Env: c.env, GOOS: runtime.GOOS}
	words, err := lang.Load()
	if err == nil {
		fmt.Fprintln(c.out, words.T(c.lang, "start.open", "address", address, "keys", "Ctrl-C"))
		err = session.OpenBrowser(address)
	}
	if err != nil {
		fmt.Fprintf(c.err, "fener: %v\n", err)
	}
}

// untilClosed is done also when the terminal is closed in which the demonstration runs, so that its folder goes with it. Under nohup,
// which says that closing is no reason to end, it stays.
func untilClosed(ctx context.Context) (context.Context, context.CancelFunc) {
	if signal.Ignored(syscall.SIGHUP) {
		return ctx, func() {}
	}
	return signal.NotifyContext(ctx, syscall.SIGHUP)
}
