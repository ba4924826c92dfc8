package line

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/page/chart"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/view"
)

// reportedTotal is a total that a source states, with its place in the picture.
type reportedTotal struct {
	record.Observation
	id    string
	block chart.Reported
}

var reportedLanes = map[string]chart.Lane{reads.ReportedSuspended: chart.Suspended, reads.ReportedFined: chart.FineOnly, reads.ReportedConvicted: chart.None}

// Reported reads the totals of sentences and convictions that sources state. Those whose quotation could not be verified, or that
// give no number or no year, are left out.
func Reported(r *page.Request) ([]reportedTotal, error) {
	var out []reportedTotal
	for offset := 0; ; offset += view.MaxLimit {
		things, total, err := r.Public().Things(r.Context(), record.ObservationKind, view.Page{Offset: offset, Limit: view.MaxLimit})
		if err != nil {
			return nil, fmt.Errorf("reading what was reported: %w", err)
		}
		for i := range things {
			t := reportedTotal{id: things[i].ID}
			if things[i].Gone != view.Standing || len(things[i].Body) == 0 {
				continue
			}
			if err := record.Decode(things[i].Body, &t.Observation); err != nil {
				return nil, fmt.Errorf("reading observation %q: %w", t.id, err)
			}
			lane, known := reportedLanes[t.Indicator]
			if _, stated := t.Value.Number(); !known || !stated || t.Doubtful || t.From.IsZero() {
				continue
			}
			t.block = chart.Reported{From: t.From, To: t.To, Lane: lane, Value: t.Value.Text}
			out = append(out, t)
		}
		if offset+view.MaxLimit >= total {
			break
		}
	}
	slices.SortStableFunc(out, func(a, b reportedTotal) int { return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.id, b.id)) })
	return out, nil
}

// ReportedTable lists the totals that the picture draws as blocks, each with its source.
func ReportedTable(r *page.Request, reported []reportedTotal) (page.Table, error) {
	t := page.Table{ID: "reported", Caption: r.T("line.reported_table"), Note: r.T("line.reported_note"), Columns: []page.Column{
		{Head: r.T("figure.period")}, {Head: r.T("line.reported_what")}, {Head: r.T("figures.value"), Number: true}, {Head: r.T("figure.counted_by")}, {Head: r.T("figure.source")},
	}}
	for _, o := range reported {
		source, err := r.Public().BareSource(r.Context(), o.Citation.Source)
		if errors.Is(err, view.ErrNotFound) || errors.Is(err, view.ErrGone) {
			continue // a total without a source is not shown
		}
		if err != nil {
			return t, fmt.Errorf("reading the source of what was reported: %w", err)
		}
		in := page.LangOf(source.Source.Language, o.Citation.Quote)
		if !strings.ContainsFunc(o.Value.Text, unicode.IsLetter) { // a number is in no language
			in = ""
		}
		t.Rows = append(t.Rows, []page.Link{{Text: shown.SpanText(r, o.Span())}, {Text: shown.IndicatorName(r, o.Indicator), Href: r.URL(shown.ObservationPath(&evidence.Observation{ID: o.id, Observation: o.Observation}))}, {Text: o.Value.Text, Lang: in, Quiet: true}, page.Typed(o.CountedBy),
			{Text: source.Source.Title, Href: r.URL("sources/" + url.PathEscape(o.Citation.Source)), Lang: page.LangOf(source.Source.Language, source.Source.Title)}})
	}
	return t, nil
}

// Coverage says for each reported total of convictions in one year how many are on record.
func Coverage(r *page.Request, of *reads.Reading, reported []reportedTotal) []page.Summary {
	var out []page.Summary
	for _, t := range reported {
		year := t.From.Year()
		if t.Indicator != reads.ReportedConvicted || !t.To.IsZero() && t.To.Year() != year {
			continue
		}
		out = append(out, page.Summary{
			Term: strconv.Itoa(year),
			Text: page.Link{Text: shown.OnRecord(r, of.Totals.ByYear[year].Convicted, t.Value), Href: r.URL(shown.YearPath(t.Indicator, year))},
		})
	}
	return out
}
