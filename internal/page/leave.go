package page

import (
	"fmt"
	"net/http"
	"strconv"

	"fener/locale"
)

// Leaving works in two layers, as the GOV.UK exit-this-page component does, but without sending the reader to another site.
//
// Without script the link opens this neutral page: plain tables of units, no link back, never stored. With script (static/leave.js)
// the page is replaced, and a mark in the tab's own session storage sends every page of this site that the Back button reaches to
// the neutral one as well. Clear-Site-Data is not sent: browsers may hold the answer back for seconds while they clear, and the
// page that somebody flees from would stay on the screen.

const (
	leaveTemplate = "leave"
	leavePath     = "/units" // an address that tells nothing
)

type leaveContent struct {
	Base
	Tables []unitTable
}

// unitTable converts one unit to another. Symbols need no translation.
type unitTable struct {
	From, To string
	Rows     [][2]string
}

type unit struct {
	from, to       string
	values         []int
	factor, offset float64
}

var units = []unit{
	{"km", "mi", []int{1, 5, 10, 20, 50, 100}, 0.621371, 0},
	{"kg", "lb", []int{1, 2, 5, 10, 50, 100}, 2.204623, 0},
	{"°C", "°F", []int{-10, 0, 10, 20, 30, 40}, 1.8, 32},
}

// leavePage is the neutral page.
func (s *Site) leavePage(l locale.Lang) ([]byte, error) {
	p := &leaveContent{Base: Base{Lang: l, site: s}}
	for _, u := range units {
		table := unitTable{From: u.from, To: u.to}
		for _, v := range u.values {
			table.Rows = append(table.Rows, [2]string{strconv.Itoa(v), locale.Decimal(l, float64(v)*u.factor+u.offset, 1)})
		}
		p.Tables = append(p.Tables, table)
	}
	body, err := s.templates.render(leaveTemplate, p)
	if err != nil {
		return nil, fmt.Errorf("making the neutral page: %w", err)
	}
	return body, nil
}

// serveLeave shows the neutral page in the reader's own browser language, whatever the page was in.
func (s *Site) serveLeave(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Write(s.ready.leave[Negotiate(r)]) // an error here means that the reader has gone, which is what they wanted
}
