package confine

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

const canCut = true

// group makes the process the head of a group, and has it end with the one that started it.
func group(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// withoutNetwork puts the process into a network of its own, in which there is nothing. A user namespace is what lets somebody who is
// not root have one.
func withoutNetwork(c *exec.Cmd) {
	c.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET
	c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: os.Getuid(), HostID: os.Getuid(), Size: 1}}
	c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: os.Getgid(), HostID: os.Getgid(), Size: 1}}
}

// refused reports whether the system does not let a process have a network of its own: containers and hardened systems do not.
func refused(err error) bool {
	for _, no := range []syscall.Errno{syscall.EPERM, syscall.EACCES, syscall.ENOSPC, syscall.EINVAL, syscall.ENOSYS, syscall.EUSERS} {
		if errors.Is(err, no) {
			return true
		}
	}
	return errors.Is(err, os.ErrNotExist) // no /proc to write the mapping to
}

// bound sets the limits. Where the system does not let it, the time that the caller waits still bounds the process.
func bound(pid int, l Limits) error {
	limits := map[int]uint64{unix.RLIMIT_CORE: 0}
	set := func(resource int, most uint64) {
		if most > 0 {
			limits[resource] = most
		}
	}
	set(unix.RLIMIT_CPU, uint64(l.Processor.Seconds()))
	set(unix.RLIMIT_AS, l.Address)
	set(unix.RLIMIT_FSIZE, l.FileSize)
	set(unix.RLIMIT_NOFILE, l.Files)
	for resource, most := range limits {
		err := unix.Prlimit(pid, resource, &unix.Rlimit{Cur: most, Max: most}, nil)
		if err != nil && !errors.Is(err, unix.ESRCH) && !errors.Is(err, unix.EPERM) && !errors.Is(err, unix.ENOSYS) {
			return fmt.Errorf("bounding a process: %w", err)
		}
	}
	return nil
}

// Kill ends a process that Start started, and all that it started.
func Kill(c *exec.Cmd) error {
	if c.Process == nil {
		return nil
	}
	if err := unix.Kill(-c.Process.Pid, unix.SIGKILL); err != nil && !errors.Is(err, unix.ESRCH) {
		return c.Process.Kill()
	}
	return nil
}
