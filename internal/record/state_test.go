package record

import (
	"strings"
	"testing"
)

func TestKindValid(t *testing.T) {
	for kind, want := range map[Kind]bool{
		"judgment": true, "court-case": true, "a": true, "talk2": true,
		Kind(strings.Repeat("a", 40)): true,
		Kind(strings.Repeat("a", 41)): false,
		"":                            false, "Judgment": false, "2talk": false, "-a": false, "a-": false,
		"a--b": false, "a b": false, "a_b": false, "aktgjykim\u00eb": false, "a\n": false,
	} {
		if got := kind.Valid(); got != want {
			t.Errorf("Kind(%q).Valid() = %v, want %v", kind, got, want)
		}
	}
}

func TestStateCanBecome(t *testing.T) {
	tests := []struct {
		from, to State
		want     bool
	}{
		{"", Draft, true},
		{"", Published, true},
		{"", Withdrawn, false},
		{"", "", false},
		{Draft, Submitted, true},
		{Draft, Verified, false},
		{Draft, Published, false},
		{Submitted, Verified, true},
		{Submitted, Published, false},
		{Verified, Published, true},
		{Published, Published, true},
		{Published, Draft, true},
		{Published, Verified, false},
		{Withdrawn, Draft, true},
		{Withdrawn, Published, true},
		{Withdrawn, Withdrawn, false},
		{"unknown", Draft, false},
		{Draft, "unknown", false},
	}
	for _, tt := range tests {
		if got := tt.from.CanBecome(tt.to); got != tt.want {
			t.Errorf("%q can become %q = %v, want %v", tt.from, tt.to, got, tt.want)
		}
	}
}

func TestEveryStateHasAWayOnAndOnlyKnownOnes(t *testing.T) {
	for _, s := range States() {
		if !s.Valid() {
			t.Errorf("%q is listed but not valid", s)
		}
		if len(s.Next()) == 0 {
			t.Errorf("%q has no state after it: a mistake there could not be corrected", s)
		}
		for _, to := range s.Next() {
			if !to.Valid() {
				t.Errorf("%q may become %q, which is no state", s, to)
			}
		}
		if s != Withdrawn && !s.CanBecome(Withdrawn) {
			t.Errorf("%q cannot be withdrawn", s)
		}
	}
	if State("").Valid() || State("final").Valid() {
		t.Error("an unknown state is taken as valid")
	}
}
