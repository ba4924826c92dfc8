package main

import (
	"strings"
	"testing"

	"fener/internal/reading"
)

// What counts as the same value, and what does not.
func TestValuesAreComparedAsTheReadmeOfTheLabelsSays(t *testing.T) {
	for _, row := range []struct {
		name string
		same func(a, b string) bool
		a, b string
		want bool
	}{
		{"spaces and marks of a number", sameNumber, "P.Nr. 103/2019", "P.Nr.103/2019", true},
		{"Nr. before a number of the register", sameNumber, "Nr.2024:120781", "2024:120781", true},
		{"two registers", sameNumber, "Kt.br.34/15", "K.br.34/15", false},
		{"months and years", sameLength, "15m", "1y 3m", true},
		{"days are no months", sameLength, "30d", "1m", false},
		{"an offence in another case of declension", sameWords, "mashtrimit", "mashtrim", true},
		{"another offence", sameWords, "vjedhja", "vrasja", false},
		{"a law with its year", sameCode, "KPRK (04/L-082)", "KPRK", true},
		{"two laws", sameCode, "KPRK", "KPK", false},
		{"a court with its department", sameCourt, "Gjykata Themelore në Pejë", "Gjykata Themelore ne Peje", true},
		{"two courts", sameCourt, "Gjykata Themelore në Pejë", "Gjykata Themelore në Prizren", false},
	} {
		if got := row.same(row.a, row.b); got != row.want {
			t.Errorf("%s: %s and %s: %v", row.name, row.a, row.b, got)
		}
	}
}

// A wrong value counts against precision and recall, an empty one against recall, and a sure wrong one stands by itself.
func TestTallies(t *testing.T) {
	s := newScore()
	s.language = "sq"
	want := "6m"
	s.compare("imprisonment", &want, proposed{text: "6m", found: true, sure: true}, same, "")
	s.compare("imprisonment", &want, proposed{text: "7m", found: true, sure: true}, same, "")
	s.compare("imprisonment", &want, proposed{}, same, "")
	s.compare("imprisonment", nil, proposed{text: "1d", found: true}, same, "")
	s.compare("imprisonment", nil, proposed{}, same, "")
	got := *s.of("imprisonment")
	if got != (tally{right: 1, wrong: 2, missed: 2, sure: 2, sureWrong: 1}) {
		t.Errorf("%+v", got)
	}
	var b strings.Builder
	s.print(&b, []string{"sq"})
	if !strings.Contains(b.String(), "0.333") || len(s.misses) != 3 {
		t.Errorf("%s\n%v", b.String(), s.misses)
	}
}

// An earlier decision that was not found costs all that the labels say of it.
func TestDecisionsArePairedByInstanceAndDay(t *testing.T) {
	l := &labels{Language: "sq"}
	day := "2020-01-02"
	l.Decisions = append(l.Decisions, struct {
		Instance   string  `json:"instance"`
		Court      *string `json:"court"`
		Date       *string `json:"date"`
		Effect     *effect `json:"effect"`
		Defendants []defendant
	}{Instance: "first", Date: &day})
	at, _ := pairs(l, reading.Proposal{Decisions: []reading.Decision{{Instance: reading.Value[reading.Instance]{Value: reading.Appeal, Rule: "x"}}}})
	if at[0] != -1 {
		t.Errorf("an appeal was paired with a first instance")
	}
	at, _ = pairs(l, reading.Proposal{Decisions: []reading.Decision{{Instance: reading.Value[reading.Instance]{Value: reading.First, Rule: "x"}}}})
	if at[0] != 0 {
		t.Errorf("a first instance without a day was not paired")
	}
}
