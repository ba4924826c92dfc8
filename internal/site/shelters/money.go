package shelters

import (
	"strconv"
	"strings"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/locale"
	"fener/period"
)

// mostSums is how many sums the page of one shelter lists with their quotations.
const mostSums = 8

// moneyRows is how many sums a page of money lists.
const moneyRows = 25

// moneyTable lists what was told of money: a row for each sum that a source states, by year and step, and one for what can be added up. It is the part of the
// list that the page n shows, from 0, with a column of them in other prices where in asks for it.
func moneyTable(r *page.Request, of *reads.Shelters, sums []coverage.Sum, in constant, n int) page.Table {
	t := page.Table{ID: "money", Caption: r.T("shelters.money_found", "n", told(sums)), Empty: r.T("shelters.no_money"), Columns: in.column(r, []page.Column{
		{Head: r.T("shelters.year")}, {Head: r.T("shelters.step")}, {Head: r.T("shelters.sum"), Number: true}, {Head: r.T("shelters.for_whom")}, {Head: r.T("shelters.funder")},
		{Head: r.T("figure.source")}, {Head: r.T("figures.note"), Wide: true},
	}), Note: r.T("shelters.never_added")}
	count := sameMoney(sums)
	for _, s := range partOf(sums, n*moneyRows, (n+1)*moneyRows) {
		for k := range s.Told {
			m := &s.Told[k]
			n, ok := in.one(m)
			t.Rows = append(t.Rows, in.cell(r, []page.Link{{Text: yearWords(r, m)}, {Text: word(r, "shelters.step."+m.Step)}, {Text: amount(r, m.Amount)}, several(r, of, m.Of), funders(r, m.Funders),
				sourceOf(r, of, m), {Text: page.Dashed(strings.Join(moneyNotes(r, m, count[m.Same]), " "))}}, n, m.Amount.Per, ok))
		}
		if row := added(r, of, &s); row != nil {
			n, ok := in.total(&s)
			t.Rows = append(t.Rows, in.cell(r, row, n, "", ok))
		}
	}
	return t
}

// added is the row of what sums of one step and year come to; nil where there is nothing to add up.
func added(r *page.Request, of *reads.Shelters, s *coverage.Sum) []page.Link {
	if s.Sum == nil {
		return nil
	}
	total := sum(r, s.Total, s.Currency)
	if s.About {
		total = r.T("shelters.sum_about", "sum", total)
	}
	return []page.Link{{Text: wholeYear(r, s.Year)}, {Text: r.T("shelters.together", "step", word(r, "shelters.step."+s.Step))}, {Text: total}, several(r, of, s.Shelters), {Text: "–"}, {Text: "–"},
		{Text: r.T("shelters.added")}}
}

// sameMoney counts the tellings of each sum.
func sameMoney(sums []coverage.Sum) map[string]int {
	count := map[string]int{}
	for _, s := range sums {
		for _, m := range s.Told {
			count[m.Same]++
		}
	}
	return count
}

// sumPart is one sum that a source states, with its quotation.
type sumPart struct {
	When, Step, Sum string
	Added           bool
	Facts           []page.Summary
	Notes           []string
	Quote           page.Citation
}

// sumParts are what was told of a shelter's money, those that tell of one step and year under each other; more are on the page of all tellings.
func sumParts(r *page.Request, of *reads.Shelters, shelter string, sums []coverage.Sum) []sumPart {
	var out []sumPart
	count := sameMoney(sums)
	for _, s := range partOf(sums, 0, mostSums) {
		for k := range s.Told {
			m := &s.Told[k]
			part := sumPart{When: yearWords(r, m), Step: word(r, "shelters.step."+m.Step), Sum: amount(r, m.Amount), Notes: moneyNotes(r, m, count[m.Same])}
			part.Facts = summaries(page.Summary{Term: r.T("shelters.funder"), Text: funders(r, m.Funders)})
			if m.Group != "" {
				part.Facts = append(part.Facts, page.Summary{Term: r.T("shelters.told_of_group"), Text: named(r, of, m.Group)})
			}
			if t := reads.TellingOf(of.Thing(m.Thing)); t != nil {
				part.Quote = cited(r, of, t)
			}
			out = append(out, part)
		}
		if row := added(r, of, &s); row != nil {
			out = append(out, sumPart{When: row[0].Text, Step: row[1].Text, Sum: row[2].Text, Added: true, Notes: []string{r.T("shelters.added")}})
		}
	}
	return out
}

// partOf are the sums from one place of all that are told to another. What is added up, of two or
// more, stands with the last of them.
func partOf(sums []coverage.Sum, from, to int) (part []coverage.Sum) {
	at := 0
	for _, s := range sums {
		n := len(s.Told)
		first, last := clamp(from-at, n), clamp(to-at, n)
		if at += n; first >= last {
			continue
		}
		if last < n || n < 2 {
			s.Sum, s.Total = nil, ""
		}
		s.Told = s.Told[first:last]
		part = append(part, s)
	}
	return part
}

// yearWords is the time for which a sum is told.
func yearWords(r *page.Request, m *coverage.Money) string {
	if text := when(r, m.From, m.To); text != "" {
		return text
	}
	if m.Year > 0 {
		return wholeYear(r, m.Year)
	}
	return r.T("shelters.no_date")
}

// wholeYear is a year by itself, as dates are written.
func wholeYear(r *page.Request, year int) string {
	d, err := period.NewDate(year, 0, 0)
	if err != nil {
		return strconv.Itoa(year)
	}
	return when(r, d, d)
}

// sourceOf is the source of a sum.
func sourceOf(r *page.Request, of *reads.Shelters, m *coverage.Money) page.Link {
	t := reads.TellingOf(of.Thing(m.Thing))
	if t == nil {
		return page.Link{}
	}
	return loud(cited(r, of, t).Source)
}

// loud is a link that says its language to eyes too.
func loud(l page.Link) page.Link {
	l.Quiet = false
	return l
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
	Quote []page.Citation
}

// mostLines is how many times without money, and how many closures, a part of the page of one shelter tells; mostQuotes how many quotations of each.
const (
	mostLines  = 8
	mostQuotes = 3
)

// gapLines are the times without money of a shelter, in words.
func gapLines(r *page.Request, of *reads.Shelters, gaps []coverage.Gap) []gapLine {
	var out []gapLine
	for i := range gaps {
		g := &gaps[i]
		line := gapLine{Says: page.OneStop(gapSays(r, g))}
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
		for _, why := range g.Told[:min(len(g.Told), mostQuotes)] {
			line.Quote = append(line.Quote, cited(r, of, reads.TellingOf(of.Thing(why.Thing))))
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
	case g.Open:
		return r.T("shelters.gap_says_open", "date", locale.DateAfter(r.Lang, g.From))
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
func closureLines(r *page.Request, of *reads.Shelters, list []coverage.Closing) []gapLine {
	var out []gapLine
	for i := range list {
		c := &list[i]
		w := c.Closure
		line := gapLine{Says: page.OneStop(r.T("shelters.closure_says", "period", when(r, w.From, w.To)))}
		if c.Days > 0 {
			line.Says = page.OneStop(r.T("shelters.closure_says_days", "period", when(r, w.From, w.To), "n", c.Days))
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
		line.Quote = []page.Citation{cited(r, of, &w.Telling)}
		out = append(out, line)
	}
	return out
}
