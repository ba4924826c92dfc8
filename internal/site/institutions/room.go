// Package institutions is the room of the pages of the bodies that answer for something.
package institutions

import (
	"embed"

	"fener/internal/page"
)

//go:embed templates/*.html
var files embed.FS

// Pages are the pages of this room.
func Pages() []page.Page {
	return page.In(files, institutionsPage, institutionPage)
}
