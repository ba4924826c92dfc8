package commitments

import (
	"slices"

	"fener/internal/page"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/talk"
)

// mostOnFront is how many commitments the first page names.
const mostOnFront = 3

// Front is what the first page says of what was promised in public: how it stands all together, and the next dates or, where none comes, those that passed
// last; nothing where no commitment is on record.
func Front(r *page.Request) (says []string, dated []page.Link, err error) {
	of, err := reads.CommitmentsIfAny(r)
	if err != nil || of == nil {
		return nil, nil, err
	}
	var coming, passed []reads.Commitment
	for _, c := range of.List {
		switch c.Standing.Timing {
		case talk.NotDue:
			coming = append(coming, c)
		case talk.Overdue:
			passed = append(passed, c)
		}
	}
	slices.Reverse(passed)
	for _, c := range append(coming[:min(len(coming), mostOnFront)], passed[:min(len(passed), mostOnFront)]...) {
		if len(dated) == mostOnFront {
			break
		}
		link := shown.CommitmentLink(r, &c)
		link.Tail = " (" + shown.TimingText(r, c.Standing.Timing) + ": " + shown.DueText(r, c.Commitment).Text + ")"
		dated = append(dated, link)
	}
	return sums(r, of.List), dated, nil
}
