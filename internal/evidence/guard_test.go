package evidence_test

import (
	"fmt"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/internal/view"
	"fener/law"
)

// What shares a source with the case of a child victim is handed out without
// its words, in whatever order the entries came, and to the public alone.
func TestTheEvidenceKeepsAChildVictimsSourceBack(t *testing.T) {
	for _, draft := range []bool{false, true} {
		b := newBook(t)
		figure := suspended("7", "secret")
		figure.Note = "SYNTHETIC in Xerxë"
		b.enter(b.change(record.SourceKind, "secret", record.Published, record.Source{Title: "SYNTHETIC in Xerxë", Publisher: "Koha", Address: "https://example.org/xerxe"}))
		b.enter(b.change(record.ObservationKind, "o", record.Published, figure))
		b.enter(b.change(record.JudgmentKind, "j", record.Published, record.Judgment{Case: "c", Citations: []record.Citation{{Source: "secret"}}}))
		state := record.Published
		if draft {
			state = record.Draft
		}
		b.enter(b.change(record.CaseKind, "c", state, record.Case{Numbers: []string{"P 1/20"}, ChildVictim: law.Yes}))
		set := b.fold(view.Public).Set()
		said := fmt.Sprintf("%+v %+v", set.Source("secret"), set.Observation("o"))
		if strings.Contains(said, "Xerx") || strings.Contains(said, "xerxe") || !strings.Contains(said, "Koha") {
			t.Errorf("a draft %t: the public reads %s", draft, said)
		}
		if desk := fmt.Sprintf("%+v", b.fold(view.Desk).Set().Source("secret")); !strings.Contains(desk, "Xerx") {
			t.Errorf("the desk reads %s", desk)
		}
	}
}
