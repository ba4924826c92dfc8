// Package site is the public site: it lists the rooms, one for each subject, and serves them in the frame of package page.
//
// docs/pages.md says how to add a page, docs/adding-a-kind.md how to add a subject.
package site

import (
	"io/fs"
	"maps"
	"net/http"
	"slices"

	"fener/internal/page"
	"fener/internal/site/about"
	"fener/internal/site/answer"
	"fener/internal/site/cases"
	"fener/internal/site/changes"
	"fener/internal/site/check"
	"fener/internal/site/claims"
	"fener/internal/site/commitments"
	"fener/internal/site/figures"
	"fener/internal/site/front"
	"fener/internal/site/institutions"
	"fener/internal/site/missing"
	"fener/internal/site/provisions"
	"fener/internal/site/reported"
	"fener/internal/site/search"
	"fener/internal/site/shelters"
	"fener/internal/site/shown"
	"fener/internal/site/sources"
	"fener/internal/site/spreadsheet"
	"fener/internal/site/stories"
	"fener/internal/site/talks"
)

// Pages are all public pages, in the order in which the navigation and the foot list those that stand there. A new room is a line here.
func Pages() []page.Page {
	return slices.Concat(
		front.Pages(),
		cases.Pages(),
		figures.Pages(),
		reported.Pages(),
		claims.Pages(),
		commitments.Pages(),
		shelters.Pages(),
		talks.Pages(),
		stories.Pages(),
		provisions.Pages(),
		check.Pages(),
		sources.Pages(),
		search.Pages(),
		missing.Pages(),
		institutions.Pages(),
		changes.Pages(),
		about.Pages(),
	)
}

// New makes the site of all pages.
func New(config page.Config) (*page.Site, error) { return newSite(config, Pages()) }

// newSite makes a site of some pages.
func newSite(config page.Config, pages []page.Page) (*page.Site, error) {
	config.Pages = pages
	config.Parts = []fs.FS{answer.Parts, shown.Parts, spreadsheet.Parts}
	config.Routes = about.Routes()
	config.Calls = about.Calls
	maps.Copy(config.Routes, spreadsheet.Routes())
	maps.Copy(config.Routes, talks.Routes())
	config.Static = append(slices.Clone(config.Static), talks.Static)
	config.Moved = func(r *http.Request, path string) (string, bool) { return byWords(&config, r, path) }
	return page.New(config)
}
