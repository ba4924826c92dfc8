package sources

import (
	"fener/internal/page"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/locale"
)

var sourcesPage = page.Page{
	Pattern: "sources", Data: "sources.title", Template: "sources", Nav: "sources.title", Params: []string{"kind", "language", "sort", "page"}, Build: buildSources,
	JSON:  page.DocumentOf(sourcesData),
	Parts: sourcesWhole,
}

// sourcesWhole sends every source that the choice of the address asks for.
func sourcesWhole(r *page.Request, send func(*page.Sheet) error) error {
	list, _, err := sourceChoice(r)
	if err != nil {
		return err
	}
	return page.PartsOf(list, func(part []view.SourceRow) (*page.Sheet, error) {
		d := sourcesDocument(page.Head{}, part, page.List{})
		return d.Sheet(), nil
	}, send)
}

// allSources are the sources on record, by their titles.
var allSources = page.NewOnce(func(r *page.Request) ([]view.SourceRow, error) {
	v, err := r.Record()
	if err != nil {
		return nil, err
	}
	var all []view.SourceRow
	for {
		var after *view.SourceRow
		if len(all) > 0 {
			after = &all[len(all)-1]
		}
		part, err := v.SourcesAfter(r.Context(), after, page.PartRows)
		if err != nil || len(part) == 0 {
			return all, err
		}
		all = append(all, part...)
	}
})

// sourceChoice are the sources that the address chooses, in the order that it asks for, with the links to other choices.
func sourceChoice(r *page.Request) ([]view.SourceRow, []page.Facet, error) {
	all, err := allSources.Of(r)
	if err != nil {
		return nil, nil, err
	}
	list, facets, err := page.Choose(r, all, []page.By[view.SourceRow]{
		{Param: "kind", Name: "source.kind", Of: func(s *view.SourceRow) []string { return values(s.Source.Kind) }, Text: func(v string) page.Link { return page.Link{Text: kindText(r, v)} }},
		{Param: "language", Name: "sources.language", Of: func(s *view.SourceRow) []string { return values(s.Language) }, Text: func(v string) page.Link { return page.Link{Text: shown.LanguageText(r, v)} }},
	})
	if err != nil {
		return nil, nil, err
	}
	order, err := page.Sort(r, list, []page.SortBy[view.SourceRow]{
		{Name: "facet.name"},
		{Value: "newest", Name: "facet.newest", Compare: func(a, b *view.SourceRow) int { return b.Published.Compare(a.Published) }},
		{Value: "cited", Name: "facet.cited", Compare: func(a, b *view.SourceRow) int { return b.Cited - a.Cited }},
	})
	return list, append(facets, order), err
}

func values(one string) []string {
	if one == "" {
		return nil
	}
	return []string{one}
}

// kindText is what a source is, in words; as the record has it where the interface has no word.
func kindText(r *page.Request, kind string) string {
	key := "source_kind." + kind
	if r.Has(key) {
		return r.T(key)
	}
	return kind
}

// sourcesContent is the list of documents that facts come from.
type sourcesContent struct {
	page.Base
	Facets  []page.Facet
	Sources page.Table
	Pager   page.Pager
}

// sourceList is the part of the list that a page shows.
func sourceList(r *page.Request) (rows []view.SourceRow, facets []page.Facet, total int, window view.Page, err error) {
	if window, err = r.Paging(); err != nil {
		return nil, nil, 0, window, err
	}
	list, facets, err := sourceChoice(r)
	return page.Part(list, window.Offset, window.Limit), facets, len(list), window, err
}

func buildSources(r *page.Request) (page.Content, error) {
	rows, facets, total, window, err := sourceList(r)
	if err != nil {
		return nil, err
	}
	p := &sourcesContent{Base: r.Base(r.T("sources.title")), Facets: facets, Pager: r.Pager(r.Pattern(), window, total)}
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
	rows, _, total, window, err := sourceList(r)
	if err != nil {
		return nil, err
	}
	d := sourcesDocument(r.Head("sources"), rows, r.List(total, window.Offset, window.Limit))
	return &d, nil
}
