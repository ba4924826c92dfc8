package commitments

import (
	"slices"
	"time"

	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/talk"
	"fener/locale"
	"fener/period"
)

const (
	ahead = 30 // so many days before a date the feed tells of it
	fed   = 60 // entries at most
)

// news is something that the feed tells.
type news struct {
	at    time.Time
	title string
	says  string
	id    []any
	of    *reads.Commitment
}

// feed tells what falls due, what has passed its date, and what evidence was confirmed.
func feed(r *page.Request) (*page.Feed, error) {
	var all []news
	of, list, _, err := choice(r)
	if err != nil && !page.IsNoData(err) {
		return nil, err
	}
	day, err := r.Day()
	if err != nil {
		return nil, err
	}
	for i := range list {
		c := &list[i]
		all = append(all, dates(r, c, day)...)
		all = append(all, confirmed(r, of, c)...)
	}
	slices.SortStableFunc(all, func(a, b news) int { return b.at.Compare(a.at) })
	f := r.Feed("Fener: "+r.T("commitments.title"), r.T("commitments.feed_says"), time.Unix(0, 0))
	for i, n := range all[:min(len(all), fed)] {
		if i == 0 {
			f.Updated = page.FeedTime(n.at)
		}
		what := shown.CommitmentLink(r, n.of)
		f.Entries = append(f.Entries, page.FeedEntry{ID: page.FeedID(n.id...), Title: n.title + ": " + what.Text, Updated: page.FeedTime(n.at), Summary: n.says,
			Link: &page.FeedLink{Rel: "alternate", Type: "text/html", Href: r.Absolute(what.Href)}})
	}
	return f, nil
}

// dates are what the feed tells of the date that was said first: that it comes near, and that it has passed without evidence that it was kept. What came
// onto the record later is told of from that day on.
func dates(r *page.Request, c *reads.Commitment, day period.Date) (list []news) {
	if c.By.IsZero() {
		return nil
	}
	due := c.By.Last()
	since := func(d period.Date) time.Time {
		if at := d.Time(); at.After(c.Entry.At) {
			return at
		}
		return c.Entry.At
	}
	says := page.OneStop(r.T("commitments.feed_due", "by", locale.DateAfter(r.Lang, due)))
	if c.Standing.Timing == talk.NotDue && !due.AddDays(-ahead).After(day) {
		list = append(list, news{since(due.AddDays(-ahead)), r.T("commitments.feed_near"), says, []any{"commitment due", c.ID, c.By.String()}, c})
	}
	if c.Standing.Timing == talk.Overdue {
		list = append(list, news{since(due.AddDays(1)), shown.TimingText(r, talk.Overdue), says + " " + timingWhy(r, c), []any{"commitment overdue", c.ID, c.By.String()}, c})
	}
	return list
}

// confirmed are the readings of evidence that two people stand behind.
func confirmed(r *page.Request, of *reads.Commitments, c *reads.Commitment) (list []news) {
	all := slices.Clone(c.Standing.Earlier)
	if c.Standing.By != nil {
		all = append(all, *c.Standing.By)
	}
	for i := range all {
		entry := of.At[all[i].ID]
		says, _ := all[i].Reading.In(r.Lang)
		list = append(list, news{entry.At, shown.EvidenceText(r, talk.Supports(all[i].Supports)), says, []any{"outcome", all[i].ID, entry.Rev}, c})
	}
	return list
}
