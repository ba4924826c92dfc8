package law

import (
	"slices"
	"testing"
)

// covered is what the worked cases of a pack touch.
type covered struct {
	outcomes   map[Outcome]int
	missing    map[string]int
	provisions map[*Provision]int // governing, in question, or cited by a step
}

func casesOf(t *testing.T, pack *Pack) []*WorkedCase {
	t.Helper()
	cases, err := pack.Cases()
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

func coverage(t *testing.T, pack *Pack) covered {
	t.Helper()
	c := covered{map[Outcome]int{}, map[string]int{}, map[*Provision]int{}}
	for _, w := range casesOf(t, pack) {
		facts, err := w.Facts.Resolve(pack)
		if err != nil {
			t.Fatalf("%s: %s: %v", w.File, w.Name, err)
		}
		answer, err := Explain(pack, &facts)
		if err != nil {
			t.Fatalf("%s: %s: %v", w.File, w.Name, err)
		}
		for _, o := range w.Expect.Outcomes {
			c.outcomes[o]++
		}
		for _, m := range w.Expect.Missing {
			c.missing[m]++
		}
		for _, prov := range answer.Laws() {
			c.provisions[prov]++
		}
		for _, step := range answer.Steps {
			c.provisions[step.At]++
		}
	}
	return c
}

// TestCasesCoverThePack holds the worked cases to what they are for: no
// outcome, no reason for an open answer and no offence without an example.
func TestCasesCoverThePack(t *testing.T) {
	pack, err := Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	c := coverage(t, pack)
	for _, o := range AllOutcomes() {
		if c.outcomes[o] == 0 {
			t.Errorf("no case expects %s", o)
		}
	}
	for m := range missingCount {
		if c.missing[m.String()] == 0 {
			t.Errorf("no case expects %s to be missing", m)
		}
	}
	for _, code := range pack.Codes() {
		for _, prov := range code.Provisions {
			if prov.Offence != "" && c.provisions[prov] == 0 {
				t.Errorf("no case is about %s, %s", prov.Ref, prov.Names.EN)
			}
		}
	}
	names := map[string]string{}
	for _, w := range casesOf(t, pack) {
		if other, twice := names[w.Name]; twice {
			t.Errorf("two cases are called %q, in %s and %s", w.Name, other, w.File)
		}
		names[w.Name] = w.File
	}
}

// TestCasesReachEveryRule holds the worked cases to the general part: every
// place that a rule of the check rests on is named in the steps of some case.
func TestCasesReachEveryRule(t *testing.T) {
	pack, err := Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	c := coverage(t, pack)
	rules := map[string][]string{
		"06/L-074": {"42(1)", "43(1)", "44(1)", "45(1)", "48(2)", "49(1)", "49(2)", "49(3)", "57(1)", "28(3)", "33(1)",
			"3(2)", "71(1.1)", "71(1.2)", "71(1.3)", "72(1.1)", "72(1.2)", "72(1.3)", "72(1.4)", "72(1.5)", "72(1.6)", "72(1.7)", "73(2)", "76(2.2)"},
		"06/L-006": {"34", "35(1-2)"},
		"08/L-032": {"369(8)"},
		"04/L-082": {"3(2)", "52(1-3)", "76(1.2)"},
	}
	for _, in := range pack.Instruments {
		for _, place := range rules[in.Number] {
			i := slices.IndexFunc(in.Provisions, func(p *Provision) bool { return p.Place == place })
			if i < 0 || c.provisions[in.Provisions[i]] == 0 {
				t.Errorf("no case rests on %s:%s", in.Number, place)
			}
		}
	}
}
