package law

// ground says whether a ground for going below is on record.
func (e *evaluation) ground() {
	e.groundAxis()
	switch m := e.general.Mitigation; e.r.axes.Ground.Is {
	case GroundOnRecord:
		if e.trace != nil {
			for _, g := range e.applicable().List() {
				e.say(Step{Kind: StepGround, Ground: g, At: e.groundAt(m, g), Law: e.prov.Instrument})
			}
		}
	case GroundNone:
		e.r.rests(e.mitigationAt())
		if e.grounds.Any() {
			e.sayExcluded(m)
			break
		}
		e.say(Step{Kind: StepNoGround, At: e.mitigationAt(), Law: e.prov.Instrument})
	default:
		e.r.rests(e.mitigationAt())
		e.say(Step{Kind: StepGroundUnknown, At: e.mitigationAt(), Law: e.prov.Instrument})
	}
	e.reasons()
}

func (e *evaluation) groundAxis() {
	x := &e.r.axes.Ground
	switch {
	case e.grounds.Any() && !e.applicable().Any():
		x.set(GroundNone, e.mitigationAt()) // those on record do not count for the offence
	case e.grounds.Any():
		x.set(GroundOnRecord, e.mitigationAt())
	case e.grounds == NoGround:
		x.set(GroundNone, e.mitigationAt())
	default:
		x.set(GroundUnknown, e.mitigationAt())
	}
}

// sayExcluded names the grounds on record that do not count for the offence.
func (e *evaluation) sayExcluded(m *Mitigation) {
	if e.trace == nil {
		return
	}
	for _, g := range e.grounds.List() {
		e.say(Step{Kind: StepGroundExcluded, Ground: g, At: e.groundAt(m, g), Law: e.prov.Instrument})
	}
}

func (e *evaluation) groundAt(m *Mitigation, g Ground) *Provision {
	switch {
	case m != nil && m.grounds[g] != nil && m.grounds[g].at != nil:
		return m.grounds[g].at
	case g == GroundRelease && e.general.Release != nil:
		return e.general.Release.at
	case g == GroundPleaAgreement:
		for _, in := range e.pack.Instruments { // a rule of procedure, in a law of its own
			if rule := in.General.PleaAgreement; rule != nil && in.InForce.Range().Contains(e.facts.Judged) {
				return rule.at
			}
		}
	}
	return e.mitigationAt()
}
