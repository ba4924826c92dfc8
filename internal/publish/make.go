package publish

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"fener/internal/ledger"
	"fener/internal/proof"
	"fener/internal/record"
	"fener/internal/view"

	"golang.org/x/mod/sumdb/tlog"
)

// ErrNoProof is the error of a revision that no signed checkpoint speaks of.
var ErrNoProof = errors.New("publish: there is no proof of it")

// ProofPath is where a server has the proof file of a revision of a thing; of the last for 0.
func ProofPath(kind record.Kind, id string, nth int) string {
	path := "/log/proof/" + string(kind) + "/" + url.PathEscape(id)
	if nth > 0 {
		path += "/" + strconv.Itoa(nth)
	}
	return path + proof.Extension
}

// Prove makes the proof file of a revision of a thing that was public: nth counts as readers do, and 0 is the last. What is shown of its text is what
// the public reads of it now and nothing else; of what was taken back, erased or rests on nothing public any more, only the leaf is shown.
func (l *Log) Prove(ctx context.Context, v *view.View, kind record.Kind, id string, nth int) (*proof.File, error) {
	state := l.State()
	if state.Signed == nil {
		return nil, fmt.Errorf("%w: nothing was signed yet", ErrNoProof)
	}
	leaves, err := l.opts.Ledger.LogOf(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	if nth == 0 {
		nth = len(leaves)
	}
	if nth < 1 || nth > len(leaves) {
		return nil, fmt.Errorf("%w: %s %q has %d revisions that were public", ErrNoProof, kind, id, len(leaves))
	}
	of := leaves[nth-1]
	if of.Number >= state.N {
		return nil, fmt.Errorf("%w: revision %d of %s %q is newer than the last checkpoint; ask again in a moment", ErrNoProof, nth, kind, id)
	}
	hashes, err := tlog.ProveRecord(state.N, of.Number, l.opts.Ledger.LogHashes(ctx, state.Tree))
	if err != nil {
		return nil, fmt.Errorf("publish: the proof log does not hold, so that nothing is proved by it: %w", err)
	}
	said := &proof.Said{Leaf: string(of.Text)}
	if kind != record.StoryKind || nth == len(leaves) { // no page shows a story's earlier words, which may be words of what was taken off since
		if said.Shown, err = l.shown(ctx, v, kind, id, &of); err != nil {
			return nil, err
		}
	}
	return &proof.File{Index: of.Number, Hashes: hashes, Said: said, Checkpoint: state.Signed}, nil
}

// shown is what the public reads of a revision now, under the salts by which it was logged; nil for nothing.
func (l *Log) shown(ctx context.Context, v *view.View, kind record.Kind, id string, of *ledger.Logged) (*proof.Shown, error) {
	if of.Leaf.Text == nil {
		return nil, nil
	}
	thing, err := v.Thing(ctx, kind, id)
	if errors.Is(err, view.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if thing.Gone != view.Standing { // what was taken back goes from every page, earlier revisions too
		return nil, nil
	}
	revisions, err := v.History(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	for i := range revisions {
		r := &revisions[i]
		if r.Seq != of.Seq || r.Gone != view.Standing || len(r.Body) == 0 {
			continue
		}
		entries, err := l.opts.Ledger.Read(ctx, of.Seq-1, 1)
		if err != nil {
			return nil, err
		}
		if len(entries) == 0 || entries[0].Seq != of.Seq || entries[0].Erased {
			return nil, nil
		}
		body, err := ledger.Canonical(r.Body)
		if err != nil {
			return nil, fmt.Errorf("publish: what the public reads of %s %q: %w", kind, id, err)
		}
		return proof.Show(entries[0].Salt, entries[0].Body, body)
	}
	return nil, nil
}
