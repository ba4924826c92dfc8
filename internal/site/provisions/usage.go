package provisions

import (
	"fener/internal/page"
	"fener/internal/site/answer"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/law"
)

// maxUsage is how many sentences the page of a provision shows.
const maxUsage = 30

// usage is the table of what was imposed under a provision; nil where the site has no record.
func usage(r *page.Request, of *law.Provision) (*page.Table, error) {
	v := r.Public()
	if v == nil {
		return nil, nil
	}
	u, err := v.Usage(r.Context(), of.Ref.String(), view.Page{Limit: maxUsage})
	if err != nil {
		return nil, err
	}
	names, _, err := reads.CourtNames(r)
	if err != nil {
		return nil, err
	}
	t := &page.Table{ID: "usage", Caption: r.T("provision.usage_found", "n", u.Total), Empty: r.T("provision.usage_none"), Columns: []page.Column{
		{Head: r.T("case.person")}, {Head: r.T("cases.court")}, {Head: r.T("provision.usage_date")}, {Head: r.T("method.imposed")}, {Head: r.T("cases.findings")},
	}}
	if u.Total == 0 {
		t.Caption = r.T("provision.usage_caption")
	}
	for i := range u.Counts {
		c := &u.Counts[i]
		court := page.Link{}
		if c.Court != "" {
			court = shown.CourtLink(r, names[c.Court], c.Court)
		}
		imposed := answer.Imposed(r, c.Sentence.Law())
		if imposed == "" && c.Verdict != law.Convicted && c.Verdict != law.VerdictUnknown {
			imposed = c.Verdict.Text(r.Lang)
		}
		if c.Superseded {
			imposed += " (" + r.T("provision.usage_superseded") + ")"
		}
		t.Rows = append(t.Rows, []page.Link{
			{Text: shown.Person(r, c.Defendant), Href: r.URL(shown.CasePath(c.Case))}, court, {Text: r.Dated(c.Date)},
			{Text: page.Capital(imposed)}, {Text: answer.Found(r, &c.Finding)},
		})
	}
	if len(u.Counts) < u.Total {
		t.Note = r.T("provision.usage_more", "n", len(u.Counts))
	}
	return t, nil
}
