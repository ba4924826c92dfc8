package node

import (
	"context"
	"strings"

	"fener/internal/record"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/internal/webhook"
)

// tellHooks tells the programs that are registered at the desk what changed in public, once readers can see it, until ctx is done.
func (n *Node) tellHooks(ctx context.Context, v *view.View) {
	s := &webhook.Sender{Store: n.desk.hooks, Log: n.ledger, Position: v.Position, Changed: v.Changed, Logger: n.opts.Log,
		Address: func(ctx context.Context, c webhook.Change) string { return n.pageOf(ctx, v, c) }}
	s.Run(ctx)
}

// pageOf is the address of the page of what changed, in English; empty where it has none. A judgment stands on the page of its case, of which nothing is said
// where its id must not be tied to it.
func (n *Node) pageOf(ctx context.Context, v *view.View, c webhook.Change) string {
	t := record.Thing{Kind: record.Kind(c.Kind), ID: c.ID}
	path := shown.PagePath(t)
	if t.Kind == record.JudgmentKind {
		if j, err := v.Judgment(ctx, c.ID); err == nil && !j.Coarsened {
			path = shown.CasePath(j.Case)
		}
	}
	if path == "" {
		return ""
	}
	return strings.TrimSuffix(n.opts.Address, "/") + "/en/" + path
}
