package site

import (
	"strings"

	"fener/internal/api"
	"fener/internal/record"
	"fener/law"
	"fener/locale"
)

var methodPage = Page{
	Pattern: "method", Template: "method", Foot: "method.title", Build: buildMethod,
	JSON: func(r *Request) (any, error) {
		pack, err := r.pack()
		if err != nil {
			return nil, err
		}
		return api.MethodOf(r.Head("method"), pack)
	},
}

// methodContent explains the check with the law and the examples of the pack.
type methodContent struct {
	Base
	Steps    []string
	Test     Link
	Outcomes []outcomeText
	Floors   []Table
	Unread   []Link // provisions
	NoFloors string // says of which laws the rules on mitigation were not read
	Care     string // the limits of the care rule for figures of victims
	Examples []Finding
	Cases    int
}

// outcomeText is an outcome with what it means.
type outcomeText struct {
	Badge Badge
	Says  string
}

// practice is the decision that the check's test stands in.
var practice = law.Ref{Instrument: "Pml.nr.52/2024", Article: "385", Paragraph: "1.5"}

func buildMethod(r *Request) (Content, error) {
	pack, err := r.pack()
	if err != nil {
		return nil, err
	}
	cases, err := pack.Cases()
	if err != nil {
		return nil, err
	}
	p := &methodContent{Base: r.Base(r.T("method.title")), Cases: len(cases)}
	p.Description = r.T("method.lede")
	p.Steps = []string{
		r.T("method.step_offence"), r.T("method.step_law"), r.T("method.step_minimum"), r.T("method.step_floor"), r.T("method.step_form"),
		r.T("method.step_fine"),
	}
	if at := pack.Find(practice); len(at) > 0 {
		p.Test = r.rule(at[0])
	}
	for _, o := range law.AllOutcomes() {
		key := "method.outcome." + o.String()
		p.Outcomes = append(p.Outcomes, outcomeText{r.badge(o), r.T(key)})
	}
	p.Floors, p.NoFloors = r.floors(pack)
	p.Care = r.careLimits()
	for _, v := range api.Unread(pack) {
		link := r.rule(v)
		if v.Ref.Article != noArticle {
			link.Text += ": " + v.Names.In(r.Lang)
		}
		p.Unread = append(p.Unread, link)
	}
	p.Examples, err = r.examples(pack)
	return p, err
}

// careLimits are the limits by which figures of victims are held back, as the program has them.
func (r *Request) careLimits() string {
	return r.T("method.care_limits", "small", r.plainNumber(record.SmallUnder), "days", r.plainNumber(record.CoarseDays), "attributes", r.plainNumber(record.CoarseAttributes))
}

// floors are the tables of floors of the codes that were read, and a sentence about the others.
func (r *Request) floors(pack *law.Pack) (tables []Table, unread string) {
	var laws []string
	for _, code := range pack.Codes() {
		m := code.General.Mitigation
		if m == nil || !m.Known {
			laws = append(laws, code.Title(r.Lang))
			continue
		}
		t := Table{ID: "floors-" + fileName(code.Number), Caption: r.T("method.floors_caption", "law", code.Title(r.Lang)), Columns: []Column{
			{Head: r.T("method.floor_minimum")}, {Head: r.T("method.floor_floor")}, {Head: r.T("provisions.place")},
		}}
		for _, row := range m.Floors {
			var rule Link
			if ref, ok := pack.ParseRef(code.Number + ":" + row.Article); ok {
				if at := pack.Find(ref); len(at) > 0 {
					rule = r.rule(at[0])
				}
			}
			t.Rows = append(t.Rows, []Link{{Text: locale.Length(r.Lang, row.Minimum)}, {Text: locale.Length(r.Lang, row.Floor)}, rule})
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
func (r *Request) examples(pack *law.Pack) ([]Finding, error) {
	cases, err := pack.Cases()
	if err != nil {
		return nil, err
	}
	var shown law.Outcomes
	var out []Finding
	for _, close := range []bool{true, false} {
		for _, c := range cases {
			facts, err := c.Facts.Resolve(pack)
			if err != nil {
				return nil, err
			}
			answer, err := law.Explain(pack, &facts)
			if err != nil {
				continue // two provisions on one date: an example of an error, not of an answer
			}
			if answer.Outcomes.Len() != 1 || answer.Outcomes&(shown|plain) != 0 || close && !typical(&facts, &answer) {
				continue
			}
			shown |= answer.Outcomes
			out = append(out, r.example(c, &facts, &answer))
		}
	}
	return out, nil
}

// typical tells whether an example is of the kind that most readers come for.
func typical(f *law.Facts, a *law.Answer) bool {
	return a.Law != nil && a.Law.Instrument.InForce.To.IsZero() && f.Convicted.Trafficking() && f.Offender != law.JuvenileOffender
}

func (r *Request) example(c *law.WorkedCase, facts *law.Facts, a *law.Answer) Finding {
	f := Finding{
		ID: "example-" + a.Outcomes.String(), Title: Link{Text: c.Name, Lang: locale.EN}, Outcomes: r.badges(a.Outcomes),
		Reason: Link{Text: c.Reason, Lang: locale.EN}, Measures: r.measures(a),
		Offences: []Summary{{r.T("method.imposed"), Link{Text: capital(r.imposed(facts.Sentence))}}}, Steps: r.sentences(a.Steps),
	}
	if a.Law != nil {
		f.Rule = r.rule(a.Law)
	}
	return f
}

// measures are the limits that what was imposed is measured by; there are none without a conviction.
func (r *Request) measures(a *law.Answer) []Summary {
	if a.Outcomes.Has(law.NotConvicted) {
		return nil
	}
	var list []Summary
	limit := func(key string, n law.Limit) {
		text := ""
		if n.State != law.LimitUnknown {
			text = capital(n.Text(r.Lang))
		}
		list = append(list, Summary{Term: r.T(key), Text: Link{Text: text}})
	}
	limit("provision.minimum", a.Minimum)
	if a.Minimum.State == law.LimitUnknown && len(a.Laws()) > 1 {
		list[0].Text.Text = capital(a.MinimumText(r.Lang)) // one for each law in question
	}
	limit("provision.floor", a.Floor)
	limit("provision.maximum", a.Maximum)
	if !a.Shortfall.IsZero() {
		list = append(list, Summary{Term: r.T("report.shortfall"), Text: Link{Text: locale.Length(r.Lang, a.Shortfall)}})
	}
	return list
}
