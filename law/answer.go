package law

import "fener/period"

// Answer is what checking one count gives: a set of outcomes with the numbers
// and the law they rest on. Findings gives them one by one.
type Answer struct {
	Outcomes Outcomes
	Missing  MissingSet // for lack of what something is undetermined

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

	Steps []Step // how the answer was reached; only from Explain
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

// result is the answer under one provision.
type result struct {
	outcomes        Outcomes
	missing         MissingSet
	below           Tri
	min, floor, max Limit
	shortfall       period.Length
	verified        Verified
	law             *Provision
}

func (r *result) add(o Outcome) { r.outcomes |= 1 << o }

func (r *result) lack(m Missing) {
	r.missing |= 1 << m
	r.outcomes |= 1 << Undetermined
}

// rests weakens the verification state to that of a provision relied on.
func (r *result) rests(p *Provision) {
	if p != nil && p.Verified < r.verified {
		r.verified = p.Verified
	}
}

// merge keeps what holds under both results; where they differ, the rest is
// undetermined for lack of m.
func merge(a, b result, m Missing) result {
	if a.outcomes != b.outcomes || a.below != b.below {
		a.outcomes &= b.outcomes &^ (1 << WithinRange)
		a.lack(m)
	}
	a.missing |= b.missing
	if a.missing != 0 {
		a.add(Undetermined)
	}
	if a.below != b.below {
		a.below = NotKnown
	}
	a.min, a.floor, a.max = same(a.min, b.min), same(a.floor, b.floor), same(a.max, b.max)
	if a.shortfall != b.shortfall {
		a.shortfall = period.Length{}
	}
	a.verified = min(a.verified, b.verified)
	if a.law != b.law {
		a.law = nil
	}
	return a
}

func same(a, b Limit) Limit {
	if a != b {
		return Limit{}
	}
	return a
}
