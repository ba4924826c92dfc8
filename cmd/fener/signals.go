package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

// exitSignal is what a program ends with that a signal stopped: 130 for Ctrl-C, 143 for SIGTERM, as a shell says it.
const exitSignal = 128

// patience is how long a command may take to end once it was told to stop. Serving lets readers have what they asked for, for ten
// seconds at most; whatever takes longer than this hangs.
const patience = 20 * time.Second

// ended runs the program and gives its exit code. The first SIGINT or SIGTERM asks it to stop. The second, or that it has not stopped
// in time, ends the process: the record is made for that, and only temporary files are left.
func ended(says io.Writer, do func(context.Context) int) int {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	var got atomic.Int32
	codes := make(chan int, 1)
	go func() { codes <- do(ctx) }()
	var late <-chan time.Time
	for {
		select {
		case code := <-codes:
			if n := got.Load(); n != 0 && code == exitUnreadable {
				return exitSignal + int(n)
			}
			return code
		case s := <-signals:
			n, known := s.(syscall.Signal)
			if !known {
				n = syscall.SIGINT
			}
			if !got.CompareAndSwap(0, int32(n)) {
				return exitSignal + int(n)
			}
			stop()
			late = time.After(patience)
		case <-late:
			fmt.Fprintln(says, "fener: it did not stop by itself in time and was ended; what was on record before is untouched")
			return exitSignal + int(got.Load())
		}
	}
}
