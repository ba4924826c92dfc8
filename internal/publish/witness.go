package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"fener/internal/proof"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// witnessTimeout is how long one witness is waited for.
const witnessTimeout = 10 * time.Second

// maxWitness is the longest answer of a witness that is read, in bytes.
const maxWitness = 64 << 10

// asked is what a witness was last heard to say.
type asked struct {
	size    int64     // leaves of the last checkpoint that it signed, or says it signed
	at      time.Time // of the last signature
	trouble string
	behind  *Behind
}

// askAll asks every witness at once to sign a checkpoint that it has not signed yet, and returns the lines of those that did.
func (l *Log) askAll(ctx context.Context, c *proof.Checkpoint, signed []byte) []byte {
	var wait sync.WaitGroup
	list := l.witnesses()
	lines := make([][]byte, len(list))
	for i, w := range list {
		if l.asked[w.Name] == nil {
			l.asked[w.Name] = &asked{}
		}
		a := l.asked[w.Name]
		if hasSigned(signed, w.Key) {
			continue
		}
		wait.Go(func() {
			line, err := l.ask(ctx, w, a, c, signed)
			a.trouble = ""
			if err != nil {
				a.trouble = err.Error()
				l.opts.Log.Warn("a witness did not sign the newest checkpoint", "witness", w.Name, "leaves", c.N, "error", err)
			}
			lines[i] = line
		})
	}
	wait.Wait()
	return bytes.Join(lines, nil)
}

func hasSigned(signed []byte, key note.Verifier) bool {
	_, _, err := proof.Open(signed, note.VerifierList(key))
	return err == nil
}

// errSize is the answer of a witness that has signed a checkpoint of another size than it was told.
type errSize struct{ size int64 }

func (e *errSize) Error() string {
	return fmt.Sprintf("it has signed a checkpoint of %d leaves", e.size)
}

// ask asks one witness, a second time where it says that it has seen another size than we remember.
func (l *Log) ask(ctx context.Context, w proof.PolicyKey, a *asked, c *proof.Checkpoint, signed []byte) (line []byte, err error) {
	var other *errSize
	for range 2 {
		line, err = l.send(ctx, w, a.size, c, signed)
		if !errors.As(err, &other) {
			break
		}
		if a.behind = nil; other.size > c.N {
			a.behind = &Behind{Witness: w.Name, Size: other.size, Ours: c.N}
			return nil, a.behind
		}
		if a.size == other.size {
			return nil, fmt.Errorf("it has seen another log of %d leaves under this name", other.size)
		}
		a.size = other.size
	}
	if err != nil {
		return nil, err
	}
	_, sigs, err := proof.Open(append(append([]byte{}, signed...), line...), note.VerifierList(w.Key))
	if err != nil || len(sigs) == 0 {
		return nil, fmt.Errorf("its signature is not one of the key in the policy")
	}
	a.size, a.at, a.behind = c.N, proof.CosignedAt(sigs[0]), nil
	return fmt.Appendf(nil, "— %s %s\n", sigs[0].Name, sigs[0].Base64), nil
}

// send sends a checkpoint with the proof that it goes on from one of the old size (C2SP tlog-witness).
func (l *Log) send(ctx context.Context, w proof.PolicyKey, old int64, c *proof.Checkpoint, signed []byte) ([]byte, error) {
	var body bytes.Buffer
	fmt.Fprintf(&body, "old %d\n", old)
	if old > 0 && old < c.N {
		hashes, err := tlog.ProveTree(c.N, old, l.opts.Ledger.LogHashes(ctx, c.Tree))
		if err != nil {
			return nil, fmt.Errorf("proving that the log only grew: %w", err)
		}
		for _, h := range hashes {
			fmt.Fprintf(&body, "%s\n", h)
		}
	}
	body.WriteByte('\n')
	body.Write(signed)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(w.URL, "/")+"/add-checkpoint", &body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("User-Agent", "fener")
	answer, err := l.opts.Client.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxWitness))
	if err != nil {
		return nil, err
	}
	switch answer.StatusCode {
	case http.StatusOK:
		return text, nil
	case http.StatusConflict:
		if size, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil && size >= 0 {
			return nil, &errSize{size}
		}
	case http.StatusNotFound:
		return nil, fmt.Errorf("it does not know the log %s: ask who runs it to add the public key", c.Origin)
	case http.StatusForbidden:
		return nil, fmt.Errorf("it knows the log %s by another key", c.Origin)
	}
	return nil, fmt.Errorf("it answered %s", answer.Status)
}
