package cases

import (
	"strconv"
	"strings"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/internal/site/shown"
	"fener/internal/view"
	"fener/law"
	"fener/period"
)

// CasesDocument is a list of cases.
type CasesDocument struct {
	page.Head
	page.List
	Cases []CaseEntry `json:"cases"`
}

// CaseEntry is one case in a list.
type CaseEntry struct {
	ID          string           `json:"id"`
	Title       string           `json:"title"`
	Court       string           `json:"court,omitempty"` // id
	CourtNames  shown.Names      `json:"court_names,omitzero"`
	Last        period.Date      `json:"last_judgment,omitzero"`
	Judgments   int              `json:"judgments"`
	Defendants  int              `json:"defendants"`
	Outcomes    []law.Outcome    `json:"outcomes"`
	Terms       []law.TermAnswer `json:"terms"` // what its sentences came to on the term
	Trafficking bool             `json:"trafficking"`
	ChildVictim bool             `json:"child_victim,omitempty"`
	Synthetic   bool             `json:"synthetic,omitempty"`
	Path        string           `json:"path"`
}

// casesDocument is a page of the list of cases; courts are their courts' names by id.
func casesDocument(head page.Head, rows []view.CaseRow, list page.List, courts map[string]record.Names) CasesDocument {
	d := CasesDocument{Head: head, List: list, Cases: []CaseEntry{}}
	for _, c := range rows {
		d.Cases = append(d.Cases, CaseEntry{
			ID: c.ID, Title: c.Title, Court: c.Court, CourtNames: shown.RecordNames(courts[c.Court]), Last: c.Last, Judgments: c.Judgments,
			Defendants: c.Defendants, Outcomes: shown.Outcomes(c.Outcomes), Terms: answer.Terms(c.Answers), Trafficking: c.Trafficking, ChildVictim: c.ChildVictim,
			Synthetic: c.Synthetic, Path: shown.CasePath(c.ID),
		})
	}
	return d
}

// Sheet is the list as rows.
func (d *CasesDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: []string{"case", "title", "court", "court_name_sq", "court_name_sr", "court_name_en", "last_judgment", "judgments",
		"defendants", "outcomes", "trafficking", "path"}}
	for _, c := range d.Cases {
		s.Rows = append(s.Rows, []string{c.ID, c.Title, c.Court, c.CourtNames.SQ, c.CourtNames.SR, c.CourtNames.EN, c.Last.String(),
			strconv.Itoa(c.Judgments), strconv.Itoa(c.Defendants), law.OutcomesOf(c.Outcomes...).String(), strconv.FormatBool(c.Trafficking), c.Path})
	}
	return s
}

// CaseDocument is one case with its judgments and findings. Where a child is among the victims, dates are years, and there are neither
// quotations nor ids that hold a date.
type CaseDocument struct {
	page.Head
	ID          string                  `json:"id"`
	Title       string                  `json:"title"`
	Coarsened   bool                    `json:"coarsened"`
	Numbers     []string                `json:"numbers,omitempty"`
	Indicted    period.Date             `json:"indicted,omitzero"`
	Form        string                  `json:"exploitation,omitempty"`
	Judgments   []CaseJudgment          `json:"judgments"`
	Sources     map[string]shown.Source `json:"sources"`
	Revisions   int                     `json:"revisions"`
	Path        string                  `json:"path"`
	Citations   []record.Citation       `json:"citations,omitempty"`
	SyntheticIn bool                    `json:"synthetic_in_part,omitempty"`
}

// CaseJudgment is one judgment in its case. N counts them in the order of the instances, from 1.
type CaseJudgment struct {
	N          int               `json:"n"`
	ID         string            `json:"id,omitempty"`
	Identifier string            `json:"identifier,omitempty"` // in the shape of an ECLI, given by nobody but this record
	Rev        int               `json:"revision"`
	Numbers    []string          `json:"numbers,omitempty"`
	Court      string            `json:"court,omitempty"`
	CourtNames shown.Names       `json:"court_names,omitzero"`
	Instance   record.Instance   `json:"instance"`
	Date       period.Date       `json:"date,omitzero"`
	Final      law.Tri           `json:"final"`
	Superseded bool              `json:"superseded"` // for every defendant in it
	Defendants []CaseDefendant   `json:"defendants"`
	Citations  []record.Citation `json:"citations,omitempty"`
}

// CaseDefendant is one defendant in one judgment.
type CaseDefendant struct {
	Label        string      `json:"label"`
	SupersededBy int         `json:"superseded_by,omitempty"` // N of the judgment that counts instead
	Counts       []CaseCount `json:"counts"`
}

// CaseCount is one count with its finding.
type CaseCount struct {
	N int `json:"n"` // from 1
	record.Count
	Finding Finding `json:"finding"`
}

// Finding is the answer of the check. Law is the governing provision; where several are in question it is empty and Laws holds them.
type Finding struct {
	Axes       *answer.Axes  `json:"axes" jsonschema:"nullable"` // null where there is no sentence to check
	Outcomes   []law.Outcome `json:"outcomes"`
	Missing    []law.Missing `json:"missing,omitempty"`
	Below      law.Tri       `json:"below_minimum"`
	Minimum    law.Limit     `json:"minimum"`
	Floor      law.Limit     `json:"floor"`
	Maximum    law.Limit     `json:"maximum"`
	Imposed    law.Limit     `json:"imposed"`
	Shortfall  period.Length `json:"shortfall,omitzero"`
	Verified   law.Verified  `json:"verified"`
	Downgraded law.Tri       `json:"downgraded"`
	Law        string        `json:"law,omitempty"`
	Laws       []string      `json:"laws,omitempty"`
	Problem    string        `json:"problem,omitempty"`
	stored     *view.Finding
}

func findingOf(f *view.Finding) Finding {
	return Finding{
		Axes: answer.AxesOf(f), stored: f, Outcomes: shown.Outcomes(f.Outcomes), Missing: f.Missing.List(), Below: f.Below, Minimum: f.Minimum, Floor: f.Floor, Maximum: f.Maximum,
		Imposed: f.Imposed, Shortfall: f.Shortfall, Verified: f.Verified, Downgraded: f.Downgraded, Law: f.Law, Laws: f.Laws, Problem: f.Problem,
	}
}

// caseDocument is the document of one case.
func caseDocument(head page.Head, c *view.CaseFile) CaseDocument {
	d := CaseDocument{Head: head, ID: c.ID, Title: c.Title, Coarsened: c.Coarsened, Numbers: c.Case.Numbers, Indicted: c.Case.Indicted,
		Form: c.Case.Form, Citations: c.Case.Citations, Judgments: []CaseJudgment{}, Sources: map[string]shown.Source{}, Path: shown.CasePath(c.ID),
		SyntheticIn: c.Synthetic}
	for i := range c.Judgments {
		j := &c.Judgments[i]
		out := CaseJudgment{N: i + 1, Rev: j.Rev, Numbers: j.Numbers, Court: j.Court, CourtNames: shown.RecordNames(j.CourtName), Instance: j.Instance,
			Date: j.Date, Final: j.Final, Superseded: j.Superseded(), Defendants: []CaseDefendant{}, Citations: j.Citations,
			ID: shown.JudgmentID(j.ID, c.Coarsened)}
		for _, f := range j.Files {
			person := CaseDefendant{Label: f.Label, Counts: []CaseCount{}}
			if f.SupersededBy != "" {
				person.SupersededBy = shown.Place(c, f.SupersededBy)
			}
			for k := range f.Counts {
				person.Counts = append(person.Counts, CaseCount{N: k + 1, Count: f.Counts[k].Count, Finding: findingOf(&f.Counts[k].Finding)})
			}
			out.Defendants = append(out.Defendants, person)
		}
		d.Judgments = append(d.Judgments, out)
		d.Revisions += j.Rev
	}
	for id, s := range c.Sources {
		d.Sources[id] = shown.SourceOf(id, s)
	}
	return d
}

// Sheet is the case as rows, one for each count.
func (d *CaseDocument) Sheet() *page.Sheet {
	s := &page.Sheet{Columns: append([]string{"case", "judgment", "court", "instance", "judgment_date", "final", "defendant", "superseded_by", "count",
		"offence_charged", "offence_convicted", "offence_from", "offence_to", "verdict", "joint", "imprisonment", "suspended", "fine", "replaced_by",
		"mitigation", "outcomes", "missing", "below_minimum", "minimum", "floor", "maximum", "shortfall", "downgraded", "law", "verified", "source", "quote"}, answer.AxisColumns()...)}
	for _, j := range d.Judgments {
		for _, p := range j.Defendants {
			for _, c := range p.Counts {
				s.Rows = append(s.Rows, append([]string{d.Title, strconv.Itoa(j.N), j.Court, j.Instance.String(), j.Date.String(), j.Final.String(), p.Label,
					placeText(p.SupersededBy), strconv.Itoa(c.N), c.Charged, c.Convicted, c.From.String(), c.To.String(), c.Verdict.String(), c.Joint.String(),
					c.Sentence.Imprisonment.String(), c.Sentence.Suspended.String(), c.Sentence.Fine.String(), c.Sentence.ReplacedBy.String(),
					c.Grounds.String(), law.OutcomesOf(c.Finding.Outcomes...).String(), missing(c.Finding.Missing), c.Finding.Below.String(),
					c.Finding.Minimum.String(), c.Finding.Floor.String(), c.Finding.Maximum.String(), c.Finding.Shortfall.String(),
					c.Finding.Downgraded.String(), lawsOf(&c.Finding), c.Finding.Verified.String(), c.Source, c.Quote}, answer.AxisCells(c.Finding.stored)...))
			}
		}
	}
	return s
}

// placeText writes a place, and nothing where there is none.
func placeText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func missing(list []law.Missing) string {
	var words []string
	for _, m := range list {
		words = append(words, m.String())
	}
	return strings.Join(words, "+")
}

func lawsOf(f *Finding) string {
	if f.Law != "" {
		return f.Law
	}
	return strings.Join(f.Laws, "; ")
}
