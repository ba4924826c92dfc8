package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/proof"
	"fener/internal/publish"
	"fener/internal/record"
	"fener/internal/relay"
)

// A server that signs is killed at any moment between an append, its leaf, the checkpoint and what readers see. After each kill the leaves are those of
// the entries, whatever was signed is a beginning of the log, a mirror that follows never sees it contradict itself, and no page had shown a revision
// that has no leaf.
func TestKilledWhileSigning(t *testing.T) {
	dir, state, work := filepath.Join(t.TempDir(), "data"), t.TempDir(), t.TempDir()
	key := filepath.Join(work, "log.key")
	private, public, err := proof.NewKey(rand.Reader, "fener.example/log")
	if err == nil {
		err = os.WriteFile(key, []byte(private), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	policy, err := proof.PolicyOf(public)
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "fener", "init", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	random := mathrand.New(mathrand.NewPCG(7, 8))
	m := &publish.Mirror{Dir: filepath.Join(work, "mirror"), Policy: policy, Client: &http.Client{Timeout: 5 * time.Second}, Now: time.Now}
	acknowledged, signed := 0, int64(0)
	rounds := kills(t)
	for round := range rounds {
		cmd := exec.CommandContext(t.Context(), "fener", "serve", "--data", dir, "--listen", "127.0.0.1:0", "--public", "--log-key", key, "--checkpoints", state)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		var url string
		if _, err := fmt.Fscanf(out, "Fener answers at %s\n", &url); err != nil {
			t.Fatalf("round %d: the server does not say where it answers: %v", round, err)
		}
		window := max(2500*time.Millisecond, 4*time.Since(begun)) // on a slow machine it does nothing for a while
		timer := time.AfterFunc(100*time.Millisecond+time.Duration(random.Int64N(int64(window))), func() { _ = cmd.Process.Kill() })
		m.URL = url + "log/"
		acknowledged += publishUntilKilled(t, dir, round, m)
		_ = cmd.Wait() // its end is the kill
		timer.Stop()
		n := checkSigned(t, fmt.Sprintf("round %d", round), dir, state, acknowledged, m)
		signed = max(signed, n)
	}
	if acknowledged == 0 || signed == 0 {
		t.Fatalf("%d appends were acknowledged and %d leaves signed before the kills: nothing was tested", acknowledged, signed)
	}
	t.Logf("%d appends acknowledged, %d leaves signed in %d rounds", acknowledged, signed, rounds)
}

// publishUntilKilled publishes through the running server, and follows its log, until it is gone. It returns how many appends were acknowledged.
func publishUntilKilled(t *testing.T, dir string, round int, m *publish.Mirror) (acknowledged int) {
	t.Helper()
	for n := 0; ; n++ {
		l, err := relay.Reach(t.Context(), dir, dir, ledger.Options{Now: time.Now, Rand: rand.Reader})
		if err != nil {
			if n == 0 && acknowledged == 0 { // it is not listening yet, or gone already
				if _, err := http.Get(m.URL + "checkpoint"); err == nil {
					time.Sleep(10 * time.Millisecond)
					n--
					continue
				}
			}
			return acknowledged
		}
		changes := make([]ledger.Change, 1+n%7)
		for i := range changes {
			changes[i] = ledger.Change{Kind: record.SourceKind, ID: fmt.Sprintf("s-%d-%d-%d", round, n, i), State: record.Published, By: "kill",
				Body: fmt.Appendf(nil, `{"title":"SYNTHETIC %d","publisher":"SYNTHETIC"}`, n)}
		}
		_, err = l.Append(t.Context(), changes)
		_ = l.Close() // of a server that may be gone
		if err != nil {
			return acknowledged
		}
		acknowledged += len(changes)
		if _, err := m.Follow(t.Context()); err != nil && isLie(err) {
			t.Fatal(err)
		}
	}
}

// checkSigned looks at a folder whose server was killed; it returns how many leaves were signed.
func checkSigned(t *testing.T, when, dir, state string, acknowledged int, m *publish.Mirror) int64 {
	t.Helper()
	l, err := ledger.Open(t.Context(), dir, ledger.Options{Now: time.Now, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	report, err := l.Verify(t.Context(), nil)
	if err != nil || !report.OK() {
		t.Fatalf("%s: %v, %v", when, err, report.Err())
	}
	if report.Log.Size() != report.Entries || report.Entries < int64(acknowledged) {
		t.Fatalf("%s: %d entries, all published, have %d leaves, and %d were acknowledged", when, report.Entries, report.Log.Size(), acknowledged)
	}
	c, _, err := publish.RecallLog(state, report.Head.Ledger)
	if err != nil {
		t.Fatalf("%s: %v", when, err)
	}
	if c == nil {
		return 0
	}
	if err := publish.HoldsAgainst(t.Context(), l, c); err != nil {
		t.Fatalf("%s: %v", when, err)
	}
	held, _, err := m.Checkpoint()
	if err != nil {
		t.Fatalf("%s: the mirror: %v", when, err)
	}
	if held != nil && held.N > c.N {
		t.Fatalf("%s: a reader has a checkpoint of %d leaves, and what was kept has %d", when, held.N, c.N)
	}
	if held != nil {
		if _, err := m.Verify(t.Context(), nil); err != nil {
			t.Fatalf("%s: the mirror: %v", when, err)
		}
	}
	return c.N
}

// isLie reports whether a log contradicted itself; a server that was killed in the middle of an answer did not.
func isLie(err error) bool {
	return errors.Is(err, publish.ErrAlarm) || errors.Is(err, publish.ErrAltered)
}
