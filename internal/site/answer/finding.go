package answer

import (
	"fener/internal/page"
	"fener/law"
	"fener/locale"
)

// Finding is the answer of checking one count: what was imposed, what the law says, the difference, the rule.
type Finding struct {
	ID       string
	Title    page.Link
	Outcomes []page.Badge   // where there are no axes
	Says     string         // the answer in a few sentences
	Axes     []Axis         // the answer one question at a time
	Under    *Under         // the answer under each of several laws; may be nil
	Reason   page.Link      // why, in a sentence of whoever wrote the case; may be empty
	Offences []page.Summary // charged, convicted; may be empty
	Measures []page.Summary // imposed, minimum, floor, difference; one without text is shown as not known
	Rule     page.Link      // the provision
	Unread   string         // says what nobody has read, where the answer is weaker for it
	Steps    []Step
	Law      *page.Citation // the provision's text; may be nil
	Quote    *page.Citation // what the source says of it; may be nil
}

// Below tells whether something about the sentence is less than the law asks for.
func (f Finding) Below() bool {
	for _, b := range f.Outcomes {
		if b.Shape == page.ShapeBelow {
			return true
		}
	}
	for _, x := range f.Axes {
		if x.Answer.Shape == page.ShapeBelow {
			return true
		}
	}
	return false
}

// Step is one step of the way to a finding, with the provision that it rests on.
type Step struct {
	Says string
	Rule *page.Link
}

// Measures are the limits that what was imposed is measured by; there are none without a conviction.
func Measures(r *page.Request, a *law.Answer) []page.Summary {
	if a.Outcomes.Has(law.NotConvicted) {
		return nil
	}
	var list []page.Summary
	limit := func(key string, n law.Limit) {
		text := ""
		if n.State != law.LimitUnknown {
			text = page.Capital(n.Text(r.Lang))
		}
		list = append(list, page.Summary{Term: r.T(key), Text: page.Link{Text: text}})
	}
	limit("provision.minimum", a.Minimum)
	if a.Minimum.State == law.LimitUnknown && len(a.Laws()) > 1 {
		list[0].Text.Text = page.Capital(a.MinimumText(r.Lang)) // one for each law in question
	}
	limit("provision.floor", a.Floor)
	limit("provision.maximum", a.Maximum)
	if !a.Shortfall.IsZero() {
		list = append(list, page.Summary{Term: r.T("report.shortfall"), Text: page.Link{Text: locale.Length(r.Lang, a.Shortfall)}})
	}
	return list
}
