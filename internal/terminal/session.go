package terminal

import (
	"fmt"
	"os/exec"
	"strings"
)

// A Session is what a program knows of how it was started.
type Session struct {
	In, Out, Err any // its streams
	Env          func(string) string
	Alone        bool   // on Windows: no other program shares its console
	GOOS         string // which system it is
}

// ByHand reports whether a person started the program with nothing to do: by a double click, or by its name alone at a terminal. A
// script that forgot the command, and a service, did not.
//
// Windows gives a program that was double-clicked a console of its own. macOS opens a terminal. Linux gives it a screen but no
// terminal at all, not even the name of one (TERM), which scripts inherit from where they were started.
func (s Session) ByHand() bool {
	if s.Alone {
		return true
	}
	if Is(s.Out) {
		return Is(s.In)
	}
	return s.GOOS == "linux" && !Is(s.In) && !Is(s.Err) && s.Env("TERM") == "" && s.hasScreen()
}

func (s Session) hasScreen() bool { return s.Env("DISPLAY") != "" || s.Env("WAYLAND_DISPLAY") != "" }

// OpenBrowser shows an address in the browser that this user prefers. It does not wait for the browser to end. An error is no reason
// to stop: the address can be opened by hand.
func (s Session) OpenBrowser(url string) error {
	if !strings.HasPrefix(url, "http://127.0.0.1:") && !strings.HasPrefix(url, "http://[::1]:") && !strings.HasPrefix(url, "http://localhost:") {
		return fmt.Errorf("%s is no address on this machine", url)
	}
	for _, program := range s.browsers() {
		path, err := exec.LookPath(program[0])
		if err != nil {
			continue
		}
		command := exec.Command(path, append(program[1:], url)...)
		if err := command.Start(); err != nil {
			continue
		}
		go func() { _ = command.Wait() }() // so that no ended process is left; how it ended is told by the screen
		return nil
	}
	return fmt.Errorf("no browser was found to open %s", url)
}

// browsers are the ways to the browser, the best first.
func (s Session) browsers() [][]string {
	switch {
	case s.GOOS == "windows":
		return [][]string{{"rundll32", "url.dll,FileProtocolHandler"}}
	case s.GOOS == "darwin":
		return [][]string{{"open"}}
	case s.hasScreen():
		return [][]string{{"xdg-open"}, {"gio", "open"}, {"sensible-browser"}, {"x-www-browser"}, {"firefox"}, {"chromium"}}
	}
	return nil
}
