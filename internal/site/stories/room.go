// Package stories is the room of the pages that people write: a text in which figures, claims, charts and quotations of the record stand. Like the first page
// it gathers from the other rooms, which offer what can be placed.
package stories

import (
	"embed"

	"fener/internal/page"
)

//go:embed templates/*.html
var files embed.FS

// Pages are the pages of this room.
func Pages() []page.Page { return page.In(files, storiesPage, storyPage) }
