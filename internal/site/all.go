package site

import (
	"io/fs"
	"net/http"
)

// allPages lists every public page. A new page is a file of its own with its Page value, a template, and a line here.
var allPages = []Page{
	homePage, casesPage, casePage, personPage, sentencesPage, courtsPage, courtPage, figuresPage, figurePage, pivotPage, rowsPage,
	reportedPage, seriesPage, conflictPage, conflictsPage, claimsPage, articlePage, claimPage,
	provisionsPage, instrumentPage, provisionPage, sourcesPage, sourcePage, searchPage,
	missingPage, institutionsPage, institutionPage,
	changesPage, findingsPage, seriesEmbed, figureEmbed,
	methodPage, aboutPage, checkpointPage, helpPage,
}

// New makes the site of all pages.
func New(config Config) (*Site, error) { return newSite(config, In(templateFiles, allPages...)) }

// newSite makes a site of some pages.
func newSite(config Config, pages []Page) (*Site, error) {
	config.Pages = pages
	config.Parts = []fs.FS{}
	config.Routes = map[string]func(*Site, http.ResponseWriter, *http.Request){checkpointFile: serveCheckpoint}
	config.Moved = func(r *http.Request, path string) (string, bool) { return byWords(&config, r, path) }
	return NewFrame(config)
}
