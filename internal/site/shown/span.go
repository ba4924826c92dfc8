package shown

import (
	"fener/internal/evidence"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
	"fener/locale"
	"fener/period"
)

// SpanText writes a period as far as it is known: "2017", "January – June 2017" with its year at both ends, or its days.
func SpanText(r *page.Request, s period.Span) string {
	if s.IsZero() || s.From.IsZero() {
		return ""
	}
	first, last := s.First(), s.Last()
	if year, whole := reads.WholeYearOf(s); whole {
		return locale.Date(r.Lang, reads.YearDate(year))
	}
	fy, fm, fd := first.Parts()
	ly, lm, ld := last.Parts()
	switch {
	case first == last:
		return locale.Date(r.Lang, first)
	case fm == 1 && fd == 1 && lm == 12 && ld == 31:
		first, last = reads.YearDate(fy), reads.YearDate(ly)
	case fd == 1 && last.AddDays(1).First() == firstOfNext(ly, lm):
		first, last = monthDate(fy, fm), monthDate(ly, lm)
		if first == last {
			return locale.Date(r.Lang, first)
		}
	}
	return locale.Date(r.Lang, first) + " – " + locale.Date(r.Lang, last)
}

func firstOfNext(year, month int) period.Date {
	if month == 12 {
		return monthDate(year+1, 1).First()
	}
	return monthDate(year, month+1).First()
}

func monthDate(year, month int) period.Date {
	d, _ := period.NewDate(year, month, 0) // as yearDate
	return d
}

// SourceCited is the title of a source with the way to it.
func SourceCited(r *page.Request, set *evidence.Set, c record.Citation) page.Link {
	src := set.Source(c.Source)
	if src == nil {
		return page.Link{Text: c.Source}
	}
	return page.Link{Text: SourceTitle(src.Title, c.Source), Href: r.URL("sources/" + page.EscapePath(c.Source)), Lang: page.LangOf(src.Language, src.Title)}
}
