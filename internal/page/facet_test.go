package page

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
)

// thing is an entry of a list that is chosen from.
type thing struct {
	colour string
	sizes  []string
}

// things are ten of one colour and of two sizes, and one of each of thirty others.
func things() []thing {
	var all []thing
	for range 10 {
		all = append(all, thing{"red", []string{"small", "large"}})
	}
	for i := range 30 {
		all = append(all, thing{fmt.Sprintf("shade-%02d", i), []string{"small"}})
	}
	return all
}

// choosing serves the list as data: how many are left, and what each facet offers.
func choosing(t *testing.T) http.Handler {
	t.Helper()
	text := func(v string) Link { return Link{Text: v} }
	s, err := New(Config{Pages: []Page{{Pattern: "things", Template: "plain", Files: plainFiles, Params: []string{"colour", "size", "sort"}, JSON: DocumentOf(func(r *Request) (any, error) {
		list, facets, err := Choose(r, things(), []By[thing]{
			{Param: "colour", Name: "facet.name", Most: 3, Of: func(v *thing) []string { return []string{v.colour} }, Text: text},
			{Param: "size", Name: "facet.order", Known: []string{"none", "small", "large"}, Of: func(v *thing) []string { return v.sizes }, Text: text},
		})
		if err != nil {
			return nil, err
		}
		offered := map[string]string{}
		for _, f := range facets {
			for _, c := range f.Choices {
				offered[c.Href] = c.Count
			}
		}
		return map[string]any{"left": len(list), "offered": offered}, nil
	})}}})
	if err != nil {
		t.Fatal(err)
	}
	return s.Handler()
}

func TestChoosing(t *testing.T) {
	h := choosing(t)
	for _, row := range []struct {
		name, query string
		status      int
		left        int
		offered     map[string]string
	}{
		{"nothing chosen: the commonest colours alone are offered", "", 200, 40, map[string]string{"?": "40", "?colour=red": "10", "?colour=shade-00": "1", "?colour=shade-01": "1", "?size=small": "40", "?size=large": "10"}},
		{"what is not offered can be asked for, and is offered then", "?colour=shade-29", 200, 1,
			map[string]string{"?": "40", "?colour=shade-29": "1", "?colour=red": "10", "?colour=shade-00": "1", "?colour=shade-01": "1", "?colour=shade-29&size=small": "1"}},
		{"two facets at once", "?colour=red&size=large", 200, 10, map[string]string{"?size=large": "10", "?colour=red": "10", "?colour=red&size=large": "10", "?colour=red&size=small": "10"}},
		{"what is known and nothing has leaves nothing", "?size=none", 200, 0, map[string]string{"?": "40", "?size=none": "0", "?size=small": "40", "?size=large": "10"}},
		{"what nothing has is refused", "?colour=blue", 400, 0, nil},
		{"so is what is not known", "?size=huge", 400, 0, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/en/things.json"+row.query, nil))
			if w.Code != row.status {
				t.Fatalf("status %d, want %d", w.Code, row.status)
			}
			if row.status != 200 {
				return
			}
			var d struct {
				Left    int
				Offered map[string]string
			}
			if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil {
				t.Fatal(err)
			}
			if d.Left != row.left {
				t.Errorf("%d are left, want %d", d.Left, row.left)
			}
			for href, count := range row.offered {
				if d.Offered[href] != count {
					t.Errorf("%s is said to leave %q, want %s; offered are %v", href, d.Offered[href], count, d.Offered)
				}
			}
		})
	}
}

// A list in memory is sent whole, however long it is, and an empty one with its columns.
func TestPartsOf(t *testing.T) {
	for _, n := range []int{0, 1, PartRows, PartRows + 1, 3*PartRows + 7} {
		var got []int
		sent := 0
		err := PartsOf(slices.Repeat([]int{1}, n), func(part []int) (*Sheet, error) {
			got = append(got, part...)
			return &Sheet{Columns: []string{"n"}}, nil
		}, func(*Sheet) error { sent++; return nil })
		if want := max(1, (n+PartRows-1)/PartRows); err != nil || len(got) != n || sent != want {
			t.Errorf("%d rows: %d sent in %d parts, want %d parts, %v", n, len(got), sent, want, err)
		}
	}
}
