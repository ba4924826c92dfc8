package site

import (
	"strconv"
	"strings"

	"fener/internal/api"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
)

var personPage = Page{Pattern: "cases/{case}/{judgment}/{person}", Template: "person", Build: buildPerson}

// personContent is what one judgment decided on one person: every count with its finding.
type personContent struct {
	Base
	Judgment  string
	Court     Link
	Note      string // says which judgment counts instead
	Coarsened bool
	Findings  []Finding
}

func buildPerson(r *Request) (Content, error) {
	v, c, err := r.caseFile()
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(r.PathValue("judgment"))
	if err != nil || n < 1 || n > len(c.Judgments) {
		return nil, NotFoundf("case %q has no judgment %q", c.ID, r.PathValue("judgment"))
	}
	j := &c.Judgments[n-1]
	for k := range j.Files {
		f := &j.Files[k]
		if f.Label != r.PathValue("person") {
			continue
		}
		title := r.person(f.Label)
		p := &personContent{
			Base: r.Base(title, r.casesTrail(), Link{Text: r.caseTitle(c.Title), Href: r.URL(api.CasePath(c.ID))}, Link{
				Text: r.judgmentName(j), Href: r.URL(api.CasePath(c.ID)) + "#" + partID(n-1)}),
			Judgment: r.judgmentName(j), Court: r.courtOf(j), Coarsened: c.Coarsened,
		}
		p.Base.Title = title + ": " + r.judgmentName(j)
		if m := api.Place(c, f.SupersededBy); f.SupersededBy != "" && m > 0 {
			p.Note = once(r.T("case.superseded", "by", r.judgmentName(&c.Judgments[m-1])))
		}
		p.Findings, err = r.findings(v, c, n-1, f)
		return p, err
	}
	return nil, NotFoundf("judgment %d of case %q has no defendant %q", n, c.ID, r.PathValue("person"))
}

// findings are the counts of one person in one judgment, each explained.
func (r *Request) findings(v *view.View, c *view.CaseFile, i int, f *view.DefendantFile) ([]Finding, error) {
	j := &c.Judgments[i]
	var out []Finding
	for k := range f.Counts {
		one, err := r.finding(v, j, c, f, k, partID(i)+"-"+fileName(f.Label)+"-"+strconv.Itoa(k+1))
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func (r *Request) finding(v *view.View, j *view.JudgmentFile, c *view.CaseFile, f *view.DefendantFile, k int, id string) (Finding, error) {
	count := &f.Counts[k]
	title := r.person(f.Label)
	if len(f.Counts) > 1 {
		title = r.T("case.count", "person", title, "n", k+1)
	}
	out := Finding{ID: id, Title: Link{Text: title}}
	out.Offences = []Summary{{r.T("case.charged"), r.offence(count.Charged)}, {r.T("case.convicted"), r.offence(count.Convicted)}}
	if count.Verdict != law.Convicted && count.Verdict != law.VerdictUnknown {
		out.Offences[1].Text = Link{Text: capital(count.Verdict.Text(r.Lang))}
	}
	out.Offences = append(out.Offences, Summary{r.T("method.imposed"), Link{Text: capital(r.imposedOn(&count.Count))}})
	if committed := r.committed(&count.Count); committed != "" {
		out.Offences = append(out.Offences, Summary{r.T("method.committed"), Link{Text: committed}})
	}
	if count.Quote != "" || count.Source != "" {
		if s, ok := c.Sources[count.Source]; ok {
			quoted := r.cite(record.Citation{Source: count.Source, Place: count.Place, Quote: count.Quote}, s)
			out.Quote = &quoted
		} else if count.Quote != "" {
			out.Quote = r.quoteOf(j, c, count)
		}
	}
	if count.Finding.Problem != "" {
		out.Outcomes, out.Says = r.badges(count.Finding.Outcomes), r.T("case.says_problem")
		return out, nil
	}
	answer, err := v.Explain(j, &count.Count)
	if err != nil {
		return out, err
	}
	out.Says, out.Axes = r.says(&count.Count, &answer), r.axes(&answer)
	out.Under = r.under(id, &answer)
	if len(out.Axes) == 0 {
		out.Outcomes = r.badges(answer.Outcomes)
	}
	out.Measures = r.measures(&answer)
	out.Steps = r.steps(answer.Steps)
	if answer.Law != nil {
		out.Rule = r.rule(answer.Law)
		if answer.Law.Text != "" {
			out.Law = &Citation{Quote: Link{Text: answer.Law.Text, Lang: writtenIn(answer.Law.Language)}, Source: r.rule(answer.Law), Read: true}
		}
	}
	if !answer.Outcomes.Has(law.NotConvicted) {
		switch {
		case len(answer.Laws()) == 0:
		case answer.Verified == law.Unread:
			out.Unread = r.T("case.unread")
		case answer.Verified == law.PartRead:
			out.Unread = r.T("case.part_read")
		}
	}
	return out, nil
}

// quoteOf is a count's quotation from the judgment's own first source.
func (r *Request) quoteOf(j *view.JudgmentFile, c *view.CaseFile, count *view.CountFile) *Citation {
	cited := record.Citation{Place: count.Place, Quote: count.Quote}
	if len(j.Citations) > 0 {
		cited.Source = j.Citations[0].Source
	}
	q := r.cite(cited, c.Sources[cited.Source])
	return &q
}

// committed is when an offence was committed, as far as it is known.
func (r *Request) committed(c *record.Count) string {
	switch {
	case c.From.IsZero():
		return r.dated(c.To)
	case c.To.IsZero(), c.To == c.From:
		return r.dated(c.From)
	}
	return r.dated(c.From) + " – " + r.dated(c.To)
}

// imposedOn is what was imposed for a count; a verdict without a sentence says itself.
func (r *Request) imposedOn(c *record.Count) string {
	if text := r.imposed(c.Sentence.Law()); text != "" {
		return text
	}
	if c.Verdict == law.Convicted || c.Verdict == law.VerdictUnknown {
		return r.T("report.not_on_record")
	}
	return c.Verdict.Text(r.Lang)
}

// says is a finding in plain words: the term first, then what else is known, then what is not.
func (r *Request) says(c *record.Count, a *law.Answer) string {
	var parts []string
	if text := a.Summary(r.Lang); text != "" {
		parts = append(parts, text)
	}
	if a.Outcomes.Has(law.NotConvicted) {
		parts = append(parts, r.T("method.outcome.not_convicted"))
	}
	if c.Joint == law.Yes {
		parts = append(parts, r.T("case.says_joint"))
	}
	if a.Downgraded == law.Yes {
		parts = append(parts, r.T("case.says_downgraded"))
	}
	return once(strings.Join(parts, " "))
}

// offence is an offence as a judgment or report gives it, as the provision that it names where it names one, or as the kind of offence that
// its words mean. What nobody recognises stands as it was written.
func (r *Request) offence(text string) Link {
	pack := r.Law()
	if text == "" || pack == nil {
		return Link{Text: text}
	}
	o := pack.Offence(text)
	if len(o.Refs) == 1 {
		if at := pack.Find(o.Refs[0]); len(at) > 0 {
			link, name := r.rule(at[0]), at[0].Names
			if groups := o.Groups(); at[0].Offence == "" { // an article without its paragraph says no more than the kind of offence
				if len(groups) != 1 {
					return link
				}
				name = groups[0].Names
			}
			link.Text = name.In(r.Lang) + ", " + link.Text
			return link
		}
		return Link{Text: text}
	}
	if groups := o.Groups(); len(groups) == 1 && len(o.Refs) == 0 {
		return Link{Text: groups[0].Names.In(r.Lang)}
	}
	return Link{Text: text}
}
