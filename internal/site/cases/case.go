package cases

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/internal/site/reads"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/law"
)

var casePage = page.Page{
	Pattern: "cases/{case}", Template: "case", Build: buildCase,
	Addresses: func(r *page.Request, from, n int) ([]string, int, error) {
		rows, total, err := reads.CasesOf(r, view.CaseFilter{Page: view.Page{Offset: from, Limit: n}})
		paths := make([]string, len(rows))
		for i := range rows {
			paths[i] = shown.CasePath(rows[i].ID)
		}
		return paths, total, err
	},
	JSON:       page.DocumentOf(caseData),
	CSV:        page.RowsOf(caseData),
	AkomaNtoso: caseAkomaNtoso,
	Neutral:    true, From: caseFrom,
}

// caseContent is one case: the chain of its judgments, what each imposed on whom, the findings, the sources and the history.
type caseContent struct {
	page.Base
	Coarsened bool
	Generated bool // some of it is not of this world
	Status    string
	Summary   []page.Summary
	Chain     []chainLink
	Instances *instances
	Judgments []judgmentPart
	Sources   []page.Citation
	History   []shown.HistoryEntry
	Checked   string // whether a second person verified what stands here
	Replies   []shown.Replied
}

// chainLink is one judgment in the chain of a case.
type chainLink struct {
	Instance, Date string
	Court          page.Link
	Final          string
	Superseded     string // says which judgment counts instead; empty where this one counts
	Href           string // to the part of the page that tells of it
}

// judgmentPart is what one judgment decided.
type judgmentPart struct {
	ID         string
	Heading    string
	Superseded string
	Summary    []page.Summary
	Findings   []answer.Finding // where they fit on the page; where they do not, they stand on the pages of the persons
	Citations  []page.Citation
}

// inlineCounts is how many counts a case may have for all of its findings to stand on its page; a page must stay light.
const inlineCounts = 5

func caseFile(r *page.Request) (*view.View, *view.CaseFile, error) {
	v, err := r.Record()
	if err != nil {
		return nil, nil, err
	}
	c, err := v.Case(r.Context(), r.PathValue("case"))
	if err != nil {
		return nil, nil, page.Gone(err)
	}
	return v, c, nil
}

func caseData(r *page.Request) (*CaseDocument, error) {
	_, c, err := caseFile(r)
	if err != nil {
		return nil, err
	}
	d := caseDocument(r.Head("case"), c)
	for i := range d.Judgments {
		d.Judgments[i].Identifier = identifier(r, &c.Judgments[i], c.Coarsened)
	}
	return &d, nil
}

func casesTrail(r *page.Request) page.Link {
	return page.Link{Text: r.T("cases.title"), Href: r.URL(casesPage.Pattern)}
}

func buildCase(r *page.Request) (page.Content, error) {
	v, c, err := caseFile(r)
	if err != nil {
		return nil, err
	}
	p := &caseContent{
		Base: r.Base(caseHeading(r, c), casesTrail(r)), Coarsened: c.Coarsened,
		Generated: c.Synthetic, Status: caseStatus(r, c), Summary: caseSummary(r, c), Sources: caseCitations(r, c.Case.Citations, c),
	}
	if !inAkomaNtoso(r, c) {
		p.WithoutData(".akn.xml")
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
	p.Instances = newInstances(r, c, counts <= inlineCounts)
	for i := range c.Judgments {
		if len(c.Judgments) > 1 { // one judgment is no chain
			p.Chain = append(p.Chain, newChainLink(r, c, i))
		}
		part, err := newJudgmentPart(r, v, c, i, counts <= inlineCounts)
		if err != nil {
			return nil, err
		}
		p.Judgments = append(p.Judgments, part)
	}
	if p.Replies, err = shown.RepliesToCase(r, c); err != nil {
		return nil, err
	}
	if p.Checked, err = caseChecked(r, c); err != nil {
		return nil, err
	}
	p.History, err = shown.History(r, v, c)
	return p, err
}

// caseChecked says whether a second person verified the case and each of its judgments.
func caseChecked(r *page.Request, c *view.CaseFile) (string, error) {
	var entries []int64
	if c.Meta.Seq > 0 {
		entries = append(entries, c.Meta.Seq)
	}
	for i := range c.Judgments {
		entries = append(entries, c.Judgments[i].Meta.Seq)
	}
	two, err := reads.Checked(r, entries...)
	if two {
		return r.T("case.two_people"), err
	}
	return r.T("case.one_person"), err
}

// caseStatus says whether what the case came to is final.
func caseStatus(r *page.Request, c *view.CaseFile) string {
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

func caseSummary(r *page.Request, c *view.CaseFile) []page.Summary {
	var list []page.Summary
	if !c.Case.Indicted.IsZero() {
		list = append(list, page.Summary{Term: r.T("case.indicted"), Text: page.Link{Text: r.Dated(c.Case.Indicted)}})
	}
	if c.Case.Form != "" {
		list = append(list, page.Summary{Term: r.T("case.exploitation"), Text: page.Typed(c.Case.Form)})
	}
	return list
}

// partID is the place on the page where a judgment is told of.
func partID(i int) string { return "j" + strconv.Itoa(i+1) }

func newChainLink(r *page.Request, c *view.CaseFile, i int) chainLink {
	j := &c.Judgments[i]
	return chainLink{
		Instance: shown.Instance(r, j.Instance), Date: r.Dated(j.Date), Court: shown.CourtOf(r, j), Final: page.Capital(final(r, j.Final)),
		Superseded: superseded(r, c, i), Href: "#" + partID(i),
	}
}

// caseHeading names a case at the head of its page.
func caseHeading(r *page.Request, c *view.CaseFile) string {
	if c.Title == "" {
		return r.T("case.no_number")
	}
	return r.T("case.title", "number", c.Title)
}

func final(r *page.Request, t law.Tri) string {
	switch t {
	case law.Yes:
		return r.T("report.final")
	case law.No:
		return r.T("report.not_final")
	}
	return r.T("case.final_open")
}

// superseded says which judgments count in the place of this one, and for how many of its defendants.
func superseded(r *page.Request, c *view.CaseFile, i int) string {
	j := &c.Judgments[i]
	by := make([]int, len(c.Judgments)+1) // defendants by the place of the judgment that counts instead
	for _, f := range j.Files {
		if f.SupersededBy != "" {
			by[shown.Place(c, f.SupersededBy)]++
		}
	}
	var parts []string
	for place, n := range by {
		switch {
		case place == 0 || n == 0:
		case n == len(j.Files):
			return page.OneStop(r.T("case.superseded", "by", shown.JudgmentName(r, &c.Judgments[place-1])))
		default:
			parts = append(parts, page.OneStop(r.T("case.superseded_partly", "n", n, "by", shown.JudgmentName(r, &c.Judgments[place-1]))))
		}
	}
	return strings.Join(parts, " ")
}

func newJudgmentPart(r *page.Request, v *view.View, c *view.CaseFile, i int, inline bool) (judgmentPart, error) {
	j := &c.Judgments[i]
	p := judgmentPart{ID: partID(i), Heading: shown.JudgmentName(r, j), Superseded: superseded(r, c, i), Summary: judgmentSummary(r, j)}
	p.Citations = caseCitations(r, j.Citations, c)
	if !inline {
		return p, nil
	}
	for k := range j.Files {
		findings, err := findings(r, v, c, i, &j.Files[k])
		if err != nil {
			return p, err
		}
		p.Findings = append(p.Findings, findings...)
	}
	p.Citations = notQuoted(p.Citations, p.Findings)
	return p, nil
}

func judgmentSummary(r *page.Request, j *view.JudgmentFile) []page.Summary {
	list := []page.Summary{{Term: r.T("cases.court"), Text: shown.CourtOf(r, j)}}
	for _, number := range j.Numbers {
		list = append(list, page.Summary{Term: r.T("case.number"), Text: page.Link{Text: number}})
	}
	return append(list, page.Summary{Term: r.T("case.is_final"), Text: page.Link{Text: page.Capital(final(r, j.Final))}})
}

// notQuoted leaves out the citations that stand with a finding already.
func notQuoted(list []page.Citation, findings []answer.Finding) []page.Citation {
	quoted := map[string]bool{}
	for _, f := range findings {
		if f.Quote != nil {
			quoted[f.Quote.Quote.Text+f.Quote.Source.Href] = true
		}
	}
	return slices.DeleteFunc(list, func(c page.Citation) bool { return quoted[c.Quote.Text+c.Source.Href] })
}

// personPath is the address of what one judgment decided on one person.
func personPath(id string, judgment int, label string) string {
	return shown.CasePath(id) + "/" + strconv.Itoa(judgment+1) + "/" + url.PathEscape(label)
}

// caseCitations are citations with their sources.
func caseCitations(r *page.Request, list []record.Citation, c *view.CaseFile) []page.Citation {
	var out []page.Citation
	for _, cited := range list {
		out = append(out, shown.Cite(r, cited, c.Sources[cited.Source]))
	}
	return out
}
