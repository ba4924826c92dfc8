package front

import (
	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/talk"
)

// mostTalks is how many talks the first page names.
const mostTalks = 3

// talks are the talks that come next, the nearest first, or where none comes those that were last.
func talks(r *page.Request) (list []page.Link, err error) {
	all, err := reads.Talks(r)
	if err != nil {
		return nil, err
	}
	today, err := r.Day()
	if err != nil {
		return nil, err
	}
	var coming []*reads.Talk
	for i := len(all) - 1; i >= 0; i-- { // the latest day stands first
		if t := all[i]; talk.Ahead(t.Stage, t.Course, today) && t.Stage != "cancelled" {
			coming = append(coming, t)
		}
	}
	if len(coming) == 0 {
		coming = all
	}
	for _, t := range coming[:min(len(coming), mostTalks)] {
		link := shown.TalkLink(r, t)
		if when := shown.DayText(r, t.Course.Shown()); when != "" {
			link.Tail = " (" + when + ")"
		}
		list = append(list, link)
	}
	return list, nil
}
