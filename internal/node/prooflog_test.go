package node_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/ledger"
	"fener/internal/needs"
	"fener/internal/node"
	"fener/internal/proof"
	"fener/internal/record"
)

const origin = "fener.example/log"

// logKey draws a key for a log.
func logKey(t testing.TB) (private, public string) {
	t.Helper()
	private, public, err := proof.NewKey(rand.Reader, origin)
	if err != nil {
		t.Fatal(err)
	}
	return private, public
}

// signed lets a node sign its log, and keep what it signed in a folder.
func signed(private, folder string) func(*node.Options) {
	return func(o *node.Options) { o.LogKey, o.Checkpoints = private, folder }
}

// awaitCheckpoint returns the checkpoint of at least so many leaves, once it is served.
func awaitCheckpoint(t testing.TB, url string, policy *proof.Policy, leaves int64) (*proof.Checkpoint, []byte) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); ; {
		code, text, _ := get(t, url+"log/checkpoint")
		if code == http.StatusOK {
			c, _, err := policy.Check([]byte(text))
			if err == nil && c.N >= leaves {
				return c, []byte(text)
			}
		}
		if time.Now().After(end) {
			t.Fatalf("after 20 seconds: %d %s", code, text)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// source publishes a source, which says so much of itself.
func source(t testing.TB, n *running, id, title string) ledger.Span {
	t.Helper()
	span, err := n.Ledger().Append(t.Context(), []ledger.Change{{Kind: record.SourceKind, ID: id, State: record.Published, By: "officer", Why: "published",
		Body: fmt.Appendf(nil, `{"title":%q,"publisher":"SYNTHETIC","url":"https://example.org/%s"}`, title, id)}})
	if err != nil {
		t.Fatal(err)
	}
	return span
}

func readWith(t *testing.T, args ...string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), filepath.Join(needs.LogReaders(t), "logreaders"), args...)
	var out, says bytes.Buffer
	c.Stdout, c.Stderr = &out, &says
	if err := c.Run(); err != nil {
		t.Fatalf("logreaders %s: %v\n%s", strings.Join(args, " "), err, says.String())
	}
	return out.String()
}

// Programs that others wrote read the log: every tile and leaf of it, that it only grew, and a proof file.
func TestForeignReadersTakeTheLog(t *testing.T) {
	needs.LogReaders(t)
	private, public := logKey(t)
	policy, err := proof.PolicyOf(public)
	if err != nil {
		t.Fatal(err)
	}
	dir := node.DemoFolder(t, noon.AddDate(0, 0, -1), 600)
	n := serve(t, dir, node.Listening{}, signed(private, t.TempDir()))
	c, before := awaitCheckpoint(t, n.url, policy, 600)
	readWith(t, "fsck", n.url+"log/", public)

	lines := strings.Split(strings.TrimSpace(readWith(t, "entries", n.url+"log/", public)), "\n")
	if int64(len(lines)) != c.N {
		t.Errorf("torchwood reads %d leaves of %d", len(lines), c.N)
	}
	for _, line := range lines {
		var text string
		if err := json.Unmarshal([]byte(line), &text); err != nil {
			t.Fatal(err)
		}
		if _, err := proof.ParseLeaf([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}

	old := filepath.Join(t.TempDir(), "old")
	if err := os.WriteFile(old, before, 0o600); err != nil {
		t.Fatal(err)
	}
	source(t, n, "a-new-one", "SYNTHETIC a new source")
	awaitCheckpoint(t, n.url, policy, c.N+1)
	if got := strings.TrimSpace(readWith(t, "grew", n.url+"log/", public, old)); got != fmt.Sprintf("%d %d", c.N, c.N+1) {
		t.Errorf("Tessera's client saw it grow by %q", got)
	}
	code, file, h := get(t, n.url+"log/proof/source/a-new-one.tlog-proof")
	if code != http.StatusOK || !strings.Contains(h.Get("Content-Disposition"), "source-a-new-one.tlog-proof") {
		t.Fatalf("%d %s", code, file)
	}
	names := []string{filepath.Join(t.TempDir(), "policy"), filepath.Join(t.TempDir(), "proof")}
	for i, text := range []string{"log " + public + "\nquorum none\n", file} {
		if err := os.WriteFile(names[i], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	readWith(t, "proof", names[0], names[1])
}

// What is served of the log may be kept as the specification says, and nothing is served that there is not.
func TestAddressesOfTheLog(t *testing.T) {
	private, public := logKey(t)
	policy, _ := proof.PolicyOf(public)
	n := serve(t, node.DemoFolder(t, noon.AddDate(0, 0, -1), 300), node.Listening{}, signed(private, t.TempDir()))
	awaitCheckpoint(t, n.url, policy, 300)
	for _, c := range []struct {
		path string
		code int
		kept string
	}{
		{"log/checkpoint", 200, "public, no-cache"},
		{"log/tile/0/000", 200, "public, max-age=31536000, immutable"},
		{"log/tile/0/000.p/5", 200, "public, max-age=31536000, immutable"},
		{"log/tile/1/000.p/1", 200, "public, max-age=31536000, immutable"},
		{"log/tile/entries/000", 200, "public, max-age=31536000, immutable"},
		{"log/tile/entries/001.p/3", 200, "public, max-age=31536000, immutable"},
		{"log/tile/0/099", 404, "no-store"},
		{"log/tile/0/000.p/0", 404, "no-store"},
		{"log/tile/0/000.p/256", 404, "no-store"},
		{"log/tile/0/0", 404, "no-store"},
		{"log/tile/00/000", 404, "no-store"},
		{"log/tile/data/000", 404, "no-store"},
		{"log/tile/8/0/000", 404, "no-store"},
		{"log/tile/64/000", 404, "no-store"},
		{"log/tile/0/x999/x999/x999/x999/999", 404, "no-store"},
		{"log/tile/", 404, "no-store"},
		{"log/proof/source/nothing.tlog-proof", 404, "no-store"},
		{"log/proof/source/nothing", 404, "no-store"},
		{"log/proof/Source/x.tlog-proof", 404, "no-store"},
		{"log/proof/source/%2e%2e/x.tlog-proof", 404, "no-store"},
	} {
		code, _, h := get(t, n.url+c.path)
		if code != c.code || h.Get("Cache-Control") != c.kept {
			t.Errorf("%s answers %d, kept %q; want %d, %q", c.path, code, h.Get("Cache-Control"), c.code, c.kept)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || len(h.Values("Set-Cookie")) > 0 {
			t.Errorf("%s lacks the headers of every answer", c.path)
		}
	}
}

// A record without a key says so and serves its tiles all the same.
func TestARecordWithoutAKeySignsNothing(t *testing.T) {
	n := serve(t, node.DemoFolder(t, noon.AddDate(0, 0, -1), 3), node.Listening{})
	if code, text, _ := get(t, n.url+"log/checkpoint"); code != http.StatusNotFound || !strings.Contains(text, "without a key") {
		t.Errorf("%d %s", code, text)
	}
	if code, _, _ := get(t, n.url+"log/tile/entries/000.p/1"); code != http.StatusOK {
		t.Errorf("its leaves answer %d", code)
	}
}

// proveThing asks for the proof file of a thing and checks it.
func proveThing(t testing.TB, url string, policy *proof.Policy, path string) *proof.Proved {
	t.Helper()
	code, text, _ := get(t, url+"log/proof/"+path+".tlog-proof")
	if code != http.StatusOK {
		t.Fatalf("%s: %d %s", path, code, text)
	}
	file, err := proof.ParseFile([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	proved, err := file.Check(policy)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return proved
}

func shownField(p *proof.Proved, path string) string {
	if p.Shown != nil {
		for _, f := range p.Shown.Fields {
			if f.Path == path {
				return f.Value
			}
		}
	}
	return ""
}

// A proof shows what the public reads and nothing else, through everything that can become of a record: the case of a child, a correction, a
// withdrawal, an erasure.
func TestAProofShowsNothingThatIsKeptBack(t *testing.T) {
	private, public := logKey(t)
	policy, _ := proof.PolicyOf(public)
	dir := t.TempDir()
	begin(t, dir)
	n := serve(t, dir, node.Listening{}, signed(private, t.TempDir()))
	do := func(kind record.Kind, id string, base int, state record.State, body string) {
		t.Helper()
		span, err := n.Ledger().Append(t.Context(), []ledger.Change{{Kind: kind, ID: id, Base: base, State: state, By: "officer", Why: "why", Body: []byte(body)}})
		if err != nil {
			t.Fatal(err)
		}
		settled(t, n, span.Last)
	}
	do(record.SourceKind, "s1", 0, record.Published, `{"title":"SYNTHETIC","publisher":"SYNTHETIC"}`)
	do(record.CaseKind, "c1", 0, record.Published, `{"title":"SYNTHETIC case"}`)
	do(record.JudgmentKind, "j1", 0, record.Published, `{"case":"c1","court":"SYNTHETIC","date":"2021-03-04","numbers":["P 1/21"],"note":"a girl of the village",
		"defendants":[{"label":"A.B.","counts":[{"convicted":"06/L-074:165(1)","verdict":"convicted","quote":"the secret words","source":"s1"}]}],"citations":[{"source":"s1","quote":"quoted words"}]}`)
	awaitCheckpoint(t, n.url, policy, 3)
	p := proveThing(t, n.url, policy, "judgment/j1")
	if p.Leaf.Rev != 1 || shownField(p, "/date") != `"2021-03-04"` || shownField(p, "/note") != `"a girl of the village"` {
		t.Fatalf("a public judgment is proved as %+v", p.Shown)
	}
	fields := len(p.Shown.Fields)

	do(record.CaseKind, "c1", 1, record.Draft, `{"title":"SYNTHETIC case","child_victim":"yes"}`) // a draft protects
	p = proveThing(t, n.url, policy, "judgment/j1")
	for _, path := range []string{"/date", "/note", "/defendants/0/counts/0/quote", "/citations/0/quote"} {
		if got := shownField(p, path); got != "" {
			t.Errorf("of a child's case the proof shows %s: %s", path, got)
		}
	}
	if p.Shown == nil || len(p.Shown.Fields) >= fields || shownField(p, "/court") != `"SYNTHETIC"` || shownField(p, "/defendants/0/counts/0/verdict") != `"convicted"` {
		t.Errorf("of a child's case the proof shows %+v; the court and the verdict stay", p.Shown)
	}

	do(record.ObservationKind, "o1", 0, record.Published, `{"indicator":"victims_synthetic","value":{"kind":"exact","low":"2","text":"two"},"unit":"persons","place":"Prizren","from":"2024-03-01","to":"2024-03-31",
		"victims_sex":"female","counted_by":"SYNTHETIC council","counted":"two girls","citation":{"source":"s1","quote":"two girls were found"}}`)
	awaitCheckpoint(t, n.url, policy, 4)
	p = proveThing(t, n.url, policy, "observation/o1")
	if p.Shown == nil || shownField(p, "/indicator") != `"victims_synthetic"` {
		t.Fatalf("a figure that is held back is proved as %+v", p.Shown)
	}
	for _, f := range p.Shown.Fields {
		if strings.HasPrefix(f.Path, "/value") || strings.Contains(f.Value, "two") || strings.Contains(f.Value, "female") {
			t.Errorf("of a figure that is held back the proof shows %s = %s", f.Path, f.Value)
		}
	}

	do(record.SourceKind, "s2", 0, record.Published, `{"title":"SYNTHETIC two","publisher":"SYNTHETIC"}`)
	do(record.SourceKind, "s2", 1, record.Published, `{"title":"SYNTHETIC two, corrected","publisher":"SYNTHETIC"}`)
	awaitCheckpoint(t, n.url, policy, 6)
	if p := proveThing(t, n.url, policy, "source/s2"); p.Leaf.Rev != 2 || shownField(p, "/title") != `"SYNTHETIC two, corrected"` {
		t.Errorf("a correction is proved as %+v", p.Leaf)
	}
	if p := proveThing(t, n.url, policy, "source/s2/1"); p.Leaf.Rev != 1 || shownField(p, "/title") != `"SYNTHETIC two"` {
		t.Errorf("what stood before is proved as %+v", p.Leaf)
	}
	if _, err := n.Ledger().Erase(t.Context(), ledger.Order{Kind: record.SourceKind, ID: "s2", Revs: []int{1}, By: "officer", Why: "court order"}); err != nil {
		t.Fatal(err)
	}
	awaitCheckpoint(t, n.url, policy, 7)
	if p := proveThing(t, n.url, policy, "source/s2/1"); p.Shown != nil || p.Leaf.Text == nil {
		t.Errorf("of what was erased the proof shows %+v", p.Shown)
	}
	do(record.SourceKind, "s2", 2, record.Withdrawn, `{"title":"SYNTHETIC two, corrected","publisher":"SYNTHETIC"}`)
	awaitCheckpoint(t, n.url, policy, 8)
	if p := proveThing(t, n.url, policy, "source/s2/2"); p.Shown != nil {
		t.Errorf("of what was taken back the proof shows %+v", p.Shown)
	}
	if p := proveThing(t, n.url, policy, "source/s2"); p.Leaf.Act != proof.Withdrawn || p.Leaf.Rev != 3 {
		t.Errorf("the last that became of it is proved as %+v", p.Leaf)
	}
}

// begin makes an empty record.
func begin(t testing.TB, dir string) {
	t.Helper()
	led, err := ledger.Open(t.Context(), dir, ledger.Options{Now: func() time.Time { return noon.AddDate(0, 0, -1) }, Rand: rand.Reader, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := led.Close(); err != nil {
		t.Fatal(err)
	}
}

// settled waits until the view has an entry.
func settled(t testing.TB, n *running, seq int64) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		s, err := n.Standing(context.Background())
		if err == nil && s.ViewSeq >= seq {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("the view stands at %d, %v", s.ViewSeq, err)
		}
	}
}
