// Package changes is the room of the page and feed of what was corrected or withdrawn after it was published.
package changes

import (
	"embed"

	"fener/internal/page"
)

//go:embed templates/*.html
var files embed.FS

// Pages are the pages of this room.
func Pages() []page.Page {
	return page.In(files, changesPage)
}
