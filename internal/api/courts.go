package api

import (
	"strconv"

	"fener/internal/view"
	"fener/period"
)

// Court is a court with how much of it is on record.
type Court struct {
	ID        string `json:"id"`
	Names     Names  `json:"names"`
	Type      string `json:"type,omitempty"`
	Judgments int    `json:"judgments"`
	Persons   int    `json:"persons_judged"`
	First     int    `json:"first_year,omitempty"`
	Last      int    `json:"last_year,omitempty"`
}

// NewCourt is a court as a document shows it.
func NewCourt(c view.CourtRow, persons int) Court {
	return Court{c.ID, recordNames(c.Names), c.Type, c.Judgments, persons, c.First, c.Last}
}

// CourtsDocument lists the courts, those without a judgment on record among them.
type CourtsDocument struct {
	Head
	Courts []Court `json:"courts"`
}

// CourtDocument is one court with its figures.
type CourtDocument struct {
	Head
	AsOf period.Date `json:"as_of"`
	Court
	Figures []OneFigure `json:"figures"`
}

// CourtsSheet lists the courts as rows.
func CourtsSheet(courts []Court) *Sheet {
	s := &Sheet{Columns: []string{"id", "name_sq", "name_sr", "name_en", "type", "judgments", "persons_judged", "first_year", "last_year"}}
	for _, c := range courts {
		s.Rows = append(s.Rows, []string{c.ID, c.Names.SQ, c.Names.SR, c.Names.EN, c.Type, strconv.Itoa(c.Judgments), strconv.Itoa(c.Persons), year(c.First), year(c.Last)})
	}
	return s
}
