package demo_test

import (
	"errors"
	"strings"
	"testing"

	"fener/internal/record"
	"fener/internal/view"
)

// The example's help lines are public, in three languages, each with a source on
// record. A number that no source of Kosovo has would send somebody in need to
// nowhere.
func TestTheExamplesHelpLines(t *testing.T) {
	v := filled(t, 0)
	lines, err := view.All[*record.HelpLine](t.Context(), v, record.HelpLineKind)
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) < 10 {
		t.Errorf("only %d help lines are on record", len(lines))
	}
	for i, l := range lines {
		h := l.Body
		if h.Names.SQ == "" || h.Names.SR == "" || h.Names.EN == "" || h.For.SQ == "" || h.For.SR == "" || h.For.EN == "" {
			t.Errorf("%s lacks a language: %+v", l.ID, h)
		}
		if i > 0 && strings.ToLower(lines[i-1].Title) > strings.ToLower(l.Title) {
			t.Errorf("%q stands behind %q", l.Title, lines[i-1].Title)
		}
		if strings.HasPrefix(h.Number, "116") {
			t.Errorf("%s has %s, a number of Albania", l.ID, h.Number)
		}
		if _, err := v.BareSource(t.Context(), h.Citation.Source); err != nil {
			t.Errorf("the source of %s: %v", l.ID, err)
		}
		one, err := view.One[*record.HelpLine](t.Context(), v, record.HelpLineKind, l.ID)
		if err != nil || *one.Body != *h {
			t.Errorf("%s by itself is %+v, %v", l.ID, one.Body, err)
		}
	}
	if _, err := view.One[*record.HelpLine](t.Context(), v, record.HelpLineKind, "nobody"); !errors.Is(err, view.ErrNotFound) {
		t.Errorf("a help line that is not there: %v", err)
	}
	if _, err := view.One[*record.Source](t.Context(), v, record.HelpLineKind, lines[0].ID); err == nil {
		t.Error("a help line was read as a source")
	}
}
