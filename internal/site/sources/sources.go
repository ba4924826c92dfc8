package sources

import (
	"fener/internal/page"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/locale"
)

var sourcesPage = page.Page{
	Pattern: "sources", Template: "sources", Nav: "sources.title", Params: []string{"page"}, Build: buildSources,
	JSON:  func(r *page.Request) (any, error) { return sourcesData(r) },
	Parts: sourcesWhole,
}

// sourcesWhole sends every source.
func sourcesWhole(r *page.Request, send func(*page.Sheet) error) error {
	v, err := r.Record()
	if err != nil {
		return err
	}
	return page.Parts(r.Context(), func(after *view.SourceRow) ([]view.SourceRow, error) {
		return v.SourcesAfter(r.Context(), after, page.PartRows)
	}, func(rows []view.SourceRow) *page.Sheet {
		d := sourcesDocument(page.Head{}, rows, page.List{})
		return d.Sheet()
	}, send)
}

// sourcesContent is the list of documents that facts come from.
type sourcesContent struct {
	page.Base
	Sources page.Table
	Pager   page.Pager
}

func sourceList(r *page.Request) (rows []view.SourceRow, total int, window view.Page, err error) {
	v, err := r.Record()
	if err != nil {
		return nil, 0, window, err
	}
	if window, err = r.Paging(); err != nil {
		return nil, 0, window, err
	}
	rows, total, err = v.Sources(r.Context(), window)
	return rows, total, window, err
}

func buildSources(r *page.Request) (page.Content, error) {
	rows, total, window, err := sourceList(r)
	if err != nil {
		return nil, err
	}
	p := &sourcesContent{Base: r.Base(r.T("sources.title")), Pager: r.Pager(r.Pattern(), window, total)}
	p.Description = r.T("sources.lede")
	p.Sources = page.Table{ID: "sources", Caption: r.T("sources.found", "n", total), Empty: r.T("error.no_data.says"), Columns: []page.Column{
		{Head: r.T("sources.source")}, {Head: r.T("sources.publisher")}, {Head: r.T("sources.published")}, {Head: r.T("sources.language")},
		{Head: r.T("sources.cited"), Number: true},
	}}
	for _, s := range rows {
		language := page.LangOf(s.Language, s.Source.Title)
		p.Sources.Rows = append(p.Sources.Rows, []page.Link{
			{Text: shown.SourceTitle(s.Source.Title, s.ID), Href: r.URL(shown.SourcePath(s.ID)), Lang: language}, page.Typed(s.Publisher), {Text: r.Dated(s.Published)},
			{Text: shown.LanguageText(r, s.Language)}, {Text: locale.Integer(r.Lang, int64(s.Cited))},
		})
	}
	return p, nil
}

func sourcesData(r *page.Request) (*SourcesDocument, error) {
	rows, total, window, err := sourceList(r)
	if err != nil {
		return nil, err
	}
	d := sourcesDocument(r.Head("sources"), rows, r.List(total, window.Offset, window.Limit))
	return &d, nil
}
