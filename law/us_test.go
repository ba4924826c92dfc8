package law_test

import (
	"testing"

	"fener/law"
)

func unitedStates(t testing.TB) *law.Pack {
	t.Helper()
	pack, err := law.Embedded("us")
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

// The pack of the second country verifies like the first one's.
func TestTheUnitedStatesVerify(t *testing.T) {
	v := unitedStates(t).Verify(nil)
	if v.Cases < 15 {
		t.Errorf("%d worked cases, expected at least 15", v.Cases)
	}
	for _, p := range v.Problems {
		t.Error(p)
	}
}
