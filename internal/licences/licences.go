// Package licences holds the licences of the works of others that are in the program, so that the program can show them.
package licences

import "embed"

//go:generate go run ./collect ../../cmd/fener notices.txt

// Notices names every module that is linked into the program on any system, with its version and the full text of what it asks to
// be passed on. It is collected from the modules themselves: go generate ./internal/licences.
//
//go:embed notices.txt
var Notices string

// Carried are the licences of what a module carries in compiled form and does not bring the licence of: PDFium and what it is built from. They come
// from pypdfium2, which carries the same library.
//
//go:embed carried
var Carried embed.FS
