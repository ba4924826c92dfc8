package demo_test

import (
	"errors"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/internal/view"
)

// The example's help lines are public, each as its source has it. A number that
// nobody saw in a source of Kosovo would send somebody in need to nowhere.
func TestTheExamplesHelplines(t *testing.T) {
	v := filled(t, 0)
	lines, err := view.All[*record.Helpline](t.Context(), v, record.HelplineKind)
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 11 {
		t.Errorf("%d help lines are on record", len(lines))
	}
	doubts := map[record.HelplineDoubt]int{}
	for i, l := range lines {
		h := l.Body
		doubts[h.Doubt]++
		if h.Names.SQ == "" || h.Names.SR == "" || h.Names.EN == "" || h.ForWhom.SQ == "" || h.ForWhom.SR == "" || h.ForWhom.EN == "" {
			t.Errorf("%s lacks a language: %+v", l.ID, h)
		}
		if i > 0 && strings.ToLower(lines[i-1].Title) > strings.ToLower(l.Title) {
			t.Errorf("%q stands behind %q", l.Title, lines[i-1].Title)
		}
		for _, n := range h.Numbers {
			if strings.HasPrefix(n, "116") {
				t.Errorf("%s has %s, a number of Albania", l.ID, n)
			}
			if onlyDigits(h.Citation.Quote) == "" || !strings.Contains(onlyDigits(h.Citation.Quote), onlyDigits(n)) {
				t.Errorf("the quotation of %s does not have %s: %s", l.ID, n, h.Citation.Quote)
			}
		}
		if _, err := v.BareSource(t.Context(), h.Citation.Source); err != nil {
			t.Errorf("the source of %s: %v", l.ID, err)
		}
	}
	for doubt, want := range map[record.HelplineDoubt]int{"": 4, record.OldNumber: 3, record.NoNumber: 2, record.NotYetOpen: 1, record.UndatedNumber: 1} {
		if doubts[doubt] != want {
			t.Errorf("%d help lines have the doubt %q, expected %d", doubts[doubt], doubt, want)
		}
	}
	one, err := view.One[*record.Helpline](t.Context(), v, record.HelplineKind, "legal_aid")
	if err != nil || len(one.Body.Numbers) != 2 || one.Body.Names.EN != "Free Legal Aid Agency" {
		t.Errorf("legal_aid is %+v, %v", one, err)
	}
	if _, err := view.One[*record.Helpline](t.Context(), v, record.HelplineKind, "nobody"); !errors.Is(err, view.ErrNotFound) {
		t.Errorf("a help line that is not there: %v", err)
	}
	if _, err := view.One[*record.Source](t.Context(), v, record.HelplineKind, "legal_aid"); err == nil {
		t.Error("a help line was read as a source")
	}
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
