// Package check is the room of the page on which one sentence is checked in the browser: a form for one count, and the answer of the check.
//
// The address is the question: its parameters are the columns that fener check reads, and package intake reads them as it reads a row of a file.
package check

import (
	"embed"

	"fener/internal/page"
)

//go:embed templates/*.html
var files embed.FS

// Pages are the pages of this room.
func Pages() []page.Page { return page.In(files, checkPage) }
