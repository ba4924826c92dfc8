package site

import (
	"fmt"
	"net/url"
	"strconv"

	"fener/internal/api"
	"fener/internal/figure"
	"fener/law"
	"fener/locale"
)

var rowsPage = Page{
	Pattern: "rows", Template: "rows", Params: append(figure.Params(), "page"),
	Build: buildRows, JSON: rowsJSON, Parts: rowsWhole,
}

type rowsContent struct {
	Base
	Definition string
	Limits     []string
	Counted    string
	Table      Table
	Pages      []Link
	AsOf       string
}

// askedRows reads which counts an address asks for, and reads them.
func (r *Request) askedRows() (of *reading, q figure.Query, counts []api.Behind, page figure.Page, err error) {
	of, err = r.reading()
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
			err = r.wrongParam(&figure.ParamError{Param: "page", Found: text, Expected: "a number"})
			return
		}
	}
	if q, err = figure.Parse(asked); err != nil {
		err = r.wrongParam(err)
		return
	}
	counts, page, err = of.figures.CountsBehind(r.Context(), r.Public(), q, number)
	if err != nil {
		err = r.wrongParam(err)
	}
	return
}

func buildRows(r *Request) (Content, error) {
	of, q, counts, page, err := r.askedRows()
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
	p := &rowsContent{Base: r.Base(r.T("rows.title", "figure", in.Names.In(r.Lang)), Link{Text: r.T("figures.title"), Href: r.URL("figures")},
		Link{Text: in.Names.In(r.Lang), Href: r.URL("figures/" + in.ID)})}
	p.NoIndex = true
	p.Definition, p.Limits, p.AsOf = in.Definition.In(r.Lang), r.filterTexts(of, q.Filter), r.asOf(of)
	p.Counted = r.T("rows.counted", "n", page.Total)
	p.Table = Table{ID: "rows", Caption: p.Counted, Empty: r.T("rows.none"), Note: r.T("rows.note"), Columns: []Column{
		{Head: r.T("line.case")}, {Head: r.T("rows.person")}, {Head: r.fieldName(figure.Court)}, {Head: r.T("rows.judgment")},
		{Head: r.T("rows.charged")}, {Head: r.T("rows.convicted")}, {Head: r.T("line.imposed")}, {Head: r.T("line.finding")},
	}}
	for i := range counts {
		p.Table.Rows = append(p.Table.Rows, r.behindRow(of, &counts[i]))
	}
	p.Pages = r.pageLinks(q, page)
	return p, nil
}

func (r *Request) behindRow(of *reading, b *api.Behind) []Link {
	c := b.Count
	court := Link{}
	if b.File.Court != "" {
		court = r.courtName(of.courts[b.File.Court], b.File.Court)
		court.Href = r.URL("courts/" + url.PathEscape(b.File.Court))
	}
	imposed := r.imposed(c.Sentence.Law())
	if imposed == "" {
		imposed = capital(c.Verdict.Text(r.Lang))
	}
	if c.Joint == law.Yes {
		imposed += " (" + r.T("line.joint") + ")"
	}
	return []Link{
		{Text: r.judgmentTitle(b.File), Href: r.URL("cases/" + url.PathEscape(b.File.Case))}, {Text: b.Defendant}, court,
		{Text: once(locale.Date(r.Lang, b.File.Date) + ", " + r.keyText(figure.Instance, b.File.Instance.String()))},
		{Text: r.offenceText(c.Charged)}, {Text: r.offenceText(c.Convicted)}, {Text: imposed}, {Text: r.found(&c.Finding)},
	}
}

// pageLinks lead to the page before and the page after.
func (r *Request) pageLinks(q figure.Query, page figure.Page) []Link {
	var out []Link
	to := func(key string, number int) {
		if number >= 1 && number <= page.Pages {
			out = append(out, Link{Text: r.T(key, "n", number, "of", page.Pages), Href: r.rowsURL(q) + "&page=" + strconv.Itoa(number)})
		}
	}
	to("rows.before", page.Number-1)
	to("rows.after", page.Number+1)
	return out
}

func rowsJSON(r *Request) (any, error) {
	_, q, counts, page, err := r.askedRows()
	if err != nil {
		return nil, err
	}
	return api.NewRows(r.Head("rows"), q, counts, r.list(page.Total, (page.Number-1)*figure.PageSize, figure.PageSize)), nil
}

// rowsWhole sends every count behind a figure.
func rowsWhole(r *Request, send func(*api.Sheet) error) error {
	of, err := r.reading()
	if err != nil {
		return err
	}
	q, err := figure.Parse(r.Query)
	if err != nil {
		return r.wrongParam(err)
	}
	ids, err := of.figures.AllRows(q)
	if err != nil {
		return r.wrongParam(err)
	}
	for first := true; first || len(ids) > 0; first = false {
		n := min(partRows, len(ids))
		counts, err := of.figures.Counts(r.Context(), r.Public(), ids[:n])
		if err != nil {
			return err
		}
		if err := send(api.RowsSheet(counts)); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}
