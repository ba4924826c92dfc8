package node

import "context"

// VerifyNow verifies the ledger as a node does at its start and every day.
func VerifyNow(n *Node, ctx context.Context) error { return n.verify(ctx) }
