// Package live is the side of a talk that happens while people are there: the questions that come in, who supports them, which one is spoken about, who speaks
// next, and everybody's screen.
//
// A question waits in talks.db until a moderator has accepted it; only then does it come onto the record, as an entry. What is declined never does. Who asked, or
// supported what, is nowhere: a question has a code that its asker keeps, and support is counted by numbers that a browser draws for one talk. No address is kept.
//
// What was taken in is on the disk before it is acknowledged. Screens are sent the whole of a talk when they connect, and each change after it with its number.
package live
