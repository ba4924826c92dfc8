package law

import "slices"

// measures looks at what the law makes mandatory beside imprisonment and fine,
// such as the ban on work with children after an offence against a child
// (06/L-074, Article 63, paragraph 5).
func (e *evaluation) measures() {
	ordered := e.facts.Sentence.Measures
	for i := range e.general.Mandatory {
		rule := &e.general.Mandatory[i]
		if !slices.Contains(rule.Offences, e.prov.Offence) || rule.ChildVictim && e.facts.ChildVictim != Yes {
			continue
		}
		x := &e.r.axes.Measures
		step := Step{At: rule.at, Measure: rule.measure}
		switch {
		case ordered.Has(rule.measure):
			if x.Is == MeasuresNotAsked {
				x.set(MeasuresOrdered, rule.at)
			}
			step.Kind = StepMeasureOrdered
		case ordered == NoMeasure:
			x.set(MeasuresMissing, rule.at)
			x.Missing = 0
			step.Kind = StepMeasureMissing
			e.r.rests(rule.at)
		default:
			if x.Is != MeasuresMissing {
				x.lack(MeasuresUnknown, rule.at, MissingMeasure)
			}
			step.Kind = StepMeasureUnknown
		}
		e.say(step)
	}
}
