package relay

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net"
	"path/filepath"
	"time"
	"unicode/utf8"

	"fener/internal/ledger"
)

// Client is a ledger that is read from where it lies and written to through the process that holds it.
type Client struct {
	*ledger.Store // opened for reading only
	path          string
}

var _ ledger.Ledger = (*Client)(nil)

// Reach opens the ledger of a folder that another process holds; place is where the ledger lies: the folder, or a database. Where nobody listens at the folder's socket the error is ledger.ErrInUse.
func Reach(ctx context.Context, dir, place string, opts ledger.Options) (*Client, error) {
	path := filepath.Join(dir, SocketName)
	conn, err := dial(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("%w: it takes no commands meanwhile; stop it first (%w)", ledger.ErrInUse, err)
	}
	if err := conn.Close(); err != nil {
		return nil, err
	}
	opts.ReadOnly = true
	led, err := ledger.Open(ctx, place, opts)
	if err != nil {
		return nil, err
	}
	return &Client{led, path}, nil
}

func dial(ctx context.Context, path string) (net.Conn, error) {
	d := net.Dialer{Timeout: 5 * time.Second}
	return d.DialContext(ctx, "unix", path)
}

// Append implements ledger.Ledger.
func (c *Client) Append(ctx context.Context, list []ledger.Change) (ledger.Span, error) {
	return c.AppendAll(ctx, func(yield func(ledger.Change, error) bool) {
		for _, change := range list {
			if !yield(change, nil) {
				return
			}
		}
	})
}

// AppendAll implements ledger.Ledger. Where the connection breaks after everything was sent, it is not known whether it was appended; the error says so.
func (c *Client) AppendAll(ctx context.Context, list iter.Seq2[ledger.Change, error]) (ledger.Span, error) {
	if _, err := c.Head(ctx); errors.Is(err, ledger.ErrClosed) {
		return ledger.Span{}, err
	}
	conn, err := dial(ctx, c.path)
	if err != nil {
		return ledger.Span{}, fmt.Errorf("the running Fener does not answer; nothing was appended: %w", err)
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Now()) })
	defer stop()
	sent, err := send(conn, list)
	if err != nil {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return ledger.Span{}, err
	}
	if sent == 0 {
		return ledger.Span{}, nil
	}
	var a answered
	if err := json.NewDecoder(conn).Decode(&a); err != nil {
		return ledger.Span{}, errors.Join(fmt.Errorf("the running Fener ended before it said whether %d changes were appended; run the same command again, which appends nothing twice: %w", sent, err), ctx.Err())
	}
	return a.result()
}

// send sends changes and their end; an error of the sequence is returned, and then nothing is appended.
func send(conn net.Conn, list iter.Seq2[ledger.Change, error]) (n int64, err error) {
	out := bufio.NewWriterSize(conn, 1<<16)
	lines := json.NewEncoder(out)
	for change, err := range list {
		if err != nil {
			return 0, err
		}
		if bad := notText(n, &change); bad != nil {
			return 0, bad
		}
		if err := lines.Encode(line{Change: &change}); err != nil {
			return 0, fmt.Errorf("sending changes to the running Fener; nothing was appended: %w", err)
		}
		n++
	}
	if n == 0 {
		return 0, nil
	}
	if err := errors.Join(lines.Encode(line{End: &n}), out.Flush()); err != nil {
		return 0, fmt.Errorf("sending changes to the running Fener; nothing was appended: %w", err)
	}
	return n, nil
}

// notText finds a text that JSON would send changed.
func notText(index int64, c *ledger.Change) error {
	for _, f := range []struct{ name, text string }{{"Kind", string(c.Kind)}, {"ID", c.ID}, {"State", string(c.State)}, {"By", c.By}, {"Why", c.Why}, {"Batch", c.Batch}} {
		if !utf8.ValidString(f.text) {
			return &ledger.InvalidError{Index: index, Kind: c.Kind, ID: c.ID, Field: f.name, Cause: errors.New("it is not UTF-8")}
		}
	}
	return nil
}

// Erase implements ledger.Ledger. What is erased must go from the files that the server has open as well, so that it cannot be asked for while one runs.
func (c *Client) Erase(context.Context, ledger.Order) (ledger.Span, error) {
	return ledger.Span{}, fmt.Errorf("%w: erasing needs the folder for itself; stop the service first, erase, and start it again", ledger.ErrInUse)
}
