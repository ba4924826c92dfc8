package missing

import (
	"strconv"

	"fener/internal/page"
)

// Gap is one thing that is missing from the record.
type Gap struct {
	Kind      string `json:"kind"` // cases, court, year, court_year, figure, text
	Year      int    `json:"year,omitempty"`
	Court     string `json:"court,omitempty"`
	Indicator string `json:"indicator,omitempty"`
	Reported  string `json:"reported,omitempty"` // as stated
	Recorded  int    `json:"recorded"`
	Law       string `json:"law,omitempty"`       // of a text not yet checked
	Provision string `json:"provision,omitempty"` // where it is known
	What      string `json:"what,omitempty"`      // that the text would tell, as in a finding's missing
	Counts    int    `json:"counts,omitempty"`    // on record that wait for the text
	Path      string `json:"path,omitempty"`
}

// MissingDocument lists what is missing.
type MissingDocument struct {
	page.Head
	Missing []Gap `json:"missing"`
}

// Sheet is the list as rows.
func (d *MissingDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: []string{"kind", "year", "court", "indicator", "reported", "recorded", "law", "provision", "what", "counts", "path"}}
	for _, g := range d.Missing {
		year, counts := "", ""
		if g.Year > 0 {
			year = strconv.Itoa(g.Year)
		}
		if g.Counts > 0 {
			counts = strconv.Itoa(g.Counts)
		}
		s.Rows = append(s.Rows, []string{g.Kind, year, g.Court, g.Indicator, g.Reported, strconv.Itoa(g.Recorded), g.Law, g.Provision, g.What, counts, g.Path})
	}
	return s
}
