package confine

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"syscall"

	"github.com/landlock-lsm/go-landlock/landlock"
	kernel "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"
)

// own is the program that runs, also where its file was replaced meanwhile.
const own = "/proc/self/exe"

// What a file or a folder may be used for. Nothing is made but files and folders.
const (
	mayRead  = kernel.AccessFSExecute | kernel.AccessFSReadFile
	mayList  = kernel.AccessFSReadDir
	mayWrite = mayRead | kernel.AccessFSWriteFile | kernel.AccessFSTruncate
	mayMake  = mayWrite | mayList | kernel.AccessFSMakeReg | kernel.AccessFSMakeDir | kernel.AccessFSRemoveFile | kernel.AccessFSRemoveDir
)

// devices are files of the system that programs use and that hold nothing.
var devices = []string{"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"}

// enter has the kernel (Landlock) refuse everything else: files, connections over TCP (and where the kernel knows how, UDP and sockets of others), signals to others, mounting, and gaining rights by starting a program. It holds for one
// thread, from which the program is started anew, so that it holds for all of it.
func (r *Reach) enter() error {
	var rules []landlock.Rule
	add := func(folder, file landlock.AccessFSSet, paths ...string) {
		for _, path := range paths {
			info, err := os.Stat(path)
			if err != nil {
				continue // it is not there
			}
			may := file
			if info.IsDir() {
				may = folder
			}
			if may != 0 {
				rules = append(rules, landlock.PathAccess(may, path))
			}
		}
	}
	add(mayRead|mayList, mayRead, append(r.Reads, own)...)
	add(mayList, 0, r.Lists...)
	add(mayMake, mayWrite, r.Writes...)
	add(0, kernel.AccessFSReadFile|kernel.AccessFSWriteFile, devices...)
	may := landlock.V11
	if r.Calls {
		may.HandledAccessNet = 0
		may.HandledAccessFS &^= kernel.AccessFSResolveUnix
	} else {
		add(0, kernel.AccessFSResolveUnix|kernel.AccessFSWriteFile, r.Talks...)
	}
	fd, flags, err := may.BestEffort().NewRulesetFD(rules...)
	if err != nil {
		return fmt.Errorf("confine: making the rules of the file system: %w", err)
	}
	if fd < 0 {
		return nil // the kernel has none
	}
	runtime.LockOSThread() // and never unlocked
	if err := errors.Join(unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), kernel.LandlockRestrictSelf(fd, flags), unix.Close(fd)); err != nil {
		return fmt.Errorf("confine: keeping to the rules of the file system: %w", err)
	}
	return fmt.Errorf("confine: starting anew within its reach: %w", syscall.Exec(own, os.Args, os.Environ()))
}

// Holds reports whether this system keeps a process within its Reach.
func Holds() bool {
	version, err := kernel.LandlockGetABIVersion()
	return err == nil && version > 0
}
