package site

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fener/internal/needs"
	"fener/internal/page"
)

// described is the description of the site, as a file for other programs.
func described(t *testing.T, h http.Handler) (file string, paths map[string]any) {
	t.Helper()
	text := body(t, get(t, h, "/api/openapi.json"))
	var d struct{ Paths map[string]any }
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "openapi.json")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file, d.Paths
}

// The description is OpenAPI 3.1, and has every address at which data stand.
func TestTheDescriptionIsOpenAPIAndWhole(t *testing.T) {
	python := needs.Python(t, "openapi_spec_validator")
	h := testHandler(t, nil)
	file, paths := described(t, h)
	if out, err := exec.Command(python, "testdata/cube/openapi.py", file).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	data := 0
	for _, p := range Pages() {
		for _, ending := range p.Endings() {
			if !p.Frame {
				if data++; paths["/{lang}/"+p.Pattern+ending] == nil {
					t.Errorf("/{lang}/%s%s is not described", p.Pattern, ending)
				}
			}
		}
	}
	t.Logf("%d addresses of data", data)
	wrong := filepath.Join(t.TempDir(), "wrong.json")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(wrong, []byte(strings.Replace(string(text), `"in": "path"`, `"in": "road"`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(python, "testdata/cube/openapi.py", wrong).CombinedOutput(); err == nil {
		t.Errorf("what is wrong passes: %s", out)
	}
}

// Schemathesis asks the running site for what the description says, with values of its own making: every answer is of a status, a type and a form that
// the description has, and none is a fault of ours.
func TestTheSiteAnswersAsItsDescriptionSays(t *testing.T) {
	python := needs.Python(t, "schemathesis")
	s := testHandler(t, func(c *page.Config) { c.Load.Burst, c.Load.AtOnce = time.Hour, 1000 })
	var asked, faults atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status := &statusOf{ResponseWriter: w, code: http.StatusOK}
		s.ServeHTTP(status, r)
		if asked.Add(1); status.code == http.StatusInternalServerError {
			if faults.Add(1) < 10 {
				t.Errorf("%s %s answers 500", r.Method, r.URL)
			}
		}
	}))
	defer server.Close()
	file, _ := described(t, s)
	ask := func(file, seconds string, more ...string) (string, error) {
		command := exec.Command(filepath.Join(filepath.Dir(python), "st"), append([]string{"run", file, "--url", server.URL, "--max-time", seconds, "--phases", "examples,coverage,fuzzing",
			"--mode", "positive", "--checks", "status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance", "--seed", "14",
			"--workers", "1", "-n", "4", "--max-redirects", "0", "--no-color"}, more...)...)
		command.Dir = t.TempDir()
		out, err := command.CombinedOutput()
		text := string(out)
		if len(text) > 6000 {
			text = text[:3000] + "\n...\n" + text[len(text)-3000:]
		}
		return text, err
	}
	text, err := ask(file, "20")
	if err != nil {
		t.Errorf("%v\n%s", err, text)
	}
	if asked.Load() < 200 {
		t.Errorf("only %d requests came, expected some for each address\n%s", asked.Load(), text)
	}
	t.Logf("%d requests, %d faults", asked.Load(), faults.Load())
	// A description that says what is not so is found out.
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	wrong := filepath.Join(t.TempDir(), "wrong.json")
	if err := os.WriteFile(wrong, []byte(strings.ReplaceAll(string(whole), `"text/csv; charset=utf-8"`, `"text/tab-separated-values"`)), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := ask(wrong, "20", "--include-path", "/{lang}/courts.csv"); err == nil || !strings.Contains(text, "text/tab-separated-values") {
		t.Errorf("a wrong description passes: %v\n%s", err, text)
	}
}

// statusOf notes the status of an answer.
type statusOf struct {
	http.ResponseWriter
	code int
}

func (s *statusOf) WriteHeader(code int) {
	s.code = code
	s.ResponseWriter.WriteHeader(code)
}
