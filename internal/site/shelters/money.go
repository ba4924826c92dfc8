package shelters

import (
	"strconv"
	"strings"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
)

// moneyTable lists what was told of money: a row for each sum that a source states, by year and step. number gives the place of a telling on the page, and is
// nil where tellings have none.
func moneyTable(r *page.Request, of *reads.Shelters, id, caption string, sums []coverage.Sum, all *tellings) page.Table {
	t := page.Table{ID: id, Caption: caption, Empty: r.T("shelters.no_money"), Columns: []page.Column{
		{Head: r.T("shelters.year")}, {Head: r.T("shelters.step")}, {Head: r.T("shelters.sum"), Number: true}, {Head: r.T("shelters.for_whom")}, {Head: r.T("shelters.funder")},
		{Head: r.T("figure.source")}, {Head: r.T("figures.note"), Wide: true},
	}, Note: r.T("shelters.never_added")}
	count := map[string]int{}
	for _, s := range sums {
		for _, m := range s.Told {
			count[m.Same]++
		}
	}
	for _, s := range sums {
		for _, m := range s.Told {
			t.Rows = append(t.Rows, []page.Link{{Text: yearWords(r, &m)}, {Text: word(r, "shelters.step."+m.Step)}, {Text: amount(r, m.Amount)}, several(r, of, m.Of), funders(r, m.Funders),
				sourceOf(r, of, &m, all), {Text: page.Dashed(strings.Join(moneyNotes(r, &m, count[m.Same]), " "))}})
		}
		if s.Sum != nil && len(s.Told) > 1 {
			total := sum(r, s.Total, s.Currency)
			if s.About {
				total = r.T("shelters.sum_about", "sum", total)
			}
			t.Rows = append(t.Rows, []page.Link{{Text: strconv.Itoa(s.Year)}, {Text: r.T("shelters.together", "step", word(r, "shelters.step."+s.Step))}, {Text: total}, several(r, of, s.Shelters), {Text: "–"}, {Text: "–"}, {Text: r.T("shelters.added")}})
		}
	}
	return t
}

// yearWords is the time for which a sum is told.
func yearWords(r *page.Request, m *coverage.Money) string {
	if text := when(r, m.From, m.To); text != "" {
		return text
	}
	if m.Year > 0 {
		return strconv.Itoa(m.Year)
	}
	return r.T("shelters.no_date")
}

// sourceOf leads to the telling on the page, or to its source where the page has no list of tellings.
func sourceOf(r *page.Request, of *reads.Shelters, m *coverage.Money, all *tellings) page.Link {
	if all != nil {
		if n := all.number(m.Thing); n > 0 {
			return page.Link{Text: "[" + strconv.Itoa(n) + "]", Href: "#" + all.anchor(m.Thing)}
		}
	}
	t := reads.TellingOf(of.Thing(m.Thing))
	if t == nil {
		return page.Link{}
	}
	return cited(r, of, t).Source
}

// moneyNotes are what must be known of a sum before it is read.
func moneyNotes(r *page.Request, m *coverage.Money, same int) []string {
	var out []string
	if m.Unsure {
		out = append(out, r.T("shelters.doubtful"))
	}
	if m.Group != "" {
		if m.Perhaps {
			out = append(out, r.T("shelters.money_perhaps"))
		} else {
			out = append(out, r.T("shelters.money_group"))
		}
	}
	if m.Purpose != "" {
		out = append(out, page.Capital(r.T("shelters.money_for", "purpose", word(r, "shelters.purpose."+m.Purpose))))
	}
	if same > 1 {
		out = append(out, r.T("shelters.money_same"))
	}
	return out
}

// gapLine is a time without money, or a closure, in a sentence.
type gapLine struct {
	Says  string
	Notes []string
	Call  page.Link
	Why   []reason
}

// gapLines are the times without money of a shelter, in words.
func gapLines(r *page.Request, of *reads.Shelters, gaps []coverage.Gap, all *tellings) []gapLine {
	var out []gapLine
	for i := range gaps {
		g := &gaps[i]
		line := gapLine{Says: gapSays(r, g)}
		if g.Bridged {
			line.Notes = append(line.Notes, r.T("shelters.gap_bridged"))
		}
		if g.Perhaps {
			line.Notes = append(line.Notes, r.T("shelters.gap_perhaps"))
		}
		if text := word(r, "shelters.cause."+g.Cause); text != "" {
			line.Notes = append(line.Notes, r.T("shelters.cause_is", "cause", text))
		}
		if g.Call != "" && of.Call(g.Call) != nil {
			line.Call = callLink(r, of, g.Call)
			if g.CallFound {
				line.Notes = append(line.Notes, r.T("shelters.call_computed"))
			}
		}
		for _, why := range g.Told {
			line.Why = append(line.Why, reason{all.number(why.Thing), "#" + all.anchor(why.Thing), ""})
		}
		out = append(out, line)
	}
	return out
}

func gapSays(r *page.Request, g *coverage.Gap) string {
	period := when(r, g.From, g.To)
	switch {
	case g.Yearly:
		return r.T("shelters.gap_says_yearly", "period", period)
	case g.Days == 0:
		return r.T("shelters.gap_says_somewhere", "period", period)
	case g.Kept && g.About:
		return r.T("shelters.gap_says_kept_about", "period", period, "n", g.Days)
	case g.Kept:
		return r.T("shelters.gap_says_kept", "period", period, "n", g.Days)
	case g.About:
		return r.T("shelters.gap_says_about", "period", period, "n", g.Days)
	}
	return r.T("shelters.gap_says", "period", period, "n", g.Days)
}

// closureLines are the closures of a shelter, in words.
func closureLines(r *page.Request, of *reads.Shelters, list []coverage.Closing, all *tellings) []gapLine {
	var out []gapLine
	for i := range list {
		c := &list[i]
		w := c.Closure
		line := gapLine{Says: r.T("shelters.closure_says", "period", when(r, w.From, w.To))}
		if c.Days > 0 {
			line.Says = r.T("shelters.closure_says_days", "period", when(r, w.From, w.To), "n", c.Days)
		}
		for _, f := range withoutFacts(r, &w.Without, page.Link{}) {
			line.Notes = append(line.Notes, page.OneStop(f.Term+": "+f.Text.Text+"."))
		}
		if c.Perhaps {
			line.Notes = append(line.Notes, r.T("shelters.gap_perhaps"))
		}
		if w.Doubtful {
			line.Notes = append(line.Notes, r.T("shelters.doubtful"))
		}
		if w.Call != "" && of.Call(w.Call) != nil {
			line.Call = callLink(r, of, w.Call)
		}
		thing := record.Thing{Kind: record.ClosureKind, ID: c.ID}
		line.Why = []reason{{all.number(thing), "#" + all.anchor(thing), ""}}
		out = append(out, line)
	}
	return out
}
