package batch_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"fener/internal/batch"
	"fener/internal/batch/synthetic"
	"fener/internal/intake"
	"fener/internal/ledger"
	"fener/law"
)

// childFolder is set in the environment of this test binary when it runs as the
// child that imports until it is killed.
const childFolder = "FENER_TEST_FOLDER"

func TestMain(m *testing.M) {
	dir := os.Getenv(childFolder)
	if dir == "" {
		os.Exit(m.Run())
	}
	if err := importUntilKilled(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// killedRows is how many judgments the child imports at a time.
const killedRows = 500

// importUntilKilled imports and takes back in turn; it ends by itself after a
// minute.
func importUntilKilled(dir string) error {
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	l, err := ledger.Open(ctx, dir, ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true})
	if err != nil {
		return err
	}
	pack, err := law.Kosovo()
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := synthetic.WriteCSV(&file, killedRows, 1); err != nil {
		return err
	}
	for {
		rows := batch.Rows(ctx, bytes.NewReader(file.Bytes()), batch.Reading{Name: "child.csv", Options: intake.Options{Pack: pack}})
		sum, err := batch.Judgments(ctx, l, rows, batch.Options{By: "child", Now: time.Now(), Synthetic: true})
		if err != nil {
			return err
		}
		if sum.Batch == "" { // killed between import and undo; all of it stands
			if sum.Batch, err = lastBatch(ctx, l); err != nil {
				return err
			}
		} else {
			fmt.Println(sum.Batch, sum.Entries)
		}
		done, err := batch.Undo(ctx, l, sum.Batch, batch.UndoOptions{By: "child", Now: time.Now()})
		if err != nil {
			return err
		}
		fmt.Println(done.Batch, done.Entries)
	}
}

func lastBatch(ctx context.Context, l ledger.Ledger) (string, error) {
	head, err := l.Head(ctx)
	if err != nil {
		return "", err
	}
	last, err := l.Read(ctx, head.Seq-1, 1)
	if err != nil {
		return "", err
	}
	return last[0].Batch, nil
}

// kills is how often the child is killed: 6, or FENER_KILLS.
func kills(t *testing.T) int {
	text := os.Getenv("FENER_KILLS")
	if text == "" {
		return 6
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("FENER_KILLS is %q, a number above 0 is expected", text)
	}
	return n
}

// TestKilledWhileImporting kills an importing process at random moments. Each
// batch that it told of must be there whole, no other in part, and the next
// process goes on from there.
func TestKilledWhileImporting(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "data")
	random := mathrand.New(mathrand.NewPCG(3, 4))
	told := 0
	for round := range kills(t) {
		cmd := exec.CommandContext(t.Context(), self)
		cmd.Env = append(os.Environ(), childFolder+"="+dir)
		var out, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// The first one lives long enough to have told of something.
		life := time.Duration(random.IntN(700_000)) * time.Microsecond
		if round == 0 {
			life = 4 * time.Second
		}
		timer := time.AfterFunc(life, func() { _ = cmd.Process.Kill() })
		err := cmd.Wait()
		timer.Stop()
		if exit := new(exec.ExitError); !errors.As(err, &exit) || exit.ExitCode() != -1 {
			t.Fatalf("round %d: the child was to be killed, but ended with %v\n%s", round, err, stderr.String())
		}
		told += checkAfterKill(t, dir, out.String())
	}
	if told == 0 {
		t.Fatal("no child lived long enough to finish a batch: the test showed nothing")
	}
	t.Logf("%d batches were told of", told)
}

// checkAfterKill opens the folder, verifies the ledger and compares the size of
// each batch with what the child told and with the whole.
func checkAfterKill(t *testing.T, dir, out string) (told int) {
	t.Helper()
	l, err := ledger.Open(t.Context(), dir, ledger.Options{Now: time.Now, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	report, err := l.Verify(t.Context(), nil)
	if err != nil || report.Err() != nil {
		t.Fatal(err, report.Err())
	}
	sizes := map[string]int{}
	for after := int64(0); ; {
		entries, err := l.Read(t.Context(), after, 5000)
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) == 0 {
			break
		}
		for _, e := range entries {
			sizes[e.Batch]++
		}
		after = entries[len(entries)-1].Seq
	}
	whole := killedRows + 1 + 12 // judgments, their source, at most twelve courts
	for label, n := range sizes {
		if n < killedRows || n > whole {
			t.Fatalf("batch %s has %d entries: it is there in part", label, n)
		}
	}
	for line := range bytes.Lines([]byte(out)) {
		var label string
		var n int
		if _, err := fmt.Sscan(string(line), &label, &n); err != nil || line[len(line)-1] != '\n' {
			continue // the kill cut the line off
		}
		if told++; sizes[label] != n {
			t.Fatalf("the child told of %d entries of batch %s, and %d are there", n, label, sizes[label])
		}
	}
	return told
}
