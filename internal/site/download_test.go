package site

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"fener/internal/api"
)

// What a page shows in parts is whole as CSV, and leads on from page to page as JSON; both ways give the same rows.
func TestListsAreWholeAsCSVAndLeadOnAsJSON(t *testing.T) {
	h := testHandler(t, nil)
	for path, key := range map[string]string{"sources": "sources", "cases": "cases", "rows": "rows", "conflicts": "conflicts", "changes": "changes",
		"cases?year=2017": "cases"} {
		page, query, _ := strings.Cut(path, "?")
		if query != "" {
			query = "&" + query
		}
		if page == "rows" {
			query = "&measure=persons_convicted"
		}
		answer := get(t, h, "/en/"+page+".csv?page=2"+query) // the page makes no difference
		rows, err := csv.NewReader(strings.NewReader(body(t, answer))).ReadAll()
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Errorf("%s.csv: %d, %v", path, answer.StatusCode, err)
			continue
		}
		total, read := -1, 0
		for next := "/en/" + page + ".json?" + strings.TrimPrefix(query, "&"); next != "" && read < 10_000; {
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
		if n := len(rows) - 1; read != total || n != total && page != "changes" || n < total {
			t.Errorf("%s: %d rows as CSV, %d as JSON, %d in all", path, n, read, total)
		}
	}
	page := body(t, get(t, h, "/en/sources?page=2"))
	if !strings.Contains(page, `href="/en/sources.csv"`) || !strings.Contains(page, `href="/en/sources.json?page=2"`) {
		t.Error("the second page does not offer the whole list as CSV and itself as JSON")
	}
}

// streamed is a page of whose list a part can fail.
func streamed(fails int) Page {
	return Page{Pattern: "long", Template: "home", Build: buildHome, Parts: func(r *Request, send func(*api.Sheet) error) error {
		at := 0
		return parts(r.ctx, func(*int) ([]int, error) {
			if at == fails {
				return nil, errors.New("the file is damaged")
			}
			at++
			list := make([]int, partRows)
			if at == 4 {
				list = list[:7]
			}
			return list, nil
		}, func(list []int) *api.Sheet {
			s := &api.Sheet{Columns: []string{"n"}}
			for range list {
				s.Rows = append(s.Rows, []string{strconv.Itoa(at)})
			}
			return s
		}, send)
	}}
}

func TestAListIsSentPartByPart(t *testing.T) {
	for _, c := range []struct {
		name   string
		fails  int
		method string
		lines  int
		status int
		broken bool
	}{
		{"whole", -1, "GET", 1 + 3*partRows + 7, 200, false},
		{"the head alone", -1, "HEAD", 0, 200, false},
		{"broken before it began", 0, "GET", -1, 500, false},
		{"broken off", 2, "GET", 0, 500, false}, // nobody gets a part for the whole
	} {
		s, err := newSite(Config{}, withPages(streamed(c.fails)))
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		broken := false
		func() {
			defer func() { broken = recover() == http.ErrAbortHandler }() // the server cuts the connection
			s.Handler().ServeHTTP(w, httptest.NewRequest(c.method, "/en/long.csv", nil))
		}()
		if lines := strings.Count(w.Body.String(), "\r\n"); w.Code != c.status || broken != c.broken || c.lines >= 0 && lines != c.lines {
			t.Errorf("%s: status %d, %d lines, broken off %v", c.name, w.Code, lines, broken)
		}
		if len(s.gate.long) != 0 || c.status != http.StatusOK && len(s.whole.kept) != 0 {
			t.Errorf("%s: its place is not free again", c.name)
		}
	}
}
