// Package confine bounds a process that handles what strangers made: its time, its memory, what it writes, how many files it opens, and
// where the system permits, that it reaches no network, no other process and no file but its own. It knows nothing of what the process does.
package confine

import (
	"errors"
	"fmt"
	"os/exec"
	"time"
)

// Limits are what a process may use. A zero value leaves something unbounded.
type Limits struct {
	Processor time.Duration // of processor time
	Address   uint64        // bytes of addresses, which Go reserves more of than it uses
	FileSize  uint64        // bytes of a file that it writes
	Files     uint64        // files open at once
	Network   bool          // it may reach the network and other processes
	Owner     bool          // root stays root over files, for a process that handles files of several owners
	Reach     *Reach        // what of the file system it reaches, once it has called Enter; nil for all of it
}

// Start starts the command that prepare makes, under limits, in a group of its own that Kill ends as a whole, and apart from the network and from other
// processes where the system permits that; cut says that it did. Where it does not, prepare is called again, since a command is started once only.
func Start(prepare func() (*exec.Cmd, error), l Limits) (c *exec.Cmd, cut bool, err error) {
	for _, cut := range []bool{true, false} {
		if cut && (l.Network || !canCut) {
			continue
		}
		if c, err = prepare(); err != nil {
			return nil, false, err
		}
		if l.Reach != nil {
			if err := l.Reach.tell(c); err != nil {
				return nil, false, err
			}
		}
		group(c)
		if cut {
			apart(c, l.Owner)
		}
		err = c.Start()
		if cut && err != nil && refused(err) {
			continue
		}
		if err != nil {
			return nil, false, fmt.Errorf("starting %s: %w", c.Path, err)
		}
		if err := bound(c.Process.Pid, l); err != nil {
			return nil, false, errors.Join(err, Kill(c), ended(c.Wait()))
		}
		return c, cut, nil
	}
	return nil, false, fmt.Errorf("starting a process: %w", err)
}

// ended leaves out that a process ended badly, where it was ended on purpose.
func ended(err error) error {
	if bad := new(exec.ExitError); errors.As(err, &bad) {
		return nil
	}
	return err
}
