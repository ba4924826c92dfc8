package shown

import (
	"slices"
	"strings"
	"unicode"

	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/locale"
)

// Stated is a value in the words of its source, which stay as they are. What is no number stands in quotation marks.
func Stated(r *page.Request, set *evidence.Set, o *evidence.Observation) page.Link {
	l := page.Link{Text: StatedText(r, o.Value), Quiet: true}
	if o.Value.Kind != record.HeldBack && strings.ContainsFunc(l.Text, unicode.IsLetter) {
		l.Lang = locale.Tongue(o.Citation.Quote)
		if src := set.Source(o.Citation.Source); src != nil {
			l.Lang = page.LangOf(src.Language, o.Citation.Quote)
		}
	}
	if o.Value.Kind == record.InWords {
		l.Text = "“" + l.Text + "”"
	}
	return l
}

// StatedText is a value in the words of its source; of one that is held back, that it is.
func StatedText(r *page.Request, v record.Stated) string {
	if v.Kind == record.HeldBack {
		return r.T("reported.held_back", "n", record.SmallUnder)
	}
	return v.Text
}

// CarePart is the place on the method page that says which figures of victims are held back.
const CarePart = "method#victims"

// Marks say what must be known of a value before it is read as a number.
func Marks(r *page.Request, set *evidence.Set, o *evidence.Observation) []string {
	var out []string
	if o.Retelling {
		out = append(out, r.T("reported.retelling"))
	}
	switch o.Value.Kind {
	case record.Fewer:
		out = append(out, r.T("reported.fewer"))
	case record.MoreThan:
		out = append(out, r.T("reported.more_than"))
	case record.NoMore:
		out = append(out, r.T("reported.at_most"))
	case record.NoFewer:
		out = append(out, r.T("reported.at_least"))
	case record.About:
		out = append(out, r.T("reported.about"))
	case record.InWords:
		out = append(out, r.T("reported.in_words"))
	case record.HeldBack:
		out = append(out, r.T("reported.held_says"))
	}
	for _, id := range o.Restates {
		if earlier := set.Observation(id); earlier != nil {
			out = append(out, page.OneStop(r.T("reported.restates", "value", StatedText(r, earlier.Value), "period", SpanText(r, earlier.Span()))))
		}
	}
	for _, other := range set.Observations(evidence.Series{Indicator: o.Indicator, Place: o.Place}) {
		if slices.Contains(other.Restates, o.ID) {
			out = append(out, r.T("reported.restated", "value", StatedText(r, other.Value)))
		}
	}
	return out
}

// SaidTable lists observations, one in each row.
func SaidTable(r *page.Request, set *evidence.Set, id, caption string, list []*evidence.Observation) page.Table {
	t := page.Table{ID: id, Caption: caption, Empty: r.T("error.no_data.says"), Columns: []page.Column{
		{Head: r.T("figure.period")}, {Head: r.T("figures.value"), Number: true}, {Head: r.T("reported.counted")}, {Head: r.T("figure.counted_by")},
		{Head: r.T("reported.published")}, {Head: r.T("figure.source")}, {Head: r.T("reported.quote"), Wide: true}, {Head: r.T("figures.note"), Wide: true},
	}}
	for _, o := range list {
		when := page.Link{Text: SpanText(r, o.Span()), Href: r.URL(ObservationPath(o))}
		if when.Text == "" {
			when = page.Link{Text: r.T("reported.no_period")}
		}
		counted := page.Typed(o.Counted)
		counted.Lead = UnitName(r, o.Unit)
		if o.Counted != "" {
			counted.Lead += ": "
		} else if counted.Lead != "" {
			counted.Text, counted.Lead = counted.Lead, ""
		}
		quote := page.Link{Text: o.Citation.Quote, Lang: locale.Tongue(o.Citation.Quote)}
		if src := set.Source(o.Citation.Source); src != nil {
			quote.Lang = page.LangOf(src.Language, o.Citation.Quote)
		}
		note := strings.Join(Marks(r, set, o), " ")
		if o.Doubtful {
			note = strings.TrimSpace(r.T("reported.doubtful") + " " + note)
		}
		said := page.Link{Text: page.Dashed(note)}
		if o.Value.Kind == record.HeldBack {
			said.Href = r.URL(CarePart)
		}
		t.Rows = append(t.Rows, []page.Link{when, Stated(r, set, o), counted, InstitutionNamed(r, o.CountedBy), {Text: page.Dashed(r.Dated(o.Published))},
			SourceCited(r, set, o.Citation), quote, said})
	}
	return t
}

// SubjectTable is SaidTable with what each observation is of, for lists of several indicators. So that it has room on a screen, when a figure was published stands with
// its source, what is to be said of it with its quotation, and values, of which no two are of one thing, may be broken into lines.
func SubjectTable(r *page.Request, set *evidence.Set, id, caption string, list []*evidence.Observation) page.Table {
	t := SaidTable(r, set, id, caption, list)
	c := t.Columns
	c[1].Number = false
	t.Columns = []page.Column{{Head: r.T("reported.what")}, c[0], c[1], c[2], c[3], c[5], c[6]}
	for i, o := range list {
		row := t.Rows[i]
		published, source, quote, note := row[4], row[5], row[6], row[7]
		if published.Text != page.Dashed("") && source.Text != "" {
			source.Tail += " (" + published.Text + ")"
		}
		switch {
		case note.Text == page.Dashed(""):
		case quote.Text == "":
			quote = note
		default:
			quote.Tail += " [" + note.Text + "]"
		}
		t.Rows[i] = append([]page.Link{{Text: IndicatorName(r, o.Indicator), Href: r.URL(SeriesPath(o.Indicator))}}, row[0], row[1], row[2], row[3], source, quote)
	}
	return t
}

// IndicatorsOf are the indicators of which something was reported, in order.
func IndicatorsOf(set *evidence.Set) []string {
	var out []string
	for _, key := range set.AllSeries() {
		if !slices.Contains(out, key.Indicator) {
			out = append(out, key.Indicator)
		}
	}
	return out
}

// SeriesRows is how many observations a page of a series lists; their quotations are long.
const SeriesRows = 10
