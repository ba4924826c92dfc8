// Package erase takes a thing, or some revisions of it, off the record for good:
// out of the ledger, the views, the archived copies and what is kept of pages.
//
// It is the way from "this endangers someone" to "gone". First everything is shown
// that would go, and where its words stand besides: other things, public pages and
// feeds. What stays is a tombstone, which says that something was erased, by whom
// and on what legal ground, and not what. Other files, backups among them, are
// searched by package residue.
package erase
