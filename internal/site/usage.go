package site

import (
	"fener/internal/api"
	"fener/internal/view"
	"fener/law"
)

// maxUsage is how many sentences the page of a provision shows.
const maxUsage = 30

// usage is the table of what was imposed under a provision; nil where the site has no record.
func (r *Request) usage(of *law.Provision) (*Table, error) {
	v := r.Public()
	if v == nil {
		return nil, nil
	}
	u, err := v.Usage(r.Context(), of.Ref.String(), view.Page{Limit: maxUsage})
	if err != nil {
		return nil, err
	}
	names, _, err := r.courtNames()
	if err != nil {
		return nil, err
	}
	t := &Table{ID: "usage", Caption: r.T("provision.usage_found", "n", u.Total), Empty: r.T("provision.usage_none"), Columns: []Column{
		{Head: r.T("case.person")}, {Head: r.T("cases.court")}, {Head: r.T("provision.usage_date")}, {Head: r.T("method.imposed")}, {Head: r.T("cases.findings")},
	}}
	if u.Total == 0 {
		t.Caption = r.T("provision.usage_caption")
	}
	for i := range u.Counts {
		c := &u.Counts[i]
		court := Link{}
		if c.Court != "" {
			court = r.courtLink(names[c.Court], c.Court)
		}
		imposed := r.imposed(c.Sentence.Law())
		if imposed == "" && c.Verdict != law.Convicted && c.Verdict != law.VerdictUnknown {
			imposed = c.Verdict.Text(r.Lang)
		}
		if c.Superseded {
			imposed += " (" + r.T("provision.usage_superseded") + ")"
		}
		t.Rows = append(t.Rows, []Link{
			{Text: r.person(c.Defendant), Href: r.URL(api.CasePath(c.Case))}, court, {Text: r.dated(c.Date)},
			{Text: capital(imposed)}, {Text: r.found(&c.Finding)},
		})
	}
	if len(u.Counts) < u.Total {
		t.Note = r.T("provision.usage_more", "n", len(u.Counts))
	}
	return t, nil
}
