package shown

import (
	"regexp"
	"testing"

	"fener/law"
)

func TestProvisionsHaveIdentifiersInTheShapeOfELI(t *testing.T) {
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	for ref, want := range map[string]string{
		"06/L-074:165(1)":  "eli/xk/criminal_code/06-L-074/art_165/par_1",
		"06/L-074:72(1.2)": "eli/xk/criminal_code/06-L-074/art_72/par_1.2",
	} {
		parsed, ok := law.ParseRef(ref)
		found := pack.Find(parsed)
		if !ok || len(found) == 0 {
			t.Fatalf("%s is not in the pack", ref)
		}
		if got := ProvisionELI(pack, found[0]); got != want {
			t.Errorf("%s is %s, want %s", ref, got, want)
		}
	}
	shape := regexp.MustCompile(`^eli/xk/[a-z_]+/[A-Za-z0-9.-]+(/art_[A-Za-z0-9.-]+(/par_[A-Za-z0-9.-]+)?)?$`)
	of := map[string]law.Ref{}
	for _, in := range pack.Instruments {
		if eli := LawELI(pack, in); !shape.MatchString(eli) {
			t.Errorf("%s has %q", in.Number, eli)
		}
		for _, v := range in.Provisions {
			eli := ProvisionELI(pack, v)
			if other, taken := of[eli]; !shape.MatchString(eli) || taken && other != v.Ref {
				t.Errorf("%s has %q, which is no ELI or also that of %s", v.Ref, eli, other)
			}
			of[eli] = v.Ref
		}
	}
	if len(of) < 100 {
		t.Errorf("only %d provisions were looked at", len(of))
	}
}

func TestALawOfNoCountryHasNoIdentifier(t *testing.T) {
	if got := LawELI(&law.Pack{}, &law.Instrument{Number: "1", Kind: "other"}); got != "" {
		t.Errorf("it has %q", got)
	}
}
