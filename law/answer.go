package law

import "fener/period"

// Answer is what checking one count gives: the axes, with the numbers and the
// law they rest on, and the set of outcomes derived from them.
type Answer struct {
	Axes     Axes
	Outcomes Outcomes
	Missing  MissingSet // for lack of what some axis is open

	// BelowMinimum is whether what was imposed lies below the statutory minimum;
	// it can be known where whether that was lawful is not.
	BelowMinimum Tri
	Minimum      Limit // of the governing law; unknown where the laws in question differ
	Floor        Limit // the lowest that mitigation allows
	Maximum      Limit
	Imposed      Limit         // imprisonment as imposed
	Shortfall    period.Length // what the imposed lacks of the minimum; none where not below

	Verified   Verified // the weakest text that the answer rests on
	Downgraded Tri      // charged with trafficking, convicted of a lesser offence

	Law        *Provision     // the provision that governs; nil where several are in question
	considered [24]*Provision // every provision in question, in order of date
	laws       uint8

	Steps []Step  // how the answer was reached; only from Explain
	Under []Under // the answer under each provision in question; only from Explain
}

// Under is the answer under one of several provisions in question.
type Under struct {
	Law                     *Provision  // nil where the pack does not hold the offence in the code
	Code                    *Instrument // that it stands in
	Axes                    Axes
	Outcomes                Outcomes
	Minimum, Floor, Maximum Limit
	BelowMinimum            Tri
	Shortfall               period.Length
}

// Laws are the provisions in question, the oldest code's first.
func (a *Answer) Laws() []*Provision { return a.considered[:a.laws] }

// Finding is one outcome with the numbers it rests on.
type Finding struct {
	Outcome                 Outcome
	Minimum, Floor, Maximum Limit
	Imposed                 Limit
	Shortfall               period.Length
	Verified                Verified
	Missing                 []Missing // for undetermined
	Steps                   []Step    // those that led to this outcome
}

// Findings lists the outcomes one by one, each with its own steps.
func (a *Answer) Findings() []Finding {
	list := make([]Finding, 0, a.Outcomes.Len())
	for _, o := range a.Outcomes.List() {
		f := Finding{Outcome: o, Minimum: a.Minimum, Floor: a.Floor, Maximum: a.Maximum,
			Imposed: a.Imposed, Verified: a.Verified}
		if a.BelowMinimum == Yes {
			f.Shortfall = a.Shortfall
		}
		if o == Undetermined {
			f.Missing = a.Missing.List()
		}
		for _, s := range a.Steps {
			if s.Kind.leadsTo(o) {
				f.Steps = append(f.Steps, s)
			}
		}
		list = append(list, f)
	}
	return list
}

func (a *Answer) consider(p *Provision) {
	for _, q := range a.considered[:a.laws] {
		if p == nil || p == q {
			return
		}
	}
	if p != nil && int(a.laws) < len(a.considered) {
		a.considered[a.laws] = p
		a.laws++
	}
}
