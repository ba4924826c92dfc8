package site

import (
	"encoding/json"
	"net/http"
	"testing"

	"fener/internal/record"
)

// What was reported stands on a page for each topic: together they hold all that the list holds as data, each once, and the first page stays light.
func TestEachTopicHasItsPage(t *testing.T) {
	h := testHandler(t, nil)
	read := func(path string) (out []string) {
		var d struct {
			Series []struct {
				Indicator, Topic string
			} `json:"series"`
		}
		if err := json.Unmarshal([]byte(body(t, get(t, h, path))), &d); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for _, s := range d.Series {
			out = append(out, s.Indicator)
		}
		return out
	}
	all, seen := read("/en/reported.json"), map[string]bool{}
	for _, topic := range record.Topics {
		r := get(t, h, "/sr/reported/"+string(topic))
		if n := len(body(t, r)); r.StatusCode != http.StatusOK || n > 40<<10 {
			t.Errorf("%s: %d, %d bytes", topic, r.StatusCode, n)
		}
		for _, indicator := range read("/en/reported/" + string(topic) + ".json") {
			if seen[indicator] {
				t.Errorf("%s stands under two topics", indicator)
			}
			seen[indicator] = true
		}
	}
	for _, indicator := range all {
		if !seen[indicator] {
			t.Errorf("%s stands under no topic", indicator)
		}
	}
	if len(all) < 50 || len(seen) != len(all) {
		t.Errorf("%d series in the list, %d under topics", len(all), len(seen))
	}
	if n := len(body(t, get(t, h, "/sr/reported"))); n > 24<<10 {
		t.Errorf("the list of topics has %d bytes", n)
	}
	// An indicator's address is as it was, and no topic is called like an indicator.
	if r := get(t, h, "/en/reported/victims_identified"); r.StatusCode != http.StatusOK {
		t.Errorf("an indicator: %d", r.StatusCode)
	}
	for _, topic := range record.Topics {
		if seen[string(topic)] {
			t.Errorf("%q is a topic and an indicator: one of the two has no page", topic)
		}
	}
}
