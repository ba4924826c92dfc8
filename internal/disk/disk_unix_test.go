//go:build unix

package disk

import (
	"errors"
	"net"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestOpenNeverWaits: opening a pipe the ordinary way waits until somebody writes to it.
func TestOpenNeverWaits(t *testing.T) {
	dir := folder(t)
	pipe, socket := filepath.Join(dir, "pipe"), filepath.Join(dir, "s")
	if err := unix.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	for path, want := range map[string]Kind{pipe: Pipe, socket: Socket, "/dev/zero": Device, dir: Folder} {
		ended := make(chan error, 1)
		go func() {
			_, err := Open(path)
			ended <- err
		}()
		select {
		case err := <-ended:
			var kind *KindError
			if !errors.As(err, &kind) || kind.Kind != want {
				t.Errorf("%s: %v, want %s", path, err, want)
			}
		case <-time.After(10 * time.Second):
			t.Errorf("%s: it waits", path)
		}
	}
}
