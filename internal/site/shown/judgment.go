package shown

import (
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/internal/view"
	"fener/period"
)

// Instance names the level of a court.
func Instance(r *page.Request, i record.Instance) string {
	key := "instance." + i.String()
	return page.Capital(r.T(key))
}

// JudgmentName names a judgment within its case: "First instance, 29 April 2013".
func JudgmentName(r *page.Request, j *view.JudgmentFile) string {
	if j.Date.IsZero() {
		return Instance(r, j.Instance)
	}
	return Instance(r, j.Instance) + ", " + r.Dated(j.Date)
}

// CourtOf names a judgment's court.
func CourtOf(r *page.Request, j *view.JudgmentFile) page.Link {
	if j.Court == "" {
		return page.Link{}
	}
	return CourtLink(r, j.CourtName, j.Court)
}

// Person names a defendant, who has initials or a number.
func Person(r *page.Request, label string) string { return r.T("case.defendant", "label", label) }

// Cite is a quotation with the source that it stands in.
func Cite(r *page.Request, cited record.Citation, s record.Source) page.Citation {
	out := page.Citation{Source: page.Link{Text: s.Title, Href: r.URL(SourcePath(cited.Source)), Lang: page.LangOf(s.Language, s.Title)}, Read: true}
	if s.Title == "" {
		out.Source = page.Link{Text: r.T("case.source_unknown")}
	}
	if cited.Quote != "" {
		out.Quote = page.Link{Text: cited.Quote, Lang: page.LangOf(s.Language, cited.Quote)}
	}
	for _, detail := range []page.Link{page.Typed(s.Publisher), {Text: r.Dated(s.Published)}, page.Typed(cited.Place)} {
		if detail.Text != "" {
			out.Details = append(out.Details, detail)
		}
	}
	return out
}

// wholeYear is a date without its month and day.
func wholeYear(d period.Date) period.Date {
	year, err := period.NewDate(d.Year(), 0, 0)
	if err != nil {
		return period.Date{}
	}
	return year
}

// Offence is an offence as a judgment or report gives it, as the provision that it names where it names one, or as the kind of offence that
// its words mean. What nobody recognises stands as it was written.
func Offence(r *page.Request, text string) page.Link {
	pack := r.Law()
	if text == "" || pack == nil {
		return page.Typed(text)
	}
	o := pack.Offence(text)
	if len(o.Refs) == 1 {
		if at := pack.Find(o.Refs[0]); len(at) > 0 {
			link, name := answer.Rule(r, at[0]), at[0].Names
			if groups := o.Groups(); at[0].Offence == "" { // an article without its paragraph says no more than the kind of offence
				if len(groups) != 1 {
					return link
				}
				name = groups[0].Names
			}
			link.Text = name.In(r.Lang) + ", " + link.Text
			return link
		}
		return page.Link{Text: text}
	}
	if groups := o.Groups(); len(groups) == 1 && len(o.Refs) == 0 {
		return page.Link{Text: groups[0].Names.In(r.Lang)}
	}
	return page.Typed(text)
}

// CaseTitle names a case by its numbers, and says so where none is on record.
func CaseTitle(r *page.Request, title string) string {
	if title == "" {
		return r.T("case.no_number")
	}
	return title
}
