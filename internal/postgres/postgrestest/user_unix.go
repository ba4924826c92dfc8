//go:build unix

package postgrestest

import (
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// unprivileged is the user for the server where the tests run as root, under which PostgreSQL refuses to run; nil elsewhere.
func unprivileged() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		if u, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, err
}

// giveAway gives a file to that user.
func giveAway(path string) error {
	c, err := unprivileged()
	if c == nil || err != nil {
		return err
	}
	return os.Chown(path, int(c.Uid), int(c.Gid))
}

// drop lets a program run as that user, in a group of processes of its own, so that Ctrl-C at the tests does not reach it before them.
func drop(c *exec.Cmd) error {
	credential, err := unprivileged()
	c.SysProcAttr = &syscall.SysProcAttr{Credential: credential, Setpgid: true}
	return err
}
