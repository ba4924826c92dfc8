package node

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/crypto/acme/autocert"
)

// CertificatesFolder is where a data folder keeps certificates and their keys.
const CertificatesFolder = "certificates"

// newCertificates asks Let's Encrypt for a certificate for one name when the
// first reader comes, and renews it. Starting it accepts the terms of Let's
// Encrypt, as docs/operations.md says.
func newCertificates(dir, domain string) (*autocert.Manager, error) {
	if domain != strings.ToLower(domain) || strings.ContainsAny(domain, ":/* ") || !strings.Contains(domain, ".") {
		return nil, fmt.Errorf("%q is not the name of a site; expected one such as fener.example.org, without https:// and without a port", domain)
	}
	folder := filepath.Join(dir, CertificatesFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("making a place for certificates: %w", err)
	}
	return &autocert.Manager{
		Prompt: autocert.AcceptTOS, HostPolicy: autocert.HostWhitelist(domain), Cache: autocert.DirCache(folder),
	}, nil
}

// redirectTo sends readers to the same address over TLS, and always to our own
// name: the name that they asked for is theirs to choose.
func redirectTo(domain string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "use https", http.StatusBadRequest)
			return
		}
		w.Header().Set("Connection", "close")
		to := url.URL{Scheme: "https", Host: domain, Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusMovedPermanently)
	})
}
