// Package reported is the room of the pages of what others counted: reported figures, side by side where they differ.
package reported

import (
	"embed"

	"fener/internal/page"
)

//go:embed templates/*.html
var files embed.FS

// Pages are the pages of this room.
func Pages() []page.Page {
	return page.In(files, append([]page.Page{reportedPage, everyPage, seriesPage, conflictPage, conflictsPage, seriesEmbed}, topicPages()...)...)
}
