package evidence_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"fener/internal/evidence"
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

// What was said, as it stood at a past moment, is handed out with the care of today: what was taken back since is not there, and bears on no claim; what
// shares a source with a case that was protected since is coarse.
func TestThePastIsHandedOutWithTodaysCare(t *testing.T) {
	b := newBook(t)
	b.article()
	b.enter(b.change(record.SourceKind, "secret", record.Published, record.Source{Title: "SYNTHETIC in Xerxë", Publisher: "Koha"}))
	b.enter(b.change(record.ObservationKind, "shared", record.Published, suspended("9", "secret")))
	b.enter(b.change(record.ObservationKind, "o", record.Published, suspended("7", "police")))
	b.enter(b.change(record.JudgmentKind, "j", record.Published, record.Judgment{Case: "c", Citations: []record.Citation{{Source: "secret"}}}))
	pack, err := law.Kosovo()
	if err != nil {
		t.Fatal(err)
	}
	v, err := view.Open(t.Context(), view.Options{Path: filepath.Join(t.TempDir(), "view.db"), Ledger: b.Store, Pack: pack})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.Close() })
	at := int64(8)
	then := func() *evidence.Set {
		if err := v.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		care, err := v.Care(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		p, err := v.Past(t.Context(), filepath.Join(t.TempDir(), "past.db"), at, care)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = p.Close() })
		k, err := evidence.Fold(t.Context(), evidence.Options{Entries: p.Entries(), Care: p.Kept()})
		if err != nil {
			t.Fatal(err)
		}
		return k.Set()
	}
	said := func(s *evidence.Set) string {
		standing, _ := s.Standing("claim")
		return fmt.Sprintf("%s %t %t", standing.Verdict, s.Observation("o") != nil, strings.Contains(fmt.Sprintf("%+v", s.Source("secret")), "Xerx"))
	}
	for _, step := range []struct {
		name string
		do   func()
		want string
	}{
		{"as it was", func() {}, "cannot_be_checked true true"},
		{"said since", func() { b.enter(b.change(record.ObservationKind, "later", record.Published, suspended("5", "police"))) }, "cannot_be_checked true true"},
		{"the case of a child since", func() {
			b.enter(b.change(record.CaseKind, "c", record.Draft, record.Case{Numbers: []string{"P 1/20"}, ChildVictim: law.Yes}))
		}, "cannot_be_checked true false"},
		{"taken back since", func() { b.enter(b.change(record.ObservationKind, "o", record.Withdrawn, suspended("7", "police"))) }, "contradicted false false"},
	} {
		step.do()
		if got := said(then()); got != step.want {
			t.Errorf("%s: %s, want %s", step.name, got, step.want)
		}
	}
}

// A claim's standing shows what it was judged by: there, too, without the words of such a source.
func TestAStandingKeepsAChildVictimsSourceBack(t *testing.T) {
	b := newBook(t)
	figure := suspended("7", "secret")
	figure.Citation.Quote = "SYNTHETIC in Xerxë"
	b.enter(b.change(record.SourceKind, "secret", record.Published, record.Source{Title: "SYNTHETIC", Publisher: "Koha"}))
	b.enter(b.change(record.SourceKind, "press", record.Published, record.Source{Title: "SYNTHETIC", Publisher: "Koha"}))
	b.enter(b.change(record.ObservationKind, "o", record.Published, figure))
	b.enter(b.change(record.ArticleKind, "article", record.Published, record.Article{Title: "SYNTHETIC", Source: "press"}))
	b.enter(b.change(record.ClaimKind, "claim", record.Published, record.Claim{Article: "article", N: 1, Statement: record.Names{EN: "SYNTHETIC some were"},
		Comparison: record.Comparison{Indicator: figure.Indicator, Place: figure.Place, Operator: record.Exists}}))
	b.enter(b.change(record.JudgmentKind, "j", record.Published, record.Judgment{Case: "c", Citations: []record.Citation{{Source: "secret"}}}))
	b.enter(b.change(record.CaseKind, "c", record.Published, record.Case{Numbers: []string{"P 1/20"}, ChildVictim: law.Yes}))
	for scope, want := range map[view.Scope]bool{view.Public: false, view.Desk: true} {
		st, _ := b.fold(scope).Set().Standing("claim")
		if len(st.Evidence) != 1 || st.Verdict != "supported" {
			t.Fatalf("it stands as %+v", st)
		}
		if said := fmt.Sprintf("%+v", st.Evidence[0].Observation); strings.Contains(said, "Xerx") != want {
			t.Errorf("%v reads %s", scope, said)
		}
	}
}
