package record

import (
	"testing"

	"fener/period"
)

func observation() Observation {
	return Observation{Indicator: "victims_identified", Place: "Kosovo", From: period.MustDate("2017-01-01"), To: period.MustDate("2017-06-30"),
		Value: ParseStated("16"), Unit: "persons", Citation: Citation{Source: "s", Quote: "16 viktima"}}
}

func TestObservationFaultsNameTheirPlace(t *testing.T) {
	for field, change := range map[string]func(*Observation){
		"indicator":          func(o *Observation) { o.Indicator = "" },
		"place":              func(o *Observation) { o.Place = "" },
		"to":                 func(o *Observation) { o.To = period.MustDate("2016") },
		"value.text":         func(o *Observation) { o.Value = Stated{Kind: InWords} },
		"value.low":          func(o *Observation) { o.Value = Stated{Text: "many", Kind: Exact} },
		"value.kind":         func(o *Observation) { o.Value.Kind = "guess" },
		"citations[0].quote": func(o *Observation) { o.Citation.Quote = "" },
	} {
		o := observation()
		change(&o)
		if fs := o.Validate(true); len(fs) == 0 || fs[0].Field != field {
			t.Errorf("expected a fault at %s, got %v", field, fs)
		}
	}
	o := observation()
	if fs := o.Validate(true); len(fs) > 0 {
		t.Errorf("a good observation has faults: %v", fs)
	}
}

func TestClaimFaultsNameTheirPlace(t *testing.T) {
	good := Claim{Article: "a", N: 1, Statement: Names{EN: "two shelters"},
		Comparison: Comparison{Indicator: "ngo_shelters_count", Operator: Equals, Value: "2"}}
	if fs := good.Validate(false); len(fs) > 0 {
		t.Errorf("a good claim has faults: %v", fs)
	}
	for field, change := range map[string]func(*Claim){
		"article":              func(c *Claim) { c.Article = "" },
		"statement":            func(c *Claim) { c.Statement = Names{} },
		"comparison":           func(c *Claim) { c.Comparison.Law = "06/L-074:165(1)" },
		"comparison.operator":  func(c *Claim) { c.Comparison.Operator = "resembles" },
		"comparison.value":     func(c *Claim) { c.Comparison.Value = "" },
		"comparison.tolerance": func(c *Claim) { c.Comparison.Tolerance = "-0.1" },
		"comparison.then":      func(c *Claim) { c.Comparison.Operator = FellFrom },
		"comparison.to":        func(c *Claim) { c.Comparison.From, c.Comparison.To = period.MustDate("2018"), period.MustDate("2017") },
	} {
		c := good
		change(&c)
		if fs := c.Validate(false); len(fs) == 0 || fs[0].Field != field {
			t.Errorf("expected a fault at %s, got %v", field, fs)
		}
	}
}
