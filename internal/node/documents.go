package node

import (
	"context"
	"io"
	"time"

	"fener/internal/archive"
	"fener/internal/record"
)

// copiesOf are the archived copies of a node's sources.
func copiesOf(o *Options) *archive.Store {
	if o.Documents != nil {
		return o.Documents
	}
	return archive.In(o.Dir)
}

// document opens an archived file; the site asks for those that are public.
func (n *Node) document(sha256 string) (io.ReadCloser, error) {
	return n.copies.Open(&record.Archive{SHA256: sha256})
}

// tidyEvery is how often it is looked whether what is kept here of a store of documents is there still.
const tidyEvery = 10 * time.Minute

// tidy removes what is kept here of documents that another node removed from the store in which they lie, until ctx is done.
func (n *Node) tidy(ctx context.Context) {
	if n.copies.Away() == nil {
		return
	}
	tick := time.NewTicker(tidyEvery)
	defer tick.Stop()
	for {
		if err := n.copies.Tidy(); err != nil {
			n.opts.Log.Warn("what is kept of the documents could not be held against their store; it is tried again", "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}
