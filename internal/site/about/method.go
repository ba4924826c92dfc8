package about

import (
	"strings"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/internal/site/shown"
	"fener/law"
	"fener/locale"
)

var methodPage = page.Page{
	Pattern: "method", Template: "method", Foot: "method.title", Build: buildMethod,
	JSON: page.DocumentOf(func(r *page.Request) (*Method, error) {
		pack, err := answer.Pack(r)
		if err != nil {
			return nil, err
		}
		d, err := methodOf(r.Head("method"), pack)
		return &d, err
	}),
}

// methodContent explains the check with the law and the examples of the pack.
type methodContent struct {
	page.Base
	Steps    []string
	Test     page.Link
	Outcomes []outcomeText
	Floors   []page.Table
	Unread   []page.Link // provisions
	NoFloors string      // says of which laws the rules on mitigation were not read
	Care     string      // the limits of the care rule for figures of victims
	Examples []answer.Finding
	Cases    int
}

// outcomeText is an outcome with what it means.
type outcomeText struct {
	Badge page.Badge
	Says  string
}

// practice is the decision that the check's test stands in.
var practice = law.Ref{Instrument: "Pml.nr.52/2024", Article: "385", Paragraph: "1.5"}

func buildMethod(r *page.Request) (page.Content, error) {
	pack, err := answer.Pack(r)
	if err != nil {
		return nil, err
	}
	worked, err := pack.Cases()
	if err != nil {
		return nil, err
	}
	p := &methodContent{Base: r.Base(r.T("method.title")), Cases: len(worked)}
	p.Description = r.T("method.lede")
	p.Steps = []string{
		r.T("method.step_offence"), r.T("method.step_law"), r.T("method.step_minimum"), r.T("method.step_floor"), r.T("method.step_form"),
		r.T("method.step_fine"),
	}
	if at := pack.Find(practice); len(at) > 0 {
		p.Test = answer.Rule(r, at[0])
	}
	for _, o := range law.AllOutcomes() {
		key := "method.outcome." + o.String()
		p.Outcomes = append(p.Outcomes, outcomeText{answer.Badge(r, o), r.T(key)})
	}
	p.Floors, p.NoFloors = floors(r, pack)
	p.Care = careLimits(r)
	for _, v := range unread(pack) {
		link := answer.Rule(r, v)
		if v.Ref.Article != answer.NoArticle {
			link.Text += ": " + v.Names.In(r.Lang)
		}
		p.Unread = append(p.Unread, link)
	}
	p.Examples, err = examples(r, pack)
	return p, err
}

// careLimits are the limits by which figures of victims are held back, as the program has them.
func careLimits(r *page.Request) string {
	return r.T("method.care_limits", "small", shown.PlainNumber(r, record.SmallUnder), "days", shown.PlainNumber(r, record.CoarseDays), "attributes", shown.PlainNumber(r, record.CoarseAttributes))
}

// floors are the tables of floors of the codes that were read, and a sentence about the others.
func floors(r *page.Request, pack *law.Pack) (tables []page.Table, unread string) {
	var laws []string
	for _, code := range pack.Codes() {
		m := code.General.Mitigation
		if m == nil || !m.Known {
			laws = append(laws, code.Title(r.Lang))
			continue
		}
		t := page.Table{ID: "floors-" + page.FileName(code.Number), Caption: r.T("method.floors_caption", "law", code.Title(r.Lang)), Columns: []page.Column{
			{Head: r.T("method.floor_minimum")}, {Head: r.T("method.floor_floor")}, {Head: r.T("provisions.place")},
		}}
		for _, row := range m.Floors {
			var rule page.Link
			if ref, ok := pack.ParseRef(code.Number + ":" + row.Article); ok {
				if at := pack.Find(ref); len(at) > 0 {
					rule = answer.Rule(r, at[0])
				}
			}
			t.Rows = append(t.Rows, []page.Link{{Text: locale.Length(r.Lang, row.Minimum)}, {Text: locale.Length(r.Lang, row.Floor)}, rule})
		}
		tables = append(tables, t)
	}
	if len(laws) > 0 {
		unread = r.T("method.floors_unread", "law", strings.Join(laws, ", "))
	}
	return tables, unread
}

// plain are the answers that need no example.
var plain = law.OutcomesOf(law.WithinRange, law.NotConvicted)

// examples are worked cases of the pack, one for each answer that is not plain: one on trafficking under a law in force, where there is
// one. Their names and reasons are written in English.
func examples(r *page.Request, pack *law.Pack) ([]answer.Finding, error) {
	worked, err := pack.Cases()
	if err != nil {
		return nil, err
	}
	var some law.Outcomes
	var out []answer.Finding
	for _, close := range []bool{true, false} {
		for _, c := range worked {
			facts, err := c.Facts.Resolve(pack)
			if err != nil {
				return nil, err
			}
			given, err := law.Explain(pack, &facts)
			if err != nil {
				continue // two provisions on one date: an example of an error, not of an answer
			}
			if given.Outcomes.Len() != 1 || given.Outcomes&(some|plain) != 0 || close && !typical(&facts, &given) {
				continue
			}
			some |= given.Outcomes
			out = append(out, example(r, c, &facts, &given))
		}
	}
	return out, nil
}

// typical tells whether an example is of the kind that most readers come for.
func typical(f *law.Facts, a *law.Answer) bool {
	return a.Law != nil && a.Law.Instrument.InForce.To.IsZero() && f.Convicted.Trafficking() && f.Offender != law.JuvenileOffender
}

func example(r *page.Request, c *law.WorkedCase, facts *law.Facts, a *law.Answer) answer.Finding {
	f := answer.Finding{
		ID: "example-" + a.Outcomes.String(), Title: page.Link{Text: c.Name, Lang: locale.EN}, Outcomes: answer.Badges(r, a.Outcomes),
		Reason: page.Link{Text: c.Reason, Lang: locale.EN}, Measures: answer.Measures(r, a),
		Offences: []page.Summary{{Term: r.T("method.imposed"), Text: page.Link{Text: page.Capital(answer.Imposed(r, facts.Sentence))}}}, Steps: answer.Sentences(r, a.Steps),
	}
	if a.Law != nil {
		f.Rule = answer.Rule(r, a.Law)
	}
	return f
}
