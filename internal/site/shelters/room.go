// Package shelters is the room of the pages of shelters and their money: who gave what and when, and the days without.
package shelters

import (
	"embed"

	"fener/internal/page"
)

//go:embed templates/*.html
var files embed.FS

// Pages are the pages of this room.
func Pages() []page.Page {
	return page.In(files, sheltersPage, turnPage, moneyPage, shelterPage, houseMoneyPage, toldPage, whatIfPage, funderPage, callPage, givingPage, contractingPage, entitiesPage)
}
