package terminal

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

const utf8Page = 65001

// UseUTF8 makes UTF-8 the character set of what is written to this console through others, as in "fener check ... | more". What is
// written to the console itself is written as characters and needs none. The console is its user's, so restore puts back what was.
func UseUTF8() (restore func()) {
	before, err := windows.GetConsoleOutputCP()
	if err != nil || before == utf8Page || windows.SetConsoleOutputCP(utf8Page) != nil {
		return func() {}
	}
	return func() { _ = windows.SetConsoleOutputCP(before) } // the console may be gone by now
}

var consoleProcesses = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleProcessList")

// Alone reports whether no other program shares this one's console: it was opened for it, by a double click, and closes with it.
func Alone() bool {
	if consoleProcesses.Find() != nil {
		return false
	}
	var ids [2]uint32
	n, _, _ := consoleProcesses.Call(uintptr(unsafe.Pointer(&ids[0])), uintptr(len(ids)))
	return n == 1
}

// Languages are the languages that the user prefers, such as "sq-AL".
func Languages() []string {
	names, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil {
		return nil
	}
	return names
}
