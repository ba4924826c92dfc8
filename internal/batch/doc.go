// Package batch takes files into the record: it plans what a file would bring,
// shows it, appends it all or not at all, and takes it back again.
//
// A batch is what one import, publication or undoing appends: revisions that
// share a label and stand or fall together. Nothing is ever taken out of the
// ledger; taking a batch back means to append what stood before.
//
// # Which rows make a judgment
//
// Rows are one count each. Rows with the same case numbers (in any spelling),
// court, date and instance are one judgment; where no number is on record, the
// source takes its place. Rows of one judgment must lie near each other:
// OpenJudgments are gathered at a time, which keeps memory the same for files
// of any size. A row that comes after its judgment was closed is refused and
// says so; sorting the file by case mends it.
//
// # Ids
//
// Ids follow from the content, so that a second import of the same file finds
// what the first one made. A judgment keeps the id made from its own number,
// also when a case file later ties it into a chain with other instances: only
// the case it names changes then.
//
// # Memory
//
// What stands on record is kept as hashes, about fifty bytes a thing; bodies
// are read back one at a time, where something changed.
package batch
