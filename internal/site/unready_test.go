package site

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"fener/internal/page"
)

func TestUnready(t *testing.T) {
	s, err := New(page.Config{Pack: kosovo(t)})
	if err != nil {
		t.Fatal(err)
	}
	h := s.Unready()
	for _, row := range []struct {
		path   string
		status int
		says   string
	}{
		{"/en/", http.StatusServiceUnavailable, "Getting ready"},
		{"/sq/cases", http.StatusServiceUnavailable, "Po përgatitet"},
		{"/sr/cases", http.StatusServiceUnavailable, "Припрема се"},
		{"/en/cases.json", http.StatusServiceUnavailable, `"kind": "unready"`},
		{"/", http.StatusServiceUnavailable, "Getting ready"},
		{"/en/help", http.StatusOK, "help"},
		{"/units", http.StatusOK, "km"},
	} {
		t.Run(row.path, func(t *testing.T) {
			r := get(t, h, row.path, "Accept-Language", "en")
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Fatal(err)
			}
			if r.StatusCode != row.status || !strings.Contains(string(body), row.says) {
				t.Errorf("status %d, want %d with %q:\n%s", r.StatusCode, row.status, row.says, body)
			}
			again := r.Header.Get("Retry-After")
			if (again != "") != (row.status == http.StatusServiceUnavailable) || r.Header.Get("Content-Security-Policy") == "" {
				t.Errorf("Retry-After %q, policy %q", again, r.Header.Get("Content-Security-Policy"))
			}
			if row.status != http.StatusOK && r.Header.Get("Cache-Control") != "no-store" {
				t.Error("an answer that will change in seconds may be kept")
			}
		})
	}
}
