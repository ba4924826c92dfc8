package node

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"fener/internal/ledger"
	"fener/internal/page"
	"fener/internal/proof"
	"fener/internal/publish"
)

// The proof log stands under /log/ as C2SP tlog-tiles has it, with a proof file for everything that was public.
const (
	logPrefix     = "/log/"
	proofPrefix   = logPrefix + "proof/"
	logCheckpoint = logPrefix + "checkpoint"
)

const (
	signAfter = time.Second // after something was published, so that a batch is signed once
	askAgain  = time.Minute // a witness that did not answer
	logAtOnce = 4           // proofs that are made at once; more wait
)

// openLog opens the log that signs; nil where there is no key.
func openLog(ctx context.Context, led *ledger.Store, o *Options) (*publish.Log, error) {
	if o.LogKey == "" {
		return nil, nil
	}
	return publish.OpenLog(ctx, publish.LogOptions{Ledger: led, Key: o.LogKey, Policy: o.LogPolicy, Folder: o.Checkpoints, Log: o.Log})
}

// logState is how pages ask for what is known of the log; nil where it is not signed.
func (n *Node) logState() func() *publish.LogState {
	if n.log == nil {
		return nil
	}
	return n.log.State
}

// sign signs the log as it grows, until ctx is done. A log that does not hold is signed no more, and readers go on reading.
func (n *Node) sign(ctx context.Context, v interface{ Changed() <-chan struct{} }) {
	if n.log == nil {
		return
	}
	for {
		changed := v.Changed()
		if err := n.log.Update(ctx); err != nil && ctx.Err() == nil {
			n.opts.Log.Error("the proof log could not be signed; its last checkpoint stays", "error", err)
		}
		if behind := n.log.State().Behind; behind != nil {
			n.opts.Log.Error("somebody has seen more of the record than there is here", "error", behind)
		}
		select {
		case <-changed:
			select {
			case <-time.After(signAfter):
			case <-ctx.Done():
				return
			}
		case <-time.After(askAgain):
		case <-ctx.Done():
			return
		}
	}
}

// besideLog lets the proof log answer at its addresses, and the site at all others.
func (n *Node) besideLog(s http.Handler) http.Handler {
	mux := http.NewServeMux()
	places := make(chan struct{}, logAtOnce)
	mux.HandleFunc("GET "+logCheckpoint, n.serveLogCheckpoint)
	mux.HandleFunc("GET "+logPrefix+"tile/", n.serveTile)
	mux.HandleFunc("GET "+publish.CheckPath, n.serveCheckPage)
	mux.HandleFunc("GET "+proofPrefix, func(w http.ResponseWriter, r *http.Request) {
		select {
		case places <- struct{}{}:
			defer func() { <-places }()
			n.serveProof(w, r)
		case <-time.After(2 * time.Second):
			w.Header().Set("Retry-After", "2")
			tell(w, http.StatusServiceUnavailable, "many ask for proofs at this moment; ask again in two seconds")
		case <-r.Context().Done():
		}
	})
	answer := page.Secure(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern != "" {
			answer.ServeHTTP(w, r)
			return
		}
		s.ServeHTTP(w, r)
	})
}

// tell answers a program: what is under /log/ is read by programs.
func tell(w http.ResponseWriter, code int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	fmt.Fprintln(w, text)
}

// noCheckpoint is why nothing can be checked here.
func (n *Node) noCheckpoint() string {
	if n.log == nil {
		return "this record is served without a key for its proof log, so no checkpoint is signed (fener serve --log-key FILE)"
	}
	if n.log.State().Behind != nil {
		return "nothing is signed: a witness has seen more of this log than there is here, so an older copy of the record lies here"
	}
	return "nothing was signed yet; ask again in a moment"
}

func (n *Node) serveLogCheckpoint(w http.ResponseWriter, _ *http.Request) {
	if n.log == nil || n.log.State().Signed == nil {
		tell(w, http.StatusNotFound, n.noCheckpoint())
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "public, no-cache")
	_, _ = w.Write(n.log.State().Signed) // an error here means that the reader has gone
}

// serveCheckPage serves the page that checks proofs, to be kept.
func (n *Node) serveCheckPage(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", n.checkPage.Policy)
	h.Set("Cache-Control", "public, no-cache")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(n.checkPage.HTML))
}

// serveTile serves a tile of hashes or of leaves. What a tile holds never changes, whole or begun, so it may be kept for ever.
func (n *Node) serveTile(w http.ResponseWriter, r *http.Request) {
	t, ok := proof.ParseTilePath(strings.TrimPrefix(r.URL.Path, logPrefix))
	if !ok {
		tell(w, http.StatusNotFound, "expected tile/LEVEL/NUMBER or tile/entries/NUMBER, as C2SP tlog-tiles has them")
		return
	}
	data, err := n.ledger.LogTile(r.Context(), t)
	switch {
	case errors.Is(err, ledger.ErrNotFound):
		tell(w, http.StatusNotFound, "the log has not come so far")
		return
	case err != nil:
		n.opts.Log.Error("a tile of the proof log could not be read", "tile", t.Path(), "error", err)
		tell(w, http.StatusInternalServerError, "the tile could not be read")
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	if t.L >= 0 { // hashes do not shrink
		h.Set("Content-Length", strconv.Itoa(len(data)))
		_, _ = w.Write(data)
		return
	}
	pack(w, r, data)
}

// pack sends what gets shorter by it compressed to whoever takes that: hashes written as letters take three quarters.
func pack(w http.ResponseWriter, r *http.Request, data []byte) {
	w.Header().Set("Vary", "Accept-Encoding")
	if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		_, _ = w.Write(data) // an error here, and below, means that the reader has gone
		return
	}
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	_, _ = z.Write(data)
	_ = z.Close()
}

// serveProof serves the proof file of a thing: proof/KIND/ID.tlog-proof of its last revision, proof/KIND/ID/REVISION.tlog-proof of any.
func (n *Node) serveProof(w http.ResponseWriter, r *http.Request) {
	kind, id, nth, ok := publish.ParseProofPath(r.URL.EscapedPath())
	v := n.view.Load()
	switch {
	case !ok:
		tell(w, http.StatusNotFound, "expected proof/KIND/ID"+proof.Extension+" or proof/KIND/ID/REVISION"+proof.Extension)
		return
	case n.log == nil || v == nil || n.log.State().Signed == nil:
		tell(w, http.StatusNotFound, n.noCheckpoint())
		return
	}
	file, err := n.log.Prove(r.Context(), v, kind, id, nth)
	var text []byte
	if err == nil {
		text, err = file.Encode()
	}
	switch {
	case errors.Is(err, publish.ErrNoProof):
		tell(w, http.StatusNotFound, "no such thing was public, or no revision of that number, or it is too new: a checkpoint is signed a moment after something is published")
		return
	case err != nil:
		n.opts.Log.Error("a proof could not be made", "error", err)
		tell(w, http.StatusInternalServerError, "the proof could not be made")
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "public, no-cache")
	h.Set("Content-Disposition", `attachment; filename="`+fileName(string(kind)+"-"+id)+proof.Extension+`"`)
	pack(w, r, text)
}

// fileName is a name for a file of the letters that every system takes.
func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, s[:min(len(s), 100)])
}
