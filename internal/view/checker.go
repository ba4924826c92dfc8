package view

import (
	"errors"
	"strings"
	"sync"

	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// checker asks the law package and remembers how offences were resolved: a
// hundred thousand judgments hold a few hundred ways of writing them.
type checker struct {
	pack     *law.Pack
	resolved sync.Map // text as written to *resolved
	laws     sync.Map // references joined by ";" to []string
}

// resolved is an offence as law and as figures know it.
type resolved struct {
	law     *law.Offence
	offence Offence
}

func newChecker(pack *law.Pack) *checker { return &checker{pack: pack} }

func (c *checker) resolve(text string) *resolved {
	if known, ok := c.resolved.Load(text); ok {
		return known.(*resolved)
	}
	text = strings.Clone(text)
	r := &resolved{law: c.pack.Offence(text), offence: Offence{Text: text}}
	if len(r.law.Refs) > 0 {
		r.offence.Ref = r.law.Refs[0].String()
	}
	for _, g := range r.law.Groups() {
		r.offence.Groups = append(r.offence.Groups, g.ID)
	}
	r.offence.Trafficking = r.law.Trafficking()
	known, _ := c.resolved.LoadOrStore(text, r)
	return known.(*resolved)
}

func (c *checker) offence(text string) Offence {
	if text == "" {
		return Offence{}
	}
	return c.resolve(text).offence
}

// plainOffence is an offence without the words of its source: by its references,
// or by the name of its kind. What the pack does not know is left out.
func (c *checker) plainOffence(text string) string {
	if text == "" {
		return ""
	}
	r := c.resolve(text)
	var parts []string
	for _, ref := range r.law.Refs {
		parts = append(parts, ref.String())
	}
	if len(parts) == 0 {
		for _, g := range r.law.Groups() {
			parts = append(parts, g.Names.EN)
		}
	}
	return strings.Join(parts, "; ")
}

func (c *checker) facts(judged period.Date, count *record.Count, child law.Tri) law.Facts {
	facts := count.Facts(func(text string) *law.Offence { return c.resolve(text).law }, judged)
	facts.ChildVictim = child
	return facts
}

// find checks one count. Two provisions for one date make it undetermined, with
// the reason kept: one ambiguous reference must not stop the fold of the rest.
func (c *checker) find(judged period.Date, count *record.Count, child law.Tri) Finding {
	facts := c.facts(judged, count, child)
	a, err := law.Check(c.pack, &facts)
	if err != nil {
		f := Finding{Outcomes: law.OutcomesOf(law.Undetermined), Missing: 1 << law.MissingProvisionText, Problem: err.Error(), Axes: Axes{Open: everyAxis}}
		var ambiguous *law.AmbiguousError
		if errors.As(err, &ambiguous) {
			f.Laws = c.lawsOf(ambiguous.First.Ref.String() + ";" + ambiguous.Second.Ref.String())
		}
		return f
	}
	f := Finding{
		Outcomes: a.Outcomes, Missing: a.Missing, Below: a.BelowMinimum, Minimum: a.Minimum, Floor: a.Floor, Maximum: a.Maximum,
		Imposed: a.Imposed, Verified: a.Verified, Downgraded: a.Downgraded, Axes: axesOf(&a.Axes),
	}
	if a.BelowMinimum == law.Yes {
		f.Shortfall = a.Shortfall
	}
	if a.Law != nil {
		f.Law = a.Law.Ref.String()
	}
	var joined strings.Builder
	for i, p := range a.Laws() {
		if i > 0 {
			joined.WriteByte(';')
		}
		joined.WriteString(p.Ref.String())
	}
	f.Laws = c.lawsOf(joined.String())
	return f
}

// lawsOf cuts references joined by ";" and shares the result.
func (c *checker) lawsOf(joined string) []string {
	if joined == "" {
		return nil
	}
	if known, ok := c.laws.Load(joined); ok {
		return known.([]string)
	}
	joined = strings.Clone(joined)
	known, _ := c.laws.LoadOrStore(joined, strings.Split(joined, ";"))
	return known.([]string)
}
