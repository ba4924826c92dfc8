package page

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"
)

// plainFiles hold the template of a page of nothing but its title.
var plainFiles = fstest.MapFS{"templates/plain.html": {Data: []byte(`{{define "main"}}<h1>{{.Title}}</h1>{{end}}`)}}

type plainContent struct{ Base }

func buildPlain(r *Request) (Content, error) { return &plainContent{r.Base("Plain")}, nil }

// slowSite has a page that takes as long as it is held.
func slowSite(t *testing.T, load Load) (s *Site, h http.Handler, entered chan struct{}, release chan struct{}) {
	t.Helper()
	entered, release = make(chan struct{}, 1000), make(chan struct{})
	slow := Page{Pattern: "slow/{n}", Template: "plain", Files: plainFiles, Build: func(r *Request) (Content, error) {
		entered <- struct{}{}
		<-release
		return buildPlain(r)
	}}
	s, err := New(Config{Pages: []Page{slow}, Load: load})
	if err != nil {
		t.Fatal(err)
	}
	return s, s.Handler(), entered, release
}

func from(client, path string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.RemoteAddr = client
	return r
}

func status(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func get(h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return status(h, r)
}
