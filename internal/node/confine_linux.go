package node

import "golang.org/x/sys/unix"

// confine bounds what the process that reads a file may use: processor time, what it writes, and how many files it opens. Its memory Go bounds by itself
// (GOMEMLIMIT); the address space is bounded far above that, since Go reserves more of it than it uses.
func confine(pid int) {
	for resource, most := range map[int]uint64{unix.RLIMIT_CPU: 60, unix.RLIMIT_FSIZE: 256 << 20, unix.RLIMIT_NOFILE: 64, unix.RLIMIT_AS: 4 << 30, unix.RLIMIT_CORE: 0} {
		_ = unix.Prlimit(pid, resource, &unix.Rlimit{Cur: most, Max: most}, nil) // where the system does not let it, the time still bounds it
	}
}
