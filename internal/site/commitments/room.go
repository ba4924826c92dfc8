// Package commitments is the room of the pages of what institutions said they would do, and of what evidence says became of it.
package commitments

import (
	"embed"

	"fener/internal/page"
)

//go:embed templates/*.html
var files embed.FS

// Pages are the pages of this room.
func Pages() []page.Page {
	return page.In(files, commitmentsPage, methodPage, commitmentPage, chartEmbed)
}
