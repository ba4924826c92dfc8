package check

import (
	"testing"

	"fener/law"
	"fener/locale"
)

// Every provision that is offered is read as itself and no other, in every language and under another country's law.
func TestProvisionsOfferedAreReadAsThemselves(t *testing.T) {
	for _, country := range []string{"xk", "us"} {
		pack, err := law.Embedded(country)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range locale.All {
			list := offencesIn(pack, l)
			articles := map[law.Ref]bool{}
			for _, o := range list[len(pack.Offences):] {
				read := pack.Offence(o.Value)
				if !read.InPack() || len(read.Refs) != 1 || o.Text == "" || articles[read.Refs[0]] {
					t.Errorf("%s %s: %q (%q) is read as %v", country, l, o.Value, o.Text, read.Refs)
					continue
				}
				articles[read.Refs[0]] = true
			}
			for _, in := range pack.Instruments {
				for _, v := range in.Provisions {
					if v.Offence != "" && v.Punishment != nil && !articles[v.Ref] {
						t.Errorf("%s %s: %s is not offered", country, l, v.Ref)
					}
				}
			}
		}
	}
}

// The grounds offered are those of the country: what another pack declares is not among them, though the program has read it.
func TestGroundsOfferedAreTheCountrys(t *testing.T) {
	for country, want := range map[string]int{"xk": 0, "us": 2} {
		pack, err := law.Embedded(country)
		if err != nil {
			t.Fatal(err)
		}
		common := 5 // those of package law
		if got := len(groundsIn(pack)); got != common+want {
			t.Errorf("%s: %d grounds, want %d of all countries and %d of its own", country, got, common, want)
		}
		for _, g := range pack.Grounds {
			if _, ok := law.GroundNamed(g.ID); !ok {
				t.Errorf("%s: %s is no ground", country, g.ID)
			}
		}
	}
}
