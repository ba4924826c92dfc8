package needs

import (
	"testing"
	"time"

	"golang.org/x/sys/windows"
)

// ProcessorTime is what this process has used of all processors. Unlike the time on the clock it does not grow when other programs run beside.
func ProcessorTime(t testing.TB) time.Duration {
	t.Helper()
	var begun, ended, kernel, user windows.Filetime
	if err := windows.GetProcessTimes(windows.CurrentProcess(), &begun, &ended, &kernel, &user); err != nil {
		t.Fatal(err)
	}
	ticks := func(f windows.Filetime) time.Duration {
		return time.Duration(int64(f.HighDateTime)<<32+int64(f.LowDateTime)) * 100
	}
	return ticks(kernel) + ticks(user)
}
