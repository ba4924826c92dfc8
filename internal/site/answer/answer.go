package answer

import (
	"strings"

	"fener/internal/page"
	"fener/internal/view"
	"fener/law"
)

// Axis is the answer to one question about a count.
type Axis struct {
	Term    string
	Answer  page.Badge
	At      page.Link // the provision that the answer rests on
	Lacking string    // for lack of what it is open; empty where it is decided
}

// axisShapes give the answers on the axes their signs; what is not listed has a question mark.
var axisShapes = map[law.AxisName]map[string]string{
	law.TermAxis: {law.TermWithin.String(): page.ShapeWithin, law.TermBelowMinimum.String(): page.ShapeBelow, law.TermBelowFloor.String(): page.ShapeBelow,
		law.TermFloorUnread.String(): page.ShapeBelow, law.TermAboveMaximum.String(): page.ShapeAbove},
	law.GroundAxis:  {law.GroundOnRecord.String(): page.ShapeWithin, law.GroundNone.String(): page.ShapeNone},
	law.ReasonsAxis: {law.ReasonsGiven.String(): page.ShapeWithin, law.ReasonsNotGiven.String(): page.ShapeBelow},
	law.FormAxis:    {law.FormPlain.String(): page.ShapeWithin, law.FormAllowed.String(): page.ShapeWithin, law.FormDisallowed.String(): page.ShapeBelow},
	law.FineAxis: {law.FineComplete.String(): page.ShapeWithin, law.FineNone.String(): page.ShapeNone, law.FineMissing.String(): page.ShapeBelow,
		law.FineOutOfBounds.String(): page.ShapeBelow},
	law.MeasuresAxis: {law.MeasuresOrdered.String(): page.ShapeWithin, law.MeasuresMissing.String(): page.ShapeBelow},
	law.LawAxis:      {law.LawCertain.String(): page.ShapeWithin},
}

func axisShape(n law.AxisName, word string) string {
	if s, ok := axisShapes[n][word]; ok {
		return s
	}
	return page.ShapeUnknown
}

// axes are the answers one question at a time, the term before all; there are none without a conviction.
func AxisList(r *page.Request, a *law.Answer) []Axis {
	if a.Outcomes.Has(law.NotConvicted) || a.Outcomes == 0 {
		return nil
	}
	var list []Axis
	for _, x := range a.Axes.List() {
		if x.Word == "" {
			continue
		}
		one := Axis{Term: page.Capital(x.Name.Text(r.Lang)), Answer: page.Badge{Shape: axisShape(x.Name, x.Word), Text: x.Text(r.Lang)}, At: Rule(r, x.At)}
		if what := lacking(r, x.Missing); what != "" {
			one.Lacking = r.T("case.lacking", "what", what)
		}
		list = append(list, one)
	}
	return list
}

// lacking says in words what is missing.
func lacking(r *page.Request, set law.MissingSet) string {
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
	Table  page.Table
	Quotes []page.Citation
}

// under lays the answers out; nil where one law governs.
func UnderEach(r *page.Request, id string, a *law.Answer) *Under {
	all := distinct(a.Under)
	if len(all) < 2 {
		return nil
	}
	some := all[:min(len(all), mostUnder)]
	u := &Under{Says: r.T("case.under", "n", len(all))}
	u.Table = page.Table{ID: id + "-under", Caption: u.Says, Quiet: true, Columns: []page.Column{{Head: r.T("case.axis")}}}
	if len(some) < len(all) {
		u.Table.Note = r.T("case.under_more", "n", len(some))
	}
	limits := [3][]page.Link{{{Text: r.T("provision.minimum")}}, {{Text: r.T("provision.floor")}}, {{Text: r.T("provision.maximum")}}}
	rows := make([][]page.Link, len(law.AxisNames()))
	asked := make([]bool, len(rows))
	for i := range some {
		one := &some[i]
		if text := one.Law.Text; text != "" {
			u.Quotes = append(u.Quotes, page.Citation{Quote: page.Link{Text: text, Lang: page.WrittenIn(one.Law.Language)}, Source: Rule(r, one.Law),
				Details: []page.Link{{Text: one.Law.InForce.Text(r.Lang)}}, Read: true})
		}
		u.Table.Columns = append(u.Table.Columns, page.Column{Head: Citation(r, one.Law)})
		for k, n := range []law.Limit{one.Minimum, one.Floor, one.Maximum} {
			limits[k] = append(limits[k], page.Link{Text: n.Text(r.Lang)})
		}
		for k, x := range one.Axes.List() {
			asked[k] = asked[k] || x.Word != ""
			rows[k] = append(rows[k], page.Link{Text: page.Dashed(x.Text(r.Lang))})
		}
	}
	for k, n := range law.AxisNames() {
		if asked[k] && n != law.LawAxis { // under one law there is one law
			u.Table.Rows = append(u.Table.Rows, append([]page.Link{{Text: page.Capital(n.Text(r.Lang))}}, rows[k]...))
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

// Found says in a line of a list what the check found for one count: the term first, then what is wrong, then what is open.
func Found(r *page.Request, f *view.Finding) string {
	text := Answers(r, f.Answers())
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

// Answers says in words what some counts came to: the term first, then what is wrong.
func Answers(r *page.Request, set view.Answers) string {
	var parts []string
	for _, t := range set.Terms() {
		parts = append(parts, onAxis(r, law.TermAxis, t.String()))
	}
	for _, wrong := range []struct {
		is   view.Answers
		axis law.AxisName
		word string
	}{{view.FormNotAllowed, law.FormAxis, law.FormDisallowed.String()}, {view.FineMissing, law.FineAxis, law.FineMissing.String()},
		{view.FineOutOfBounds, law.FineAxis, law.FineOutOfBounds.String()}, {view.MeasureMissing, law.MeasuresAxis, law.MeasuresMissing.String()}} {
		if set&wrong.is != 0 {
			parts = append(parts, onAxis(r, wrong.axis, wrong.word))
		}
	}
	if set&view.NotConvicted != 0 {
		parts = append(parts, law.NotConvicted.Text(r.Lang))
	}
	return strings.Join(parts, "; ")
}

// onAxis names a question with its answer: "imprisonment: below the minimum".
func onAxis(r *page.Request, n law.AxisName, word string) string {
	return n.Text(r.Lang) + ": " + law.AxisView{Name: n, Word: word}.Text(r.Lang)
}
