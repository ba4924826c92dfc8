package shown

import (
	"net/url"
	"slices"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/view"
	"fener/locale"
)

// CourtsOnRecord are the courts that judgments name, and those institutions that are courts and gave none on record.
func CourtsOnRecord(r *page.Request) (courts, silent []view.CourtRow, err error) {
	rows, err := reads.CourtRows(r)
	if err != nil {
		return nil, nil, err
	}
	known := map[string]bool{}
	for _, c := range rows {
		known[c.ID] = true
		if c.Judgments > 0 {
			courts = append(courts, c)
		} else {
			silent = append(silent, c)
		}
	}
	institutions, err := reads.InstitutionRows(r)
	if err != nil {
		return nil, nil, err
	}
	for _, i := range institutions {
		if !known[i.ID] && i.Gone == view.Standing && i.Type == "court" {
			silent = append(silent, view.CourtRow{ID: i.ID, Names: i.Names, Type: i.Type, Synthetic: i.Institution.Synthetic})
		}
	}
	name := func(c view.CourtRow) string { return CourtName(r, c.Names, c.ID).Text }
	locale.Sort(r.Lang, courts, name)
	locale.Sort(r.Lang, silent, name)
	return courts, silent, nil
}

// HasCourtPage reports whether a page tells of an institution as a court: of one that judged, or is a court by its type. A department of one has none by itself.
func HasCourtPage(r *page.Request, id string) (bool, error) {
	courts, silent, err := CourtsOnRecord(r)
	is := func(c view.CourtRow) bool { return c.ID == id }
	return slices.ContainsFunc(courts, is) || slices.ContainsFunc(silent, is), err
}

// CourtLink names a court and leads to its page.
func CourtLink(r *page.Request, names record.Names, id string) page.Link {
	link := CourtName(r, names, id)
	link.Href = r.URL("courts/" + url.PathEscape(id))
	return link
}
