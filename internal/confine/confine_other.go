//go:build !linux

package confine

import "os/exec"

// Here nothing is bounded but the time that the caller waits.

const canCut = false

func group(*exec.Cmd) {}

func apart(*exec.Cmd, bool) {}

func refused(error) bool { return true }

func bound(int, Limits) error { return nil }

func (r *Reach) enter() error { return nil }

// Holds reports whether this system keeps a process within its Reach.
func Holds() bool { return false }

// Kill ends a process that Start started.
func Kill(c *exec.Cmd) error {
	if c.Process == nil {
		return nil
	}
	return c.Process.Kill()
}
