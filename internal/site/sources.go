package site

import (
	"fener/internal/api"
	"fener/internal/view"
	"fener/locale"
)

var sourcesPage = Page{
	Pattern: "sources", Template: "sources", Nav: "sources.title", Params: []string{"page"}, Build: buildSources,
	JSON:  func(r *Request) (any, error) { return sourcesData(r) },
	Parts: sourcesWhole,
}

// sourcesWhole sends every source.
func sourcesWhole(r *Request, send func(*api.Sheet) error) error {
	v, err := r.publicView()
	if err != nil {
		return err
	}
	return parts(r.Context(), func(after *view.SourceRow) ([]view.SourceRow, error) {
		return v.SourcesAfter(r.Context(), after, partRows)
	}, func(rows []view.SourceRow) *api.Sheet {
		d := api.Sources(api.Head{}, rows, api.List{})
		return d.Sheet()
	}, send)
}

// sourcesContent is the list of documents that facts come from.
type sourcesContent struct {
	Base
	Sources Table
	Pager   Pager
}

func (r *Request) sourceList() (rows []view.SourceRow, total int, page view.Page, err error) {
	v, err := r.publicView()
	if err != nil {
		return nil, 0, page, err
	}
	if page, err = r.paging(); err != nil {
		return nil, 0, page, err
	}
	rows, total, err = v.Sources(r.Context(), page)
	return rows, total, page, err
}

func buildSources(r *Request) (Content, error) {
	rows, total, page, err := r.sourceList()
	if err != nil {
		return nil, err
	}
	p := &sourcesContent{Base: r.Base(r.T("sources.title")), Pager: r.pager(r.Pattern(), page, total)}
	p.Description = r.T("sources.lede")
	p.Sources = Table{ID: "sources", Caption: r.T("sources.found", "n", total), Empty: r.T("error.no_data.says"), Columns: []Column{
		{Head: r.T("sources.source")}, {Head: r.T("sources.publisher")}, {Head: r.T("sources.published")}, {Head: r.T("sources.language")},
		{Head: r.T("sources.cited"), Number: true},
	}}
	for _, s := range rows {
		language := writtenIn(s.Language)
		p.Sources.Rows = append(p.Sources.Rows, []Link{
			{Text: sourceTitle(s.Source.Title, s.ID), Href: r.URL(api.SourcePath(s.ID)), Lang: language}, {Text: s.Publisher}, {Text: r.dated(s.Published)},
			{Text: r.languageText(s.Language)}, {Text: locale.Integer(r.Lang, int64(s.Cited))},
		})
	}
	return p, nil
}

// sourceTitle names a source; where its title is not on record its id stands in.
func sourceTitle(title, id string) string {
	if title == "" {
		return id
	}
	return title
}

// languageText names the language of a source where it is one of ours, and else gives its tag.
func (r *Request) languageText(tag string) string {
	if l := writtenIn(tag); l != "" {
		return r.languageName(l)
	}
	return tag
}

func sourcesData(r *Request) (*api.SourcesDocument, error) {
	rows, total, page, err := r.sourceList()
	if err != nil {
		return nil, err
	}
	d := api.Sources(r.Head("sources"), rows, r.list(total, page.Offset, page.Limit))
	return &d, nil
}
