package shelters

import (
	"cmp"
	"slices"
	"strconv"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
)

// number is a whole number as the language writes it.
func number(r *page.Request, n int) string { return locale.Integer(r.Lang, int64(n)) }

// share is a part of all in per cent.
func share(r *page.Request, part, all int) string {
	return locale.Percent(r.Lang, float64(part)/float64(all))
}

// calls are those that a funder held, or all where want is nil, in the order of their dates; those without a date come last.
func calls(r *page.Request, of *reads.Shelters, want func(funder string) bool) []string {
	var list []record.Thing
	for id, c := range of.Calls() {
		if want == nil || slices.ContainsFunc(c.Funders, want) {
			list = append(list, record.Thing{Kind: record.CallKind, ID: id})
		}
	}
	sortThings(of, list)
	var ids []string
	for _, t := range list {
		ids = append(ids, t.ID)
	}
	return ids
}

// succeeds tells which body took over what another did.
func succeeds(r *page.Request) func(string) string {
	all, err := reads.Institutions(r)
	if err != nil {
		return nil
	}
	return func(funder string) string {
		if in := all[shown.FunderID(r, funder)]; in != nil {
			return in.Successor
		}
		return ""
	}
}

// callsTable lists calls: when each was planned, when it came, and how late it was. It is the part of the list that the page n shows, from 0.
func callsTable(r *page.Request, of *reads.Shelters, ids []string, n int) page.Table {
	t := page.Table{ID: "calls", Caption: r.T("shelters.calls_found", "n", len(ids)), Empty: r.T("shelters.no_calls"), Columns: []page.Column{{Head: r.T("shelters.call")}, {Head: r.T("shelters.funder")},
		{Head: r.T("shelters.planned")}, {Head: r.T("shelters.opened")}, {Head: r.T("shelters.decided")}, {Head: r.T("shelters.delay")}}}
	for _, id := range ids[min(n*callRows, len(ids)):min((n+1)*callRows, len(ids))] {
		c := of.Call(id)
		t.Rows = append(t.Rows, []page.Link{callLink(r, of, id), funders(r, c.Funders), {Text: r.Dated(c.Planned)}, {Text: openedText(r, c)}, {Text: r.Dated(c.Decided)},
			{Text: band(r, openingDelay(of, id, succeeds(r)))}})
	}
	return t
}

// openingDelay is the delay by which a call is judged: against its plan, else against the day on which the time that it funds began; nil where neither is known.
func openingDelay(of *reads.Shelters, id string, succeeds func(string) string) *coverage.Delay {
	list := of.Delays(id, succeeds)
	for _, against := range []string{"plan", "period"} {
		for i := range list {
			if list[i].Step == "opened" && list[i].Against == against {
				return &list[i]
			}
		}
	}
	return nil
}

// bands are those that delays fall into: the least number of days of each.
var bands = []struct {
	least int
	key   string
}{{91, "shelters.band.quarter"}, {31, "shelters.band.months"}, {1, "shelters.band.month"}}

// band is the band that a delay falls into, in words.
func band(r *page.Request, d *coverage.Delay) string { return r.T(bandKey(d)) }

func bandKey(d *coverage.Delay) string {
	switch {
	case d == nil:
		return "shelters.band.unknown"
	case d.Never:
		return "shelters.band.never"
	case d.Most <= 0:
		return "shelters.band.in_time"
	case d.Least <= 0:
		return "shelters.band.open"
	}
	for _, b := range bands {
		if d.Least >= b.least {
			return b.key
		}
	}
	return "shelters.band.unknown"
}

// delayText is a delay in days, as exactly as its dates allow.
func delayText(r *page.Request, d *coverage.Delay) string {
	switch {
	case d.Never:
		return r.T("shelters.band.never")
	case d.Least == 0 && d.Most == 0:
		return r.T("shelters.delay_none")
	case d.Least == d.Most && d.Least > 0:
		return r.T("shelters.delay_late", "n", d.Least)
	case d.Least == d.Most:
		return r.T("shelters.delay_early", "n", -d.Least)
	case d.Least > 0:
		return r.T("shelters.delay_late_between", "least", number(r, d.Least), "n", d.Most)
	case d.Most < 0:
		return r.T("shelters.delay_early_between", "least", number(r, -d.Most), "n", -d.Least)
	}
	return r.T("shelters.delay_either", "early", number(r, -d.Least), "n", d.Most)
}

var callPage = page.Page{
	Pattern: "calls/{call}", Template: "call", Params: []string{"page"}, Build: buildCall,
	Addresses: func(r *page.Request, from, n int) ([]string, int, error) {
		return addresses(r, from, n, func(of *reads.Shelters) (paths []string) {
			for id := range of.Calls() {
				paths = append(paths, shown.CallPath(id))
			}
			return paths
		})
	},
	JSON: page.DocumentOf(callData),
	CSV:  page.RowsOf(callData),
}

// callContent is one call: its steps, how late each was, what came of it, and which times without money it made.
type callContent struct {
	page.Base
	Summary []page.Summary
	Doubt   string
	Delays  page.Table
	Told    []telling
	Pager   page.Pager
	Quote   page.Citation
	Note    page.Link
	Changed []shown.HistoryEntry
}

func callOf(r *page.Request) (*reads.Shelters, string, *record.Call, error) {
	of, err := reads.Told(r)
	if err != nil {
		return nil, "", nil, err
	}
	id := r.PathValue("call")
	c := of.Call(id)
	if c == nil {
		return nil, "", nil, shown.Absent(r, record.CallKind, id)
	}
	return of, id, c, nil
}

func buildCall(r *page.Request) (page.Content, error) {
	of, id, c, err := callOf(r)
	if err != nil {
		return nil, err
	}
	window, err := r.Paging()
	if err != nil {
		return nil, err
	}
	name, n := callLink(r, of, id), window.Offset/page.PageSize
	p := &callContent{Base: r.Base(name.Text, trail(r)...), Quote: cited(r, of, &c.Telling)}
	p.Description = r.T("shelters.call_lede", "name", name.Text)
	text := func(key, words string) page.Summary {
		return page.Summary{Term: r.T(key), Text: page.Link{Text: words}}
	}
	p.Summary = []page.Summary{{Term: r.T("shelters.funder"), Text: funders(r, c.Funders)}, {Term: r.T("shelters.for_whom"), Text: several(r, of, c.Shelters)},
		text("shelters.pays_for", when(r, c.From, c.To)), text("shelters.planned", r.Dated(c.Planned)), text("shelters.opened", openedText(r, c)), text("shelters.call_closed", r.Dated(c.Closed)),
		text("shelters.decided", r.Dated(c.Decided)), text("shelters.step.called", amount(r, c.Amount))}
	if c.Doubtful {
		p.Doubt = r.T("shelters.doubtful")
	}
	if c.Note != "" {
		p.Note = page.Link{Text: c.Note, Lang: locale.EN}
	}
	p.Delays = delaysTable(r, of, of.Delays(id, succeeds(r)))
	list := ofCall(of, id)
	all := newTellings(r, list, shown.CallPath(id))
	p.Pager = r.PagerOf(shown.CallPath(id), n+1, pagesOf(len(list), toldRows))
	for _, t := range part(list, n, toldRows) {
		one := newTelling(r, of, t, coverage.Bearing{Thing: t}, all)
		if shelters := reads.SheltersOf(of.Thing(t)); len(shelters) > 0 {
			one.Facts = append([]page.Summary{{Term: r.T("shelters.for_whom"), Text: several(r, of, shelters)}}, one.Facts...)
		}
		p.Told = append(p.Told, one)
	}
	p.Changed, err = shown.Corrections(r, record.CallKind, id)
	return p, err
}

// delaysTable lists delays, each against what it is counted.
func delaysTable(r *page.Request, of *reads.Shelters, list []coverage.Delay) page.Table {
	t := page.Table{ID: "delays", Caption: r.T("shelters.delays"), Empty: r.T("shelters.no_delays"), Note: r.T("shelters.delays_note"), Columns: []page.Column{{Head: r.T("shelters.which_step")},
		{Head: r.T("shelters.against")}, {Head: r.T("shelters.due")}, {Head: r.T("shelters.came")}, {Head: r.T("shelters.delay")}}}
	for i := range list {
		d := &list[i]
		against := page.Link{Text: word(r, "shelters.against."+d.Against)}
		if d.Other != "" && of.Call(d.Other) != nil {
			against.Href = callLink(r, of, d.Other).Href
		}
		came := r.Dated(d.On)
		if d.Never {
			came = r.T("shelters.not_held")
		}
		t.Rows = append(t.Rows, []page.Link{{Text: word(r, "shelters.did."+d.Step)}, against, {Text: r.Dated(d.Due)}, {Text: came}, {Text: delayText(r, d)}})
	}
	return t
}

// ofCall are the tellings that name a call: applications, grants, times without money and closures.
func ofCall(of *reads.Shelters, id string) []record.Thing {
	var list []record.Thing
	seen := map[record.Thing]bool{}
	for shelter := range of.Shelters() {
		for _, b := range of.Bearings(shelter) {
			if b.Group == "" && !seen[b.Thing] && callNamed(of, b.Thing) == id {
				seen[b.Thing] = true
				list = append(list, b.Thing)
			}
		}
	}
	sortThings(of, list)
	return list
}

func callNamed(of *reads.Shelters, t record.Thing) string {
	switch b := of.Thing(t).(type) {
	case *record.Application:
		return b.Call
	case *record.Grant:
		return b.Call
	case *record.Closure:
		return b.Call
	case *record.Gap:
		return b.Call
	case *record.Payment:
		if g := of.Grant(b.Grant); g != nil {
			return g.Call
		}
	}
	return ""
}

// bandCounts are how many calls fall into each band, the latest first.
func bandCounts(r *page.Request, of *reads.Shelters, ids []string) []page.Summary {
	n := map[string]int{}
	for _, id := range ids {
		n[bandKey(openingDelay(of, id, succeeds(r)))]++
	}
	var keys []string
	for key := range n {
		keys = append(keys, key)
	}
	order := []string{"shelters.band.never", "shelters.band.quarter", "shelters.band.months", "shelters.band.month", "shelters.band.open", "shelters.band.in_time", "shelters.band.unknown"}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Compare(slices.Index(order, a), slices.Index(order, b)) })
	var out []page.Summary
	for _, key := range keys {
		out = append(out, page.Summary{Term: r.T(key), Text: page.Link{Text: strconv.Itoa(n[key])}})
	}
	return out
}
