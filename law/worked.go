package law

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fener/period"
)

// WorkedCase is an example that a pack carries: facts, the expected answer and
// the reason in a sentence. Verify runs them.
type WorkedCase struct {
	File   string      `yaml:"-"`
	Name   string      `yaml:"name"`
	Reason string      `yaml:"reason"`
	Facts  WorkedFacts `yaml:"facts"`
	Expect Expected    `yaml:"expect"`
}

// WorkedFacts are a case's facts in canonical words.
type WorkedFacts struct {
	Charged      string        `yaml:"charged"`
	Convicted    string        `yaml:"convicted"`
	Committed    period.Date   `yaml:"committed"`
	CommittedTo  period.Date   `yaml:"committed_to"`
	Judged       period.Date   `yaml:"judged"`
	Verdict      Verdict       `yaml:"verdict"`
	Joint        Tri           `yaml:"joint"`
	Imprisonment string        `yaml:"imprisonment"`
	Suspended    string        `yaml:"suspended"` // yes, no or unknown; no where it is left out
	Verification period.Length `yaml:"verification"`
	Fine         string        `yaml:"fine"`
	ReplacedBy   string        `yaml:"replaced_by"`
	WorkHours    int           `yaml:"work_hours"`
	Mitigation   []string      `yaml:"mitigation"`
	Reasons      Tri           `yaml:"reasons"`
	Form         Form          `yaml:"form"`
	Offender     Offender      `yaml:"offender"`
	Measures     Measures      `yaml:"measures"`
	Other        bool          `yaml:"other"`
	Age          uint8         `yaml:"age"`
	ChildVictim  Tri           `yaml:"child_victim"`
}

// Expected is the answer that a case expects; only Outcomes is required, and
// what is empty is not compared.
type Expected struct {
	Outcomes     []Outcome         `yaml:"outcomes"`
	Axes         map[string]string `yaml:"axes"` // axis to word; "" where the question does not arise
	Minimum      *Limit            `yaml:"minimum"`
	Floor        *Limit            `yaml:"floor"`
	Maximum      *Limit            `yaml:"maximum"`
	BelowMinimum *Tri              `yaml:"below_minimum"`
	Downgraded   *Tri              `yaml:"downgraded"`
	Missing      []string          `yaml:"missing"`
	Provision    string            `yaml:"provision"`
}

// Resolve reads a case's facts against the pack.
func (w *WorkedFacts) Resolve(p *Pack) (Facts, error) {
	f := Facts{
		Committed: period.Span{From: w.Committed, To: w.CommittedTo}, Judged: w.Judged,
		Verdict: w.Verdict, Joint: w.Joint, Reasons: w.Reasons, Form: w.Form, Offender: w.Offender,
		Age: w.Age, ChildVictim: w.ChildVictim,
	}
	if w.Charged != "" {
		f.Charged = p.Offence(w.Charged)
	}
	if w.Convicted != "" {
		f.Convicted = p.Offence(w.Convicted)
	}
	for _, word := range w.Mitigation {
		var g Ground
		if word == "none" {
			f.Grounds = NoGround
		} else if err := g.UnmarshalText([]byte(word)); err != nil {
			return f, err
		} else {
			f.Grounds |= GroundsOf(g)
		}
	}
	s, err := w.sentence()
	f.Sentence = s
	return f, err
}

// suspended is what the case says; a worked case that leaves it out is about a
// sentence to be served, and one about an open question writes unknown.
func (w *WorkedFacts) suspended() Tri {
	switch w.Suspended {
	case "":
		return No
	case "yes":
		return Yes
	case "no":
		return No
	}
	return NotKnown
}

func (w *WorkedFacts) sentence() (s Sentence, err error) {
	s = Sentence{Suspended: w.suspended(), Measures: w.Measures, Verification: w.Verification, WorkHours: w.WorkHours, Other: w.Other}
	switch w.Imprisonment {
	case "":
	case "life":
		s.Imprisonment.State = ForLife
	case "unknown":
		s.Imprisonment.State = ForUnknownTerm
	default:
		s.Imprisonment.State = ForTerm
		if s.Imprisonment.Term, err = period.ParseLength(w.Imprisonment); err != nil {
			return s, err
		}
	}
	switch w.Fine {
	case "", "none":
	case "unknown":
		s.Fine.State = FineNotKnown
	case "yes":
		s.Fine.State = FineAmountUnknown
	default:
		euros, err := strconv.ParseFloat(w.Fine, 64)
		if err != nil {
			return s, fmt.Errorf("fine %q: expected euros, yes or unknown", w.Fine)
		}
		s.Fine = Fine{FineOfAmount, int64(euros*100 + 0.5)}
	}
	switch kind, _, _ := strings.Cut(w.ReplacedBy, " "); kind {
	case "":
	case "fine":
		s.ReplacedBy = ReplacedByFine
		if amount := strings.TrimSpace(strings.TrimPrefix(w.ReplacedBy, "fine")); amount != "" {
			var fine Fine
			if err := fine.UnmarshalText([]byte(amount)); err != nil {
				return s, fmt.Errorf("replaced_by: %w", err)
			}
			s.Replacing = fine.Cents
		}
	case "work":
		s.ReplacedBy = ReplacedByWork
	default:
		return s, fmt.Errorf("replaced_by %q: expected fine 900 or work 120h", w.ReplacedBy)
	}
	return s, nil
}

// Run checks the case and says how the answer differs from the expected one;
// nil where it does not.
func (w *WorkedCase) Run(p *Pack) error {
	fail := func(format string, args ...any) error {
		return fmt.Errorf("%s: case %q: %s", w.File, w.Name, fmt.Sprintf(format, args...))
	}
	if len(w.Expect.Outcomes) == 0 || w.Reason == "" || w.Name == "" {
		return fail("a case needs a name, a reason and expect.outcomes")
	}
	facts, err := w.Facts.Resolve(p)
	if err != nil {
		return fail("facts: %v", err)
	}
	got, err := Explain(p, &facts)
	if err != nil {
		return fail("%v", err)
	}
	var wrong []string
	differ := func(what, want, have string) {
		if want != have {
			wrong = append(wrong, fmt.Sprintf("%s is %s, expected %s", what, have, want))
		}
	}
	e := &w.Expect
	differ("outcomes", OutcomesOf(e.Outcomes...).String(), got.Outcomes.String())
	limits := []struct {
		what string
		want *Limit
		have Limit
	}{{"minimum", e.Minimum, got.Minimum}, {"floor", e.Floor, got.Floor}, {"maximum", e.Maximum, got.Maximum}}
	for _, l := range limits {
		if l.want != nil {
			differ(l.what, l.want.String(), l.have.String())
		}
	}
	for _, axis := range got.Axes.List() {
		if want, ok := e.Axes[axis.Name.String()]; ok {
			differ("axis "+axis.Name.String(), want, axis.Word)
		}
	}
	for name := range e.Axes {
		if !slices.Contains(axisWords, name) {
			wrong = append(wrong, fmt.Sprintf("there is no axis %q: expected one of %s", name, strings.Join(axisWords, ", ")))
		}
	}
	if e.BelowMinimum != nil {
		differ("below_minimum", e.BelowMinimum.String(), got.BelowMinimum.String())
	}
	if e.Downgraded != nil {
		differ("downgraded", e.Downgraded.String(), got.Downgraded.String())
	}
	for _, m := range e.Missing {
		if !strings.Contains("+"+got.Missing.String()+"+", "+"+m+"+") {
			wrong = append(wrong, fmt.Sprintf("missing is %q, expected it to name %s", got.Missing, m))
		}
	}
	if e.Provision != "" {
		have := ""
		if got.Law != nil {
			have = got.Law.Ref.String()
		}
		differ("provision", e.Provision, have)
	}
	if len(wrong) > 0 {
		return fail("%s", strings.Join(wrong, "; "))
	}
	return nil
}
