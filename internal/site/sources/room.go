// Package sources is the room of the pages of the sources, and of what rests on each.
package sources

import (
	"embed"

	"fener/internal/page"
)

//go:embed templates/*.html
var files embed.FS

// Pages are the pages of this room.
func Pages() []page.Page {
	return page.In(files, sourcesPage, sourcePage)
}
