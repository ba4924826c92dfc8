package law

import (
	"strings"

	"fener/locale"
)

// Text is the axis in words.
func (n AxisName) Text(l locale.Lang) string { return word4(l, "axis."+n.String()) }

// Text is the answer on the axis in words, in lower case; empty where the
// question does not arise.
func (v AxisView) Text(l locale.Lang) string {
	if v.Word == "" {
		return ""
	}
	return word4(l, "axis."+v.Name.String()+"."+v.Word)
}

// MinimumText is the minimum in words. Where several laws are in question it
// says each: "2 years, or 5 years under Criminal Code (04/L-082)".
func (a *Answer) MinimumText(l locale.Lang) string { return finish(l, a.minimumText(l)) }

func (a *Answer) minimumText(l locale.Lang) string {
	b := building(l)
	if a.Minimum.State != LimitUnknown || len(a.Laws()) < 2 {
		return a.Minimum.Text(b)
	}
	laws := a.Laws()
	text := laws[0].terms.min.Text(b)
	said := []Limit{laws[0].terms.min}
	for _, prov := range laws[1:] {
		repeated := false
		for _, m := range said {
			repeated = repeated || m == prov.terms.min
		}
		if repeated {
			continue
		}
		said = append(said, prov.terms.min)
		text = say(l, "say.or_under", "a", text, "b", prov.terms.min.Text(b), "law", prov.Instrument.title(l))
	}
	return text
}

// Summary is the answer in a few sentences: what Known says, then what is not
// known and which text nobody has checked yet. It is empty where there is no
// sentence to check.
func (a *Answer) Summary(l locale.Lang) string {
	known := a.Known(l)
	if known == "" {
		return ""
	}
	if open := a.sayOpen(l); open != "" {
		known += " " + finish(l, open)
	}
	return known
}

// Known is what is known, in a few sentences: the term first, then what else is
// known to be wrong. It is empty where there is no sentence to check.
func (a *Answer) Known(l locale.Lang) string {
	if a.Outcomes.Has(NotConvicted) || a.Outcomes == 0 {
		return ""
	}
	x := &a.Axes
	sentences := []string{a.sayTerm(l)}
	if x.Term.Is.below() || a.Outcomes&OutcomesOf(Mitigated, Unexplained) != 0 {
		if x.Ground.Is != GroundNotAsked && x.Term.Is != TermBelowFloor {
			sentences = append(sentences, say(l, "say.ground_"+x.Ground.Is.String()))
		}
	}
	if x.Form.Is == FormDisallowed {
		sentences = append(sentences, say(l, "say.form_not_allowed"))
	}
	if x.Fine.Is == FineMissing || x.Fine.Is == FineOutOfBounds {
		sentences = append(sentences, say(l, "say.fine_"+x.Fine.Is.String()))
	}
	if x.Measures.Is == MeasuresMissing {
		sentences = append(sentences, say(l, "say.measures_missing"))
	}
	return finish(l, strings.Join(sentences, " "))
}

func (a *Answer) sayTerm(l locale.Lang) string {
	b := building(l)
	imposed := capital(a.Imposed.Text(b))
	if a.Imposed.State == LimitNone {
		imposed = say(l, "say.none")
	}
	key := a.Axes.Term.Is.String()
	if a.Imposed.State == LimitNone && a.Axes.Term.Is == TermUnknown {
		key = "unknown_none" // nothing on record is not that nothing was imposed
	}
	reach := a.minimumText(l) + " – " + a.Maximum.Text(b)
	return oneStop(say(l, "say."+key, "imposed", imposed, "minimum", a.minimumText(l), "floor", a.Floor.Text(b), "maximum", a.Maximum.Text(b), "range", reach))
}

// sayOpen lists what is not known, each thing once, with the text that nobody
// has checked yet where that is the reason.
func (a *Answer) sayOpen(l locale.Lang) string {
	var parts []string
	said := MissingSet(0)
	for _, axis := range a.Axes.List() {
		for _, m := range (axis.Missing &^ said).List() {
			said |= 1 << m
			text := say(l, "missing."+m.String())
			if at := a.unread(axis, m); at != nil {
				text = say(l, "say.unread", "what", text, "at", at.cite(l))
			}
			parts = append(parts, text)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return say(l, "say.open", "list", strings.Join(parts, "; "))
}

// unread is the text that nobody has checked and for lack of which m is open;
// nil where m is a fact, or no place is known.
func (a *Answer) unread(axis AxisView, m Missing) *Provision {
	if !m.isRule() {
		return nil
	}
	if axis.At != nil && axis.At.Verified != Read {
		return axis.At
	}
	for _, t := range a.ToRead() {
		if t.What == m && t.At != nil {
			return t.At
		}
	}
	return nil
}

// isRule reports whether what is missing is a text of the law and not a fact.
func (m Missing) isRule() bool {
	switch m {
	case MissingProvisionText, MissingFloorRule, MissingSuspensionRule, MissingReplacementRule, MissingMaximum, MissingFineRule,
		MissingJuvenileRule, MissingJuvenileMeasures, MissingFormRule, MissingKindRule, MissingAmendments:
		return true
	}
	return false
}

// ToRead is a text of the law that nobody has read yet, and for lack of which
// some axis of an answer is open.
type ToRead struct {
	Law  *Instrument
	At   *Provision // nil where the pack does not say where the rule stands
	What Missing
}

// ToRead lists what would have to be read to decide the open axes; only from
// Explain.
func (a *Answer) ToRead() []ToRead {
	var list []ToRead
	add := func(t ToRead) {
		if t.Law == nil {
			return
		}
		for _, known := range list {
			if known == t {
				return
			}
		}
		list = append(list, t)
	}
	for i := range a.Under {
		u := &a.Under[i]
		for _, axis := range u.Axes.List() {
			for _, m := range axis.Missing.List() {
				if !m.isRule() {
					continue
				}
				at := axis.At
				if at != nil && at.Verified == Read {
					at = nil
				}
				add(ToRead{u.Code, at, m})
			}
		}
	}
	if a.Axes.Law.Missing.Has(MissingAmendments) {
		for _, s := range a.Steps {
			if s.Kind == StepAmendmentsUnread {
				add(ToRead{s.Law, s.At, MissingAmendments})
			}
		}
	}
	return list
}
