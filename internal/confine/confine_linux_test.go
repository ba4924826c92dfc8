package confine_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"fener/internal/confine"
	"fener/internal/needs"
)

// shell starts a line of shell under limits and says what it wrote and how it ended.
func shell(t *testing.T, line string, l confine.Limits) (out string, cut bool, err error) {
	t.Helper()
	var b bytes.Buffer
	c, cut, err := confine.Start(func() (*exec.Cmd, error) {
		c := exec.Command("/bin/sh", "-c", line)
		c.Stdout, c.Stderr, c.Dir = &b, &b, t.TempDir()
		return c, nil
	}, l)
	if err != nil {
		t.Fatal(err)
	}
	err = c.Wait()
	return b.String(), cut, err
}

func TestWithoutANetwork(t *testing.T) {
	const interfaces = "sed -n 's/^ *\\([a-z0-9]*\\):.*/\\1/p' /proc/net/dev"
	out, cut, err := shell(t, "sleep 0.1; "+interfaces, confine.Limits{})
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if !cut {
		needs.Lacking(t, "this system does not let a process have a network of its own")
	}
	for _, name := range strings.Fields(out) {
		if name != "lo" && !strings.HasSuffix(name, "0") { // tunnels that a kernel puts into every network, with nothing behind them
			t.Errorf("it has the interface %s", name)
		}
	}
	if _, cut, err := shell(t, interfaces, confine.Limits{Network: true}); cut || err != nil {
		t.Errorf("asked for one, it is cut off: %v, %v", cut, err)
	}
}

func TestBounds(t *testing.T) {
	for _, c := range []struct {
		name, line string
		limits     confine.Limits
	}{
		{"processor time", "sleep 0.2; while :; do :; done", confine.Limits{Processor: time.Second}},
		{"the size of a file", "sleep 0.2; dd if=/dev/zero of=a bs=1024 count=100", confine.Limits{FileSize: 4096}},
		{"open files", "sleep 0.2; exec 3<. 4<. 5<. 6<. 7<. 8<. 9<.", confine.Limits{Files: 6}},
		{"addresses", "sleep 0.2; dd if=/dev/zero of=/dev/null bs=200M count=1", confine.Limits{Address: 50 << 20}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if out, _, err := shell(t, c.line, c.limits); err == nil {
				t.Errorf("it ended well: %s", out)
			}
			unbounded := c.limits
			unbounded.Processor, unbounded.FileSize, unbounded.Files, unbounded.Address = 0, 0, 0, 0
			if c.limits.Processor > 0 {
				return // it would never end
			}
			if out, _, err := shell(t, c.line, unbounded); err != nil {
				t.Errorf("without the bound: %v: %s", err, out)
			}
		})
	}
}

// What the process started ends with it.
func TestKillEndsAllOfThem(t *testing.T) {
	dir := t.TempDir()
	c, _, err := confine.Start(func() (*exec.Cmd, error) {
		c := exec.Command("/bin/sh", "-c", "sleep 300 & echo $! > child; wait")
		c.Dir = dir
		return c, nil
	}, confine.Limits{Network: true})
	if err != nil {
		t.Fatal(err)
	}
	var child int
	for range 100 {
		text, err := os.ReadFile(filepath.Join(dir, "child"))
		if child, _ = strconv.Atoi(strings.TrimSpace(string(text))); err == nil && child > 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if child == 0 {
		t.Fatal("it started nothing")
	}
	if err := confine.Kill(c); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // it was killed
	for range 100 {
		if err := syscall.Kill(child, 0); errors.Is(err, syscall.ESRCH) || zombie(child) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("process %d still runs", child)
}

// zombie reports whether a process has ended and nobody has asked how.
func zombie(pid int) bool {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	return err == nil && strings.Contains(string(text), ") Z ")
}

func TestAProgramThatIsNotThere(t *testing.T) {
	_, _, err := confine.Start(func() (*exec.Cmd, error) { return exec.Command("/nowhere/at/all"), nil }, confine.Limits{})
	if err == nil || !strings.Contains(err.Error(), "/nowhere/at/all") {
		t.Errorf("%v", err)
	}
}
