package reading

import (
	"slices"
	"strings"
	"testing"
)

func TestOneDecisionMetTwice(t *testing.T) {
	texts := invented(t)
	original := texts["en-first"]
	press := "Today the Basic Court of Prizren found P.M. guilty of Trafficking in Persons and sentenced the accused P.M. to an aggregate punishment of eight (8) years of imprisonment. " +
		"It was the first trial of its kind in the town, and the judge said that it had been a long one for all who took part in it."
	for _, row := range []struct {
		name, other string
		same, sure  bool
	}{
		{"the same text", original, true, true},
		{"another scan: lines broken elsewhere, marks lost", strings.ReplaceAll(strings.ReplaceAll(original, "P 88/13", "P. nr. 88/2013"), ", ", ",\n"), true, true},
		{"another number", strings.ReplaceAll(original, "P 88/13", "P 89/13"), false, true},
		{"the same number on another day", strings.ReplaceAll(original, "Date: 29 April 2014", "Date: 30 April 2014"), true, false},
		{"what the press wrote of it", press, false, false},
	} {
		got := Same(Propose(original), Propose(row.other))
		if got.Same != row.same || got.Sure != row.sure || got.Why == "" {
			t.Errorf("%s: %+v, want same %v, sure %v", row.name, got, row.same, row.sure)
		}
	}
}

// Decisions of one case are one chain, the earlier before the later; a number that another court gave in the same year joins nothing.
func TestChainsByNumbers(t *testing.T) {
	first := strings.NewReplacer("PKR.nr.77/2023", "PKR.nr.12/2022", "PRIZREN", "PEJË", "12.03.2024", "14.03.2023").Replace(invented(t)["sq-first"])
	elsewhere := strings.NewReplacer("PKR.nr.77/2023", "PKR.nr.12/2022").Replace(invented(t)["sq-first"])
	var all []Proposal
	for _, text := range []string{invented(t)["sq-appeal"], invented(t)["en-first"], first, elsewhere} {
		all = append(all, Propose(text))
	}
	got := Chains(all)
	want := [][]int{{2, 0}, {1}, {3}}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("chains %v, want %v", got, want)
	}
}

func TestNumbersAreComparedHoweverWritten(t *testing.T) {
	for _, pair := range [][2]string{
		{"PKR.nr. 77/2023", "PKR nr 77/23"},
		{"PKR.nr.77/2023", "PKR.br. 77/2023"},
		{"К.бр. 34/15", "K.br.34/2015"},
		{"P 309/10", "P. no. 309/2010"},
		{"Pml.Kzz 92/2016", "PML.KZZ.Nr.92/2016"},
	} {
		if a, b := numberKey(pair[0]), numberKey(pair[1]); a != b {
			t.Errorf("%s and %s: %s, %s", pair[0], pair[1], a, b)
		}
	}
	if numberKey("K.br.34/15") == numberKey("Kt.br.34/15") {
		t.Error("two registers are one")
	}
}
