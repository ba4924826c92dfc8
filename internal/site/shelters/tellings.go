package shelters

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/locale"
	"fener/period"
)

// telling is what one source tells, as a part of a page.
type telling struct {
	N     int
	ID    string
	What  string // what it is of
	When  string
	Facts []page.Summary
	Doubt string
	Note  page.Link
	Quote page.Citation
}

// bearingOn are the tellings that are of a shelter, in the order of their dates; those that say no date come last.
func bearingOn(of *reads.Shelters, id string) ([]record.Thing, map[record.Thing]coverage.Bearing) {
	how := map[record.Thing]coverage.Bearing{}
	var list []record.Thing
	for _, b := range of.Bearings(id) {
		if _, has := how[b.Thing]; !has {
			list = append(list, b.Thing)
		}
		if before, has := how[b.Thing]; !has || before.Group != "" {
			how[b.Thing] = b
		}
	}
	sortThings(of, list)
	return list, how
}

// sortThings puts tellings in the order of their dates.
func sortThings(of *reads.Shelters, list []record.Thing) {
	slices.SortStableFunc(list, func(a, b record.Thing) int {
		da, db := dateOf(of.Thing(a)), dateOf(of.Thing(b))
		if da.IsZero() != db.IsZero() {
			if da.IsZero() {
				return 1
			}
			return -1
		}
		return cmp.Or(da.First().Compare(db.First()), cmp.Compare(a.Kind.Order(), b.Kind.Order()), cmp.Compare(a.ID, b.ID))
	})
}

// dateOf is the day by which a telling stands among others.
func dateOf(body record.Body) period.Date {
	if from, to := reads.Days(body); !from.IsZero() || !to.IsZero() {
		return earliest(from, to)
	}
	switch b := body.(type) {
	case *record.Call:
		return earliest(b.Opened, b.Planned, b.From, b.Closed, b.Decided)
	case *record.Application:
		return b.Date
	case *record.Grant:
		return earliest(b.Signed, b.Decided)
	case *record.Payment:
		return b.Date
	case *record.Event:
		return earliest(b.From, b.To)
	case *record.Service:
		return b.From
	}
	return period.Date{}
}

// earliest is the first of these that is known.
func earliest(dates ...period.Date) period.Date {
	for _, d := range dates {
		if !d.IsZero() {
			return d
		}
	}
	return period.Date{}
}

// newTelling is a telling as a part of a page of the shelter; group is the group of which it is told.
func newTelling(r *page.Request, of *reads.Shelters, t record.Thing, b coverage.Bearing, all *tellings) telling {
	body := of.Thing(t)
	out := telling{N: all.number(t), ID: all.anchor(t)}
	out.What, out.When, out.Facts = factsOf(r, of, t)
	if b.Group != "" {
		key := "shelters.told_of_group"
		if b.Perhaps {
			key = "shelters.told_of_unnamed"
		}
		out.Facts = append(out.Facts, page.Summary{Term: r.T(key), Text: named(r, of, b.Group)})
	}
	if same := sameAs(body); same != "" {
		other := record.Thing{Kind: t.Kind, ID: same}
		if n := all.number(other); n > 0 {
			out.Facts = append(out.Facts, page.Summary{Term: r.T("shelters.same"), Text: page.Link{Text: "[" + strconv.Itoa(n) + "]", Href: all.href(other)}})
		}
	}
	if base := reads.TellingOf(body); base != nil {
		out.Quote = cited(r, of, base)
		if base.Doubtful {
			out.Doubt = r.T("shelters.doubtful")
		}
		if base.Note != "" {
			out.Note = page.Link{Text: base.Note, Lang: locale.EN}
		}
	}
	return out
}

// sameAs is the id of what a telling says again.
func sameAs(body record.Body) string {
	switch b := body.(type) {
	case *record.Grant:
		return b.SameGrant
	case *record.Payment:
		return b.SamePayment
	case *record.Call:
		return b.SameCall
	case *record.Closure:
		return b.SameClosure
	case *record.Gap:
		return b.SameGap
	}
	return ""
}

// factsOf is what a telling is of, when, and what it says.
func factsOf(r *page.Request, of *reads.Shelters, t record.Thing) (what, at string, facts []page.Summary) {
	text := func(key, words string) page.Summary {
		return page.Summary{Term: r.T(key), Text: page.Link{Text: words}}
	}
	link := func(key string, l page.Link) page.Summary { return page.Summary{Term: r.T(key), Text: l} }
	call := func(id string) page.Link {
		if of.Call(id) == nil {
			return page.Link{}
		}
		return callLink(r, of, id)
	}
	switch b := of.Thing(t).(type) {
	case *record.Grant:
		what, at = word(r, "shelters.step."+b.Step), when(r, b.From, b.To)
		facts = summaries(text("shelters.sum", amount(r, b.Amount)), link("shelters.funder", funders(r, b.Funders)), text("shelters.decided", r.Dated(b.Decided)),
			text("shelters.signed", r.Dated(b.Signed)), text("shelters.purpose", word(r, "shelters.purpose."+b.Purpose)), link("shelters.call", call(b.Call)),
			link("shelters.conditions", page.Link{Text: b.Conditions, Lang: locale.EN}))
	case *record.Payment:
		what, at = r.T("shelters.step.paid"), when(r, b.From, b.To)
		facts = summaries(text("shelters.sum", amount(r, b.Amount)), link("shelters.funder", funders(r, b.Funders)), text("shelters.paid_on", r.Dated(b.Date)),
			text("shelters.purpose", word(r, "shelters.purpose."+b.Purpose)))
	case *record.Closure:
		what, at = r.T("shelters.closed"), when(r, b.From, b.To)
		facts = withoutFacts(r, &b.Without, call(b.Call))
	case *record.Gap:
		what, at = r.T("shelters.gap"), when(r, b.From, b.To)
		switch {
		case b.Feared:
			what = r.T("shelters.gap_feared")
		case b.Kept == "open":
			what = r.T("shelters.gap_kept")
		case b.Yearly:
			what = r.T("shelters.gap_yearly")
		}
		facts = append(withoutFacts(r, &b.Without, call(b.Call)), summaries(link("shelters.means", said(r, b.Means)))...)
	case *record.Call:
		what, at = r.T("shelters.call"), when(r, b.From, b.To)
		facts = summaries(link("shelters.name", callLink(r, of, t.ID)), link("shelters.funder", funders(r, b.Funders)), text("shelters.planned", r.Dated(b.Planned)),
			text("shelters.opened", openedText(r, b)))
	case *record.Application:
		what, at = r.T("shelters.step.applied"), r.Dated(b.Date)
		facts = summaries(text("shelters.sum", amount(r, b.Amount)), link("shelters.call", call(b.Call)), text("shelters.outcome", word(r, "shelters.outcome."+b.Outcome)))
	case *record.Event:
		what, at = word(r, "shelters.event."+b.What), when(r, b.From, b.To)
		facts = summaries(link("shelters.happened", said(r, b.Names)), text("shelters.who", who(r, b.Who)))
	case *record.Service:
		what, at = word(r, "shelters.counts."+b.Counts), when(r, b.From, b.To)
		facts = summaries(text("shelters.number", shown.StatedText(r, b.Value)))
	}
	if at == "" {
		at = r.T("shelters.no_date")
	}
	return what, at, facts
}

func who(r *page.Request, list []string) string {
	var names []string
	for _, one := range list {
		names = append(names, shown.InstitutionNamed(r, one).Text)
	}
	return strings.Join(names, "; ")
}

// withoutFacts are how long something lasted, and why.
func withoutFacts(r *page.Request, w *record.Without, call page.Link) []page.Summary {
	long := ""
	if !w.Lasted.IsZero() {
		long = locale.Length(r.Lang, w.Lasted)
		if w.About {
			long = r.T("shelters.about", "length", long)
		}
	}
	some := ""
	if w.Some {
		some = r.T("shelters.some")
	}
	return summaries(page.Summary{Term: r.T("shelters.lasted"), Text: page.Link{Text: long}}, page.Summary{Term: r.T("shelters.cause"), Text: page.Link{Text: word(r, "shelters.cause."+w.Cause)}},
		page.Summary{Term: r.T("shelters.answering"), Text: shown.InstitutionNamed(r, w.Answering)}, page.Summary{Term: r.T("shelters.call"), Text: call},
		page.Summary{Term: r.T("shelters.which"), Text: page.Link{Text: some}})
}

// openedText is when a call opened; that it did not, where a source says so.
func openedText(r *page.Request, c *record.Call) string {
	if c.NotHeld {
		return r.T("shelters.not_held")
	}
	return r.Dated(c.Opened)
}

func callLink(r *page.Request, of *reads.Shelters, id string) page.Link {
	link := shown.CourtName(r, of.Call(id).Names, id)
	link.Href = r.URL(shown.CallPath(id))
	return link
}
