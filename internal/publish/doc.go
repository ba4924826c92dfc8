// Package publish gives the record away in forms that need no server of ours: the proof log, signed and seen by witnesses, and mirrors of it.
//
// A log is signed here and nowhere else, with a key that does not lie in the data folder. What was signed is kept before anybody sees it, so that a
// server that starts over an older copy of the record knows that it said more before, and says nothing.
package publish
