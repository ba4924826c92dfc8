package coverage

import (
	"slices"
	"testing"

	"fener/internal/record"
)

// Money that came late, at whichever step, is want of money; a building site is none.
func TestEveryCauseOfMoneyIsWantOfMoney(t *testing.T) {
	for _, cause := range record.WithoutCauses {
		if want := !slices.Contains([]string{"building", "other"}, cause); forWantOfMoney(cause) != want {
			t.Errorf("%s: %v, expected %v", cause, !want, want)
		}
	}
}
