package answer

import (
	"strings"

	"fener/internal/page"
	"fener/law"
	"fener/locale"
	"fener/period"
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

// Explain adds to a finding what the check answers, with its steps: from Explain of package law. joint tells whether only an aggregate punishment is known.
func (f *Finding) Explain(r *page.Request, joint law.Tri, a *law.Answer) {
	f.Says, f.Axes, f.Under = says(r, a.Summary(r.Lang), joint, a), AxisList(r, a), UnderEach(r, f.ID, a)
	if len(f.Axes) == 0 {
		f.Outcomes = Badges(r, a.Outcomes)
	}
	f.Measures, f.Steps = Measures(r, a), Steps(r, a.Steps)
	if a.Law != nil {
		f.Rule = Rule(r, a.Law)
		if a.Law.Text != "" {
			f.Law = &page.Citation{Quote: page.Link{Text: a.Law.Text, Lang: page.WrittenIn(a.Law.Language)}, Source: Rule(r, a.Law), Read: true}
		}
	}
	if a.Outcomes.Has(law.NotConvicted) || len(a.Laws()) == 0 {
		return
	}
	switch a.Verified {
	case law.Unread:
		f.Unread = r.T("case.unread")
	case law.PartRead:
		f.Unread = r.T("case.part_read")
	}
}

// SaysKnown says only what is known, for a page on which what is not stands by question and with what would decide it.
func SaysKnown(r *page.Request, joint law.Tri, a *law.Answer) string {
	return says(r, a.Known(r.Lang), joint, a)
}

// says is an answer in plain words: the term first, then what else is known, then what is not.
func says(r *page.Request, text string, joint law.Tri, a *law.Answer) string {
	var parts []string
	if text != "" {
		parts = append(parts, text)
	}
	if a.Outcomes.Has(law.NotConvicted) {
		parts = append(parts, r.T("method.outcome.not_convicted"))
	}
	if joint == law.Yes {
		parts = append(parts, r.T("case.says_joint"))
	}
	if a.Downgraded == law.Yes {
		parts = append(parts, r.T("case.says_downgraded"))
	}
	return page.OneStop(strings.Join(parts, " "))
}

// Committed is when an offence was committed, as far as it is known.
func Committed(r *page.Request, from, to period.Date) string {
	switch {
	case from.IsZero():
		return r.Dated(to)
	case to.IsZero(), to == from:
		return r.Dated(from)
	}
	return r.Dated(from) + " – " + r.Dated(to)
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
