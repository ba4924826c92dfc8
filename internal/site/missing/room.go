// Package missing is the room of the page of what is not known: years, judgments and texts of the law that nobody has read.
package missing

import (
	"embed"

	"fener/internal/page"
)

//go:embed templates/*.html
var files embed.FS

// Pages are the pages of this room.
func Pages() []page.Page {
	return page.In(files, missingPage)
}
