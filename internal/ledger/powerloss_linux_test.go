package ledger_test

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"fener/internal/ledger"
	"fener/internal/needs"
)

// sector is what a disk writes whole; a longer write can be torn between them.
const sector = 512

// A disk is what a process did to its files, as a disk without mercy keeps it:
// what was not synced may be there, be missing, or be there in part, each write
// for itself. Names are kept in their order up to some moment.
type disk struct {
	files map[string]*inode // as the process sees them
	names []func(map[string]*inode)
	kept  map[string]*inode // names that were synced
	acks  []string
}

type inode struct {
	kept    []byte
	pending []write
	at      int64 // where the next write without a place goes
}

// A write is some bytes at a place, or, without bytes, a new length.
type write struct {
	at   int64
	data []byte
}

func (w write) onto(b []byte, parts func() bool) []byte {
	if w.data == nil {
		if int64(len(b)) > w.at {
			return b[:w.at]
		}
		return append(b, make([]byte, w.at-int64(len(b)))...)
	}
	for from := 0; from < len(w.data); from += sector {
		to := min(from+sector, len(w.data))
		if !parts() {
			continue
		}
		if end := w.at + int64(to); int64(len(b)) < end {
			b = append(b, make([]byte, end-int64(len(b)))...)
		}
		copy(b[w.at+int64(from):], w.data[from:to])
	}
	return b
}

func all() bool { return true }

// crash writes what a power cut leaves into a folder.
func (d *disk) crash(r *mathrand.Rand, from, to string) error {
	names := maps.Clone(d.kept)
	for _, change := range d.names[:r.IntN(len(d.names)+1)] {
		change(names)
	}
	for path, node := range names {
		path = to + strings.TrimPrefix(path, from)
		if node == nil { // a folder
			if err := os.MkdirAll(path, 0o700); err != nil {
				return err
			}
			continue
		}
		if strings.HasSuffix(path, "-shm") {
			continue // is made anew by who opens the file first
		}
		data := bytes.Clone(node.kept)
		lost := r.Float64() // how much of what was not synced is lost this time
		for _, w := range node.pending {
			if r.Float64() < lost {
				continue
			}
			parts := all
			if r.IntN(4) == 0 {
				parts = func() bool { return r.IntN(2) == 0 }
			}
			data = w.onto(data, parts)
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

var (
	callLine = regexp.MustCompile(`^\d+ +(\w+)\((.*)\) += (\d+)`)
	fdPath   = regexp.MustCompile(`^\d+<([^>]*)>`)
	quoted   = regexp.MustCompile(`"((?:\\x[0-9a-f]{2})*)"`)
)

func unhex(s string) []byte {
	b := make([]byte, 0, len(s)/4)
	for i := 0; i+4 <= len(s); i += 4 {
		n, _ := strconv.ParseUint(s[i+2:i+4], 16, 8) // the expression lets nothing else through
		b = append(b, byte(n))
	}
	return b
}

// take applies one call that succeeded.
func (d *disk) take(call, args, result string) {
	name := func(i int) string {
		if q := quoted.FindAllStringSubmatch(args, -1); i < len(q) {
			return string(unhex(q[i][1]))
		}
		return ""
	}
	path := ""
	if m := fdPath.FindStringSubmatch(args); m != nil {
		path = string(unhexed(m[1]))
	}
	rename := func(change func(map[string]*inode)) {
		change(d.files)
		d.names = append(d.names, change)
	}
	number := func(last int) int64 {
		parts := strings.Split(args, ", ")
		n, _ := strconv.ParseInt(parts[len(parts)-last], 10, 64)
		return n
	}
	switch call {
	case "open", "openat":
		if p := name(0); strings.Contains(args, "O_CREAT") && d.files[p] == nil {
			node := &inode{}
			rename(func(m map[string]*inode) { m[p] = node })
		}
		if node := d.files[name(0)]; node != nil {
			if node.at = 0; strings.Contains(args, "O_TRUNC") {
				node.pending = append(node.pending, write{})
			}
		}
	case "mkdir", "mkdirat":
		p := name(0)
		rename(func(m map[string]*inode) { m[p] = nil })
	case "pwrite64", "write":
		data := unhex(quoted.FindStringSubmatch(args)[1])
		if strings.HasPrefix(args, "1<") {
			d.acks = append(d.acks, string(data))
			return
		}
		switch node := d.files[path]; {
		case node == nil:
		case call == "pwrite64":
			node.pending = append(node.pending, write{number(1), data})
		default:
			node.pending = append(node.pending, write{node.at, data})
			node.at += int64(len(data))
		}
	case "ftruncate":
		if node := d.files[path]; node != nil {
			node.pending = append(node.pending, write{at: number(1)})
		}
	case "fsync", "fdatasync":
		if node := d.files[path]; node != nil {
			for _, w := range node.pending {
				node.kept = w.onto(node.kept, all)
			}
			node.pending = nil
			return
		}
		for _, change := range d.names { // a folder
			change(d.kept)
		}
		d.names = nil
	case "rename", "renameat", "renameat2":
		from, to := name(0), name(1)
		rename(func(m map[string]*inode) {
			m[to] = m[from]
			delete(m, from)
		})
	case "unlink", "unlinkat":
		p := name(0)
		rename(func(m map[string]*inode) { delete(m, p) })
	}
}

func unhexed(s string) []byte {
	if strings.HasPrefix(s, `\x`) {
		return unhex(s)
	}
	return []byte(s)
}

// calls reads strace's lines, with those that were interrupted put together.
func calls(trace string) (lines []string) {
	begun := map[string]string{}
	for line := range strings.Lines(trace) {
		line = strings.TrimSuffix(line, "\n")
		pid, rest, _ := strings.Cut(line, " ")
		if start, ok := strings.CutSuffix(line, " <unfinished ...>"); ok {
			begun[pid] = start
			continue
		}
		if _, end, ok := strings.Cut(rest, " resumed>"); ok {
			line = begun[pid] + strings.TrimPrefix(end, " ")
		}
		lines = append(lines, line)
	}
	return lines
}

// TestPowerLoss cuts the power at many moments of beginning, appending, erasing
// and backing up, below SQLite: writes that were not synced are lost, kept, torn
// or reordered. Everything that was acknowledged must be there.
func TestPowerLoss(t *testing.T) {
	strace := needs.Tool(t, "strace")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	above := t.TempDir()
	dir, trace := filepath.Join(above, "data"), filepath.Join(t.TempDir(), "trace")
	cmd := exec.CommandContext(t.Context(), strace, "-f", "-qq", "-y", "-xx", "-s", "10000000", "-o", trace,
		"-e", "trace=open,openat,pwrite64,write,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat", self)
	cmd.Env = append(os.Environ(), childTask+"=append-some", childFolder+"="+dir, "GOMAXPROCS=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	type did struct{ call, args, result string }
	var done []did
	for _, line := range calls(string(text)) {
		if m := callLine.FindStringSubmatch(line); m != nil {
			done = append(done, did{m[1], m[2], m[3]})
		}
	}
	random := mathrand.New(mathrand.NewPCG(3, 4))
	cuts, lost := 60, 0
	if os.Getenv("FENER_FAULTS") != "" {
		cuts = 3000
	}
	last := 0
	for cut := range cuts {
		d := &disk{files: map[string]*inode{}, kept: map[string]*inode{}}
		end := random.IntN(len(done) + 1)
		if cut == 0 {
			end = len(done)
		}
		for _, c := range done[:end] {
			if strings.Contains(c.args, hexed(above)) || strings.HasPrefix(c.args, "1<") {
				d.take(c.call, c.args, c.result)
			}
		}
		into := filepath.Join(t.TempDir(), "cut")
		if err := d.crash(random, above, into); err != nil {
			t.Fatal(err)
		}
		acknowledged := map[int64]string{}
		last = max(last, collect(t, strings.NewReader(strings.Join(d.acks, "")), acknowledged))
		after := filepath.Join(into, "data")
		if _, err := os.Stat(filepath.Join(after, ledger.FileName)); errors.Is(err, fs.ErrNotExist) {
			if len(acknowledged) > 0 {
				t.Fatalf("cut at call %d of %d: the ledger is gone", end, len(done))
			}
			lost++
		}
		if !t.Run("cut at call "+strconv.Itoa(end), func(t *testing.T) {
			checkAfterKill(t, after, acknowledged)
			checkBackups(t, after)
		}) {
			t.FailNow()
		}
	}
	if last != 2*faultRounds || len(done) < 50 {
		t.Errorf("%d calls were seen and %d acknowledgements, so the test showed little", len(done), last)
	}
	t.Logf("the power was cut %d times among %d calls, %d times before there was a ledger", cuts, len(done), lost)
}

// hexed is how strace writes a path with -xx.
func hexed(path string) string {
	var b strings.Builder
	for _, c := range []byte(path) {
		b.WriteString(`\x` + strconv.FormatUint(uint64(c)+0x100, 16)[1:])
	}
	return b.String()
}
