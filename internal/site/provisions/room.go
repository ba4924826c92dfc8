// Package provisions is the room of the pages of the law: its codes, each provision, and the sentences under it.
package provisions

import (
	"embed"

	"fener/internal/page"
)

//go:embed templates/*.html
var files embed.FS

// Pages are the pages of this room.
func Pages() []page.Page {
	return page.In(files, provisionsPage, instrumentPage, provisionPage)
}
