package shelters

import (
	"html/template"
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

// inWords are the days of a strip in words, year by year.
func inWords(r *page.Request, parts []years, list *tellings) []yearPart {
	var out []yearPart
	for i := range parts {
		y := &parts[i]
		part := yearPart{ID: y.id(), Label: y.label()}
		if y.silent() {
			part.Says = r.T("shelters.blank")
			out = append(out, part)
			continue
		}
		var spans []coverage.Span
		for _, span := range y.Strip.Spans {
			if n := len(spans); n > 0 && alike(&spans[n-1], &span) {
				spans[n-1].To, spans[n-1].Days, spans[n-1].Sure = span.To, spans[n-1].Days+span.Days, spans[n-1].Sure && span.Sure
				spans[n-1].Why = joinWhy(spans[n-1].Why, span.Why)
				continue
			}
			spans = append(spans, span)
		}
		for k := range spans {
			part.Runs = append(part.Runs, newRun(r, &spans[k], list))
		}
		out = append(out, part)
	}
	return out
}

// alike tells whether two runs of days can be told as one. Where one of them begins or ends is not known to the day, that is said of both.
func alike(a, b *coverage.Span) bool {
	sa, _ := look(a)
	sb, _ := look(b)
	return sa == sb && a.Closed == b.Closed
}

// joinWhy puts the reasons of runs together that are told as one.
func joinWhy(list, more []coverage.Why) []coverage.Why {
	out := list[:len(list):len(list)]
	for _, why := range more {
		if !slices.Contains(list, why) {
			out = append(out, why)
		}
	}
	return out
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
