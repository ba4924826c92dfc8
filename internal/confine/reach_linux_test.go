package confine_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"fener/internal/confine"
	"fener/internal/confine/confinetest"
	"fener/internal/needs"

	kernel "github.com/landlock-lsm/go-landlock/landlock/syscall"
)

// The tests start themselves as what a file has taken over, as the program does with what reads files.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "taken-over" {
		if err := confine.Enter(); err != nil {
			panic(err)
		}
		goal, err := io.ReadAll(os.Stdin)
		if err != nil {
			panic(err)
		}
		if len(os.Args) > 2 { // it hands on to another program
			c := exec.Command("/proc/self/exe", "taken-over")
			c.Stdin, c.Stderr = bytes.NewReader(goal), os.Stderr
			_ = c.Run() // it ends badly in any case
		}
		syscall.Exit(confinetest.Try(bytes.NewReader(goal), os.Stderr)) // what was covered has no place to be written to, and os.Exit would say so
	}
	os.Exit(m.Run())
}

// system is what a program needs to start that was not built whole.
var system = []string{"/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache"}

// A process that was taken over reaches nothing: no file but its own, no connection, no other process; neither does what it starts. Each of the two that keep it from that does its part alone.
func TestNothingElseIsReached(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	rooted := "read, changed, made, removed"
	if os.Geteuid() == 0 {
		rooted += ", looked into" // root's rights hold over what the system shows of processes, until it is within its reach
	}
	alone, calls := "nothing", "connected"
	switch version, err := kernel.LandlockGetABIVersion(); {
	case err == nil && version < 4: // what older kernels do not know
		alone, calls = "connected, signalled", "connected, signalled"
	case err == nil && version < 6:
		alone, calls = "signalled", "connected, signalled"
	}
	for _, c := range []struct {
		name   string
		limits confine.Limits
		more   []string
		want   string
	}{
		{"free", confine.Limits{Network: true}, nil, "read, changed, made, removed, connected, signalled, looked into"},
		{"apart", confine.Limits{}, nil, "read, changed, made, removed"},
		{"apart, with root's rights over files", confine.Limits{Owner: true}, nil, rooted},
		{"both, with root's rights over files", confine.Limits{Owner: true, Reach: &confine.Reach{Reads: system}}, nil, "nothing"},
		{"within its reach", confine.Limits{Network: true, Reach: &confine.Reach{Reads: system}}, nil, alone},
		{"within its reach, with calls", confine.Limits{Network: true, Reach: &confine.Reach{Reads: system, Calls: true}}, nil, calls},
		{"both", confine.Limits{Reach: &confine.Reach{Reads: system}}, nil, "nothing"},
		{"both, and what it starts", confine.Limits{Reach: &confine.Reach{Reads: system}}, []string{"on"}, "nothing"},
		{"of what it may list", confine.Limits{Reach: &confine.Reach{Reads: system, Lists: []string{"FOLDER"}}}, nil, "nothing"},
		{"of what it may read", confine.Limits{Reach: &confine.Reach{Reads: append([]string{"FOLDER"}, system...)}}, nil, "read"},
		{"of what it may write", confine.Limits{Reach: &confine.Reach{Reads: system, Writes: []string{"FOLDER"}}}, nil, "read, changed, made, removed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			goal := confinetest.Goal{File: filepath.Join(dir, "accounts.db"), Folder: dir, Address: listener.Addr().String(), Process: os.Getpid()}
			for _, name := range []string{"accounts.db", "removed"} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte("SYNTHETIC"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			text, err := json.Marshal(goal)
			if err != nil {
				t.Fatal(err)
			}
			if c.limits.Reach != nil {
				if !confine.Holds() {
					needs.Lacking(t, "this kernel has no Landlock")
				}
				for _, list := range [][]string{c.limits.Reach.Reads, c.limits.Reach.Lists, c.limits.Reach.Writes} {
					if len(list) > 0 && list[0] == "FOLDER" {
						list[0] = dir
					}
				}
			}
			var said bytes.Buffer
			started, cut, err := confine.Start(func() (*exec.Cmd, error) {
				p := exec.Command(os.Args[0], append([]string{"taken-over"}, c.more...)...)
				p.Stdin, p.Stderr = bytes.NewReader(text), &said
				return p, nil
			}, c.limits)
			if err != nil {
				t.Fatal(err)
			}
			_ = started.Wait() // it ends badly in any case
			if !cut && !c.limits.Network {
				needs.Lacking(t, "this system does not let a process have namespaces of its own")
			}
			for line := range strings.Lines(said.String()) {
				if got, is := strings.CutPrefix(strings.TrimSpace(line), "reached "); !is || got != c.want {
					t.Errorf("it says: %s; expected %s", line, c.want)
				}
			}
			if n := strings.Count(said.String(), "reached "); n != 1+len(c.more) {
				t.Errorf("%d of %d say what they reached: %s", n, 1+len(c.more), &said)
			}
		})
	}
}

// Root in a namespace of its own is nobody there, and has none of root's rights: neither over files of others, nor to mount anything.
func TestRootIsNobodyApart(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root has rights to lose")
	}
	out, cut, err := shell(t, "sleep 0.1; id -u; sed -n 's/^CapEff:.//p' /proc/self/status; mount -t tmpfs none /mnt && echo mounted", confine.Limits{})
	if !cut {
		needs.Lacking(t, "this system does not let a process have namespaces of its own (%v)", err)
	}
	if lines := strings.Fields(out); len(lines) < 2 || lines[0] == "0" || strings.Trim(lines[1], "0") != "" || strings.Contains(out, "mounted") {
		t.Errorf("it is: %s", out)
	}
}
