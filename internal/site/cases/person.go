package cases

import (
	"strconv"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/law"
)

var personPage = page.Page{Pattern: "cases/{case}/{judgment}/{person}", Template: "person", Build: buildPerson}

// personContent is what one judgment decided on one person: every count with its finding.
type personContent struct {
	page.Base
	Judgment  string
	Court     page.Link
	Note      string // says which judgment counts instead
	Coarsened bool
	Findings  []answer.Finding
}

func buildPerson(r *page.Request) (page.Content, error) {
	v, c, err := caseFile(r)
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(r.PathValue("judgment"))
	if err != nil || n < 1 || n > len(c.Judgments) {
		return nil, page.NotFoundf("case %q has no judgment %q", c.ID, r.PathValue("judgment"))
	}
	j := &c.Judgments[n-1]
	for k := range j.Files {
		f := &j.Files[k]
		if f.Label != r.PathValue("person") {
			continue
		}
		title := shown.Person(r, f.Label)
		p := &personContent{
			Base: r.Base(title, casesTrail(r), page.Link{Text: shown.CaseTitle(r, c.Title), Href: r.URL(shown.CasePath(c.ID))}, page.Link{
				Text: shown.JudgmentName(r, j), Href: r.URL(shown.CasePath(c.ID)) + "#" + partID(n-1)}),
			Judgment: shown.JudgmentName(r, j), Court: shown.CourtOf(r, j), Coarsened: c.Coarsened,
		}
		p.Base.Title = title + ": " + shown.JudgmentName(r, j)
		if m := shown.Place(c, f.SupersededBy); f.SupersededBy != "" && m > 0 {
			p.Note = page.OneStop(r.T("case.superseded", "by", shown.JudgmentName(r, &c.Judgments[m-1])))
		}
		p.Findings, err = findings(r, v, c, n-1, f)
		return p, err
	}
	return nil, page.NotFoundf("judgment %d of case %q has no defendant %q", n, c.ID, r.PathValue("person"))
}

// findings are the counts of one person in one judgment, each explained.
func findings(r *page.Request, v *view.View, c *view.CaseFile, i int, f *view.DefendantFile) ([]answer.Finding, error) {
	j := &c.Judgments[i]
	var out []answer.Finding
	for k := range f.Counts {
		one, err := finding(r, v, j, c, f, k, countID(i, f.Label, k))
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func finding(r *page.Request, v *view.View, j *view.JudgmentFile, c *view.CaseFile, f *view.DefendantFile, k int, id string) (answer.Finding, error) {
	count := &f.Counts[k]
	title := shown.Person(r, f.Label)
	if len(f.Counts) > 1 {
		title = r.T("case.count", "person", title, "n", k+1)
	}
	out := answer.Finding{ID: id, Title: page.Link{Text: title}}
	out.Offences = []page.Summary{{Term: r.T("case.charged"), Text: shown.Offence(r, count.Charged)}, {Term: r.T("case.convicted"), Text: shown.Offence(r, count.Convicted)}}
	if count.Verdict != law.Convicted && count.Verdict != law.VerdictUnknown {
		out.Offences[1].Text = page.Link{Text: page.Capital(count.Verdict.Text(r.Lang))}
	}
	out.Offences = append(out.Offences, page.Summary{Term: r.T("method.imposed"), Text: page.Link{Text: page.Capital(imposedOn(r, &count.Count))}})
	if committed := answer.Committed(r, count.From, count.To); committed != "" {
		out.Offences = append(out.Offences, page.Summary{Term: r.T("method.committed"), Text: page.Link{Text: committed}})
	}
	if count.Quote != "" || count.Source != "" {
		if s, ok := c.Sources[count.Source]; ok {
			quoted := shown.Cite(r, record.Citation{Source: count.Source, Place: count.Place, Quote: count.Quote}, s)
			out.Quote = &quoted
		} else if count.Quote != "" {
			out.Quote = quoteOf(r, j, c, count)
		}
	}
	if count.Finding.Problem != "" {
		out.Outcomes, out.Says = answer.Badges(r, count.Finding.Outcomes), r.T("case.says_problem")
		return out, nil
	}
	given, err := v.Explain(j, &count.Count)
	if err != nil {
		return out, err
	}
	out.Explain(r, count.Joint, &given)
	return out, nil
}

// quoteOf is a count's quotation from the judgment's own first source.
func quoteOf(r *page.Request, j *view.JudgmentFile, c *view.CaseFile, count *view.CountFile) *page.Citation {
	cited := record.Citation{Place: count.Place, Quote: count.Quote}
	if len(j.Citations) > 0 {
		cited.Source = j.Citations[0].Source
	}
	q := shown.Cite(r, cited, c.Sources[cited.Source])
	return &q
}

// imposedOn is what was imposed for a count; a verdict without a sentence says itself.
func imposedOn(r *page.Request, c *record.Count) string {
	if text := answer.Imposed(r, c.Sentence.Law()); text != "" {
		return text
	}
	if c.Verdict == law.Convicted || c.Verdict == law.VerdictUnknown {
		return r.T("report.not_on_record")
	}
	return c.Verdict.Text(r.Lang)
}
