// Package ledger keeps everything that anybody ever entered: dated revisions of
// things, appended and never changed. Everything that is read elsewhere is
// folded from it and can be thrown away.
//
// The ledger knows a revision's kind and its bytes, never what a judgment is.
//
// # What can be proved
//
// Each entry carries three hashes (commit.go has their exact form).
//
// The commitment is SHA-256(salt || body). It is kept for ever, so that a body
// which a court orders to be erased leaves a tombstone: whoever was given body
// and salt before can still show that this very text stood at this very place.
// The salt is erased with the body. Without it, sixteen random bytes away,
// nobody can test guesses ("was it A. B.?") against the commitment. The reason
// of an entry has a commitment and a salt of its own, and is erased likewise.
//
// The chain is SHA-256 over the chain of the entry before, the entry's header
// (number, time, kind, id, revision, state, author, batch) and its two
// commitments. The commitments alone would let somebody who opens the file by
// hand change who signed or when; with the chain every column is covered. The
// chain takes in commitments and not texts, so an erasure breaks nothing. It
// also means that what must be erasable may only ever stand in the body or the
// reason: author, id and batch are kept for ever. Ids therefore say nothing
// (see [IDKey]).
//
// Entries of the first form, in ledgers begun by an older Fener, have the reason
// itself in their chain. [Carry] makes a ledger of the second form of them.
//
// The chain has no key. It finds accidents and clumsy edits, and it stops
// anybody from rewriting an entry whose later chain value is known elsewhere:
// in a backup, a mirror, a published log. Head gives that value to publish.
//
// # The proof log
//
// What becomes of a thing in public (a revision that is published, its
// withdrawal, its erasure) has a leaf in a Merkle log, written in the transaction
// of its entry (loginsert.go): never an entry without its leaf, nor a leaf without
// its entry. A leaf commits to the fields of the text one by one, so that what is
// shown of it can be proved and what is kept back stays sealed, and holds the
// entry's chain value, which ties the log to the ledger. It counts public
// revisions alone, tells nothing of drafts and outlives an erasure. Leaves lie in
// the ledger's file, with the whole tiles of hashes over them; Verify holds them
// against the entries. docs/proof.md says what is served of it and what it proves.
//
// # Erasure
//
// An erasure is an entry of its own, of kind [Erasure], that names what it
// erased and why. Verify insists that erased bodies and erasures match one to
// one, so a body removed by hand is found. Copies made earlier, backups among
// them, still hold what was erased; whoever erases must see to them.
//
// # Crash safety
//
// Append returns after SQLite has committed in WAL mode with synchronous=FULL:
// the log is on the disk before the caller hears of it. A batch is one
// transaction, so a crash leaves all of it or nothing. A new ledger is built
// under another name and moved into place when it is whole, as are backups and
// restored files; none of them can be met half-made.
package ledger
