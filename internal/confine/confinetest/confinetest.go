// Package confinetest is what a process tries that was taken over by the file it reads, for tests of what keeps it from everything else.
package confinetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Goal is what it is after. It is written in the file that it reads.
type Goal struct {
	File    string // to be read, changed and removed
	Folder  string // in which it makes a file
	Address string // of a service on this machine, TCP
	Process int    // to be signalled
}

// Try tries everything, and says on errs what it reached: a line of words, or that it was nothing.
func Try(from io.Reader, errs io.Writer) (code int) {
	var g Goal
	if err := json.NewDecoder(from).Decode(&g); err != nil {
		fmt.Fprintln(errs, "no goal:", err)
		return 2
	}
	var reached []string
	tries := func(what string, err error) {
		if err == nil {
			reached = append(reached, what)
		}
	}
	_, err := os.ReadFile(g.File)
	tries("read", err)
	f, err := os.OpenFile(g.File, os.O_RDWR, 0)
	if err == nil {
		err = f.Close()
	}
	tries("changed", err)
	tries("made", os.WriteFile(filepath.Join(g.Folder, "made"), nil, 0o600))
	tries("removed", os.Remove(filepath.Join(g.Folder, "removed")))
	conn, err := net.DialTimeout("tcp", g.Address, time.Second)
	if err == nil {
		err = conn.Close()
	}
	tries("connected", err)
	own, err := os.FindProcess(g.Process)
	if err == nil {
		err = own.Signal(syscall.Signal(0)) // whether it could be
	}
	tries("signalled", err)
	environment, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", g.Process))
	if err == nil && len(environment) == 0 {
		err = errors.New("empty")
	}
	tries("looked into", err)
	if len(reached) == 0 {
		reached = []string{"nothing"}
	}
	fmt.Fprintln(errs, "reached", strings.Join(reached, ", "))
	return 1
}
