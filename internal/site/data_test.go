package site

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"fener/internal/page"
)

// dataPages are pages with data whose last part is fixed, and is not.
var dataPages = []page.Page{
	{Pattern: "things", Template: "plain", Params: []string{"year"}, Build: buildPlain,
		JSON: page.DocumentOf(func(r *page.Request) (any, error) {
			return struct {
				page.Head
				Year string `json:"year"`
			}{r.Head("things"), r.Query.Get("year")}, nil
		}),
		CSV: func(r *page.Request) (*page.Sheet, error) {
			return &page.Sheet{Columns: []string{"year"}, Rows: [][]string{{r.Query.Get("year")}}}, nil
		}},
	{Pattern: "things/{id}", Template: "plain", Build: buildPlain,
		JSON: page.DocumentOf(func(r *page.Request) (any, error) {
			if r.PathValue("id") == "none" {
				return nil, &page.Error{Kind: page.BadRequest, Field: "id", Detail: "Detail."}
			}
			return map[string]string{"id": r.PathValue("id")}, nil
		})},
}

func dataHandler(t testing.TB, synthetic bool) http.Handler {
	t.Helper()
	s, err := newSite(page.Config{Synthetic: synthetic}, withPages(dataPages...))
	if err != nil {
		t.Fatal(err)
	}
	return s.Handler()
}

func TestDataStandAtThePagesAddress(t *testing.T) {
	h := dataHandler(t, false)
	for _, row := range []struct {
		path, kind, want string
		status           int
	}{
		{"/en/things.json?year=2019&x=1", "application/json", `"year": "2019"`, 200},
		{"/sr/things.csv?year=2019", "text/csv; charset=utf-8", "year\r\n2019\r\n", 200},
		{"/en/things.csv?year=%3Dcmd()", "text/csv; charset=utf-8", "year\r\n'=cmd()\r\n", 200},
		{"/en/things/165-4.1.json", "application/json", `{
 "id": "165-4.1"
}`, 200},
		{"/en/things/a.json.json", "application/json", `"id": "a.json"`, 200},
		{"/en/things/none.json", "application/problem+json", `"kind": "bad_request"`, 400},
		{"/en/things/none.json", "application/problem+json", `"field": "id"`, 400},
		{"/en/things/none.json", "application/problem+json", `understand. Detail."`, 400},
		{"/en/nothing.json", "application/problem+json", `"kind": "not_found"`, 404},
		{"/en/nothing.csv", "application/problem+json", `"kind": "not_found"`, 404},
		{"/sq/nothing.json", "application/problem+json", `nuk ka faqe`, 404},
		{"/en/checkpoint.json", "application/problem+json", `"kind": "not_found"`, 404},
		{"/en/things.json?year=%zz", "application/problem+json", `"kind": "bad_request"`, 400},
		{"/en/things?year=%zz", "text/html; charset=utf-8", "This address cannot be read", 400},
	} {
		r := get(t, h, row.path)
		got := body(t, r)
		if r.StatusCode != row.status || r.Header.Get("Content-Type") != row.kind || !strings.Contains(got, row.want) {
			t.Errorf("%s: %d %s, want %d %s with %s in\n%s", row.path, r.StatusCode, r.Header.Get("Content-Type"), row.status, row.kind, row.want, got)
		}
		if strings.HasSuffix(row.kind, "json") && !json.Valid([]byte(got)) {
			t.Errorf("%s: not JSON:\n%s", row.path, got)
		}
		if open := r.Header.Get("Access-Control-Allow-Origin") == "*"; open != isData(row.path) {
			t.Errorf("%s: open to other sites: %v", row.path, open)
		}
	}
}

func TestPagesSayWhereTheirDataAre(t *testing.T) {
	h := dataHandler(t, false)
	html := body(t, get(t, h, "/sq/things?year=2019"))
	for _, want := range []string{
		`<link rel="alternate" type="application/json" href="/sq/things.json?year=2019">`,
		`<link rel="alternate" type="text/csv" href="/sq/things.csv?year=2019">`, `<a href="/sq/things.csv?year=2019">CSV</a>`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if html := body(t, get(t, h, "/sq/checkpoint")); strings.Contains(html, "checkpoint.json") {
		t.Error("a page without data offers some")
	}
	if name := get(t, h, "/sq/things.csv").Header.Get("Content-Disposition"); name != `attachment; filename="fener-things.csv"` {
		t.Errorf("the file is named %q", name)
	}
}

func TestSyntheticFilesSaySo(t *testing.T) {
	h := dataHandler(t, true)
	for path, want := range map[string]string{
		"/en/things.json": `"notice": "SYNTHETIC`, "/en/things.csv?year=1": "year,data\r\n1,SYNTHETIC\r\n",
	} {
		if got := body(t, get(t, h, path)); !strings.Contains(got, want) {
			t.Errorf("%s lacks %q:\n%s", path, want, got)
		}
	}
}

// The reader who came first must not spoil the page for those who wait for it with them.
func TestAPageIsMadeEvenWhenItsFirstReaderLeaves(t *testing.T) {
	pages := []page.Page{{Pattern: "slow", Template: "plain", Build: func(r *page.Request) (page.Content, error) {
		if err := r.Context().Err(); err != nil {
			return nil, err
		}
		return buildPlain(r)
	}}}
	s, err := newSite(page.Config{}, page.In(os.DirFS("testdata"), pages...))
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodGet, "/en/slow", nil)
	ctx, leave := context.WithCancel(t.Context())
	leave()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r.WithContext(ctx))
	if w.Code != http.StatusOK {
		t.Errorf("status %d for a page whose reader has left", w.Code)
	}
}

// isData tells whether an address asks for data.
func isData(path string) bool {
	at, _, _ := strings.Cut(path, "?")
	return strings.Contains(at[strings.LastIndexByte(at, '/'):], ".") || at == "/oembed"
}
