package sqlitefile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// maxPath is the longest path that SQLite opens, in bytes; it adds "-journal" to it.
const maxPath = 512 - len("-journal")

// Trouble says why a file cannot be opened where the reason is not the file: SQLite
// answers the same to all of them. Empty where it is the file after all.
func Trouble(path string, err error) string {
	if absolute, abs := filepath.Abs(path); abs == nil && len(absolute) > maxPath {
		return fmt.Sprintf("its path from the root has %d bytes and SQLite opens at most %d: move the folder to a shorter path, or reach it by a link", len(absolute), maxPath)
	}
	if file, open := os.Open(path); open == nil {
		file.Close()
	} else {
		err = errors.Join(err, open)
	}
	switch {
	case errors.Is(err, syscall.EMFILE):
		return "this process has too many files open: raise its limit (ulimit -n, LimitNOFILE=) or see what keeps them open"
	case errors.Is(err, syscall.ENFILE):
		return "the system has too many files open: close some, or raise its limit (fs.file-max)"
	case errors.Is(err, syscall.ENAMETOOLONG):
		return "its path, or a name in it, is longer than the system allows: use a shorter one"
	case errors.Is(err, syscall.ELOOP):
		return "its path leads through links in a circle"
	}
	return ""
}
