// Package about is the room of the pages that explain: method, what the site is, how to keep watch over it, and where help is.
package about

import (
	"embed"

	"fener/internal/page"
)

//go:embed templates/*.html
var files embed.FS

// Pages are the pages of this room.
func Pages() []page.Page {
	return page.In(files, methodPage, glossaryPage, aboutPage, checkpointPage, apiPage, apiDocumentPage, helpPage)
}
