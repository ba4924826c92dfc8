//go:build !linux

package postgres

import "syscall"

// giveUp does nothing here: other systems notice by asking whether the other side is there.
func giveUp(_, _ string, _ syscall.RawConn) error { return nil }
