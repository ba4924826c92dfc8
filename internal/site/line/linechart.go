// Package line draws the line and the dots: every sentence on record by year and length, beside the minimum of the law in force.
package line

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"fener/internal/page"
	"fener/internal/page/chart"
	"fener/internal/site/answer"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// mostListed is how many sentences the table behind the line and the dots lists one by one; more are summed up by year.
const mostListed = 40

// LineChart is the line and the dots: every recorded sentence against the law in force on the day of the offence.
func LineChart(r *page.Request, of *reads.Reading, reported []reportedTotal) page.Chart {
	return of.Line(r.Lang, func() page.Chart { return drawLine(r, of, reported) })
}

func drawLine(r *page.Request, of *reads.Reading, reported []reportedTotal) page.Chart {
	all := of.Sentences
	limits := TraffickingLimits(r.Law())
	l := &chart.Lines{Lines: lawLines(r, limits)}
	for i := range all {
		if s := &all[i]; s.Drawn() {
			l.Dots = append(l.Dots, s.Dot())
		}
	}
	for _, t := range reported {
		l.Reported = append(l.Reported, t.block)
	}
	l.First, l.Last = axisYears(limits, l, of.Changed.Year())
	says := compared(r, all)
	l.Words = chart.Words{ID: "line", Title: r.T("line.title"), Says: says}
	l.Sum = sumUp(r, all)
	l.LinesWords.Unit, l.Unread, l.Life = r.T("line.unit"), r.T("line.unread"), law.Limit{State: law.LimitLife}.Text(r.Lang)
	l.Lanes[chart.Suspended], l.Lanes[chart.FineOnly] = r.T("line.suspended"), r.T("line.fine_only")
	l.LinesWords.Reported = r.T("line.reported")
	c := page.Chart{
		ID: "line", Title: l.Title, Says: says, Picture: l.SVG(), Key: lineKey(r, l), Notes: lineNotes(r, all, l),
		Table: lineTable(r, all), Source: page.Link{Text: r.T("line.source"), Href: r.URL("sentences")}, AsOf: shown.AsOf(r, of),
		Downloads: []page.Link{{Text: "JSON", Href: r.URL("sentences.json")}, {Text: "CSV", Href: r.URL("sentences.csv")}},
	}
	if !l.Enough() {
		c.Picture, c.Key = "", nil
		return c
	}
	c.Downloads = append(c.Downloads, r.PicturesOf("sentences", nil)...)
	return c
}

// sumUp is the picture in one line: how many of the sentences that could be compared lie below their minimum.
func sumUp(r *page.Request, all []reads.Sentence) string {
	c := reads.Compare(all)
	if c.Below+c.Not == 0 { // none below of none compared would read as good news
		return r.T("line.sum_none")
	}
	return r.T("line.sum", "below", c.Below, "n", c.Below+c.Not)
}

// compared says how many sentences could be compared with the minimum of the law, and how many lie below it.
func compared(r *page.Request, all []reads.Sentence) string {
	c := reads.Compare(all)
	if c.Below+c.Not == 0 {
		return r.T("line.says_none", "n", len(all), "open", c.Open)
	}
	return r.T("line.says", "n", len(all), "compared", c.Below+c.Not, "below", c.Below, "open", c.Open)
}

// axisYears are the first and last year of the picture: from the first law to the last change of the record, and whatever lies outside them.
func axisYears(of []limits, l *chart.Lines, changed int) (first, last int) {
	last = changed
	take := func(year int) {
		if year == 0 {
			return
		}
		if first == 0 || year < first {
			first = year
		}
		last = max(last, year)
	}
	for _, limit := range of {
		take(InForce(limit.Provision).From.Year())
	}
	for _, d := range l.Dots {
		take(d.At.Year())
	}
	for _, t := range l.Reported {
		take(t.From.Year())
		take(t.To.Year())
	}
	return first, last
}

// lineKey says what the marks in the picture mean; marks that do not occur are left out.
func lineKey(r *page.Request, l *chart.Lines) []page.KeyLine {
	if l.Dense() {
		return []page.KeyLine{
			{Mark: chart.DenseKey(true), Text: r.T("line.key_below")}, {Mark: chart.DenseKey(false), Text: r.T("line.key_dense")},
		}
	}
	var out []page.KeyLine
	for _, k := range []struct {
		standing chart.Standing
		text     string
	}{
		{chart.Below, r.T("line.key_below")}, {chart.Meets, r.T("line.key_meets")},
		{chart.Open, r.T("line.key_open")}, {chart.Other, r.T("line.key_other")},
	} {
		if slices.ContainsFunc(l.Dots, func(d chart.Dot) bool { return d.Standing == k.standing }) {
			out = append(out, page.KeyLine{Mark: chart.Key(k.standing, false), Text: k.text})
		}
	}
	if slices.ContainsFunc(l.Dots, func(d chart.Dot) bool { return d.Joint }) {
		out = append(out, page.KeyLine{Mark: chart.Key(chart.Meets, true), Text: r.T("line.key_joint")})
	}
	return out
}

// lineNotes say what must be known to read the picture.
func lineNotes(r *page.Request, all []reads.Sentence, l *chart.Lines) []string {
	notes := []string{r.T("line.how"), r.T("line.gap")}
	if l.Dense() {
		notes = append(notes, r.T("line.dense"))
	}
	if slices.ContainsFunc(l.Lines[0].Segments, func(s chart.Segment) bool { return s.Doubtful }) {
		notes = append(notes, r.T("line.star"))
	}
	if n := len(all) - len(l.Dots); n > 0 {
		notes = append(notes, r.T("line.not_drawn", "n", n))
	}
	return notes
}

// lineTable is the picture's data: each sentence, or the sentences of each year where they are many.
func lineTable(r *page.Request, all []reads.Sentence) page.Table {
	t := page.Table{ID: "line-table", Caption: r.T("line.table"), Empty: r.T("error.no_data.says")}
	if len(all) > mostListed {
		return lineTableByYear(r, t, all)
	}
	t.Columns = []page.Column{{Head: r.T("line.case")}, {Head: r.T("line.day")}, {Head: r.T("line.imposed")}, {Head: r.T("line.minimum")},
		{Head: r.T("line.floor")}, {Head: r.T("line.finding")}}
	for i := range all {
		t.Rows = append(t.Rows, sentenceRow(r, &all[i]))
	}
	return t
}

func sentenceRow(r *page.Request, s *reads.Sentence) []page.Link {
	imposed := answer.Imposed(r, s.Sentence.Law())
	if s.Joint == law.Yes {
		imposed += " (" + r.T("line.joint") + ")"
	}
	minimum, floor := s.Finding.Minimum.Text(r.Lang), s.Finding.Floor.Text(r.Lang)
	finding := answer.Found(r, &s.Finding)
	if s.Standing == chart.Other {
		finding = r.T("line.another") + "; " + finding
	}
	day := locale.Date(r.Lang, s.At)
	if s.ByJudgment {
		day += " (" + r.T("line.by_judgment") + ")"
	}
	return []page.Link{
		{Text: s.Defendant, Href: r.URL("cases/" + url.PathEscape(s.Case))}, {Text: day}, {Text: imposed}, {Text: minimum}, {Text: floor}, {Text: finding},
	}
}

// yearSum is what the sentences of one year come to.
type yearSum struct {
	year                       int
	n, suspended, fined, joint int
	reads.Comparison
	terms []period.Length
}

func sumByYear(all []reads.Sentence) []yearSum {
	byYear := map[int]*yearSum{}
	for i := range all {
		s := &all[i]
		y := byYear[s.At.Year()]
		if y == nil {
			y = &yearSum{year: s.At.Year()}
			byYear[y.year] = y
		}
		y.n++
		y.Add(s)
		switch {
		case s.Lane == chart.Suspended:
			y.suspended++
		case s.Lane == chart.FineOnly:
			y.fined++
		case s.Sentence.Imprisonment.State == law.ForTerm:
			y.terms = append(y.terms, s.Sentence.Imprisonment.Term)
		}
		if s.Joint == law.Yes {
			y.joint++
		}
	}
	var out []yearSum
	for _, y := range byYear {
		slices.SortFunc(y.terms, func(a, b period.Length) int { return cmp.Compare(a.NominalDays(), b.NominalDays()) })
		out = append(out, *y)
	}
	slices.SortFunc(out, func(a, b yearSum) int { return a.year - b.year })
	return out
}

func lineTableByYear(r *page.Request, t page.Table, all []reads.Sentence) page.Table {
	number := func(key string) page.Column { return page.Column{Head: r.T(key), Number: true} }
	t.Columns = []page.Column{{Head: r.T("line.year")}, number("line.sentences"), number("line.below"), number("line.open"), number("line.lowest"),
		number("line.highest"), number("line.suspended"), number("line.fine_only"), number("line.joint")}
	for _, y := range sumByYear(all) {
		year := strconv.Itoa(y.year)
		if y.year == 0 {
			year = r.T("content.gap")
		}
		row := []page.Link{{Text: year}}
		add := func(text string) { row = append(row, page.Link{Text: text}) }
		add(locale.Integer(r.Lang, int64(y.n)))
		if y.Below+y.Not > 0 {
			add(locale.Integer(r.Lang, int64(y.Below)))
		} else {
			add("–") // none compared
		}
		add(locale.Integer(r.Lang, int64(y.Open)))
		if len(y.terms) > 0 {
			add(locale.Length(r.Lang, y.terms[0]))
			add(locale.Length(r.Lang, y.terms[len(y.terms)-1]))
		} else {
			add("–")
			add("–")
		}
		for _, n := range []int{y.suspended, y.fined, y.joint} {
			add(locale.Integer(r.Lang, int64(n)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
