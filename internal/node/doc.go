// Package node is one running Fener over one data folder: it holds the folder's
// ledger, keeps the public view beside it folded, and answers with the public
// site, anew whenever entries arrive.
//
// # What lies in a data folder
//
//	ledger.db        every entry; the only thing that cannot be made again
//	documents/       archived copies of sources
//	view-public.db   folded from the ledger; may be deleted
//	downloads/       large files while they are sent; may be deleted
//	certificates/    with automatic TLS: the certificates and their keys
//	LOCK             held by the process that has the folder
//
// # Starting
//
// Open takes the folder and returns at once. Until the view has caught up, the
// node answers every page with 503 and says when to come again, except for the
// pages for people in danger (help, leaving), which need no record.
//
// # Growing
//
// Pages are kept per position of the ledger (see package site), so a new entry
// needs no more than the view's next position. Only when the first generated
// entry arrives is the site made anew, because every page must then say so.
package node
