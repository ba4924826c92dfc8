// Package cases is the room of the courts’ pages: cases, what each judgment decided on whom, the courts, and the findings as they come in.
package cases

import (
	"embed"

	"fener/internal/page"
)

//go:embed templates/*.html
var files embed.FS

// Pages are the pages of this room.
func Pages() []page.Page {
	return page.In(files, casesPage, casePage, personPage, courtsPage, courtPage, findingsPage)
}
