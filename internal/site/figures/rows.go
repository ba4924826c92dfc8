package figures

import (
	"fmt"
	"net/url"
	"strconv"

	"fener/internal/figure"
	"fener/internal/page"
	"fener/internal/site/answer"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/law"
	"fener/locale"
)

var rowsPage = page.Page{
	Pattern: "rows", Template: "rows", Params: append(figure.Params(), "page"),
	Build: buildRows, JSON: page.DocumentOf(rowsJSON), Parts: rowsWhole,
}

type rowsContent struct {
	page.Base
	Definition string
	Limits     []string
	Counted    string
	Table      page.Table
	Pages      []page.Link
	AsOf       string
}

// askedRows reads which counts an address asks for, and reads them.
func askedRows(r *page.Request) (of *reads.Reading, q figure.Query, counts []reads.Behind, window figure.Page, err error) {
	of, err = reads.Numbers(r)
	if err != nil {
		return
	}
	asked, number := url.Values{}, 1
	for name, values := range r.Query {
		if name != "page" {
			asked[name] = values
		}
	}
	if text := r.Query.Get("page"); text != "" {
		if number, err = strconv.Atoi(text); err != nil {
			err = wrongParam(r, &figure.ParamError{Param: "page", Found: text, Expected: "a number"})
			return
		}
	}
	if q, err = figure.Parse(asked); err != nil {
		err = wrongParam(r, err)
		return
	}
	counts, window, err = of.Figures.CountsBehind(r.Context(), r.Public(), q, number)
	if err != nil {
		err = wrongParam(r, err)
	}
	return
}

func buildRows(r *page.Request) (page.Content, error) {
	of, q, counts, window, err := askedRows(r)
	if err != nil {
		return nil, err
	}
	all, err := figure.Indicators()
	if err != nil {
		return nil, err
	}
	var in *figure.Indicator
	for _, one := range all {
		if one.ID == q.Measure {
			in = one
		}
	}
	if in == nil {
		return nil, fmt.Errorf("the query was read but its measure %q is unknown", q.Measure)
	}
	p := &rowsContent{Base: r.Base(r.T("rows.title", "figure", in.Names.In(r.Lang)), page.Link{Text: r.T("figures.title"), Href: r.URL("figures")},
		page.Link{Text: in.Names.In(r.Lang), Href: r.URL("figures/" + in.ID)})}
	p.NoIndex = true
	p.Definition, p.Limits, p.AsOf = in.Definition.In(r.Lang), shown.FilterTexts(r, of, q.Filter), shown.AsOf(r, of)
	p.Counted = r.T("rows.counted", "n", window.Total)
	p.Table = page.Table{ID: "rows", Caption: p.Counted, Empty: r.T("rows.none"), Note: r.T("rows.note"), Columns: []page.Column{
		{Head: r.T("line.case")}, {Head: r.T("rows.person")}, {Head: shown.FieldName(r, figure.Court)}, {Head: r.T("rows.judgment")},
		{Head: r.T("rows.charged")}, {Head: r.T("rows.convicted")}, {Head: r.T("line.imposed")}, {Head: r.T("line.finding")},
	}}
	for i := range counts {
		p.Table.Rows = append(p.Table.Rows, behindLinks(r, of, &counts[i]))
	}
	p.Pages = pageLinks(r, q, window)
	return p, nil
}

func behindLinks(r *page.Request, of *reads.Reading, b *reads.Behind) []page.Link {
	c := b.Count
	court := page.Link{}
	if b.File.Court != "" {
		court = shown.CourtName(r, of.Courts[b.File.Court], b.File.Court)
		court.Href = r.URL("courts/" + url.PathEscape(b.File.Court))
	}
	imposed := answer.Imposed(r, c.Sentence.Law())
	if imposed == "" {
		imposed = page.Capital(c.Verdict.Text(r.Lang))
	}
	if c.Joint == law.Yes {
		imposed += " (" + r.T("line.joint") + ")"
	}
	return []page.Link{
		{Text: shown.JudgmentTitle(r, b.File), Href: r.URL("cases/" + url.PathEscape(b.File.Case))}, {Text: b.Defendant}, court,
		{Text: page.OneStop(locale.Date(r.Lang, b.File.Date) + ", " + shown.KeyText(r, figure.Instance, b.File.Instance.String()))},
		shown.OffenceNamed(r, c.Charged), shown.OffenceNamed(r, c.Convicted), {Text: imposed}, {Text: answer.Found(r, &c.Finding)},
	}
}

// pageLinks lead to the page before and the page after.
func pageLinks(r *page.Request, q figure.Query, window figure.Page) []page.Link {
	var out []page.Link
	to := func(key string, number int) {
		if number >= 1 && number <= window.Pages {
			out = append(out, page.Link{Text: r.T(key, "n", number, "of", window.Pages), Href: shown.RowsURL(r, q) + "&page=" + strconv.Itoa(number)})
		}
	}
	to("rows.before", window.Number-1)
	to("rows.after", window.Number+1)
	return out
}

func rowsJSON(r *page.Request) (*RowsDocument, error) {
	_, q, counts, window, err := askedRows(r)
	if err != nil {
		return nil, err
	}
	return newRows(r.Head("rows"), q, counts, r.List(window.Total, (window.Number-1)*figure.PageSize, figure.PageSize)), nil
}

// rowsWhole sends every count behind a figure.
func rowsWhole(r *page.Request, send func(*page.Sheet) error) error {
	of, err := reads.Numbers(r)
	if err != nil {
		return err
	}
	q, err := figure.Parse(r.Query)
	if err != nil {
		return wrongParam(r, err)
	}
	ids, err := of.Figures.AllRows(q)
	if err != nil {
		return wrongParam(r, err)
	}
	for first := true; first || len(ids) > 0; first = false {
		n := min(page.PartRows, len(ids))
		counts, err := of.Figures.Counts(r.Context(), r.Public(), ids[:n])
		if err != nil {
			return err
		}
		if err := send(rowsSheet(counts)); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}
