package record

import (
	"slices"
	"strings"
	"testing"
)

// What a thing rests on is read from the tags of its fields, wherever they lie.
func TestRestsAreReadFromTheFields(t *testing.T) {
	for _, row := range []struct {
		name string
		body Body
		want string
	}{
		{"a source that retells", &Source{Retells: "s1"}, "source s1"},
		{"a body that was taken over", &Institution{Successor: "i2", Citations: []Citation{{Source: "s1"}}}, "institution i2, source s1"},
		{"a judgment", &Judgment{Case: "c", Court: "i", Defendants: []Defendant{{Counts: []Count{{Source: "s2"}, {}}}}, Citations: []Citation{{Source: "s1"}}},
			"case c, institution i, source s2, source s1"},
		{"a figure", &Observation{CountedBy: "police", Citation: Citation{Source: "s"}, Restates: []string{"o1", "o2"}}, "institution police, source s, observation o1, observation o2"},
		{"a claim", &Claim{Article: "a"}, "article a"},
		{"a reply, whose field beside says of what kind", &Reply{Institution: "i", About: ClaimKind, ID: "c1", Citation: &Citation{Source: "s"}}, "institution i, claim c1, source s"},
		{"a reply given nowhere", &Reply{Institution: "i", About: CaseKind, ID: "c1"}, "institution i, case c1"},
		{"nothing", &Article{}, ""},
	} {
		var got []string
		for _, thing := range Rests(row.body) {
			got = append(got, thing.String())
		}
		if text := strings.Join(got, ", "); text != row.want {
			t.Errorf("%s rests on %s, want %s", row.name, text, row.want)
		}
	}
}

// What others rest on can be published before them.
func TestKindsStandInTheOrderOfPublication(t *testing.T) {
	for i, d := range Definitions {
		if body := d.New(); body == nil || !d.Kind.Valid() || DefinitionOf(d.Kind) != d || d.Kind.Order() != i {
			t.Errorf("%s is not defined as it should be", d.Kind)
		}
	}
	fields := RefFields()
	for name, kind := range fields {
		if DefinitionOf(kind) == nil {
			t.Errorf("the field %q holds ids of %q, which is no kind", name, kind)
		}
	}
	for _, want := range []string{"case", "court", "source", "article", "restates", "counted_by", "institution", "retells", "successor"} {
		if fields[want] == "" {
			t.Errorf("the field %q holds ids and is not marked", want)
		}
	}
	if Kind("unknown").Order() != -1 || slices.Contains([]int{-1}, ClaimKind.Order()) {
		t.Error("a kind that nobody knows has a place")
	}
}

// A number that does not stand in the quotation is refused: a wrong number is worse than none.
func TestAHelpLinesNumberStandsInItsQuotation(t *testing.T) {
	good := HelpLine{Names: Names{EN: "Police"}, Does: "emergency", Number: "0800 11 112", Citation: Citation{Source: "s", Quote: "Tel: 0800 1111 2"}}
	if faults := good.Validate(true); len(faults) > 0 {
		t.Errorf("a good one: %v", faults)
	}
	for name, change := range map[string]func(*HelpLine){
		"number: does not stand":  func(h *HelpLine) { h.Number = "0800 11 113" },
		"number: is no telephone": func(h *HelpLine) { h.Number = "ask 192" },
		"number: is no":           func(h *HelpLine) { h.Number = "12" },
		"does: is no kind":        func(h *HelpLine) { h.Does = "magic" },
		"names: are empty":        func(h *HelpLine) { h.Names = Names{} },
		"citations":               func(h *HelpLine) { h.Citation.Source = "" },
	} {
		h := good
		change(&h)
		faults := h.Validate(true)
		field, _, _ := strings.Cut(name, ":")
		if len(faults) == 0 || !strings.HasPrefix(faults[0].Field, field) {
			t.Errorf("%s: %v", name, faults)
		}
	}
}
