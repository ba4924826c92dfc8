// Package licences holds the licences of the works of others that are in the program, so that the program can show them.
package licences

import _ "embed"

//go:generate go run ./collect ../../cmd/fener notices.txt

// Notices names every module that is linked into the program on any system, with its version and the full text of what it asks to
// be passed on. It is collected from the modules themselves: go generate ./internal/licences.
//
//go:embed notices.txt
var Notices string
