package law

import (
	"fmt"

	"fener/period"
)

// Verification is the result of verifying a pack.
type Verification struct {
	Cases    int     // worked cases run
	Points   int     // points of the grid checked
	Problems []error // what is wrong, in the order found
}

// maxProblems bounds how many problems a verification lists.
const maxProblems = 100

// Verify runs the pack's worked cases, and checks on a grid of dates,
// provisions and punishments that exactly one set of outcomes is reached and
// that it is consistent. progress, if not nil, is called as it goes.
func (p *Pack) Verify(progress func(done, total int)) Verification {
	var v Verification
	cases, err := p.Cases()
	v.problem(err)
	for _, c := range cases {
		v.Cases++
		v.problem(c.Run(p))
	}
	offences := p.gridOffences()
	for i, o := range offences {
		p.verifyOffence(&v, o)
		if progress != nil {
			progress(i+1, len(offences))
		}
	}
	return v
}

func (v *Verification) problem(err error) {
	if err != nil && len(v.Problems) < maxProblems {
		v.Problems = append(v.Problems, err)
	}
}

func (p *Pack) gridOffences() []*Offence {
	var list []*Offence
	for _, code := range p.codes {
		for _, prov := range code.Provisions {
			if prov.Offence != "" {
				list = append(list, p.Offence(prov.Ref.String()))
			}
		}
	}
	for _, g := range p.Offences {
		list = append(list, p.Offence(g.ID))
	}
	return list
}

// gridDates are days around every change of law, and one long after.
func (p *Pack) gridDates() []period.Date {
	days := []period.Date{period.MustDate("2040-01-01")}
	for _, code := range p.codes {
		from := code.InForce.From.First()
		days = append(days, from.AddDays(-1), from, from.AddDays(200))
	}
	return days
}

// gridSentences are punishments around the bounds that law uses.
func gridSentences() []Sentence {
	var list []Sentence
	for _, months := range []int{1, 3, 6, 7, 12, 24, 25, 35, 36, 59, 60, 84, 120, 144, 145, 180, 240, 300, 301} {
		prison := Imprisonment{State: ForTerm, Term: period.Months(months)}
		for _, fine := range []Fine{{}, {FineOfAmount, 9999}, {FineOfAmount, 60000}, {FineOfAmount, 3000000}, {FineOfAmount, 60000000}, {State: FineNotKnown}} {
			list = append(list, Sentence{Imprisonment: prison, Fine: fine},
				Sentence{Imprisonment: prison, Fine: fine, Suspended: Yes, Verification: period.Years(2)})
		}
		list = append(list, Sentence{Imprisonment: prison, ReplacedBy: ReplacedByFine},
			Sentence{Imprisonment: prison, ReplacedBy: ReplacedByWork, WorkHours: 120})
	}
	return append(list, Sentence{}, Sentence{Imprisonment: Imprisonment{State: ForLife}},
		Sentence{Imprisonment: Imprisonment{State: ForUnknownTerm}, Suspended: Yes},
		Sentence{Fine: Fine{FineOfAmount, 60000}}, Sentence{WorkHours: 120}, Sentence{Other: true})
}

func (p *Pack) verifyOffence(v *Verification, o *Offence) {
	sentences := gridSentences()
	for _, day := range p.gridDates() {
		for _, judged := range []period.Date{day, day.AddDays(900)} {
			for _, grounds := range []Grounds{0, NoGround, GroundsOf(GroundPlea), GroundsOf(GroundLaw)} {
				for i := range sentences {
					for _, joint := range []Tri{NotKnown, Yes} {
						for _, offender := range []Offender{AdultOffender, JuvenileOffender} {
							v.Points++
							f := Facts{Convicted: o, Committed: period.Span{From: day}, Judged: judged, Verdict: Convicted,
								Joint: joint, Sentence: sentences[i], Grounds: grounds, Offender: offender}
							a, err := Check(p, &f)
							if err == nil {
								err = a.consistent()
							}
							if err != nil {
								v.problem(fmt.Errorf("%s committed %s, judged %s, %+v, grounds %q, joint %s, %s: %w",
									o.Text, day, judged, f.Sentence, grounds, joint, offender, err))
							}
						}
					}
				}
			}
		}
	}
}

// consistent reports an answer that contradicts itself: outcomes that exclude
// each other, or an undetermined one without what is missing.
func (a *Answer) consistent() error {
	o := a.Outcomes
	alone := OutcomesOf(WithinRange, NotConvicted)
	exclusive := OutcomesOf(Mitigated, Unexplained, BelowFloor)
	switch {
	case o == 0:
		return fmt.Errorf("no outcome")
	case o&alone != 0 && o.Len() > 1:
		return fmt.Errorf("outcomes %s cannot stand together", o)
	case (o & exclusive).Len() > 1:
		return fmt.Errorf("outcomes %s exclude each other", o)
	case o.Has(Undetermined) != (a.Missing != 0):
		return fmt.Errorf("outcomes %s with missing %q", o, a.Missing)
	case o.Has(WithinRange) && a.BelowMinimum == Yes:
		return fmt.Errorf("within the range, and below the minimum")
	case o.Has(BelowFloor) && a.BelowMinimum != Yes:
		return fmt.Errorf("below the floor, and not below the minimum")
	}
	return nil
}
