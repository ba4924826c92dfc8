package node

import (
	"context"

	"fener/internal/document"
)

// VerifyNow verifies the ledger as a node does at its start and every day.
func VerifyNow(n *Node, ctx context.Context) error { return n.verify(ctx) }

// PublishDueNow makes public what is held back until now, as a node does every few seconds.
func PublishDueNow(n *Node, ctx context.Context) error { return n.desk.desk.Load().PublishDue(ctx) }

// ReadNow reads a document as one that was handed in.
func ReadNow(n *Node, ctx context.Context, path string) (*document.Document, error) {
	return n.readDocument(ctx, "a document", path)
}
