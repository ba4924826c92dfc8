// Package figures is the room of the pages of what is counted over the judgments on record: figures, pivots, the rows behind a number, and every sentence beside its law.
package figures

import (
	"embed"

	"fener/internal/page"
)

//go:embed templates/*.html
var files embed.FS

// Pages are the pages of this room.
func Pages() []page.Page {
	return page.In(files, sentencesPage, figuresPage, figurePage, pivotPage, rowsPage, figureEmbed)
}
