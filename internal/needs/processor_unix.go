//go:build unix

package needs

import (
	"syscall"
	"testing"
	"time"
)

// ProcessorTime is what this process has used of all processors. Unlike the time on the clock it does not grow when other programs run beside.
func ProcessorTime(t testing.TB) time.Duration {
	t.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		t.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}
