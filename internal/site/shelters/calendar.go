package shelters

import (
	"slices"
	"strconv"
	"strings"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/page/chart"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
	"fener/period"
)

// looks are the looks of the states of days.
var looks = map[coverage.State]chart.DayState{coverage.NotKnown: chart.DayUnknown, coverage.Without: chart.DayWithout, coverage.Promised: chart.DayPromised,
	coverage.OtherMeans: chart.DayOther, coverage.Bridged: chart.DayBridged, coverage.Paid: chart.DayPaid, coverage.Disputed: chart.DayDisputed}

// look is how a span is drawn.
func look(span *coverage.Span) (state chart.DayState, unsure bool) {
	if span.Maybe() {
		return chart.DayMaybe, false
	}
	return looks[span.State], !span.Sure && span.State != coverage.NotKnown && span.State != coverage.Disputed
}

// stateWords is how a span stands, in words.
func stateWords(r *page.Request, span *coverage.Span) string {
	if span.Maybe() {
		return r.T("shelters.state.maybe")
	}
	state := "shelters.state." + span.State.String()
	return r.T(state)
}

// leapYear is a year with every day, by which the columns of a year are counted: months then stand under each other.
const leapYear = 2000

// column is the place of a day in a year; -1 for none.
func column(d period.Date) int {
	_, month, day := d.Parts()
	return between(dayIn(leapYear, 1, 1), dayIn(leapYear, month, day))
}

func dayIn(year, month, day int) period.Date {
	d, err := period.NewDate(year, month, day)
	if err != nil { // 29 February of a year that has none
		return period.Date{}
	}
	return d
}

func between(from, to period.Date) int {
	n, ok := from.DaysUntil(to)
	if !ok {
		return -1
	}
	return n
}

// yearSpan is a whole year, or several.
func yearSpan(first, last int) (from, to period.Date) {
	return dayIn(first, 1, 1), dayIn(last, 12, 31)
}

// runsOf are spans as runs of columns, those that look alike drawn as one.
func runsOf(spans []coverage.Span, at func(period.Date) int) []chart.Run {
	var out []chart.Run
	for i := range spans {
		state, unsure := look(&spans[i])
		run := chart.Run{From: at(spans[i].From), To: at(spans[i].To), State: state, Unsure: unsure, Shut: chart.Shutting(spans[i].Closed)}
		if n := len(out); n > 0 {
			last := &out[n-1]
			if last.State == run.State && last.Unsure == run.Unsure && last.Shut == run.Shut {
				last.To = run.To
				continue
			}
		}
		out = append(out, run)
	}
	return out
}

// years parts a strip into years; years of which nothing is told and that follow each other are one.
type years struct {
	First, Last int
	Name        string // what the row is called, where it is not called by its years
	Strip       *coverage.Strip
	Blank       bool
}

func (y *years) label() string {
	if y.Name != "" {
		return y.Name
	}
	return reads.SpanOfYears(y.First, y.Last)
}

// id is the place of the years on the page.
func (y *years) id() string { return "y" + strconv.Itoa(y.First) }

// silent tells whether no source says anything at all of the years.
func (y *years) silent() bool {
	return y.Blank && !slices.ContainsFunc(y.Strip.Spans, func(span coverage.Span) bool { return len(span.Why) > 0 })
}

func yearsOf(strip *coverage.Strip) []years {
	var out []years
	if len(strip.Spans) == 0 {
		return nil
	}
	for year := strip.Spans[0].From.Year(); year <= strip.Spans[len(strip.Spans)-1].To.Year(); year++ {
		part := strip.Between(yearSpan(year, year))
		one := years{First: year, Last: year, Strip: part, Blank: part.Blank()}
		if n := len(out); n > 0 && one.silent() && out[n-1].silent() {
			out[n-1].Last = year
			out[n-1].Strip = strip.Between(yearSpan(out[n-1].First, year))
			continue
		}
		out = append(out, one)
	}
	return out
}

// monthTicks are months, each with the column at which it begins. letters is how many of its name stand; 0 for all.
func monthTicks(r *page.Request, months, start []int, letters int) []chart.StripTick {
	var out []chart.StripTick
	year := " " + locale.Date(r.Lang, reads.YearDate(leapYear))
	for i, m := range months {
		name := []rune(strings.TrimSuffix(locale.Date(r.Lang, monthIn(leapYear, m)), year))
		if letters > 0 && len(name) > letters {
			name = name[:letters]
		}
		out = append(out, chart.StripTick{Column: start[i], Name: string(name), Short: strconv.Itoa(m)})
	}
	return out
}

func monthIn(year, month int) period.Date {
	d, err := period.NewDate(year, month, 0)
	if err != nil {
		return period.Date{}
	}
	return d
}

// calendar is the chart of a shelter's days: years as rows, days as columns. The words are those of the page, which lead to each year; nil for a picture
// that leads nowhere.
func calendar(r *page.Request, title, says string, parts []years, asked period.Date, words *words) page.Chart {
	s := &chart.Strip{Words: chart.Words{ID: "calendar", Title: title, Says: says}, Columns: 366}
	var months, starts []int
	for m := 1; m <= 12; m++ {
		months, starts = append(months, m), append(starts, column(dayIn(leapYear, m, 1)))
	}
	s.Ticks = monthTicks(r, months, starts, 3)
	for i := range parts {
		y := &parts[i]
		row := chart.StripRow{Label: y.label(), Href: words.href(y), Says: r.T("shelters.to_year", "year", y.label()), Pick: -1}
		if y.Blank {
			row.Runs = []chart.Run{{To: 365}}
		} else {
			row.Runs = runsOf(y.Strip.Spans, column)
		}
		if year := asked.Year(); year >= y.First && year <= y.Last && year > 0 {
			row.Pick = column(asked)
		}
		s.Rows = append(s.Rows, row)
	}
	s.Fit()
	c := page.Chart{ID: "calendar", Title: title, Says: says, Top: true, Key: key(r, s.Rows), AsOf: asOf(r), Source: sourceOfDays(r)}
	if words != nil {
		c.Picture = s.Linked()
	} else {
		c.Picture = s.SVG()
	}
	return c
}

// sourceOfDays says where the states of days come from.
func sourceOfDays(r *page.Request) page.Link { return page.Link{Text: r.T("shelters.source")} }

// key says what the marks of a strip mean: those that stand in it, and no others.
func key(r *page.Request, rows []chart.StripRow) []page.KeyLine {
	used := map[chart.DayState]bool{}
	shut := map[chart.Shutting]bool{}
	unsure := chart.DayUnknown
	for _, row := range rows {
		for _, run := range row.Runs {
			used[run.State], shut[run.Shut] = true, true
			if run.Unsure {
				unsure = run.State
			}
		}
	}
	var out []page.KeyLine
	for _, state := range coverage.States() {
		words := "shelters.key." + state.String()
		if state == coverage.NotKnown && used[chart.DayMaybe] {
			out = append(out, page.KeyLine{Mark: chart.StripKey(chart.DayMaybe, false), Text: r.T("shelters.key.maybe")})
		}
		if used[looks[state]] {
			out = append(out, page.KeyLine{Mark: chart.StripKey(looks[state], false), Text: r.T(words)})
		}
	}
	if used[chart.DayMixed] {
		out = append(out, page.KeyLine{Mark: chart.StripKey(chart.DayMixed, false), Text: r.T("shelters.key.mixed")})
	}
	if unsure != chart.DayUnknown {
		out = append(out, page.KeyLine{Mark: chart.StripKey(unsure, true), Text: r.T("shelters.key.unsure")})
	}
	if shut[chart.Shut] {
		out = append(out, page.KeyLine{Mark: chart.ShutKey(chart.Shut), Text: r.T("shelters.key.closed")})
	}
	if shut[chart.MaybeShut] {
		out = append(out, page.KeyLine{Mark: chart.ShutKey(chart.MaybeShut), Text: r.T("shelters.key.perhaps_closed")})
	}
	return out
}

// overview is the chart of several shelters: each a row, the years beside each other.
func overview(r *page.Request, of *reads.Shelters, ids []string, title, says string, linked bool) page.Chart {
	from, to := yearSpan(of.First, of.Last)
	s := &chart.Strip{Words: chart.Words{ID: "overview", Title: title, Says: says}, Columns: between(from, to) + 1, Over: true}
	for year := of.First; year <= of.Last; year++ {
		s.Ticks = append(s.Ticks, chart.StripTick{Column: between(from, dayIn(year, 1, 1)), Name: strconv.Itoa(year), Short: "’" + strconv.Itoa(year)[2:]})
	}
	for _, id := range ids {
		name := named(r, of, id)
		row := chart.StripRow{Label: name.Text, Href: name.Href, Pick: -1}
		row.Runs = runsOf(of.Strip(id, from, to).Spans, func(d period.Date) int { return between(from, d) })
		s.Rows = append(s.Rows, row)
	}
	s.Fit()
	c := page.Chart{ID: "overview", Title: title, Says: says, Top: true, Key: key(r, s.Rows), AsOf: asOf(r), Source: sourceOfDays(r)}
	if linked {
		c.Picture = s.Linked()
	} else {
		c.Picture = s.SVG()
	}
	return c
}

// daysText is the first and the last day of a span.
func daysText(r *page.Request, span *coverage.Span) string {
	return shown.SpanText(r, period.Span{From: span.From, To: span.To})
}

// keyOf is the mark of a state of days.
func keyOf(state coverage.State) page.KeyLine {
	return page.KeyLine{Mark: chart.StripKey(looks[state], false)}
}
