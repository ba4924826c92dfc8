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

// nobody is who root is in a namespace of its own users: by another number than 0, so that starting a program takes root's rights away.
const nobody = 65534

// apart puts the process into namespaces of its own: a network in which there is nothing, no process that it can name or signal, no shared memory, no mounts that others see. One of users
// is what lets somebody who is not root have them, and what takes root's rights over other people's files away.
func apart(c *exec.Cmd, owner bool) {
	c.SysProcAttr.Cloneflags = syscall.CLONE_NEWNET | syscall.CLONE_NEWPID | syscall.CLONE_NEWIPC | syscall.CLONE_NEWUTS | syscall.CLONE_NEWNS
	if owner && os.Geteuid() == 0 {
		return
	}
	number := func(own int) int {
		if own == 0 {
			return nobody
		}
		return own
	}
	c.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
	c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: number(os.Geteuid()), HostID: os.Geteuid(), Size: 1}}
	c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: number(os.Getegid()), HostID: os.Getegid(), Size: 1}}
}

// refused reports whether the system does not let a process have namespaces of its own: containers and hardened systems do not.
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
