package evidence

import (
	"slices"
	"testing"
)

func TestIndicatorsAreFoundByWhatPeopleCallThem(t *testing.T) {
	for text, want := range map[string]string{
		"persons prosecuted":       "suspects_prosecuted",
		"victims identfied":        "victims_identified",
		"victims-identified":       "victims_identified",
		"identified victims":       "victims_identified",
		"viktima të identifikuara": "victims_identified",
		"идентификоване жртве":     "victims_identified",
		"acquitted":                "acquittals",
		"lowest fine":              "lowest_fine_imposed",
		"gjoba më e ulët":          "lowest_fine_imposed",
		"najblaža kazna":           "lightest_sentence",
		"tier":                     "tip_tier",
		"suspended sentences":      "traffickers_suspended",
	} {
		if ids := NearestIndicators(text, 5); !slices.Contains(ids, want) {
			t.Errorf("%q finds %v, expected %s among them", text, ids, want)
		}
	}
	if ids := NearestIndicators("xyzzy", 3); len(ids) > 0 {
		t.Errorf("nonsense finds %v", ids)
	}
}
