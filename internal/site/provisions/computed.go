package provisions

import (
	"fener/law"
	"fener/period"
)

// Possible says whether a form of punishment is open for an offence.
type Possible uint8

// The answers. The zero value is the one that claims least.
const (
	possibleUnknown   Possible = iota // a rule or a limit was not read
	possibleYes                       // for every sentence that is short enough
	possibleMitigated                 // only where mitigation is applied
	possibleReplacing                 // only in the place of short imprisonment
	possibleNo                        // never
)

var possibleWords = [...]string{"unknown", "yes", "with_mitigation", "replacing_short_imprisonment", "no"}

func (p Possible) String() string { return possibleWords[p] }

// MarshalText writes the canonical word.
func (p Possible) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Computed is what the check makes of a provision: nobody entered it. It is found by checking sentences made up for the purpose, so it
// cannot say anything else than the findings do.
type Computed struct {
	Minimum, Floor, Maximum law.Limit
	FloorAt                 *law.Provision // the rule that gives the floor; nil where there is none
	Suspended               Possible
	SuspendedAt             *law.Provision
	FineAlone               Possible
	FineAloneAt             *law.Provision
}

// compute gives what the check makes of a provision that prescribes a punishment; ok is false for any other, and for one whose law has no
// first day in force.
func compute(pack *law.Pack, v *law.Provision) (c Computed, ok bool) {
	day := v.Instrument.InForce.From
	if v.Punishment == nil || v.Offence == "" || day.IsZero() {
		return Computed{}, false
	}
	try := func(s law.Sentence, grounds law.Grounds) (law.Answer, bool) {
		a, err := law.Explain(pack, &law.Facts{
			Convicted: pack.Offence(v.Ref.String()), Committed: period.Span{From: day.First()}, Judged: day.First(),
			Verdict: law.Convicted, Offender: law.AdultOffender, Sentence: s, Grounds: grounds,
		})
		return a, err == nil
	}
	term := period.Days(1)
	a, ok := try(law.Sentence{Imprisonment: forTerm(term)}, law.GroundsOf(law.GroundPlea))
	if !ok {
		return Computed{}, false
	}
	c = Computed{Minimum: a.Minimum, Floor: a.Floor, Maximum: a.Maximum}
	if s := find(a.Steps, law.StepFloor); s != nil {
		c.FloorAt = s.At
	}
	if c.Floor.State == law.LimitSet {
		term = c.Floor.Length
	}
	if a, ok = try(law.Sentence{Imprisonment: forTerm(term), Suspended: law.Yes}, law.GroundsOf(law.GroundPlea)); !ok {
		return Computed{}, false
	}
	c.Suspended, c.SuspendedAt = first(a.Steps, suspension)
	fine := law.Sentence{Fine: law.Fine{State: law.FineOfAmount, Cents: plainFine}}
	if a, ok = try(fine, law.GroundsOf(law.GroundPlea)); !ok {
		return Computed{}, false
	}
	c.FineAlone, c.FineAloneAt = first(a.Steps, fineAlone)
	return c, true
}

// plainFine is a fine, in cents, that lies within every code's bounds.
const plainFine = 1000_00

func forTerm(n period.Length) law.Imprisonment { return law.Imprisonment{State: law.ForTerm, Term: n} }

// rule is what a step of the check says about a form of punishment.
type rule struct {
	kind law.StepKind
	says Possible
}

// The rules, the one that decides first.
var (
	suspension = []rule{
		{law.StepSuspensionClosed, possibleNo}, {law.StepSuspensionTooLong, possibleNo},
		{law.StepSuspensionMitigated, possibleMitigated}, {law.StepSuspensionOpen, possibleYes},
	}
	fineAlone = []rule{
		{law.StepFineChoice, possibleYes}, {law.StepFineInstead, possibleMitigated}, {law.StepFineMayReplace, possibleReplacing},
		{law.StepFineAloneClosed, possibleNo},
	}
)

func first(steps []law.Step, rules []rule) (Possible, *law.Provision) {
	for _, r := range rules {
		if s := find(steps, r.kind); s != nil {
			return r.says, s.At
		}
	}
	return possibleUnknown, nil
}

func find(steps []law.Step, kind law.StepKind) *law.Step {
	for i := range steps {
		if steps[i].Kind == kind {
			return &steps[i]
		}
	}
	return nil
}
