package site

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"fener/internal/api"
	"fener/internal/figure"
	"fener/internal/record"
	"fener/internal/view"
	"fener/locale"
)

var courtsPage = Page{
	Pattern: "courts", Template: "courts", Nav: "courts.title",
	Build: buildCourts, JSON: courtsJSON, CSV: courtsCSV,
}

type courtsContent struct {
	Base
	State  *State
	Table  Table
	Silent Table // courts of which nothing is on record
	AsOf   string
}

// courtsOnRecord are the courts that judgments name, and those institutions that are courts and gave none on record.
func (r *Request) courtsOnRecord() (courts, silent []view.CourtRow, err error) {
	rows, err := r.courtRows()
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
	institutions, err := r.institutionRows()
	if err != nil {
		return nil, nil, err
	}
	for _, i := range institutions {
		if !known[i.ID] && i.Gone == view.Standing && i.Type == "court" {
			silent = append(silent, view.CourtRow{ID: i.ID, Names: i.Names, Type: i.Type, Synthetic: i.Institution.Synthetic})
		}
	}
	name := func(c view.CourtRow) string { return r.courtName(c.Names, c.ID).Text }
	locale.Sort(r.Lang, courts, name)
	locale.Sort(r.Lang, silent, name)
	return courts, silent, nil
}

// institutionRows are the institutions on record with the number of their judgments, which takes a way through all of them: once for each entry of the ledger.
func (r *Request) institutionRows() ([]view.InstitutionRow, error) {
	return institutionsOnRecord.Of(r)
}

var institutionsOnRecord = NewOnce(func(r *Request) ([]view.InstitutionRow, error) {
	v, err := r.publicView()
	if err != nil {
		return nil, err
	}
	rows, err := v.Institutions(r.Context())
	if err != nil {
		return nil, fmt.Errorf("reading the institutions: %w", err)
	}
	return rows, nil
})

// institutionRow is one of them; what it was not found for is view.ErrNotFound.
func (r *Request) institutionRow(id string) (*view.InstitutionRow, error) {
	rows, err := r.institutionRows()
	if err != nil {
		return nil, err
	}
	for i := range rows {
		if rows[i].ID == id {
			return &rows[i], nil
		}
	}
	return nil, fmt.Errorf("institution %q: %w", id, view.ErrNotFound)
}

func buildCourts(r *Request) (Content, error) {
	p := &courtsContent{Base: r.Base(r.T("courts.title"))}
	p.Description = r.T("courts.lede")
	of, err := r.reading()
	if isNoData(err) {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	courts, silent, err := r.courtsOnRecord()
	if err != nil {
		return nil, err
	}
	persons, err := personsByCourt(of)
	if err != nil {
		return nil, err
	}
	p.AsOf = r.asOf(of)
	p.Table = Table{ID: "courts", Caption: r.T("courts.table"), Empty: r.T("error.no_data.says"), Note: r.T("figure.not_ranked"), Columns: []Column{
		{Head: r.fieldName(figure.Court)}, {Head: r.T("courts.judgments"), Number: true}, {Head: r.T("courts.persons"), Number: true}, {Head: r.T("courts.years")},
	}}
	for _, c := range courts {
		head := r.courtName(c.Names, c.ID)
		head.Href = r.URL("courts/" + url.PathEscape(c.ID))
		p.Table.Rows = append(p.Table.Rows, []Link{head, {Text: locale.Integer(r.Lang, int64(c.Judgments))},
			{Text: locale.Integer(r.Lang, int64(persons[c.ID]))}, {Text: spanOfYears(c.First, c.Last)}})
	}
	p.Silent = Table{ID: "silent", Caption: r.T("courts.silent"), Note: r.T("courts.silent_note"), Columns: []Column{{Head: r.fieldName(figure.Court)}, {Head: r.T("courts.judgments"), Number: true}}}
	for _, c := range silent {
		head := r.courtName(c.Names, c.ID)
		head.Href = r.URL("courts/" + url.PathEscape(c.ID))
		p.Silent.Rows = append(p.Silent.Rows, []Link{head, {Text: "0"}})
	}
	return p, nil
}

func spanOfYears(first, last int) string {
	switch {
	case first == 0:
		return ""
	case first == last:
		return strconv.Itoa(first)
	}
	return strconv.Itoa(first) + "–" + strconv.Itoa(last)
}

// personsByCourt are the persons judged, by court.
func personsByCourt(of *reading) (map[string]int, error) {
	p, err := of.figures.Fixed(figure.Query{Measure: "persons_judged", Rows: figure.Court})
	if err != nil {
		return nil, fmt.Errorf("counting the persons of each court: %w", err)
	}
	out := map[string]int{}
	for i, h := range p.Rows {
		out[h.Key] = p.RowTotals[i].N
	}
	return out, nil
}

func courtDocuments(r *Request) ([]api.Court, error) {
	of, err := r.reading()
	if err != nil {
		return nil, err
	}
	courts, silent, err := r.courtsOnRecord()
	if err != nil {
		return nil, err
	}
	persons, err := personsByCourt(of)
	if err != nil {
		return nil, err
	}
	var out []api.Court
	for _, c := range append(courts, silent...) {
		out = append(out, api.NewCourt(c, persons[c.ID]))
	}
	return out, nil
}

func courtsJSON(r *Request) (any, error) {
	courts, err := courtDocuments(r)
	if err != nil {
		return nil, err
	}
	return &api.CourtsDocument{Head: r.Head("courts"), Courts: courts}, nil
}

func courtsCSV(r *Request) (*api.Sheet, error) {
	courts, err := courtDocuments(r)
	if err != nil {
		return nil, err
	}
	return api.CourtsSheet(courts), nil
}

// court finds a court by its id: as judgments name it, as an institution, or both.
func (r *Request) court() (row view.CourtRow, body *record.Institution, err error) {
	courts, silent, err := r.courtsOnRecord()
	if err != nil {
		return row, nil, err
	}
	id := r.PathValue("court")
	found := false
	for _, c := range append(courts, silent...) {
		if c.ID == id {
			row, found = c, true
		}
	}
	if !found {
		return row, nil, NotFoundf("no court %q", id)
	}
	in, err := r.Public().Institution(r.Context(), id)
	switch {
	case err == nil:
		body = &in.Institution
	case !errors.Is(err, view.ErrNotFound) && !errors.Is(err, view.ErrGone):
		return row, nil, fmt.Errorf("reading the court %q: %w", id, err)
	}
	return row, body, nil
}
