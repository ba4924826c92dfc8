package node_test

import (
	"bufio"
	"crypto/ed25519"
	"crypto/rand"
	"database/sql"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fener/internal/backup"
	"fener/internal/needs"
	"fener/internal/node"
	"fener/internal/proof"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// litewitness runs the witness of that name until the test ends, for one log; it returns its public key and its address.
func litewitness(t *testing.T, name, logKey string) (vkey, url string) {
	t.Helper()
	programs := needs.LogReaders(t)
	dir, err := os.MkdirTemp("", "witness-") // the name of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ring := agent.NewKeyring()
	if err := ring.Add(agent.AddedKey{PrivateKey: key}); err != nil {
		t.Fatal(err)
	}
	public, err := ssh.NewPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(dir, "agent")
	listening, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listening.Close() })
	go func() {
		for {
			conn, err := listening.Accept()
			if err != nil {
				return
			}
			go func() { _ = agent.ServeAgent(ring, conn); _ = conn.Close() }()
		}
	}()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := free.Addr().String()
	_ = free.Close()
	db := filepath.Join(dir, "witness.db")
	c := exec.CommandContext(t.Context(), filepath.Join(programs, "litewitness"), "-db", db, "-name", name, "-key", ssh.FingerprintSHA256(public), "-ssh-agent", socket, "-listen", addr)
	says, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	found := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(says)
		for lines.Scan() {
			if _, after, is := strings.Cut(lines.Text(), "vkey="); is {
				found <- strings.Trim(strings.Fields(after)[0], `"`)
			}
		}
		_, _ = io.Copy(io.Discard, says)
	}()
	select {
	case vkey = <-found:
	case <-time.After(20 * time.Second):
		t.Fatal("litewitness does not say its key")
	}
	knows(t, db, logKey)
	url = "http://" + addr
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if r, err := http.Get(url + "/"); err == nil {
			_ = r.Body.Close()
			return vkey, url
		} else if time.Now().After(end) {
			t.Fatal(err)
		}
	}
}

// knows lets the witness know a log, as its own command witnessctl does.
func knows(t *testing.T, path, logKey string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		_, err := db.Exec(`INSERT INTO log (origin, tree_size, tree_hash) VALUES (?, 0, '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=')`, origin)
		if err == nil {
			_, err = db.Exec(`INSERT INTO key (origin, key) VALUES (?, ?)`, origin, logKey)
		}
		if err == nil {
			return
		}
		if time.Now().After(end) {
			t.Fatal(err)
		}
	}
}

// A witness that others wrote signs each checkpoint as the log grows; a quorum of witnesses can be asked for; and it is the witness that shows an older
// copy of the record, where nothing was kept here.
func TestLitewitnessSees(t *testing.T) {
	private, public := logKey(t)
	vkey, url := litewitness(t, "witness.example/one", public)
	policy, err := proof.ParsePolicy("log " + public + "\nwitness one " + vkey + " " + url + "\nquorum one\n")
	if err != nil {
		t.Fatal(err)
	}
	witnessed := func(o *node.Options) { o.LogKey, o.LogPolicy = private, policy }
	dir := node.DemoFolder(t, noon.AddDate(0, 0, -1), 50)
	n := serve(t, dir, node.Listening{}, witnessed)
	first, _ := awaitCheckpoint(t, n.url, policy, 50)
	source(t, n, "one-more", "SYNTHETIC")
	awaitCheckpoint(t, n.url, policy, first.N+1)
	file := filepath.Join(t.TempDir(), "old.tar.gz")
	if _, err := backup.Write(t.Context(), dir, file, noon); err != nil {
		t.Fatal(err)
	}
	source(t, n, "and-another", "SYNTHETIC")
	second, text := awaitCheckpoint(t, n.url, policy, first.N+2)
	_, sigs, err := policy.Check(text)
	if err != nil || len(sigs) != 2 {
		t.Fatalf("%d signatures, %v", len(sigs), err)
	}
	if at := proof.CosignedAt(sigs[1]); time.Since(at).Abs() > time.Minute {
		t.Errorf("it was seen at %s", at)
	}
	if p := proveThing(t, n.url, policy, "source/and-another"); len(p.Signatures) != 2 {
		t.Errorf("a proof has %d signatures", len(p.Signatures))
	}
	if err := n.stop(); err != nil {
		t.Fatal(err)
	}

	// Nothing was kept here; the witness remembers.
	older := filepath.Join(t.TempDir(), "older")
	if _, err := backup.Restore(t.Context(), file, older); err != nil {
		t.Fatal(err)
	}
	n = serve(t, older, node.Listening{}, witnessed)
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if strings.Contains(n.log.String(), "somebody has seen more of the record than there is here") {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("an older copy goes unnoticed: %s", n.log.String())
		}
	}
	if code, text, _ := get(t, n.admin+"healthz"); code != http.StatusInternalServerError || !strings.Contains(text, "an older copy of the record") {
		t.Errorf("health says %d %s", code, text)
	}
	if code, text, _ := get(t, n.url+"log/checkpoint"); code == http.StatusOK {
		t.Errorf("it says less than the %d leaves that it said before: %s", second.N, text)
	}
}
