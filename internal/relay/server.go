package relay

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"fener/internal/disk"
	"fener/internal/ledger"
)

// How many commands may be connected, and how long one may say nothing.
const (
	connections = 16
	silence     = time.Minute
)

// Server takes changes from commands.
type Server struct {
	led    ledger.Ledger
	dir    string
	log    *slog.Logger
	listen net.Listener
	room   chan struct{}
}

// Listen opens the socket of a data folder. Whoever calls it has the folder's lock, so that a socket that lies there is left of a process that has ended. The
// error says that no command can come in, and nothing else is wrong: the folder's path may be longer than the system lets a socket's be.
func Listen(dir string, led ledger.Ledger, log *slog.Logger) (*Server, error) {
	path := filepath.Join(dir, SocketName)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("removing what is left of an earlier socket: %w", err)
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("opening the socket for commands: %w", err)
	}
	if err := os.Chmod(path, disk.PrivateFile); err != nil { // the folder is closed to others already
		return nil, errors.Join(fmt.Errorf("closing the socket for commands to others: %w", err), l.Close())
	}
	return &Server{led: led, dir: dir, log: log, listen: l, room: make(chan struct{}, connections)}, nil
}

// Run serves commands until ctx is done. What one of them sent whole by then is still appended.
func (s *Server) Run(ctx context.Context) {
	stop := context.AfterFunc(ctx, func() { _ = s.listen.Close() })
	defer stop()
	defer func() { _ = s.listen.Close() }()
	var wait sync.WaitGroup
	defer wait.Wait()
	for {
		conn, err := s.listen.Accept()
		if err != nil {
			if ctx.Err() == nil {
				s.log.Error("commands cannot come in any more; start the service again", "error", err)
			}
			return
		}
		select {
		case s.room <- struct{}{}:
		case <-ctx.Done():
			_ = conn.Close()
			continue
		}
		wait.Go(func() {
			defer func() { <-s.room }()
			ended := context.AfterFunc(ctx, func() { _ = conn.SetReadDeadline(time.Now()) })
			defer ended()
			s.serve(context.WithoutCancel(ctx), conn)
		})
	}
}

// serve takes the changes of one command and appends them.
func (s *Server) serve(ctx context.Context, conn net.Conn) {
	defer func() {
		if fault := recover(); fault != nil {
			s.log.Error("what a command sent could not be appended", "panic", fault)
		}
		_ = conn.Close()
	}()
	span, err := s.take(ctx, conn)
	if errors.Is(err, errCut) {
		return // it was stopped before it had sent all, and nothing was appended
	}
	if err != nil {
		s.log.Info("what a command sent was not appended", "error", err)
	}
	_ = conn.SetWriteDeadline(time.Now().Add(silence))
	_ = json.NewEncoder(conn).Encode(answerOf(span, err)) // who has gone does not hear it; the ledger tells
}

var errCut = errors.New("the command ended before it had sent everything")

// take keeps what is sent in a file until it is whole, so that no other writer waits for a slow command, and appends it then.
func (s *Server) take(ctx context.Context, conn net.Conn) (ledger.Span, error) {
	kept, err := os.CreateTemp(s.dir, "incoming-*")
	if err != nil {
		return ledger.Span{}, fmt.Errorf("keeping what a command sends: %w", err)
	}
	defer func() { _ = errors.Join(kept.Close(), os.Remove(kept.Name())) }()
	if err := receive(conn, kept); err != nil {
		return ledger.Span{}, err
	}
	if _, err := kept.Seek(0, io.SeekStart); err != nil {
		return ledger.Span{}, fmt.Errorf("reading what a command sent: %w", err)
	}
	return s.led.AppendAll(ctx, changes(kept))
}

// receive copies lines until the one that ends them.
func receive(conn net.Conn, to io.Writer) error {
	lines := bufio.NewScanner(conn)
	lines.Buffer(nil, mostChange)
	lines.Split(wholeLines)
	out := bufio.NewWriter(to)
	for n := int64(0); ; n++ {
		if err := conn.SetReadDeadline(time.Now().Add(silence)); err != nil {
			return errCut
		}
		if !lines.Scan() {
			if errors.Is(lines.Err(), bufio.ErrTooLong) {
				return fmt.Errorf("a change of more than %d bytes was sent", mostChange)
			}
			return errCut
		}
		l, err := read(lines.Bytes())
		switch {
		case err != nil:
			return fmt.Errorf("what was sent cannot be read; both programs must be of the same version: %w", err)
		case l.End != nil && *l.End != n:
			return fmt.Errorf("%d changes were sent and %d arrived", *l.End, n)
		case l.End != nil:
			return out.Flush()
		}
		if _, err := out.Write(append(lines.Bytes(), '\n')); err != nil {
			return fmt.Errorf("keeping what a command sends: %w", err)
		}
	}
}

func changes(from io.Reader) iter.Seq2[ledger.Change, error] {
	return func(yield func(ledger.Change, error) bool) {
		lines := bufio.NewScanner(from)
		lines.Buffer(nil, mostChange)
		lines.Split(wholeLines)
		for lines.Scan() {
			l, err := read(lines.Bytes())
			if err != nil {
				yield(ledger.Change{}, err)
				return
			}
			if !yield(*l.Change, nil) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(ledger.Change{}, err)
		}
	}
}
