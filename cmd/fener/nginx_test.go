package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"fener/internal/needs"
)

// configIn is a configuration as docs/operations.md has it, with places of the test in place of its own.
func configIn(t *testing.T, name string, places ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "operations.md"))
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile(`(?m)^    # ` + regexp.QuoteMeta(name) + `\n((?:    .*\n)+)`).FindSubmatch(text)
	if block == nil {
		t.Fatalf("docs/operations.md has no %s", name)
	}
	config := string(block[1])
	for i := 0; i < len(places); i += 2 {
		if !strings.Contains(config, places[i]) {
			t.Fatalf("%s in docs/operations.md has no %s", name, places[i])
		}
		config = strings.ReplaceAll(config, places[i], places[i+1])
	}
	return config
}

// freePort is an address of this machine at which nobody listens.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// runNginx runs nginx with configurations until the test ends.
func runNginx(t *testing.T, configs ...string) {
	t.Helper()
	nginx := needs.Tool(t, "nginx")
	dir, err := os.MkdirTemp("", "fener-nginx-") // its workers are another user where root starts it, and see no folder of the test's own
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	user := ""
	if os.Getuid() == 0 {
		user = "user root;" // who alone may read the test's folders
	}
	conf := fmt.Sprintf(`%s worker_processes 1; daemon off; pid %[2]s/pid; error_log %[2]s/error.log;
events { worker_connections 256; }
http { access_log off; types { text/html html; text/css css; application/json json; text/javascript js; image/svg+xml svg; } client_body_temp_path %[2]s/a; proxy_temp_path %[2]s/b; fastcgi_temp_path %[2]s/c; uwsgi_temp_path %[2]s/d; scgi_temp_path %[2]s/e;
%[3]s }`, user, dir, strings.ReplaceAll(strings.Join(configs, "\n"), "/var/cache/nginx/fener", dir+"/cache"))
	at := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(at, []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), nginx, "-p", dir, "-c", at)
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		_ = c.Wait() // it was told to end
	})
}

// askedOf asks as a reader does, and gives the answer with what it says.
func askedOf(t *testing.T, url string, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	var a *http.Response
	for range 100 { // until it listens
		if a, err = http.DefaultClient.Do(r); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return a, string(text)
}

// One machine with a cache in front, its files at a second place, and a mirror that follows through either, as docs/operations.md has it.
func TestNginxInFrontOfFenerAndOfItsFiles(t *testing.T) {
	needs.Tool(t, "nginx")
	t.Setenv("FENER_BY", "tester")
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	code, key := fener(t, "log", "key", "new", at("log.key"), "--origin", "fener.example/log")
	if code != 0 {
		t.Fatal(key)
	}
	key = strings.TrimSpace(strings.SplitN(key, "\n", 2)[0])
	want(t, 0, "", "init", at("data"))
	want(t, 0, "", "import", "judgments", judgmentsFile(t, "one.csv", 0, 1), "--data", at("data"), "--state", "published", "--reviewed")

	serve := exec.CommandContext(t.Context(), "fener", "serve", "--data", at("data"), "--public", "--log-key", at("log.key"), "--checkpoints", at("kept"), "--address", "https://fener.example", "--listen", "127.0.0.1:0")
	serve.Cancel = func() error { return serve.Process.Signal(os.Interrupt) }
	out, err := serve.StdoutPipe()
	if err == nil {
		err = serve.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = serve.Process.Signal(os.Interrupt)
		_ = serve.Wait() // it was told to end
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	server := strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(line, "Fener answers at http://")), "/")
	if err != nil || server == "" {
		t.Fatalf("it says %q, %v", line, err)
	}
	for range 200 { // until the checkpoint is signed
		if a, _ := askedOf(t, "http://"+server+"/log/checkpoint"); a.StatusCode == http.StatusOK {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	want(t, 0, "files,", "export", "site", at("site"), "--data", at("data"), "--address", "https://fener.example", "--key", key, "--checkpoints", at("kept"))
	files, cdn := freePort(t), freePort(t)
	runNginx(t, configIn(t, "files.conf", "127.0.0.1:8081", files, "/var/www/fener", at("site")), configIn(t, "cdn.conf", "127.0.0.1:8082", cdn, "127.0.0.1:8080", server))

	// The files are what the server answers, and a browser that has them asks in vain.
	for _, path := range []string{"/en/", "/en/cases", "/sr/figures", "/en/cases.json", "/en/courts.csv", "/log/checkpoint", "/sitemap.xml"} {
		_, served := askedOf(t, "http://"+server+path)
		a, text := askedOf(t, "http://"+files+path)
		if a.StatusCode != http.StatusOK || text != served || a.Header.Get("Cache-Control") != "public, no-cache" {
			t.Errorf("the files: %s: %d, %s, %d bytes, served are %d", path, a.StatusCode, a.Header.Get("Cache-Control"), len(text), len(served))
		}
		if a, _ = askedOf(t, "http://"+files+path, "If-None-Match", a.Header.Get("ETag")); a.StatusCode != http.StatusNotModified {
			t.Errorf("the files: %s is sent again: %d", path, a.StatusCode)
		}
	}
	for path, code := range map[string]int{"/en/nothing": 404, "/.fener-export": 404, "/en/.fener-export": 404} {
		if a, text := askedOf(t, "http://"+files+path); a.StatusCode != code || !strings.Contains(text, "<title>") && path == "/en/nothing" {
			t.Errorf("the files: %s: %d", path, a.StatusCode)
		}
	}

	// The cache keeps pages and not what somebody typed, and shows what is new a second later.
	for path, caches := range map[string]string{"/en/cases": "HIT", "/en/cases.json": "HIT", "/en/search?q=one": "MISS", "/en/nothing": "MISS"} {
		_, served := askedOf(t, "http://"+server+path)
		first, _ := askedOf(t, "http://"+cdn+path)
		second, text := askedOf(t, "http://"+cdn+path)
		if first.Header.Get("X-Cache") != "MISS" || second.Header.Get("X-Cache") != caches || text != served {
			t.Errorf("the cache: %s: %s and %s, want MISS and %s; %d bytes, served are %d", path, first.Header.Get("X-Cache"), second.Header.Get("X-Cache"), caches, len(text), len(served))
		}
	}
	_, before := askedOf(t, "http://"+cdn+"/en/cases.csv")
	want(t, 0, "", "import", "judgments", judgmentsFile(t, "two.csv", 1, 2), "--data", at("data"), "--state", "published", "--reviewed")
	after := before
	for begun := time.Now(); after == before && time.Since(begun) < 20*time.Second; time.Sleep(300 * time.Millisecond) { // a second, and more on a busy machine
		_, after = askedOf(t, "http://"+cdn+"/en/cases.csv")
	}
	if after == before {
		t.Error("the cache does not show what was published")
	}

	// The mirror follows the log through both, and finds one and the same.
	want(t, 0, "leaves", "mirror", "http://"+files+"/log/", at("mirror"), "--key", key)
	want(t, 0, "leaves", "mirror", "http://"+cdn+"/log/", at("mirror"), "--key", key)
	want(t, 0, "proved: the", "proof", at("mirror"), "--key", key)
}
