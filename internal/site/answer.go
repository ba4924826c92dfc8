package site

import (
	"strings"

	"fener/internal/view"
	"fener/law"
)

// Axis is the answer to one question about a count.
type Axis struct {
	Term    string
	Answer  Badge
	At      Link   // the provision that the answer rests on
	Lacking string // for lack of what it is open; empty where it is decided
}

// axisShapes give the answers on the axes their signs; what is not listed has a question mark.
var axisShapes = map[law.AxisName]map[string]string{
	law.TermAxis: {law.TermWithin.String(): ShapeWithin, law.TermBelowMinimum.String(): ShapeBelow, law.TermBelowFloor.String(): ShapeBelow,
		law.TermFloorUnread.String(): ShapeBelow, law.TermAboveMaximum.String(): ShapeAbove},
	law.GroundAxis:  {law.GroundOnRecord.String(): ShapeWithin, law.GroundNone.String(): ShapeNone},
	law.ReasonsAxis: {law.ReasonsGiven.String(): ShapeWithin, law.ReasonsNotGiven.String(): ShapeBelow},
	law.FormAxis:    {law.FormPlain.String(): ShapeWithin, law.FormAllowed.String(): ShapeWithin, law.FormDisallowed.String(): ShapeBelow},
	law.FineAxis: {law.FineComplete.String(): ShapeWithin, law.FineNone.String(): ShapeNone, law.FineMissing.String(): ShapeBelow,
		law.FineOutOfBounds.String(): ShapeBelow},
	law.MeasuresAxis: {law.MeasuresOrdered.String(): ShapeWithin, law.MeasuresMissing.String(): ShapeBelow},
	law.LawAxis:      {law.LawCertain.String(): ShapeWithin},
}

func axisShape(n law.AxisName, word string) string {
	if s, ok := axisShapes[n][word]; ok {
		return s
	}
	return ShapeUnknown
}

// axes are the answers one question at a time, the term before all; there are none without a conviction.
func (r *Request) axes(a *law.Answer) []Axis {
	if a.Outcomes.Has(law.NotConvicted) || a.Outcomes == 0 {
		return nil
	}
	var list []Axis
	for _, x := range a.Axes.List() {
		if x.Word == "" {
			continue
		}
		one := Axis{Term: capital(x.Name.Text(r.Lang)), Answer: Badge{axisShape(x.Name, x.Word), x.Text(r.Lang)}, At: r.rule(x.At)}
		if what := r.lacking(x.Missing); what != "" {
			one.Lacking = r.T("case.lacking", "what", what)
		}
		list = append(list, one)
	}
	return list
}

// lacking says in words what is missing.
func (r *Request) lacking(set law.MissingSet) string {
	var words []string
	for _, m := range set.List() {
		words = append(words, m.Text(r.Lang))
	}
	return strings.Join(words, "; ")
}

// mostUnder is how many laws in question are laid out side by side.
const mostUnder = 5

// Under is the answer under each of several laws in question: the questions by law, and what each law says in its own words.
type Under struct {
	Says   string
	Table  Table
	Quotes []Citation
}

// under lays the answers out; nil where one law governs.
func (r *Request) under(id string, a *law.Answer) *Under {
	all := distinct(a.Under)
	if len(all) < 2 {
		return nil
	}
	shown := all[:min(len(all), mostUnder)]
	u := &Under{Says: r.T("case.under", "n", len(all))}
	u.Table = Table{ID: id + "-under", Caption: u.Says, Quiet: true, Columns: []Column{{Head: r.T("case.axis")}}}
	if len(shown) < len(all) {
		u.Table.Note = r.T("case.under_more", "n", len(shown))
	}
	limits := [3][]Link{{{Text: r.T("provision.minimum")}}, {{Text: r.T("provision.floor")}}, {{Text: r.T("provision.maximum")}}}
	rows := make([][]Link, len(law.AxisNames()))
	asked := make([]bool, len(rows))
	for i := range shown {
		one := &shown[i]
		if text := one.Law.Text; text != "" {
			u.Quotes = append(u.Quotes, Citation{Quote: Link{Text: text, Lang: writtenIn(one.Law.Language)}, Source: r.rule(one.Law),
				Details: []string{one.Law.InForce.Text(r.Lang)}, Read: true})
		}
		u.Table.Columns = append(u.Table.Columns, Column{Head: r.citation(one.Law)})
		for k, n := range []law.Limit{one.Minimum, one.Floor, one.Maximum} {
			limits[k] = append(limits[k], Link{Text: n.Text(r.Lang)})
		}
		for k, x := range one.Axes.List() {
			asked[k] = asked[k] || x.Word != ""
			rows[k] = append(rows[k], Link{Text: dashed(x.Text(r.Lang))})
		}
	}
	for k, n := range law.AxisNames() {
		if asked[k] && n != law.LawAxis { // under one law there is one law
			u.Table.Rows = append(u.Table.Rows, append([]Link{{Text: capital(n.Text(r.Lang))}}, rows[k]...))
		}
	}
	u.Table.Rows = append(u.Table.Rows, limits[:]...)
	return u
}

// distinct leaves out what a pack does not hold and what stands there twice: an offence in words has many forms, and a code may lack some.
func distinct(list []law.Under) []law.Under {
	var out []law.Under
	seen := map[*law.Provision]bool{}
	for i := range list {
		if at := list[i].Law; at != nil && !seen[at] {
			seen[at] = true
			out = append(out, list[i])
		}
	}
	return out
}

// found says in a line of a list what the check found for one count: the term first, then what is wrong, then what is open.
func (r *Request) found(f *view.Finding) string {
	text := r.answers(f.Answers())
	if f.Outcomes.Has(law.NotConvicted) {
		return text
	}
	var open []string
	for _, n := range law.AxisNames()[1:] {
		if f.Axes.IsOpen(n) {
			open = append(open, n.Text(r.Lang))
		}
	}
	if len(open) > 0 {
		text += "; " + r.T("case.open", "what", strings.Join(open, ", "))
	}
	return text
}

// answers says in words what some counts came to: the term first, then what is wrong.
func (r *Request) answers(set view.Answers) string {
	var parts []string
	for _, t := range set.Terms() {
		parts = append(parts, r.onAxis(law.TermAxis, t.String()))
	}
	for _, wrong := range []struct {
		is   view.Answers
		axis law.AxisName
		word string
	}{{view.FormNotAllowed, law.FormAxis, law.FormDisallowed.String()}, {view.FineMissing, law.FineAxis, law.FineMissing.String()},
		{view.FineOutOfBounds, law.FineAxis, law.FineOutOfBounds.String()}, {view.MeasureMissing, law.MeasuresAxis, law.MeasuresMissing.String()}} {
		if set&wrong.is != 0 {
			parts = append(parts, r.onAxis(wrong.axis, wrong.word))
		}
	}
	if set&view.NotConvicted != 0 {
		parts = append(parts, law.NotConvicted.Text(r.Lang))
	}
	return strings.Join(parts, "; ")
}

// onAxis names a question with its answer: "imprisonment: below the minimum".
func (r *Request) onAxis(n law.AxisName, word string) string {
	return n.Text(r.Lang) + ": " + law.AxisView{Name: n, Word: word}.Text(r.Lang)
}
