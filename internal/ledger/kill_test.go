package ledger_test

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"math"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
)

// faultRounds is how often the child that meets faults appends, erases and backs up.
const faultRounds = 2

// childTask is set in the environment of this test binary when it runs as a
// child: it says what the child does with the folder in childFolder.
const (
	childTask   = "FENER_TEST_CHILD"
	childFolder = "FENER_TEST_FOLDER"
)

func TestMain(m *testing.M) {
	switch task := os.Getenv(childTask); task {
	case "":
		os.Exit(m.Run())
	case "append":
		exitWith(appendRounds(os.Getenv(childFolder), os.Stdout, math.MaxInt))
	case "append-some":
		exitWith(appendRounds(os.Getenv(childFolder), os.Stdout, faultRounds))
	case "hold":
		exitWith(holdUntilEndOfInput(os.Getenv(childFolder), os.Stdin, os.Stdout))
	default:
		exitWith(fmt.Errorf("no such task: %s", task))
	}
}

func exitWith(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// child starts this test binary with a task.
func child(t *testing.T, task, dir string) (*exec.Cmd, io.Reader, io.WriteCloser) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), childTask+"="+task, childFolder+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, out, in
}

// batchSize is how many changes the child appends at the n-th time.
func batchSize(n int64) int { return 1 + int(n*n%1300) }

// appendRounds begins or opens a ledger, then appends, erases and backs up in
// turn, so many times. It prints a line only after Append or Erase has returned: first
// number, last number, batch.
func appendRounds(dir string, out io.Writer, rounds int) (err error) {
	opts := ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true}
	ctx, stop := deadline()
	defer stop()
	l, err := ledger.Open(ctx, dir, opts)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	head, err := l.Head(ctx)
	if err != nil {
		return err
	}
	for seq := head.Seq; rounds > 0; rounds-- {
		batch := fmt.Sprint("batch-", seq+1)
		changes := make([]ledger.Change, batchSize(seq))
		for i := range changes {
			state := []record.State{record.Published, record.Draft}[i%2]
			changes[i] = ledger.Change{
				Kind: "judgment", ID: fmt.Sprintf("%s-%d", batch, i), State: state, By: "child", Batch: batch,
				Body: fmt.Appendf(nil, `{"batch":%q,"of":%d,"text":%q}`, batch, len(changes), strings.Repeat("x", i%700)),
			}
		}
		span, err := l.Append(ctx, changes)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, span.First, span.Last, batch)
		if span, err = l.Erase(ctx, ledger.Order{Kind: "judgment", ID: changes[0].ID, Revs: []int{1}, By: "child", Why: "test"}); err != nil {
			return err
		}
		fmt.Fprintln(out, span.First, span.Last, "")
		seq = span.Last
		if _, err := l.Backup(ctx, filepath.Join(dir, fmt.Sprintf("backup-%d.db", seq))); err != nil {
			return err
		}
	}
	return nil
}

// kills is how many times the child is killed: 12, or FENER_KILLS.
func kills(t *testing.T) int {
	text := os.Getenv("FENER_KILLS")
	if text == "" {
		return 12
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("FENER_KILLS is %q, a number above 0 is expected", text)
	}
	return n
}

// killsPerLedger is how often one ledger's process is killed before a new ledger
// is begun: beginning is a moment to be killed at, too.
const killsPerLedger = 5

// TestKilledAtAnyMoment kills a process that appends, erases and backs up with
// SIGKILL, again and again. After each kill every acknowledged entry must be
// there, no batch in part, the whole must verify, and so must every backup that
// has its name.
func TestKilledAtAnyMoment(t *testing.T) {
	random := mathrand.New(mathrand.NewPCG(1, 2))
	var dir string
	var acknowledged map[int64]string                       // first number of a batch -> "last batch"
	within := 250*time.Millisecond + 2*untilAcknowledged(t) // on a slow machine a child does nothing for a while
	total := 0
	for round := range kills(t) {
		if round%killsPerLedger == 0 {
			dir, acknowledged = filepath.Join(t.TempDir(), "data"), map[int64]string{}
		}
		cmd, out, _ := child(t, "append", dir)
		timer := time.AfterFunc(time.Duration(random.Int64N(int64(within))), func() { _ = cmd.Process.Kill() })
		total += collect(t, out, acknowledged)
		timer.Stop()
		err := cmd.Wait()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != -1 {
			t.Fatalf("round %d: the child was to be killed, but ended with %v", round, err)
		}
		checkAfterKill(t, dir, acknowledged)
		checkBackups(t, dir)
	}
	if total == 0 {
		t.Fatal("no child lived long enough to acknowledge anything: the test showed nothing")
	}
	t.Logf("%d batches were acknowledged", total)
}

// untilAcknowledged is how long a child takes here, from its start to the first batch that it acknowledges.
func untilAcknowledged(t *testing.T) time.Duration {
	t.Helper()
	begun := time.Now()
	cmd, out, _ := child(t, "append", filepath.Join(t.TempDir(), "data"))
	_, err := bufio.NewReader(out).ReadString('\n')
	took := time.Since(begun)
	if err != nil {
		t.Fatalf("a child that nobody kills acknowledges nothing: %v", err)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait() // its end is the kill
	return took
}

// collect reads what the child acknowledged, whole lines only.
func collect(t *testing.T, out io.Reader, acknowledged map[int64]string) int {
	t.Helper()
	lines := 0
	reader := bufio.NewReader(out)
	for {
		line, err := reader.ReadString('\n')
		if err != nil {
			return lines
		}
		var first, last int64
		if _, err := fmt.Sscan(line, &first, &last); err != nil {
			t.Fatalf("the child printed %q", line)
		}
		acknowledged[first] = strings.TrimSuffix(strings.TrimPrefix(line, fmt.Sprint(first, " ")), "\n")
		lines++
	}
}

// checkBackups verifies every backup that has its name, and makes room.
func checkBackups(t *testing.T, dir string) {
	t.Helper()
	backups, err := filepath.Glob(filepath.Join(dir, "backup-*.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range backups {
		head, err := ledger.Inspect(t.Context(), path)
		if err != nil || filepath.Base(path) != fmt.Sprintf("backup-%d.db", head.Seq) {
			t.Fatalf("%s ends with entry %d, %v", path, head.Seq, err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

func checkAfterKill(t *testing.T, dir string, acknowledged map[int64]string) {
	t.Helper()
	opts := options()
	l, err := ledger.Open(t.Context(), dir, opts) // also shows that the lock is free
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	report, err := l.Verify(t.Context(), nil)
	if err != nil || report.Err() != nil {
		t.Fatalf("after a kill: %v, %v", err, report.Err())
	}
	entries, err := l.Read(t.Context(), 0, int(report.Head.Seq)+1)
	if err != nil {
		t.Fatal(err)
	}
	for first, line := range acknowledged {
		var last int64
		var batch string
		fmt.Sscan(line, &last, &batch) // an erasure has no batch
		if last > int64(len(entries)) || entries[last-1].Batch != batch || entries[first-1].Batch != batch {
			t.Fatalf("entries %d to %d of %q were acknowledged, but the ledger ends with %d", first, last, batch, len(entries))
		}
	}
	for i := 0; i < len(entries); {
		e := entries[i]
		if e.Kind == ledger.Erasure {
			i++
			continue
		}
		size := batchSize(e.Seq - 1)
		if i+size > len(entries) || entries[i+size-1].Batch != e.Batch {
			t.Fatalf("batch %q of %d entries is there in part", e.Batch, size)
		}
		i += size
	}
}
