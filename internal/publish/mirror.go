package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"fener/internal/disk"
	"fener/internal/proof"

	"golang.org/x/mod/sumdb/tlog"
)

// A Mirror is a copy of a proof log in a folder, laid out as C2SP tlog-tiles has it, so that any web server can serve it and any mirror follow it.
// It holds hashes and ids, no text: what is erased from the record is not in it.
type Mirror struct {
	URL    string // of the log, such as https://fener.example/log/
	Dir    string
	Policy *proof.Policy // by which its checkpoints count
	Client *http.Client
	Now    func() time.Time // names what is kept as evidence
}

// ErrAlarm is the error of a log that contradicts what it said before. Both checkpoints were kept: each is signed, so that anybody can see the lie.
var ErrAlarm = errors.New("publish: ALARM")

// ErrAltered is the error of a log whose tiles are not those of its own checkpoint, or of a mirror whose files are not.
var ErrAltered = errors.New("publish: not what was signed")

const (
	checkpointName = "checkpoint"
	stagingName    = ".new"
	evidenceName   = "evidence"
	mostAtOnce     = 8         // bundles that are asked for at once
	maxTile        = 256 << 10 // the longest tile that is read, in bytes: 256 leaves of a kilobyte
)

// A Followed says what following a log brought.
type Followed struct {
	Before, Now int64 // leaves
	Checkpoint  *proof.Checkpoint
}

// Follow brings the mirror up to the log's newest checkpoint. Nothing is taken that is not proved: the checkpoint by its signatures, the leaves by its
// root, that the log only grew by what the mirror holds. Errors: ErrAlarm, ErrAltered, proof.ErrUnsigned, and those of the network and the disk.
func (m *Mirror) Follow(ctx context.Context) (*Followed, error) {
	old, oldSigned, err := m.Checkpoint()
	if err != nil {
		return nil, err
	}
	signed, err := m.fetch(ctx, checkpointName)
	if err != nil {
		return nil, err
	}
	c, _, err := m.Policy.Check(signed)
	if err != nil {
		return nil, fmt.Errorf("the checkpoint of %s: %w", m.URL, err)
	}
	f := &Followed{Now: c.N, Checkpoint: c}
	files := tileFiles{filepath.Join(m.Dir, stagingName), m.Dir}
	if old != nil {
		f.Before = old.N
		switch {
		case c.N < old.N:
			return nil, m.alarm(oldSigned, signed, fmt.Sprintf("the log had %d leaves and now says %d: it was cut, or an older copy of the record is served", old.N, c.N))
		case c.N == old.N && c.Hash != old.Hash:
			return nil, m.alarm(oldSigned, signed, fmt.Sprintf("there are two logs of %d leaves with one name", c.N))
		case c.N == old.N:
			return f, m.put(signed) // it may have more signatures
		}
	}
	if err := disk.RemoveAll(files[0]); err != nil {
		return nil, fmt.Errorf("publish: removing what an earlier attempt left: %w", err)
	}
	defer func() { _ = disk.RemoveAll(files[0]) }() // what is left of it is removed by the next attempt
	if err := m.take(ctx, files, f.Before, c); err != nil {
		return nil, err
	}
	if err := rooted(files, c); err != nil {
		return nil, m.blame(ctx, old, c, oldSigned, signed, err)
	}
	if err := move(files[0], m.Dir); err != nil {
		return nil, fmt.Errorf("publish: putting tiles into %s: %w", m.Dir, err)
	}
	return f, m.put(signed)
}

// Checkpoint is the one that the mirror holds, which is held against the policy anew; nil where it holds none.
func (m *Mirror) Checkpoint() (*proof.Checkpoint, []byte, error) {
	signed, err := os.ReadFile(filepath.Join(m.Dir, checkpointName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("publish: reading the mirror's checkpoint: %w", err)
	}
	c, _, err := m.Policy.Check(signed)
	if err != nil {
		return nil, nil, fmt.Errorf("the checkpoint in %s: %w", m.Dir, err)
	}
	return c, signed, nil
}

// take fetches the leaves of a log from a number on, and makes their tiles in the first of the folders.
func (m *Mirror) take(ctx context.Context, files tileFiles, from int64, c *proof.Checkpoint) error {
	tiles, err := resume(files[1:], from)
	if err != nil {
		return fmt.Errorf("the mirror in %s cannot go on: %w", m.Dir, err)
	}
	tiles.files = files
	first := from / proof.TileWidth
	for first*proof.TileWidth < c.N {
		var wait sync.WaitGroup
		var bundles [mostAtOnce][]byte
		var errs [mostAtOnce]error
		for i := range mostAtOnce {
			n := first + int64(i)
			width := min(c.N-n*proof.TileWidth, proof.TileWidth)
			if width <= 0 {
				break
			}
			wait.Go(func() {
				bundles[i], errs[i] = m.fetchTile(ctx, tlog.Tile{H: proof.TileHeight, L: -1, N: n, W: int(width)})
			})
		}
		wait.Wait()
		for i, bundle := range bundles {
			if errs[i] != nil {
				return errs[i]
			}
			if bundle == nil {
				break
			}
			leaves, err := proof.Leaves(bundle)
			number := (first + int64(i)) * proof.TileWidth
			if want := min(c.N-number, proof.TileWidth); err != nil || int64(len(leaves)) != want {
				return fmt.Errorf("%w: the leaves from number %d on were cut off or altered: %d of %d", ErrAltered, number, len(leaves), want)
			}
			for j, leaf := range leaves {
				if number+int64(j) < from {
					continue // held already; that they are the same shows in the root
				}
				if err := tiles.add(leaf); err != nil {
					return fmt.Errorf("publish: writing a tile: %w", err)
				}
			}
		}
		first += mostAtOnce
	}
	if err := tiles.finish(); err != nil {
		return fmt.Errorf("publish: writing a tile: %w", err)
	}
	return nil
}

// blame says why the leaves do not lead to the root of the checkpoint: the log contradicts what it said before, or its leaves are not its own.
func (m *Mirror) blame(ctx context.Context, old, c *proof.Checkpoint, oldSigned, signed []byte, why error) error {
	if old != nil && old.N > 0 {
		root, err := tlog.TreeHash(old.N, tlog.TileHashReader(c.Tree, &remote{ctx, m}))
		if err == nil && root != old.Hash {
			return m.alarm(oldSigned, signed, fmt.Sprintf("its first %d leaves are others than those of which it said so before: it was rewritten, or two logs have one name", old.N))
		}
	}
	return fmt.Errorf("%w: the leaves of %s are not those that its checkpoint of %d leaves was signed for: they were altered on the way, or by whoever serves them (%w)", ErrAltered, m.URL, c.N, why)
}

// alarm keeps both checkpoints, and says so.
func (m *Mirror) alarm(ours, theirs []byte, says string) error {
	dir := filepath.Join(m.Dir, evidenceName, m.Now().UTC().Format("2006-01-02T150405"))
	err := os.MkdirAll(dir, 0o755)
	if err == nil {
		err = errors.Join(os.WriteFile(filepath.Join(dir, "before"), ours, 0o644), os.WriteFile(filepath.Join(dir, "now"), theirs, 0o644))
	}
	if err != nil {
		err = fmt.Errorf("they could not be kept: %w", err)
	}
	return errors.Join(fmt.Errorf("%w: %s: %s. Both checkpoints are signed, and were kept in %s: show them to others, and believe neither; the mirror stays as it was", ErrAlarm, m.URL, says, dir), err)
}

// put writes the checkpoint last, so that a mirror never says more than it holds.
func (m *Mirror) put(signed []byte) error {
	path := filepath.Join(m.Dir, checkpointName)
	err := os.MkdirAll(m.Dir, 0o755)
	if err == nil {
		err = os.WriteFile(path+stagingName, signed, 0o644)
	}
	if err == nil {
		err = errors.Join(disk.Sync(path+stagingName), disk.Replace(path+stagingName, path))
	}
	if err != nil {
		return fmt.Errorf("publish: writing the mirror's checkpoint: %w", err)
	}
	return nil
}

func (m *Mirror) fetchTile(ctx context.Context, t tlog.Tile) ([]byte, error) {
	data, err := m.fetch(ctx, proof.TilePath(t))
	var status *StatusError
	if errors.As(err, &status) && status.Code == http.StatusNotFound && t.W < proof.TileWidth { // it was filled meanwhile
		whole := t
		whole.W = proof.TileWidth
		if data, err := m.fetch(ctx, proof.TilePath(whole)); err == nil {
			return cut(data, t)
		}
	}
	return data, err
}

// A StatusError is the answer of a server that has not what was asked for.
type StatusError struct {
	URL  string
	Code int
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("%s answers %d %s", e.URL, e.Code, http.StatusText(e.Code))
}

func (m *Mirror) fetch(ctx context.Context, path string) ([]byte, error) {
	address, err := url.JoinPath(m.URL, path)
	if err != nil {
		return nil, fmt.Errorf("%s is no address: %w", m.URL, err)
	}
	return Fetch(ctx, m.Client, address, maxTile)
}

// How often a server is asked that has no time, and how long between.
const (
	mostAsked = 5
	askPause  = 2 * time.Second
)

// Fetch reads what an address answers, of so many bytes at most; a server that says that it has no time is asked again a few times. The error is a
// StatusError where it answers anything but 200.
func Fetch(ctx context.Context, client *http.Client, address string, most int64) (data []byte, err error) {
	for range mostAsked {
		data, err = fetchOnce(ctx, client, address, most)
		var status *StatusError
		if !errors.As(err, &status) || status.Code != http.StatusServiceUnavailable && status.Code != http.StatusTooManyRequests {
			break
		}
		select {
		case <-time.After(askPause):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return data, err
}

func fetchOnce(ctx context.Context, client *http.Client, address string, most int64) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("%s is no address: %w", address, err)
	}
	r.Header.Set("User-Agent", "fener")
	answer, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, &StatusError{address, answer.StatusCode}
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("%s answers with more than %d bytes", address, most)
	}
	return data, err
}

// remote are the tiles of the log that is followed.
type remote struct {
	ctx context.Context
	m   *Mirror
}

func (*remote) Height() int                     { return proof.TileHeight }
func (*remote) SaveTiles([]tlog.Tile, [][]byte) {}
func (r *remote) ReadTiles(tiles []tlog.Tile) (all [][]byte, err error) {
	for _, t := range tiles {
		data, err := r.m.fetchTile(r.ctx, t)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// Handler serves the mirror below /log/, as the log itself is.
func (m *Mirror) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, is := strings.CutPrefix(r.URL.Path, "/log/")
		t, tile := proof.ParseTilePath(path)
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		var data []byte
		var err error
		switch {
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			http.Error(w, "a mirror is read", http.StatusMethodNotAllowed)
			return
		case is && path == checkpointName:
			h.Set("Content-Type", "text/plain; charset=utf-8")
			h.Set("Cache-Control", "public, no-cache")
			data, err = os.ReadFile(filepath.Join(m.Dir, checkpointName))
		case is && tile:
			h.Set("Content-Type", "application/octet-stream")
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
			data, err = tileFiles{m.Dir}.read(t)
		default:
			err = fs.ErrNotExist
		}
		if err != nil {
			h.Set("Cache-Control", "no-store")
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(data) // an error here means that the reader has gone
	})
}
