package relay

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/ledger/ledgertest"
	"fener/internal/record"
)

// running is a ledger that a process holds, with its socket open.
func running(t *testing.T) (led *ledger.Store, dir string, stop func()) {
	t.Helper()
	dir = t.TempDir()
	led, err := ledger.Open(t.Context(), dir, ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Listen(dir, led, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { s.Run(ctx); close(ended) }()
	stop = sync.OnceFunc(func() { cancel(); <-ended })
	t.Cleanup(func() {
		stop()
		if err := led.Close(); err != nil {
			t.Error(err)
		}
	})
	return led, dir, stop
}

func reach(t *testing.T, dir string) *Client {
	t.Helper()
	c, err := Reach(t.Context(), dir, dir, ledger.Options{Now: time.Now, Rand: rand.Reader, Poll: 10 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// erasing is a client whose erasures its server does: a command may not ask for one.
type erasing struct {
	*Client
	server *ledger.Store
	closed *bool
}

func (e erasing) Erase(ctx context.Context, o ledger.Order) (ledger.Span, error) {
	if *e.closed {
		return ledger.Span{}, ledger.ErrClosed
	}
	return e.server.Erase(ctx, o)
}

func (e erasing) Close() error { *e.closed = true; return e.Client.Close() }

// A ledger that is written to through another process behaves as every other does.
func TestARelayedLedgerIsALedger(t *testing.T) {
	ledgertest.Run(t, func(t *testing.T) ledger.Ledger {
		led, dir, _ := running(t)
		return erasing{reach(t, dir), led, new(bool)}
	})
}

func change(id string) ledger.Change {
	return ledger.Change{Kind: record.SourceKind, ID: id, State: record.Draft, By: "officer", Why: "reason", Body: []byte(`{"title":"x"}`)}
}

func size(t *testing.T, l ledger.Ledger) int64 {
	t.Helper()
	head, err := l.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return head.Seq
}

// Whatever comes over the socket and is not whole, or not of this program, changes nothing, and the next command is served.
func TestWhatIsNotWholeChangesNothing(t *testing.T) {
	led, dir, _ := running(t)
	good, err := json.Marshal(line{Change: &ledger.Change{Kind: record.SourceKind, ID: "a", State: record.Draft, By: "x", Body: []byte(`{}`)}})
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct{ sent, says string }{
		"nothing":             {"", ""},
		"a change and no end": {string(good) + "\n", ""},
		"half a change":       {string(good[:20]), ""},
		"no JSON":             {"GET / HTTP/1.1\n", "same version"},
		"two things at once":  {`{"change":{},"end":1}` + "\n", "same version"},
		"neither":             {"{}\n", "same version"},
		"a wrong count":       {string(good) + "\n" + `{"end":2}` + "\n", "2 changes were sent and 1 arrived"},
		"a change of nothing": {`{"change":{}}` + "\n" + `{"end":1}` + "\n", "Kind: "},
		"a line without end":  {strings.Repeat("x", mostChange+1), "more than"},
	} {
		conn, err := net.Dial("unix", filepath.Join(dir, SocketName))
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
		go func() { // the server may answer, and go, before it has read everything
			_, _ = io.WriteString(conn, row.sent)
			_ = conn.(*net.UnixConn).CloseWrite()
		}()
		answer, _ := io.ReadAll(conn) // a connection that was cut gives what it had
		_ = conn.Close()
		if row.says != "" && !strings.Contains(string(answer), row.says) || row.says == "" && len(answer) > 0 {
			t.Errorf("%s: it answers %q, want %q", name, answer, row.says)
		}
	}
	if n := size(t, led); n != 0 {
		t.Errorf("%d entries were appended", n)
	}
	if _, err := reach(t, dir).Append(t.Context(), []ledger.Change{change("after")}); err != nil {
		t.Errorf("the next command: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "incoming-*")); err != nil || len(left) > 0 {
		t.Errorf("%v is left behind (%v)", left, err)
	}
}

// A command that says nothing for long keeps nobody else waiting.
func TestASlowCommandHoldsUpNobody(t *testing.T) {
	led, dir, _ := running(t)
	c := reach(t, dir)
	begun, release := make(chan struct{}), make(chan struct{})
	slow := make(chan error, 1)
	go func() {
		_, err := c.AppendAll(t.Context(), func(yield func(ledger.Change, error) bool) {
			_ = yield(change("slow"), nil)
			close(begun)
			<-release
		})
		slow <- err
	}()
	<-begun
	for i := range 20 {
		if _, err := c.Append(t.Context(), []ledger.Change{change(fmt.Sprint("quick-", i))}); err != nil {
			t.Fatal(err)
		}
	}
	if n := size(t, led); n != 20 {
		t.Errorf("%d entries while one command waits, want 20", n)
	}
	close(release)
	if err := <-slow; err != nil {
		t.Error(err)
	}
	if n := size(t, led); n != 21 {
		t.Errorf("%d entries in the end, want 21", n)
	}
}

// What a sequence ends in takes everything back; a conflict is told as the ledger tells it.
func TestErrorsArriveAsTheyAre(t *testing.T) {
	led, dir, stop := running(t)
	c := reach(t, dir)
	if _, err := c.Append(t.Context(), []ledger.Change{change("a")}); err != nil {
		t.Fatal(err)
	}
	_, err := c.Append(t.Context(), []ledger.Change{change("b"), change("a")})
	conflict := new(ledger.ConflictError)
	if !errors.Is(err, ledger.ErrConflict) || !errors.As(err, &conflict) || conflict.ID != "a" || conflict.Index != 1 {
		t.Errorf("a conflict: %v", err)
	}
	bad := change("c")
	bad.By = "\xff"
	if _, err := c.Append(t.Context(), []ledger.Change{bad}); !errors.Is(err, ledger.ErrInvalid) {
		t.Errorf("no UTF-8: %v", err)
	}
	if _, err := c.Erase(t.Context(), ledger.Order{}); !errors.Is(err, ledger.ErrInUse) {
		t.Errorf("erasing: %v", err)
	}
	if n := size(t, led); n != 1 {
		t.Errorf("%d entries, want 1", n)
	}
	stop()
	if _, err := c.Append(t.Context(), []ledger.Change{change("d")}); err == nil || !strings.Contains(err.Error(), "nothing was appended") {
		t.Errorf("after the server has gone: %v", err)
	}
	if _, err := Reach(t.Context(), dir, dir, ledger.Options{}); !errors.Is(err, ledger.ErrInUse) {
		t.Errorf("reaching nobody: %v", err)
	}
}

// A server that is stopped while a command sends appends nothing of it; one that was sent whole is answered.
func TestStoppingAppendsAllOrNothing(t *testing.T) {
	for round := range 20 {
		led, dir, stop := running(t)
		c := reach(t, dir)
		done := make(chan error, 1)
		go func() {
			_, err := c.AppendAll(t.Context(), func(yield func(ledger.Change, error) bool) {
				for i := range 200 {
					if !yield(change(fmt.Sprint(i)), nil) {
						return
					}
				}
			})
			done <- err
		}()
		time.Sleep(time.Duration(round) * 300 * time.Microsecond)
		stop()
		err := <-done
		if n := size(t, led); n != 0 && n != 200 || err == nil && n != 200 {
			t.Errorf("round %d: %d entries, and the command was told %v", round, n, err)
		}
	}
}

// What lies there of a process that was killed is no obstacle; the socket is closed to others.
func TestASocketThatWasLeftBehind(t *testing.T) {
	dir := t.TempDir()
	left, err := net.Listen("unix", filepath.Join(dir, SocketName))
	if err != nil {
		t.Fatal(err)
	}
	left.(*net.UnixListener).SetUnlinkOnClose(false)
	_ = left.Close()
	if _, err := Reach(t.Context(), dir, dir, ledger.Options{}); !errors.Is(err, ledger.ErrInUse) {
		t.Errorf("nobody listens there: %v", err)
	}
	s, err := Listen(dir, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer s.listen.Close()
	if info, err := os.Stat(filepath.Join(dir, SocketName)); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the socket is %v (%v)", info.Mode(), err)
	}
	if _, err := Listen(filepath.Join(dir, strings.Repeat("long/", 40)), nil, nil); err == nil {
		t.Error("a socket was opened in a folder that is not there")
	}
}

// FuzzReceive: whatever is sent ends in an answer or in nothing, and never in half of it.
func FuzzReceive(f *testing.F) {
	f.Add([]byte(`{"change":{"Kind":"source","ID":"a"}}` + "\n" + `{"end":1}` + "\n"))
	f.Add([]byte(`{"end":0}` + "\n"))
	f.Add([]byte("\n\n"))
	f.Fuzz(func(t *testing.T, sent []byte) {
		server, client := net.Pipe()
		go func() { _, _ = client.Write(sent); _ = client.Close() }()
		var kept strings.Builder
		if err := receive(server, &kept); err != nil {
			_ = server.Close()
			return
		}
		_ = server.Close()
		n := 0
		for _, err := range changes(strings.NewReader(kept.String())) {
			if err != nil {
				t.Fatalf("what was taken for whole cannot be read: %v", err)
			}
			n++
		}
		if lines := strings.Count(kept.String(), "\n"); lines != n {
			t.Fatalf("%d changes of %d lines", n, lines)
		}
	})
}
