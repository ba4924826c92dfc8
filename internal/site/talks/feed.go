package talks

import (
	"slices"
	"time"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/talk"
)

// fed is how much news the feed holds.
const fed = 40

// news is a talk that was announced, or what became of it.
type news struct {
	at time.Time
	page.FeedEntry
}

// talksFeed tells of every talk that comes onto the record and of every change of one, the latest first.
func talksFeed(r *page.Request) (*page.Feed, error) {
	list, _, err := chosen(r)
	if err != nil {
		return nil, err
	}
	var all []news
	for _, t := range list {
		for i := range t.Revisions {
			all = append(all, newsOf(r, t, i))
		}
	}
	slices.SortStableFunc(all, func(a, b news) int { return b.at.Compare(a.at) })
	updated := time.Unix(0, 0)
	if len(all) > 0 {
		updated = all[0].at
	}
	f := r.Feed("Fener: "+r.T("talks.title"), r.T("talks.lede"), updated)
	for i := range all[:min(len(all), fed)] {
		f.Entries = append(f.Entries, all[i].FeedEntry)
	}
	return f, nil
}

// newsOf tells of one revision of a talk: its stage, its time and place, and, after the first, why it was changed.
func newsOf(r *page.Request, t *reads.Talk, n int) news {
	rev := &t.Revisions[n]
	then := reads.Talk{ID: t.ID, Talk: rev.Talk, Course: talk.CourseOf(bodies(t.Revisions[:n+1]))}
	where, _ := rev.Talk.Place.Names.In(r.Lang)
	why := ""
	if n > 0 {
		why = rev.Why
	}
	return news{rev.At, page.FeedEntry{ID: page.FeedID("talk", t.ID, n), Title: shown.StageName(r, &then) + ": " + title(r.Lang, &then), Updated: page.FeedTime(rev.At),
		Summary: joined(" | ", joined(" ", notes(r, &then)...), whenOf(r, &then), joined(", ", where, rev.Talk.Place.Address), why),
		Link:    &page.FeedLink{Rel: "alternate", Type: "text/html", Href: r.Absolute(r.URL(shown.TalkPath(t.ID)))}}}
}

func bodies(list []reads.TalkRevision) []*record.Talk {
	out := make([]*record.Talk, 0, len(list))
	for i := range list {
		out = append(out, list[i].Talk)
	}
	return out
}
