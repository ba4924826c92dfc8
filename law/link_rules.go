package law

import "fmt"

// linkDeclared takes over the grounds and measures that pack.yaml adds to those
// that every pack knows.
func (l *linker) linkDeclared() {
	for key, list := range map[string][]Declared{"grounds": l.pack.Grounds, "measures": l.pack.Measures} {
		words := grounds
		if key == "measures" {
			words = measures
		}
		for i, d := range list {
			if err := words.declare(d); err != nil {
				l.failHead(fmt.Sprintf("%s[%d].id", key, i), "%v", err)
			}
		}
	}
}

// linkGrounds resolves the grounds for going below a minimum: where each stands,
// how far it goes and for which offences.
func (l *linker) linkGrounds(in *Instrument, m *Mitigation, find func(string, string) *Provision) {
	for name, rule := range m.Grounds {
		path := "general.mitigation.grounds." + name
		var ground Ground
		if err := ground.UnmarshalText([]byte(name)); err != nil {
			l.fail(in, path, "%v; a ground of this country alone is declared under grounds: of %s", err, packFile)
			continue
		}
		at := path
		if !l.isPlace(in, path) {
			at += ".article"
		}
		rule.at = find(at, rule.Article)
		m.grounds[ground] = &rule
		m.own = m.own || !rule.Floor.IsZero() || len(rule.Offences) > 0 || len(rule.Except) > 0
		if rule.Floor.IsZero() && len(m.Floors) == 0 {
			l.fail(in, path, "how far it goes is missing: write floor: none, a length or a part of the minimum such as 1/2, or the table under floors:")
		}
		if len(rule.Offences) > 0 && len(rule.Except) > 0 {
			l.fail(in, path+".except", "offences: and except: cannot stand together: write the one or the other")
		}
		for key, list := range map[string][]string{"offences": rule.Offences, "except": rule.Except} {
			for i, id := range list {
				if l.pack.groups[id] == nil {
					l.fail(in, fmt.Sprintf("%s.%s[%d]", path, key, i), "no offence group %q in pack.yaml", id)
				}
			}
		}
	}
}

// isPlace reports whether a single value stands at the path.
func (l *linker) isPlace(in *Instrument, path string) bool {
	return l.docs[in].scalarAt(path)
}

// linkBounds holds the general bounds of imprisonment to what they can be.
func (l *linker) linkBounds(in *Instrument, b *ImprisonmentBounds) {
	switch {
	case b.From.State == LimitLife || b.From.State == LimitUnknown:
		l.fail(in, "general.imprisonment.from", "%s is no general minimum: write a length such as 30d, or none", b.From)
	case b.To.State == LimitNone || b.To.State == LimitUnknown:
		l.fail(in, "general.imprisonment.to", "%s is no general maximum: write a length such as 25y, or life where a term of years has no upper bound", b.To)
	case b.From.State == LimitSet && !atMost(b.From, b.To):
		l.fail(in, "general.imprisonment.to", "%s lies below %s, with which it belongs: correct the one or the other", b.To, b.From)
	}
	l.edges(in, "general.imprisonment", b.From, b.To)
}

// edges holds a minimum to "over" and a maximum to "under".
func (l *linker) edges(in *Instrument, path string, from, to Limit) {
	if from.Edge == EdgeUnder {
		l.fail(in, path+".from", "%s is no minimum: write a length, or over a length", from)
	}
	if to.Edge == EdgeOver {
		l.fail(in, path+".to", "%s is no maximum: write a length, or under a length", to)
	}
}

// linkSuspension holds a suspension's ceilings to their order. A code that
// looks at the sentence alone has no ceiling for the offence.
func (l *linker) linkSuspension(in *Instrument, s *Suspension) {
	if !s.Known {
		return
	}
	path := "general.suspension."
	for key, limit := range map[string]Limit{"offence_up_to": s.OffenceUpTo, "offence_up_to_mitigated": s.OffenceUpToMitigated, "sentence_up_to": s.SentenceUpTo} {
		if limit.State == LimitLife || limit.Edge == EdgeOver {
			l.fail(in, path+key, "%s is no ceiling: write a length, under a length, or none", limit)
		}
	}
	switch mitigated := s.OffenceUpToMitigated; {
	case s.OffenceUpTo.State == LimitSet && mitigated.State == LimitUnknown:
		l.fail(in, "general.suspension", "offence_up_to_mitigated is missing: write that maximum where mitigation is applied, or the same as offence_up_to")
	case s.OffenceUpTo.State == LimitSet && s.Mitigated == "":
		l.fail(in, "general.suspension", "mitigated_article is missing: write the place on mitigated sentences")
	case s.OffenceUpTo.State != LimitSet && mitigated.State != LimitUnknown:
		l.fail(in, path+"offence_up_to_mitigated", "without a ceiling for the offence, mitigation raises none: take the line out")
	case s.OffenceUpTo.State == LimitSet && mitigated.State == LimitSet && !atMost(s.OffenceUpTo, mitigated):
		l.fail(in, path+"offence_up_to_mitigated", "%s lies below %s, with which it belongs: correct the one or the other", mitigated, s.OffenceUpTo)
	}
}

// linkKind resolves a rule on a kind of punishment.
func (l *linker) linkKind(in *Instrument, path string, k *KindRule, find func(string, string) *Provision) {
	if err := k.measure.UnmarshalText([]byte(k.Measure)); err != nil {
		l.fail(in, path+".measure", "%v; a measure of this country alone is declared under measures: of %s", err, packFile)
	}
	k.notBeside = find(path+".not_beside", k.NotBeside)
	if k.ClosedFrom.State == LimitLife || k.ClosedFrom.Edge == EdgeUnder {
		l.fail(in, path+".closed_from", "%s: write a length from which on it is closed, over a length, or none", k.ClosedFrom)
	}
}
