package shelters

import (
	"html/template"
	"maps"
	"net/url"
	"slices"
	"strconv"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/page/chart"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/locale"
	"fener/period"
)

// yearPart is a year's days in words.
type yearPart struct {
	ID, Label string
	Says      string // of a year of which nothing is told
	Runs      []dayRun
}

// dayRun is a run of days that stand alike.
type dayRun struct {
	Mark   template.HTML
	When   string
	Length string
	State  string
	Notes  []string // not sure, closed
	Why    []reason
	More   string // how many reasons are not listed
}

// mostReasons is how many reasons a run of days lists.
const mostReasons = 10

// reason is what tellings say of days, and the ways to those that say so.
type reason struct {
	Says string
	To   []page.Link
}

// wordsRows is how many runs of days a page tells in words.
const wordsRows = 40

// toldDays is a run of days to be told in words: one that is told alike, or years of which nothing is.
type toldDays struct {
	Year *years
	Span *coverage.Span // nil where no source says anything
}

// runsInWords are the runs of days of years to be told in words.
func runsInWords(parts []years) []toldDays {
	var out []toldDays
	for i := range parts {
		y := &parts[i]
		if y.silent() {
			out = append(out, toldDays{Year: y})
			continue
		}
		spans := y.Strip.Spans
		for first := 0; first < len(spans); {
			next := first + 1
			for next < len(spans) && alike(&spans[first], &spans[next]) {
				next++
			}
			one := spans[first]
			for _, more := range spans[first+1 : next] {
				one.To, one.Days, one.Sure = more.To, one.Days+more.Days, one.Sure && more.Sure
			}
			one.Why = whyOf(spans[first:next])
			out, first = append(out, toldDays{y, &one}), next
		}
	}
	return out
}

// whyOf are the reasons of runs that are told as one, each once.
func whyOf(spans []coverage.Span) []coverage.Why {
	if len(spans) == 1 {
		return spans[0].Why
	}
	var out []coverage.Why
	seen := map[coverage.Why]bool{}
	for i := range spans {
		for _, why := range spans[i].Why {
			if !seen[why] {
				seen[why] = true
				out = append(out, why)
			}
		}
	}
	return out
}

// words are the days in words of a page that shows a part of them.
type words struct {
	runs  []toldDays
	n     int // the part that the page shows, from 0
	query url.Values
	at    map[*years]int // on which part each year begins
}

// newWords are the words of years, of which a page shows one part.
func newWords(r *page.Request, parts []years, n int) *words {
	w := &words{runs: runsInWords(parts), n: n, at: map[*years]int{}, query: maps.Clone(r.Query)}
	for i, run := range w.runs {
		if _, has := w.at[run.Year]; !has {
			w.at[run.Year] = i / wordsRows
		}
	}
	w.query.Del("day")
	return w
}

// shown are the days of the page's part in words.
func (w *words) shown(r *page.Request, list *tellings) []yearPart {
	return inWords(r, page.Part(w.runs, w.n*wordsRows, wordsRows), list)
}

// href leads to where a year's words begin, on this page or on another part of it; nowhere from a picture.
func (w *words) href(y *years) string {
	if w == nil {
		return ""
	}
	at, has := w.at[y]
	switch {
	case !has:
		return ""
	case at == w.n:
		return "#" + y.id()
	}
	w.query.Set("page", strconv.Itoa(at+1))
	return "?" + w.query.Encode() + "#" + y.id()
}

// inWords are the days of one part in words, year by year.
func inWords(r *page.Request, runs []toldDays, list *tellings) []yearPart {
	var out []yearPart
	for i, run := range runs {
		if i == 0 || runs[i-1].Year != run.Year {
			out = append(out, yearPart{ID: run.Year.id(), Label: run.Year.label()})
		}
		part := &out[len(out)-1]
		if run.Span == nil {
			part.Says = r.T("shelters.blank")
		} else {
			part.Runs = append(part.Runs, newRun(r, run.Span, list))
		}
	}
	return out
}

// alike tells whether two runs of days can be told as one. Where one of them begins or ends is not known to the day, that is said of both.
func alike(a, b *coverage.Span) bool {
	sa, _ := look(a)
	sb, _ := look(b)
	return sa == sb && a.Closed == b.Closed
}

func newRun(r *page.Request, span *coverage.Span, list *tellings) dayRun {
	state, unsure := look(span)
	run := dayRun{Mark: chart.StripKey(state, unsure), When: daysText(r, span), Length: r.T("shelters.days", "n", span.Days), State: stateWords(r, span), Notes: notes(r, span)}
	for i, why := range span.Why {
		if i == mostReasons {
			run.More = r.T("shelters.more_reasons", "n", len(span.Why)-i)
			break
		}
		says, to := saysOf(r, why), page.Link{Text: "[" + strconv.Itoa(list.number(why.Thing)) + "]", Href: list.href(why.Thing)}
		at := slices.IndexFunc(run.Why, func(other reason) bool { return other.Says == says })
		if at < 0 {
			at = len(run.Why)
			run.Why = append(run.Why, reason{Says: says})
		}
		run.Why[at].To = append(run.Why[at].To, to)
	}
	return run
}

// notes are what else must be known of a run of days.
func notes(r *page.Request, span *coverage.Span) []string {
	var out []string
	if _, unsure := look(span); unsure {
		out = append(out, r.T("shelters.unsure"))
	}
	switch span.Closed {
	case coverage.MaybeClosed:
		out = append(out, r.T("shelters.perhaps_closed"))
	case coverage.WasClosed:
		out = append(out, r.T("shelters.was_closed"))
	}
	return out
}

// saysOf is what a telling says of days, in words.
func saysOf(r *page.Request, why coverage.Why) string {
	key := "shelters.says." + why.Says.String()
	text := r.T(key)
	if why.Perhaps {
		text = r.T("shelters.perhaps", "what", text)
	}
	return text
}

// answered is the answer to: why is this day so?
type answered struct {
	Day    string
	Mark   template.HTML
	State  string
	Notes  []string
	Why    []explained
	Around string // the run of days in which it lies
}

// explained is a telling that bears on the day, with its source and quotation.
type explained struct {
	Says  string
	Of    string // the group of which it is told
	Quote page.Citation
}

// explain answers why a day of a shelter is as it is.
func explain(r *page.Request, of *reads.Shelters, strip *coverage.Strip, day period.Date) *answered {
	span := strip.Day(day)
	if span == nil {
		return &answered{Day: locale.Date(r.Lang, day), State: r.T("shelters.state.not_known"), Notes: []string{r.T("shelters.outside")}, Mark: chart.StripKey(chart.DayUnknown, false)}
	}
	state, unsure := look(span)
	a := &answered{Day: locale.Date(r.Lang, day), Mark: chart.StripKey(state, unsure), State: stateWords(r, span), Notes: notes(r, span)}
	if span.Days > 1 {
		a.Around = page.OneStop(r.T("shelters.around", "days", daysText(r, span), "n", span.Days))
	}
	for _, why := range span.Why {
		e := explained{Says: page.Capital(saysOf(r, why))}
		if why.Group != "" {
			e.Of = named(r, of, why.Group).Text
		}
		if t := reads.TellingOf(of.Thing(why.Thing)); t != nil {
			e.Quote = cited(r, of, t)
		}
		a.Why = append(a.Why, e)
	}
	return a
}

// tellings are those that bear on a shelter, numbered in the order in which they are listed, and where each stands.
type tellings struct {
	place map[record.Thing]int
	path  string // of the page that lists them
}

// toldRows is how many tellings a page lists; their quotations are long.
const toldRows = 15

func newTellings(r *page.Request, list []record.Thing, path string) *tellings {
	t := &tellings{map[record.Thing]int{}, r.URL(path)}
	for i, one := range list {
		t.place[one] = i + 1
	}
	return t
}

func (t *tellings) number(of record.Thing) int { return t.place[of] }

func (t *tellings) anchor(of record.Thing) string { return "t" + strconv.Itoa(t.place[of]) }

// href leads to a telling.
func (t *tellings) href(of record.Thing) string {
	at := t.path
	if n := (t.place[of] - 1) / toldRows; n > 0 {
		at += "?page=" + strconv.Itoa(n+1)
	}
	return at + "#" + t.anchor(of)
}
