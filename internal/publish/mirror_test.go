package publish

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/proof"

	"golang.org/x/mod/sumdb/tlog"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// keys are those of one log.
type keys struct{ private, public string }

func newKeys(t testing.TB) keys {
	t.Helper()
	private, public, err := proof.NewKey(rand.Reader, "fener.example/log")
	if err != nil {
		t.Fatal(err)
	}
	return keys{private, public}
}

func (k keys) policy(t testing.TB) *proof.Policy {
	t.Helper()
	p, err := proof.PolicyOf(k.public)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// leafText is a SYNTHETIC leaf; another branch has others.
func leafText(branch string, n int64) []byte {
	text, err := proof.Text([16]byte{}, fmt.Appendf(nil, `{"branch":%q,"n":%d}`, branch, n))
	if err != nil {
		panic(err)
	}
	chain := [32]byte(tlog.RecordHash(text[:]))
	return (&proof.Leaf{Act: proof.Published, Kind: "source", ID: fmt.Sprintf("s%d", n), Rev: 1, Text: &text, Chain: &chain}).Encode()
}

// writeLog lays a log of a size into a folder, as a server has it; from says from which leaf on it is another branch.
func (k keys) writeLog(t testing.TB, dir string, size, from int64) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	tiles := &tower{files: tileFiles{dir}}
	for n := range size {
		branch := ""
		if n >= from {
			branch = "other"
		}
		if err := tiles.add(leafText(branch, n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := tiles.finish(); err != nil {
		t.Fatal(err)
	}
	k.sign(t, dir, size)
}

// sign signs the tiles in a folder as they are.
func (k keys) sign(t testing.TB, dir string, size int64) {
	t.Helper()
	level := []tlog.Hash{}
	for n := int64(0); n < size; n += proof.TileWidth {
		data, err := tileFiles{dir}.read(tlog.Tile{H: 8, L: 0, N: n / proof.TileWidth, W: int(min(size-n, proof.TileWidth))})
		if err != nil {
			t.Fatal(err)
		}
		for ; len(data) > 0; data = data[tlog.HashSize:] {
			level = append(level, tlog.Hash(data))
		}
	}
	var root func([]tlog.Hash) tlog.Hash
	root = func(h []tlog.Hash) tlog.Hash {
		if len(h) == 1 {
			return h[0]
		}
		at := 1
		for at*2 < len(h) {
			at *= 2
		}
		return tlog.NodeHash(root(h[:at]), root(h[at:]))
	}
	c := &proof.Checkpoint{Origin: "fener.example/log", Tree: tlog.Tree{N: size}}
	if size > 0 {
		c.Hash = root(level)
	} else {
		c.Hash, _ = tlog.TreeHash(0, nil)
	}
	signer, err := proof.ReadKey(k.private)
	if err != nil {
		t.Fatal(err)
	}
	text, err := proof.Sign(c, signer)
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, checkpointName), text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// served serves a folder as a log.
func served(t testing.TB, dir string, policy *proof.Policy) string {
	t.Helper()
	s := httptest.NewServer((&Mirror{Dir: dir, Policy: policy}).Handler())
	t.Cleanup(s.Close)
	return s.URL + "/log/"
}

func mirrorOf(t testing.TB, url, dir string, policy *proof.Policy) *Mirror {
	t.Helper()
	return &Mirror{URL: url, Dir: dir, Policy: policy, Client: http.DefaultClient, Now: func() time.Time { return noon }}
}

// A mirror follows a log of any size to any other, can be followed itself, and verifies as a whole.
func TestAMirrorFollows(t *testing.T) {
	k := newKeys(t)
	policy := k.policy(t)
	log, dir, again := filepath.Join(t.TempDir(), "log"), t.TempDir(), t.TempDir()
	m := mirrorOf(t, served(t, log, policy), dir, policy)
	second := mirrorOf(t, served(t, dir, policy), again, policy)
	before := int64(0)
	for _, size := range []int64{0, 1, 5, 255, 256, 257, 511, 600, 600, 5000} {
		k.writeLog(t, log, size, 1<<40)
		for _, one := range []*Mirror{m, second} {
			f, err := one.Follow(t.Context())
			if err != nil {
				t.Fatalf("to %d leaves: %v", size, err)
			}
			if f.Before != before || f.Now != size {
				t.Errorf("it went from %d to %d leaves, want %d to %d", f.Before, f.Now, before, size)
			}
			n := int64(0)
			c, err := one.Verify(t.Context(), func(number int64, leaf *proof.Leaf) error {
				if number != n || leaf.ID != fmt.Sprintf("s%d", n) {
					t.Fatalf("leaf %d is %d, %s", n, number, leaf.ID)
				}
				n++
				return nil
			})
			if err != nil || c.N != size || n != size {
				t.Fatalf("of %d leaves it verifies %d, %v", size, n, err)
			}
		}
		before = size
	}
}

// A log that contradicts what it said is an alarm, with both checkpoints as evidence; one whose tiles are not its own is refused. The mirror stays as it
// was.
func TestALogThatLies(t *testing.T) {
	for _, tt := range []struct {
		name     string
		lie      func(t *testing.T, k keys, log string)
		is       error
		says     string
		evidence bool
	}{
		{"it was cut", func(t *testing.T, k keys, log string) { k.writeLog(t, log, 500, 1<<40) }, ErrAlarm, "had 700 leaves and now says 500", true},
		{"all of it was cut", func(t *testing.T, k keys, log string) { k.writeLog(t, log, 0, 1<<40) }, ErrAlarm, "now says 0", true},
		{"two logs with one name", func(t *testing.T, k keys, log string) { k.writeLog(t, log, 700, 0) }, ErrAlarm, "two logs of 700 leaves", true},
		{"an old leaf was rewritten and it went on", func(t *testing.T, k keys, log string) { k.writeLog(t, log, 900, 650) }, ErrAlarm, "it was rewritten", true},
		{"a new leaf was altered on the way", func(t *testing.T, k keys, log string) {
			k.writeLog(t, log, 900, 1<<40)
			alter(t, filepath.Join(log, "tile", "entries", "003.p", "132"))
		}, ErrAltered, "altered", false},
		{"leaves were cut off", func(t *testing.T, k keys, log string) {
			k.writeLog(t, log, 900, 1<<40)
			if err := os.Truncate(filepath.Join(log, "tile", "entries", "003.p", "132"), 1000); err != nil {
				t.Fatal(err)
			}
		}, ErrAltered, "cut off", false},
		{"a tile of hashes was altered, by which it could not be told whether it was rewritten", func(t *testing.T, k keys, log string) {
			k.writeLog(t, log, 900, 1<<40)
			alter(t, filepath.Join(log, "tile", "entries", "003.p", "132"))
			alter(t, filepath.Join(log, "tile", "0", "002"))
		}, ErrAltered, "altered", false},
		{"another key signs", func(t *testing.T, _ keys, log string) { newKeys(t).writeLog(t, log, 900, 1<<40) }, proof.ErrUnsigned, "", false},
		{"nobody signs", func(t *testing.T, k keys, log string) {
			k.writeLog(t, log, 900, 1<<40)
			if err := os.WriteFile(filepath.Join(log, checkpointName), []byte("fener.example/log\n900\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, nil, "signed text", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := newKeys(t)
			policy := k.policy(t)
			log, dir := filepath.Join(t.TempDir(), "log"), t.TempDir()
			k.writeLog(t, log, 700, 1<<40)
			m := mirrorOf(t, served(t, log, policy), dir, policy)
			if _, err := m.Follow(t.Context()); err != nil {
				t.Fatal(err)
			}
			_, honest, _ := m.Checkpoint()
			tt.lie(t, k, log)
			_, err := m.Follow(t.Context())
			if err == nil || tt.is != nil && !errors.Is(err, tt.is) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("it says %v, want %q", err, tt.says)
			}
			if c, now, err := m.Checkpoint(); err != nil || string(now) != string(honest) || c.N != 700 {
				t.Error("the mirror did not stay as it was")
			}
			if _, err := m.Verify(t.Context(), nil); err != nil {
				t.Errorf("the mirror is hurt: %v", err)
			}
			kept, _ := filepath.Glob(filepath.Join(dir, evidenceName, "*", "*"))
			if tt.evidence != (len(kept) == 2) {
				t.Fatalf("kept as evidence: %v", kept)
			}
			for _, file := range kept {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if _, _, err := policy.Check(text); err != nil {
					t.Errorf("%s proves nothing: %v", file, err)
				}
			}
		})
	}
}

// alter changes a byte in the middle of a file.
func alter(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Whatever is altered in a mirror's files is found.
func TestVerifyFindsWhatWasAlteredInAMirror(t *testing.T) {
	k := newKeys(t)
	policy := k.policy(t)
	for _, path := range []string{"tile/0/000", "tile/0/001.p/144", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/144", "checkpoint"} {
		dir := filepath.Join(t.TempDir(), "log")
		k.writeLog(t, dir, 400, 1<<40)
		m := mirrorOf(t, "", dir, policy)
		if _, err := m.Verify(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		alter(t, filepath.Join(dir, filepath.FromSlash(path)))
		if _, err := m.Verify(t.Context(), nil); err == nil {
			t.Errorf("%s was altered, and the mirror verifies", path)
		}
		if path == "checkpoint" {
			continue
		}
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(path))); err != nil {
			t.Fatal(err)
		}
		if _, err := m.Verify(t.Context(), nil); !errors.Is(err, ErrAltered) {
			t.Errorf("%s was removed: %v", path, err)
		}
	}
}

// A mirror that was cut off at any write goes on.
func TestAMirrorThatWasCutOffGoesOn(t *testing.T) {
	k := newKeys(t)
	policy := k.policy(t)
	log, dir := filepath.Join(t.TempDir(), "log"), t.TempDir()
	k.writeLog(t, log, 700, 1<<40)
	m := mirrorOf(t, served(t, log, policy), dir, policy)
	if _, err := m.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, old, _ := m.Checkpoint()
	k.writeLog(t, log, 2000, 1<<40)
	if _, err := m.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	// All tiles are in place, and the checkpoint is not.
	if err := os.WriteFile(filepath.Join(dir, checkpointName), old, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Verify(t.Context(), nil); err != nil {
		t.Errorf("between two writes it does not verify: %v", err)
	}
	if f, err := m.Follow(t.Context()); err != nil || f.Now != 2000 {
		t.Fatal(err)
	}
	if _, err := m.Verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

// A server that has no time for the moment is asked again; one that has not what is asked for is not.
func TestABusyServerIsAskedAgain(t *testing.T) {
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch asked++; {
		case r.URL.Path == "/gone":
			http.NotFound(w, r)
		case asked == 1:
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			_, _ = w.Write([]byte("here"))
		}
	}))
	defer s.Close()
	if text, err := Fetch(t.Context(), http.DefaultClient, s.URL+"/x", 10); err != nil || string(text) != "here" || asked != 2 {
		t.Errorf("%q, %v, asked %d times", text, err, asked)
	}
	var status *StatusError
	if _, err := Fetch(t.Context(), http.DefaultClient, s.URL+"/gone", 10); !errors.As(err, &status) || status.Code != http.StatusNotFound || asked != 3 {
		t.Errorf("%v, asked %d times", err, asked)
	}
	if _, err := Fetch(t.Context(), http.DefaultClient, s.URL+"/x", 3); err == nil {
		t.Error("more was read than was wanted")
	}
}
