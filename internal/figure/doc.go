// Package figure computes the record's figures: indicators, which are data in
// indicators.yaml, over columns of counts held in memory.
//
// The columns are one immutable snapshot. A Builder makes them from rows that
// the caller folds out of the record.
// A Query asks for one indicator, filtered and laid out in rows and columns; it
// is the query part of an address and back. A Pivot answers it, and every cell
// carries the Query that leads to the counts behind it.
//
// What every figure keeps to:
//   - only judgments that no later judgment supersedes count;
//   - persons are counted once, however many counts they were judged for;
//   - nothing on record is told apart from zero;
//   - courts stand in the order of their ids or names, never of their values.
package figure
