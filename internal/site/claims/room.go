// Package claims is the room of the pages of what was claimed in public, and how each claim stands.
package claims

import (
	"embed"

	"fener/internal/page"
)

//go:embed templates/*.html
var files embed.FS

// Pages are the pages of this room.
func Pages() []page.Page {
	return page.In(files, claimsPage, articlePage, claimPage)
}
