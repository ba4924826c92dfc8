// Package front is the room of the first page: it answers in one minute, and leads each reader on.
package front

import (
	"embed"

	"fener/internal/page"
)

//go:embed templates/*.html
var files embed.FS

// Pages are the pages of this room.
func Pages() []page.Page {
	return page.In(files, homePage)
}
