package site

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fener/internal/api"
	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
	"fener/period"
)

var casePage = Page{
	Pattern: "cases/{case}", Template: "case", Build: buildCase,
	JSON: func(r *Request) (any, error) { return caseData(r) },
	CSV: func(r *Request) (*api.Sheet, error) {
		d, err := caseData(r)
		if err != nil {
			return nil, err
		}
		return d.Sheet(), nil
	},
}

// caseContent is one case: the chain of its judgments, what each imposed on whom, the findings, the sources and the history.
type caseContent struct {
	Base
	Coarsened bool
	Generated bool // some of it is not of this world
	Status    string
	Summary   []Summary
	Chain     []chainLink
	Judgments []judgmentPart
	Sources   []Citation
	History   []historyEntry
	Replies   []Replied
}

// chainLink is one judgment in the chain of a case.
type chainLink struct {
	Instance, Date string
	Court          Link
	Final          string
	Superseded     string // says which judgment counts instead; empty where this one counts
	Href           string // to the part of the page that tells of it
}

// judgmentPart is what one judgment decided.
type judgmentPart struct {
	ID         string
	Heading    string
	Superseded string
	Summary    []Summary
	Findings   []Finding // where they fit on the page
	Counts     Table     // where they do not: one line for each count, which leads to its finding
	Citations  []Citation
}

// inlineCounts is how many counts a case may have for all of its findings to stand on its page; a page must stay light.
const inlineCounts = 5

func (r *Request) caseFile() (*view.View, *view.CaseFile, error) {
	v, err := r.publicView()
	if err != nil {
		return nil, nil, err
	}
	c, err := v.Case(r.Context(), r.PathValue("case"))
	if err != nil {
		return nil, nil, gone(err)
	}
	return v, c, nil
}

func caseData(r *Request) (*api.CaseDocument, error) {
	_, c, err := r.caseFile()
	if err != nil {
		return nil, err
	}
	d := api.Case(r.Head("case"), c)
	return &d, nil
}

func (r *Request) casesTrail() Link {
	return Link{Text: r.T("cases.title"), Href: r.URL(casesPage.Pattern)}
}

func buildCase(r *Request) (Content, error) {
	v, c, err := r.caseFile()
	if err != nil {
		return nil, err
	}
	p := &caseContent{
		Base: r.Base(r.caseHeading(c), r.casesTrail()), Coarsened: c.Coarsened,
		Generated: c.Synthetic, Status: r.caseStatus(c), Summary: r.caseSummary(c), Sources: r.caseCitations(c.Case.Citations, c),
	}
	if len(c.Judgments) == 0 {
		p.Status = ""
	}
	counts := 0
	for i := range c.Judgments {
		for _, f := range c.Judgments[i].Files {
			counts += len(f.Counts)
		}
	}
	for i := range c.Judgments {
		if len(c.Judgments) > 1 { // one judgment is no chain
			p.Chain = append(p.Chain, r.chainLink(c, i))
		}
		part, err := r.judgmentPart(v, c, i, counts <= inlineCounts)
		if err != nil {
			return nil, err
		}
		p.Judgments = append(p.Judgments, part)
	}
	if p.Replies, err = r.repliesToCase(c); err != nil {
		return nil, err
	}
	p.History, err = r.history(v, c)
	return p, err
}

// caseStatus says whether what the case came to is final.
func (r *Request) caseStatus(c *view.CaseFile) string {
	standing, final, open := 0, 0, 0
	for i := range c.Judgments {
		if c.Judgments[i].Superseded() {
			continue
		}
		standing++
		switch c.Judgments[i].Final {
		case law.Yes:
			final++
		case law.No:
			open++
		}
	}
	switch {
	case open > 0:
		return r.T("case.not_final")
	case final > 0 && final == standing:
		return r.T("case.final")
	}
	return r.T("case.final_unknown")
}

func (r *Request) caseSummary(c *view.CaseFile) []Summary {
	var list []Summary
	if !c.Case.Indicted.IsZero() {
		list = append(list, Summary{r.T("case.indicted"), Link{Text: r.dated(c.Case.Indicted)}})
	}
	if c.Case.Form != "" {
		list = append(list, Summary{r.T("case.exploitation"), Link{Text: c.Case.Form}})
	}
	return list
}

// instance names the level of a court.
func (r *Request) instance(i record.Instance) string {
	key := "instance." + i.String()
	return capital(r.T(key))
}

// judgmentName names a judgment within its case: "First instance, 29 April 2013".
func (r *Request) judgmentName(j *view.JudgmentFile) string {
	if j.Date.IsZero() {
		return r.instance(j.Instance)
	}
	return r.instance(j.Instance) + ", " + r.dated(j.Date)
}

// partID is the place on the page where a judgment is told of.
func partID(i int) string { return "j" + strconv.Itoa(i+1) }

func (r *Request) chainLink(c *view.CaseFile, i int) chainLink {
	j := &c.Judgments[i]
	return chainLink{
		Instance: r.instance(j.Instance), Date: r.dated(j.Date), Court: r.courtOf(j), Final: capital(r.final(j.Final)),
		Superseded: r.superseded(c, i), Href: "#" + partID(i),
	}
}

// courtOf names a judgment's court.
func (r *Request) courtOf(j *view.JudgmentFile) Link {
	if j.Court == "" {
		return Link{}
	}
	return r.courtLink(j.CourtName, j.Court)
}

// caseHeading names a case at the head of its page.
func (r *Request) caseHeading(c *view.CaseFile) string {
	if c.Title == "" {
		return r.T("case.no_number")
	}
	return r.T("case.title", "number", c.Title)
}

func (r *Request) final(t law.Tri) string {
	switch t {
	case law.Yes:
		return r.T("report.final")
	case law.No:
		return r.T("report.not_final")
	}
	return r.T("case.final_open")
}

// superseded says which judgments count in the place of this one, and for how many of its defendants.
func (r *Request) superseded(c *view.CaseFile, i int) string {
	j := &c.Judgments[i]
	by := make([]int, len(c.Judgments)+1) // defendants by the place of the judgment that counts instead
	for _, f := range j.Files {
		if f.SupersededBy != "" {
			by[api.Place(c, f.SupersededBy)]++
		}
	}
	var parts []string
	for place, n := range by {
		switch {
		case place == 0 || n == 0:
		case n == len(j.Files):
			return once(r.T("case.superseded", "by", r.judgmentName(&c.Judgments[place-1])))
		default:
			parts = append(parts, once(r.T("case.superseded_partly", "n", n, "by", r.judgmentName(&c.Judgments[place-1]))))
		}
	}
	return strings.Join(parts, " ")
}

func (r *Request) judgmentPart(v *view.View, c *view.CaseFile, i int, inline bool) (judgmentPart, error) {
	j := &c.Judgments[i]
	p := judgmentPart{ID: partID(i), Heading: r.judgmentName(j), Superseded: r.superseded(c, i), Summary: r.judgmentSummary(j)}
	p.Citations = r.caseCitations(j.Citations, c)
	if !inline {
		p.Counts = r.countsTable(c, i)
		return p, nil
	}
	for k := range j.Files {
		findings, err := r.findings(v, c, i, &j.Files[k])
		if err != nil {
			return p, err
		}
		p.Findings = append(p.Findings, findings...)
	}
	p.Citations = notQuoted(p.Citations, p.Findings)
	return p, nil
}

func (r *Request) judgmentSummary(j *view.JudgmentFile) []Summary {
	list := []Summary{{r.T("cases.court"), r.courtOf(j)}}
	for _, number := range j.Numbers {
		list = append(list, Summary{r.T("case.number"), Link{Text: number}})
	}
	return append(list, Summary{r.T("case.is_final"), Link{Text: capital(r.final(j.Final))}})
}

// countsTable is one line for each count of a judgment; each person leads to the page with their findings.
func (r *Request) countsTable(c *view.CaseFile, i int) Table {
	j := &c.Judgments[i]
	t := Table{ID: "counts-" + partID(i), Caption: r.T("case.counts_of", "judgment", r.judgmentName(j)), Columns: []Column{
		{Head: r.T("case.person")}, {Head: r.T("case.convicted")}, {Head: r.T("method.imposed")}, {Head: r.T("cases.findings")},
	}}
	for _, f := range j.Files {
		for k := range f.Counts {
			count := &f.Counts[k]
			finding := r.found(&count.Finding)
			if f.SupersededBy != "" {
				finding += " (" + r.T("provision.usage_superseded") + ")"
			}
			t.Rows = append(t.Rows, []Link{
				{Text: r.person(f.Label), Href: r.URL(personPath(c.ID, i, f.Label)) + "#" + partID(i) + "-" + fileName(f.Label) + "-" + strconv.Itoa(k+1)},
				{Text: r.offence(count.Convicted).Text}, {Text: capital(r.imposedOn(&count.Count))}, {Text: finding},
			})
		}
	}
	return t
}

// notQuoted leaves out the citations that stand with a finding already.
func notQuoted(list []Citation, findings []Finding) []Citation {
	quoted := map[string]bool{}
	for _, f := range findings {
		if f.Quote != nil {
			quoted[f.Quote.Quote.Text+f.Quote.Source.Href] = true
		}
	}
	return slices.DeleteFunc(list, func(c Citation) bool { return quoted[c.Quote.Text+c.Source.Href] })
}

// personPath is the address of what one judgment decided on one person.
func personPath(id string, judgment int, label string) string {
	return api.CasePath(id) + "/" + strconv.Itoa(judgment+1) + "/" + url.PathEscape(label)
}

// person names a defendant, who has initials or a number.
func (r *Request) person(label string) string { return r.T("case.defendant", "label", label) }

// caseCitations are citations with their sources.
func (r *Request) caseCitations(list []record.Citation, c *view.CaseFile) []Citation {
	var out []Citation
	for _, cited := range list {
		out = append(out, r.cite(cited, c.Sources[cited.Source]))
	}
	return out
}

// cite is a quotation with the source that it stands in.
func (r *Request) cite(cited record.Citation, s record.Source) Citation {
	language := writtenIn(s.Language)
	out := Citation{Source: Link{Text: s.Title, Href: r.URL(api.SourcePath(cited.Source)), Lang: language}, Read: true}
	if s.Title == "" {
		out.Source = Link{Text: r.T("case.source_unknown")}
	}
	if cited.Quote != "" {
		out.Quote = Link{Text: cited.Quote, Lang: language}
	}
	for _, detail := range []string{s.Publisher, r.dated(s.Published), cited.Place} {
		if detail != "" {
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
