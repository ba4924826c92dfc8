// Package residue looks for words in files, byte by byte and in what is packed
// inside them: after something was erased by order, whether it is gone.
//
// A word is looked for in every way it may be written: other case, with and
// without marks, letter and mark apart, Serbian in the other script, UTF-8,
// UTF-16 and the old code pages, with the escapes of JSON, HTML, addresses and
// mail, and inside base64. Archives, compressed files, office documents and PDF
// are opened; a SQLite file is read with its free pages and its log, its words
// divided between two pages too, and the words of a full-text index are asked for.
//
// An answer says where and in which form, and never the words or what stands
// around them. What could not be searched is said, each time.
//
// # Where it cannot look
//
// In a file that was removed and is still open in a running program, in swap,
// in blocks of the disk that no file has any more, in snapshots of the file
// system, on other machines. In pictures: a scan of a page holds no letters.
// In a free page of a full-text index, words that share their beginning with the
// word before are kept without it; only the index's words of today are asked for.
//
// # While databases are open
//
// On Unix, closing a file lets go of every lock that the same process has on it.
// A program that has one of the SQLite files open itself closes it before it
// searches, or lets a process of its own search.
package residue
