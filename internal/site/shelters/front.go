package shelters

import (
	"strings"

	"fener/internal/coverage"
	"fener/internal/page"
	"fener/internal/site/reads"
)

// mostOnFront is how many shelters the first page draws.
const mostOnFront = 4

// Front is what the first page says of shelters: how much of their days is known, what sources state of their money by its step, and a picture of single shelters;
// nothing where none is on record.
func Front(r *page.Request) (says []string, picture *page.Chart, err error) {
	of, err := reads.ToldIfAny(r)
	if err != nil || of == nil {
		return nil, nil, err
	}
	says = points(r, of)
	if text := stepsOf(r, of.Money()); text != "" {
		says = append(says, text)
	}
	var ids []string
	for _, id := range drawn(r, of) {
		if of.Shelter(id).Means == "one" {
			ids = append(ids, id)
		}
	}
	if ids = mostKnown(of, ids, mostOnFront); len(ids) == 0 {
		return says, nil, nil
	}
	years := reads.SpanOfYears(of.First, of.Last)
	c := overview(r, of, ids, r.T("shelters.overview", "years", years), r.T("shelters.overview_front", "n", len(ids), "years", years), true)
	c.Top, c.Downloads = false, r.PicturesOf(sheltersPath, nil)
	return says, &c, nil
}

// stepsOf says how many sums sources state at each step.
func stepsOf(r *page.Request, sums []coverage.Sum) string {
	n, all := map[string]int{}, 0
	for _, s := range sums {
		n[s.Step] += len(s.Told)
		all += len(s.Told)
	}
	if all == 0 {
		return ""
	}
	var steps []string
	for _, step := range coverage.Steps {
		if n[step] > 0 {
			steps = append(steps, r.T("shelters.point_sums", "count", number(r, n[step]), "step", word(r, "shelters.step."+step)))
		}
	}
	return r.T("home.shelters_sums", "n", all, "steps", strings.Join(steps, ", "))
}
