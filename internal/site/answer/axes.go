package answer

import (
	"fener/internal/view"
	"fener/law"
)

// Axes are a finding one question at a time, as words; null where the question does not arise. Open names those for which something is
// lacking, so that the answer is not the last word.
type Axes struct {
	Term     string         `json:"term"`
	Ground   *string        `json:"ground" jsonschema:"nullable"`
	Reasons  *string        `json:"reasons" jsonschema:"nullable"`
	Form     string         `json:"form"`
	Fine     string         `json:"fine"`
	Measures *string        `json:"measures" jsonschema:"nullable"`
	Law      string         `json:"law"`
	Open     []law.AxisName `json:"open"`
}

// AxesOf are the axes of a finding; nil where there is no sentence to check.
func AxesOf(f *view.Finding) *Axes {
	if f.Outcomes.Has(law.NotConvicted) {
		return nil
	}
	x := &f.Axes
	asked := func(n law.AxisName) *string {
		if word := x.Word(n); word != "" {
			return &word
		}
		return nil
	}
	a := &Axes{Term: x.Term.String(), Ground: asked(law.GroundAxis), Reasons: asked(law.ReasonsAxis), Form: x.Form.String(), Fine: x.Fine.String(),
		Measures: asked(law.MeasuresAxis), Law: x.Law.String(), Open: []law.AxisName{}}
	for _, n := range law.AxisNames() {
		if x.IsOpen(n) {
			a.Open = append(a.Open, n)
		}
	}
	return a
}

// AxisColumns are the columns of the axes in a sheet.
func AxisColumns() []string {
	var list []string
	for _, n := range law.AxisNames() {
		list = append(list, n.String())
	}
	return list
}

// AxisCells are the axes as cells: a word, or nothing where the question does not arise.
func AxisCells(f *view.Finding) []string {
	list := make([]string, len(law.AxisNames()))
	if f.Outcomes.Has(law.NotConvicted) {
		return list
	}
	for i, n := range law.AxisNames() {
		list[i] = f.Axes.Word(n)
	}
	return list
}

// Terms are the answers on the term that some counts came to.
func Terms(set view.Answers) []law.TermAnswer {
	if list := set.Terms(); list != nil {
		return list
	}
	return []law.TermAnswer{}
}
