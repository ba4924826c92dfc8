package site

import (
	"os"
	"slices"

	"fener/internal/page"
)

// plainContent is a page of nothing but its title.
type plainContent struct{ page.Base }

func buildPlain(r *page.Request) (page.Content, error) { return &plainContent{r.Base("Plain")}, nil }

// withPages are pages of a test beside those of the site.
func withPages(pages ...page.Page) []page.Page {
	return slices.Concat(page.In(os.DirFS("testdata"), pages...), Pages())
}
