//go:build !windows

package terminal

// UseUTF8 has nothing to do: a terminal is told nothing here, and charset writes as it wants.
func UseUTF8() (restore func()) { return func() {} }

// Alone reports whether no other program shares this one's console, which only Windows knows.
func Alone() bool { return false }

// Languages are the languages that the user prefers, where the system keeps them outside of the environment.
func Languages() []string { return nil }
