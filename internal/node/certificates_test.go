package node

import (
	"crypto/tls"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPlainHTTPIsSentOnToOurNameOnly(t *testing.T) {
	h := redirectTo("fener.example.org")
	for _, row := range []struct{ name, method, target, host, want string }{
		{"a page", "GET", "/sq/cases?year=2017", "fener.example.org", "https://fener.example.org/sq/cases?year=2017"},
		{"another host", "GET", "/en/", "evil.example", "https://fener.example.org/en/"},
		{"a path like a host", "GET", "//evil.example/x", "fener.example.org", "https://fener.example.org//evil.example/x"},
		{"escaped", "HEAD", "/en/cases/a%2Fb", "fener.example.org", "https://fener.example.org/en/cases/a%2Fb"},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := httptest.NewRequest(row.method, "http://x"+row.target, nil)
			r.Host = row.host
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if got := w.Header().Get("Location"); w.Code != http.StatusMovedPermanently || got != row.want {
				t.Errorf("%d to %q, want %q", w.Code, got, row.want)
			}
		})
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("POST", "/", nil))
	if w.Code != http.StatusBadRequest {
		t.Errorf("POST in the clear: %d", w.Code)
	}
}

func TestCertificatesForOneName(t *testing.T) {
	dir := t.TempDir()
	m, err := newCertificates(dir, "fener.example.org")
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(dir, CertificatesFolder)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder of keys: %v, %v", info, err)
	}
	if err := m.HostPolicy(t.Context(), "evil.example"); err == nil {
		t.Error("would ask for a certificate for any name")
	}
	if err := m.HostPolicy(t.Context(), "fener.example.org"); err != nil {
		t.Error(err)
	}
	if c := m.TLSConfig(); c.GetCertificate == nil || c.MinVersion != 0 && c.MinVersion < tls.VersionTLS12 {
		t.Errorf("%+v", c)
	}
	for _, bad := range []string{"https://fener.example.org", "fener.example.org:443", "Fener.example.org", "localhost", "a b.example", "*.example.org"} {
		if _, err := newCertificates(dir, bad); err == nil || !strings.Contains(err.Error(), bad) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestComplaintsLoseTheirAddresses(t *testing.T) {
	for _, row := range []struct{ says, want string }{
		{"http: TLS handshake error from 203.0.113.9:51324: EOF", "http: TLS handshake error from (address): EOF"},
		{"http: TLS handshake error from [2001:db8::1]:51324: EOF", "http: TLS handshake error from (address): EOF"},
		{"http: TLS handshake error from [fe80::1%eth0]:51324: EOF", "http: TLS handshake error from (address): EOF"},
		{"http: panic serving 10.0.0.7:4431: runtime error\ngoroutine 1 [running]:\nmain.go:7 203.0.113.9", `\nmain.go:7 (address)"`},
		{"read tcp 127.0.0.1:80->203.0.113.9:51324: i/o timeout", "read tcp (address)->(address): i/o timeout"},
		{"acme/autocert: missing server name at 12:30:15", "acme/autocert: missing server name at 12:30:15"},
	} {
		var text strings.Builder
		withoutAddresses(slog.New(slog.NewTextHandler(&text, nil))).Print(row.says)
		if !strings.Contains(text.String(), row.want) || strings.Contains(text.String(), "203.0.113") {
			t.Errorf("%q is logged as %s", row.says, text.String())
		}
	}
}

func TestLimitsOfAServer(t *testing.T) {
	s := newServer("127.0.0.1:0", http.NotFoundHandler(), slog.New(slog.NewTextHandler(io.Discard, nil)))
	if s.ReadHeaderTimeout <= 0 || s.ReadTimeout <= 0 || s.WriteTimeout <= 0 || s.IdleTimeout <= 0 || s.MaxHeaderBytes <= 0 || s.MaxHeaderBytes > 64<<10 {
		t.Errorf("something is without a limit: %+v", s)
	}
}
