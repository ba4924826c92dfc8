package cases

import (
	"strconv"

	"fener/internal/page"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/period"
)

// Court is a court with how much of it is on record.
type Court struct {
	ID        string      `json:"id"`
	Names     shown.Names `json:"names"`
	Type      string      `json:"type,omitempty"`
	Judgments int         `json:"judgments"`
	Persons   int         `json:"persons_judged"`
	First     int         `json:"first_year,omitempty"`
	Last      int         `json:"last_year,omitempty"`
}

// newCourt is a court as a document shows it.
func newCourt(c view.CourtRow, persons int) Court {
	return Court{c.ID, shown.RecordNames(c.Names), c.Type, c.Judgments, persons, c.First, c.Last}
}

// CourtsDocument lists the courts, those without a judgment on record among them.
type CourtsDocument struct {
	page.Head
	Courts []Court `json:"courts"`
}

// CourtDocument is one court with its figures.
type CourtDocument struct {
	page.Head
	AsOf period.Date `json:"as_of"`
	Court
	Figures []shown.OneFigure `json:"figures"`
}

// courtsSheet lists the courts as rows.
func courtsSheet(courts []Court) *page.Sheet {
	s := &page.Sheet{Columns: []string{"id", "name_sq", "name_sr", "name_en", "type", "judgments", "persons_judged", "first_year", "last_year"}}
	for _, c := range courts {
		s.Rows = append(s.Rows, []string{c.ID, c.Names.SQ, c.Names.SR, c.Names.EN, c.Type, strconv.Itoa(c.Judgments), strconv.Itoa(c.Persons), shown.Year(c.First), shown.Year(c.Last)})
	}
	return s
}
