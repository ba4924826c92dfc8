package site

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// What a page shows in parts is whole as CSV, and leads on from page to page as JSON; both ways give the same rows.
func TestListsAreWholeAsCSVAndLeadOnAsJSON(t *testing.T) {
	h := testHandler(t, nil)
	for path, key := range map[string]string{"sources": "sources", "cases": "cases", "rows": "rows", "conflicts": "conflicts", "changes": "changes",
		"cases?year=2017": "cases"} {
		html, query, _ := strings.Cut(path, "?")
		if query != "" {
			query = "&" + query
		}
		if html == "rows" {
			query = "&measure=persons_convicted"
		}
		given := get(t, h, "/en/"+html+".csv?page=2"+query) // the page makes no difference
		rows, err := csv.NewReader(strings.NewReader(body(t, given))).ReadAll()
		if err != nil || given.StatusCode != http.StatusOK {
			t.Errorf("%s.csv: %d, %v", path, given.StatusCode, err)
			continue
		}
		total, read := -1, 0
		for next := "/en/" + html + ".json?" + strings.TrimPrefix(query, "&"); next != "" && read < 10_000; {
			var d map[string]any
			if err := json.Unmarshal([]byte(body(t, get(t, h, next))), &d); err != nil {
				t.Fatalf("%s: %v", next, err)
			}
			total = int(d["total"].(float64))
			list, _ := d[key].([]any)
			read += len(list)
			next, _ = d["next"].(string)
			if next != "" && len(list) == 0 {
				t.Fatalf("%s leads on from an empty page", path)
			}
			next = strings.TrimPrefix(next, "https://fener.example")
		}
		// Changes are one row for each field that changed, so there the CSV has more.
		if n := len(rows) - 1; read != total || n != total && html != "changes" || n < total {
			t.Errorf("%s: %d rows as CSV, %d as JSON, %d in all", path, n, read, total)
		}
	}
	html := body(t, get(t, h, "/en/sources?page=2"))
	if !strings.Contains(html, `href="/en/sources.csv"`) || !strings.Contains(html, `href="/en/sources.json?page=2"`) {
		t.Error("the second page does not offer the whole list as CSV and itself as JSON")
	}
}
