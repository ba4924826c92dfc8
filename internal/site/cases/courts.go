package cases

import (
	"errors"
	"fmt"
	"net/url"

	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/locale"
)

var courtsPage = page.Page{
	Pattern: "courts", Data: "courts.title", Template: "courts", Nav: "courts.title",
	Build: buildCourts, JSON: page.DocumentOf(courtsJSON), CSV: courtsCSV,
}

type courtsContent struct {
	page.Base
	State  *page.State
	Table  page.Table
	Silent page.Table // courts of which nothing is on record
	AsOf   string
}

func buildCourts(r *page.Request) (page.Content, error) {
	p := &courtsContent{Base: r.Base(r.T("courts.title"))}
	p.Description = r.T("courts.lede")
	of, err := reads.Numbers(r)
	if page.IsNoData(err) {
		state := r.NoData()
		p.State = &state
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	courts, silent, err := shown.CourtsOnRecord(r)
	if err != nil {
		return nil, err
	}
	persons, err := reads.PersonsByCourt(of)
	if err != nil {
		return nil, err
	}
	p.AsOf = shown.AsOf(r, of)
	p.Table = page.Table{ID: "courts", Caption: r.T("courts.table"), Empty: r.T("error.no_data.says"), Note: r.T("figure.not_ranked"), Columns: []page.Column{
		{Head: shown.FieldName(r, figure.Court)}, {Head: r.T("courts.judgments"), Number: true}, {Head: r.T("courts.persons"), Number: true}, {Head: r.T("courts.years")},
	}}
	for _, c := range courts {
		head := shown.CourtName(r, c.Names, c.ID)
		head.Href = r.URL("courts/" + url.PathEscape(c.ID))
		p.Table.Rows = append(p.Table.Rows, []page.Link{head, {Text: locale.Integer(r.Lang, int64(c.Judgments))},
			{Text: locale.Integer(r.Lang, int64(persons[c.ID]))}, {Text: reads.SpanOfYears(c.First, c.Last)}})
	}
	p.Silent = page.Table{ID: "silent", Caption: r.T("courts.silent"), Note: r.T("courts.silent_note"), Columns: []page.Column{{Head: shown.FieldName(r, figure.Court)}, {Head: r.T("courts.judgments"), Number: true}}}
	for _, c := range silent {
		head := shown.CourtName(r, c.Names, c.ID)
		head.Href = r.URL("courts/" + url.PathEscape(c.ID))
		p.Silent.Rows = append(p.Silent.Rows, []page.Link{head, {Text: "0"}})
	}
	return p, nil
}

func courtDocuments(r *page.Request) ([]Court, error) {
	of, err := reads.Numbers(r)
	if err != nil {
		return nil, err
	}
	courts, silent, err := shown.CourtsOnRecord(r)
	if err != nil {
		return nil, err
	}
	persons, err := reads.PersonsByCourt(of)
	if err != nil {
		return nil, err
	}
	out := []Court{}
	for _, c := range append(courts, silent...) {
		out = append(out, newCourt(c, persons[c.ID]))
	}
	return out, nil
}

func courtsJSON(r *page.Request) (*CourtsDocument, error) {
	courts, err := courtDocuments(r)
	if err != nil {
		return nil, err
	}
	return &CourtsDocument{Head: r.Head("courts"), Courts: courts}, nil
}

func courtsCSV(r *page.Request) (*page.Sheet, error) {
	courts, err := courtDocuments(r)
	if err != nil {
		return nil, err
	}
	return courtsSheet(courts), nil
}

// court finds a court by its id: as judgments name it, as an institution, or both.
func court(r *page.Request) (row view.CourtRow, body *record.Institution, err error) {
	courts, silent, err := shown.CourtsOnRecord(r)
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
		return row, nil, page.NotFoundf("no court %q", id)
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
