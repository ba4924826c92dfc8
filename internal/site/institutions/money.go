package institutions

import (
	"slices"

	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
)

// moneyOf leads to what an institution called for, promised or gave to shelters; no text where no source says that it did.
func moneyOf(r *page.Request, id string) (page.Link, error) {
	of, err := reads.ToldIfAny(r)
	if err != nil || of == nil {
		return page.Link{}, err
	}
	n := 0
	mine := func(funders []string) {
		if slices.ContainsFunc(funders, func(text string) bool { return shown.FunderID(r, text) == id }) {
			n++
		}
	}
	for _, c := range of.Calls() {
		mine(c.Funders)
	}
	for _, g := range of.Grants() {
		mine(g.Funders)
	}
	for _, p := range of.Payments() {
		mine(p.Funders)
	}
	if n == 0 {
		return page.Link{}, nil
	}
	return page.Link{Text: r.T("institutions.money_says", "n", n), Href: r.URL(shown.FunderPath(r, id))}, nil
}
