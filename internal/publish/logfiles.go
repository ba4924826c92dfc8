package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"fener/internal/ledger"
	"fener/internal/proof"
	"fener/internal/record"
	"fener/internal/view"

	"golang.org/x/mod/sumdb/tlog"
)

// Where a proof log stands beside a site.
const (
	LogPrefix      = "/log/"
	CheckpointPath = LogPrefix + "checkpoint"
	ProofPrefix    = LogPrefix + "proof/"
)

// LogKept is the log as it was signed last, for whoever shows it and signs nothing: folder is where the checkpoint is kept, and key the public key. The
// record has to hold against that checkpoint; where nothing was signed, or by another key, it is an error.
func LogKept(ctx context.Context, l *ledger.Store, folder, key string) (*Log, error) {
	policy, err := proof.PolicyOf(key)
	if err != nil {
		return nil, err
	}
	key = strings.TrimSpace(key)
	head, err := l.Head(ctx)
	if err != nil {
		return nil, err
	}
	kept, signed, err := RecallLog(folder, head.Ledger)
	switch {
	case err != nil:
		return nil, err
	case kept == nil:
		return nil, fmt.Errorf("publish: no checkpoint of this record is kept in %s, so that there is nothing to prove by: name the folder of the server that signs (--checkpoints), or leave --key out", folder)
	}
	if _, _, err := policy.Check(signed); err != nil {
		return nil, fmt.Errorf("publish: the checkpoint that was signed last: %w", err)
	}
	if err := HoldsAgainst(ctx, l, kept); err != nil {
		return nil, err
	}
	log := &Log{opts: LogOptions{Ledger: l, Folder: folder}, public: key, name: head.Ledger}
	log.state.Store(&LogState{Origin: kept.Origin, PublicKey: key, Signed: signed, Checkpoint: *kept})
	return log, nil
}

// Addresses are those of all tiles up to the checkpoint that was signed last, of the checkpoint, and of the page that checks proofs.
func (l *Log) Addresses() []string {
	all := []string{CheckpointPath, CheckPath}
	for _, t := range tlog.NewTiles(proof.TileHeight, 0, l.State().N) {
		all = append(all, LogPrefix+proof.TilePath(t))
		if t.L == 0 {
			t.L = -1
			all = append(all, LogPrefix+proof.TilePath(t))
		}
	}
	return all
}

// Beside lets the log answer at its addresses, byte for byte as a server does, and the site at all others. It is for making files: nothing is bounded.
func (l *Log) Beside(site http.Handler, v *view.View) (http.Handler, error) {
	check, err := NewCheckPage()
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at, kind := r.URL.EscapedPath(), "text/plain; charset=utf-8"
		var body []byte
		var err error
		switch {
		case !strings.HasPrefix(at, LogPrefix):
			site.ServeHTTP(w, r)
			return
		case at == CheckpointPath:
			body = l.State().Signed
		case at == CheckPath:
			body, kind = check.HTML, "text/html; charset=utf-8"
		case strings.HasPrefix(at, ProofPrefix):
			body, err = l.proofAt(r.Context(), v, at)
		default:
			kind = "application/octet-stream"
			err = ErrNoProof
			if t, is := proof.ParseTilePath(strings.TrimPrefix(at, LogPrefix)); is {
				body, err = l.opts.Ledger.LogTile(r.Context(), t)
			}
		}
		switch {
		case errors.Is(err, ErrNoProof), errors.Is(err, ledger.ErrNotFound):
			http.Error(w, err.Error(), http.StatusNotFound)
		case err != nil:
			http.Error(w, err.Error(), http.StatusInternalServerError)
		default:
			w.Header().Set("Content-Type", kind)
			_, _ = w.Write(bytes.Clone(body)) // it is written to memory
		}
	}), nil
}

// proofAt is the proof file at an address.
func (l *Log) proofAt(ctx context.Context, v *view.View, at string) ([]byte, error) {
	kind, id, nth, ok := ParseProofPath(at)
	if !ok {
		return nil, ErrNoProof
	}
	file, err := l.Prove(ctx, v, kind, id, nth)
	if err != nil {
		return nil, err
	}
	return file.Encode()
}

// ParseProofPath reads the escaped address of a proof file, as ProofPath makes it.
func ParseProofPath(escaped string) (kind record.Kind, id string, nth int, ok bool) {
	rest, is := strings.CutSuffix(strings.TrimPrefix(escaped, ProofPrefix), proof.Extension)
	parts := strings.Split(rest, "/")
	if !is || len(parts) < 2 || len(parts) > 3 || path.Clean("/"+rest) != "/"+rest {
		return "", "", 0, false
	}
	id, err := url.PathUnescape(parts[1])
	if err != nil || id == "" {
		return "", "", 0, false
	}
	if len(parts) == 3 {
		if nth, err = strconv.Atoi(parts[2]); err != nil || nth < 1 {
			return "", "", 0, false
		}
	}
	return record.Kind(parts[0]), id, nth, record.Kind(parts[0]).Valid()
}
