package view_test

import (
	"bytes"
	"os"
	"testing"

	"fener/internal/record"
	"fener/internal/view"
	"fener/period"
)

// One victim in a town in a month: everyone can read that it is held back, and
// nothing of the file says more, in any revision.
func TestAVictimsFigureFinerThanTheRuleIsHeldBackInTheFile(t *testing.T) {
	d := newDesk(t)
	d.enter(record.SourceKind, "police", 0, record.Published, record.Source{Title: "Police statistics"})
	o := record.Observation{Indicator: "victims_identified", Place: "Peja municipality", From: period.MustDate("2024-05"), Value: record.ParseStated("njëqindarke"),
		Unit: "words", CountedBy: "Kosovo Police", Counted: "vajzagjirafe", Attributes: record.Attributes{Sex: "female", Age: "katermbedhjete", Origin: "Romkinja"},
		Citation: record.Citation{Source: "police", Place: "faqjafshehur", Quote: "fjaletefshehura"}, Note: "shenimifshehur", Reason: "arsyejafshehur"}
	d.enter(record.ObservationKind, "one", 0, record.Published, o)
	o.Note = "shenimitjeter"
	d.enter(record.ObservationKind, "one", 1, record.Published, o)
	for _, scope := range []view.Scope{view.Public, view.Desk} {
		v := d.open(scope)
		found, err := v.Thing(t.Context(), record.ObservationKind, "one")
		if err != nil || found.Gone != view.Standing {
			t.Fatalf("%v: %+v, %v", scope, found, err)
		}
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(d.options(scope).Path)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"njëqindarke", "vajzagjirafe", "katermbedhjete", "Romkinja", "romkinja", "faqjafshehur", "fjaletefshehura", "shenimifshehur", "shenimitjeter", "arsyejafshehur"} {
			if is := bytes.Contains(file, []byte(word)); is && scope == view.Public {
				t.Errorf("the public file holds %q", word)
			}
		}
		if !bytes.Contains(file, []byte(`held_back`)) == (scope == view.Public) || scope == view.Desk && !bytes.Contains(file, []byte("fjaletefshehura")) {
			t.Errorf("%v: what stands there is not what was to stand there", scope)
		}
	}
}
