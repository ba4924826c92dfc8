package commitments

import (
	"net/url"
	"strings"

	"fener/internal/page"
	"fener/internal/page/chart"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/talk"
	"fener/locale"
)

const path = "commitments"

var commitmentsPage = page.Page{
	Pattern: path, Data: "commitments.title", Template: "commitments", Nav: "commitments.title", Params: append(chosenBy, "sort", "page"), Build: buildCommitments, Also: page.Daily, Neutral: true,
	JSON:  page.DocumentOf(listData),
	Parts: whole, Atom: feed, Picture: picture, Embed: "embed/" + path,
}

var chartEmbed = page.EmbedPage("embed/"+path, picture)

// listContent lists commitments, and says before how they stand all together.
type listContent struct {
	page.Base
	State  *page.State
	Sum    []string
	Chart  *page.Chart
	Facets []page.Facet
	Table  page.Table
	Pager  page.Pager
	Ways   []page.Link
}

func buildCommitments(r *page.Request) (page.Content, error) {
	p := &listContent{Base: r.Base(r.T("commitments.title"))}
	p.Description = r.T("commitments.lede")
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	of, list, facets, err := choice(r)
	if err != nil && !page.IsNoData(err) {
		return nil, err
	}
	if of == nil || len(of.List) == 0 {
		state := r.NoData()
		p.State = &state
		p.WithoutEmbed()
		return p, nil
	}
	p.Facets, p.Sum = facets, sums(r, list)
	if c := standingChart(r, of); len(r.Query) == 0 && c.Picture != "" {
		c.Top, c.Downloads = true, r.PictureLinks()
		p.Chart, p.Card = &c, r.CardOf(path)
	} else if c.Picture == "" {
		p.WithoutEmbed()
	}
	p.Table = shown.CommitmentsTable(r, page.Part(list, window.Offset, window.Limit), r.T("commitments.found", "n", len(list)), true)
	p.Pager = r.Pager(r.Pattern(), window, len(list))
	query := url.Values{}
	for _, param := range chosenBy {
		if v := r.Query.Get(param); v != "" {
			query.Set(param, v)
		}
	}
	atom := r.URL(path) + ".atom"
	if len(query) > 0 {
		atom += "?" + query.Encode()
	}
	p.Ways = []page.Link{{Text: r.T("commitments.method"), Href: r.URL(methodPath)}, {Text: r.T("commitments.feed"), Href: atom}}
	return p, nil
}

// counts are how commitments stand, by each answer.
type counts struct {
	supports map[talk.Supports]int
	timing   map[talk.Timing]int
	alone    int // of which only single persons read evidence
	back     int
}

func count(list []reads.Commitment) counts {
	n := counts{map[talk.Supports]int{}, map[talk.Timing]int{}, 0, 0}
	for i := range list {
		st := &list[i].Standing
		n.supports[st.Supports]++
		n.timing[st.Timing]++
		if st.Supports == talk.NothingRead && len(st.Alone) > 0 {
			n.alone++
		}
		if st.Back {
			n.back++
		}
	}
	return n
}

// sums say how commitments stand all together: what evidence supports, and apart from it how they stand to their dates. What nobody has confirmed is told
// apart, so that it cannot be read as what evidence supports.
func sums(r *page.Request, list []reads.Commitment) []string {
	if len(list) == 0 {
		return nil
	}
	n := count(list)
	read := len(list) - n.supports[talk.NothingRead]
	out := []string{r.T("commitments.sum", "n", len(list))}
	if read > 0 {
		out = append(out, r.T("commitments.sum_supports", "n", read, "kept", n.supports[talk.Kept], "partly", n.supports[talk.Partly], "not_kept", n.supports[talk.NotKept],
			"cannot", n.supports[talk.CannotCheck]))
	}
	if n.back > 0 {
		out = append(out, r.T("commitments.sum_back", "n", n.back))
	}
	if n.alone > 0 {
		out = append(out, r.T("commitments.sum_alone", "n", n.alone))
	}
	if none := n.supports[talk.NothingRead] - n.alone; none > 0 {
		out = append(out, r.T("commitments.sum_none", "n", none))
	}
	if n.timing[talk.Overdue] > 0 {
		out = append(out, r.T("commitments.sum_overdue", "n", n.timing[talk.Overdue]))
	}
	return out
}

// standingChart draws how many commitments stand how.
func standingChart(r *page.Request, of *reads.Commitments) page.Chart {
	n, all := count(of.List), len(of.List)
	says := r.T("commitments.chart_says", "n", all)
	c := page.Chart{ID: "standing", Title: r.T("commitments.chart"), Says: says, AsOf: asOf(r), Source: page.Link{Text: r.T("commitments.source")}}
	c.Table = page.Table{ID: "standing-table", Caption: c.Title, Columns: []page.Column{{Head: r.T("commitments.supports")}, {Head: r.T("commitments.title"), Number: true}}}
	if n.supports[talk.NothingRead] == all { // one bar of what nobody knows is no picture
		return c
	}
	b := &chart.Bars{Words: chart.Words{ID: c.ID, Title: c.Title, Says: says}, Ticks: [3]string{"0", "", locale.Integer(r.Lang, int64(all))}}
	for _, s := range talk.AllSupports {
		text := locale.Integer(r.Lang, int64(n.supports[s]))
		b.Bars = append(b.Bars, chart.Bar{Label: shown.SupportsText(r, s), Value: float64(n.supports[s]) / float64(all), Exact: true, Says: text})
		row := page.Link{Text: shown.SupportsText(r, s), Href: r.URL(path) + "?supports=" + string(s)}
		c.Table.Rows = append(c.Table.Rows, []page.Link{row, {Text: text}})
	}
	if n.alone > 0 {
		c.Notes = append(c.Notes, r.T("commitments.sum_alone", "n", n.alone))
	}
	c.Picture = b.SVG()
	return c
}

func picture(r *page.Request) (page.Chart, error) {
	of, err := reads.CommitmentsOnRecord(r)
	if err != nil {
		return page.Chart{}, err
	}
	return standingChart(r, of), nil
}

// asOf is the day of the record's last change.
func asOf(r *page.Request) string {
	changed, err := r.Changed()
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(r.Dated(changed), ".") // a full stop follows
}
