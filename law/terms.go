package law

import "fener/period"

// terms are what the check needs of one provision, compiled when a pack loads
// from the provision and the general part of its code.
type terms struct {
	min, floor, max Limit
	floorRow        *FloorRow     // the row of the table that gives the floor
	own             bool          // grounds have floors or offences of their own: ways counts, not floorRow
	ways            []way         // the grounds that count for the offence
	grounds         Grounds       // the same as a set
	floorAt         *Provision    // where the floor stands
	least           period.Length // general minimum of imprisonment, where no special one is prescribed

	fine             Joined
	fineFrom, fineTo int64 // cents; -1: not read
	fineFromAt       *Provision
	fineToAt         *Provision
	fineGain         bool // above fineTo is lawful only for offences committed for gain

	suspension suspensionRule
}

// suspensionRule says what a code's suspension rule makes of a provision.
type suspensionRule uint8

const (
	suspensionUnread    suspensionRule = iota
	suspensionOpen                     // the offence is light enough
	suspensionMitigated                // only where mitigation is applied
	suspensionClosed                   // never
)

func compile(prov *Provision) terms {
	general := &prov.Instrument.General
	t := terms{fineFrom: -1, fineTo: -1}
	compileImprisonment(&t, prov, general)
	compileFine(&t, prov, general)
	t.suspension = suspensionFor(t.max, general.Suspension)
	return t
}

func compileImprisonment(t *terms, prov *Provision, general *General) {
	r := prov.Punishment.Imprisonment
	if r == nil {
		t.min, t.floor, t.max = Limit{State: LimitNone}, Limit{State: LimitNone}, Limit{State: LimitNone}
		return
	}
	t.min, t.max = r.From, r.To
	if bounds := general.Imprisonment; bounds != nil {
		t.least = bounds.From.Length
		if t.max.State == LimitNone {
			t.max = bounds.To
		}
	} else if t.max.State == LimitNone {
		t.max = Limit{} // no special maximum, and nobody read the general one
	}
	if t.min.State == LimitNone {
		t.floor = Limit{State: LimitNone}
		return
	}
	if m := general.Mitigation; m != nil && m.Known && t.min.State == LimitSet {
		for i := range m.Floors {
			if t.min.Length.Compare(m.Floors[i].Minimum) >= 0 {
				t.floorRow = &m.Floors[i]
				t.floor, t.floorAt = setLimit(t.floorRow.Floor), t.floorRow.at
				break
			}
		}
		if m.own {
			compileWays(t, prov, m)
		}
	}
}

// compileWays takes the floors from the grounds. Where none counts for the
// offence, the law leaves no way below its minimum.
func compileWays(t *terms, prov *Provision, m *Mitigation) {
	t.own, t.ways = true, waysBelow(prov, m, t.min, t.floorRow)
	for _, w := range t.ways {
		t.grounds |= GroundsOf(w.ground)
	}
	t.floor, t.floorAt, _ = lowest(t.ways, t.grounds)
	if len(t.ways) == 0 {
		t.floor, t.floorAt = t.min, m.at
	}
}

func compileFine(t *terms, prov *Provision, general *General) {
	f := prov.Punishment.Fine
	if f == nil {
		t.fine = NoFine
	} else {
		t.fine = f.Joined
	}
	if b := general.Fine; b != nil {
		t.fineFrom, t.fineTo = b.From*100, b.To*100
		t.fineFromAt, t.fineToAt = b.at, b.at
		t.fineGain = b.HigherIfGain
		for _, id := range b.HigherFor {
			if id == prov.Offence {
				t.fineTo, t.fineGain = b.Higher*100, false
			}
		}
	}
	if f != nil && f.From != nil {
		t.fineFrom, t.fineFromAt = *f.From*100, prov
	}
	if f != nil && f.To != nil {
		t.fineTo, t.fineToAt, t.fineGain = *f.To*100, prov, false
	}
}

// suspensionFor applies a suspension rule's offence ceilings (Criminal Code
// 06/L-074, Article 49, paragraphs 1 and 2) to a maximum.
func suspensionFor(maximum Limit, s *Suspension) suspensionRule {
	switch {
	case s == nil || !s.Known || maximum.State == LimitUnknown:
		return suspensionUnread
	case s.OffenceUpTo.admits(maximum):
		return suspensionOpen
	case s.OffenceUpToMitigated.State == LimitSet && s.OffenceUpToMitigated.admits(maximum):
		return suspensionMitigated
	}
	return suspensionClosed
}

// replaceable says whether imprisonment of some length that is lawful for the
// provision is short enough for a rule's ceiling.
func (t *terms) replaceable(upTo Limit) (possible, known bool) {
	switch t.floor.State {
	case LimitNone:
		return true, true
	case LimitSet:
		return !upTo.exceededBy(t.floor.Length), true
	}
	return false, false
}

// notMoreSevere reports whether provision a is certainly at most as severe as
// b in every respect that the check looks at. Anything unread makes it false.
func notMoreSevere(a, b *Provision) bool {
	s, t := &a.terms, &b.terms
	if s.fine == FineUnknown || t.fine == FineUnknown || s.suspension == suspensionUnread || t.suspension == suspensionUnread {
		return false
	}
	fine := s.fine == NoFine || s.fine == t.fine || ((s.fine == FineOr || s.fine == FineMay) && t.fine == FineAnd)
	return fine && s.fineTo <= t.fineTo && s.suspension <= t.suspension &&
		atMost(s.min, t.min) && atMost(s.floor, t.floor) && atMost(s.max, t.max)
}
