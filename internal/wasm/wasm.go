// Package wasm has the check as a program for browsers (cmd/fener-wasm as WebAssembly) and the scripts that run it in a page.
//
// A release carries the program. Where it does not, and the source that this process was compiled from lies on the machine with the go command, the
// program is compiled once, in the background, into the user's cache folder. Otherwise there is none.
package wasm

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
)

//go:embed script
var scripts embed.FS

// Folder is the address below which the files of the program stand: the same for all languages.
const Folder = "/check/"

// MostBytes is the longest file that a page takes. Reports of longer ones do not fit into what browsers give a page.
const MostBytes = 32 << 20

// MostShown is the most rows whose report a page shows; of longer ones it shows the summary, and the report is to be downloaded.
const MostShown = 2000

// Program is what a page needs to check files.
type Program struct {
	packed []byte // the WebAssembly, as gzip
	worker []byte // Go's script for it, and ours
	page   []byte
	hashes [3]string
}

// New takes the compiled program, as gzip, and the script of the Go that compiled it.
func New(packed, exec []byte) (*Program, error) {
	p := &Program{packed: packed}
	parts := [][]byte{exec}
	for _, name := range []string{"files.js", "worker.js"} {
		text, err := scripts.ReadFile("script/" + name)
		if err != nil {
			return nil, err
		}
		parts = append(parts, text)
	}
	p.worker = bytes.Join(parts, []byte("\n"))
	var err error
	if p.page, err = scripts.ReadFile("script/check.js"); err != nil {
		return nil, err
	}
	for i, content := range [][]byte{p.packed, p.worker, p.page} {
		sum := sha256.Sum256(content)
		p.hashes[i] = hex.EncodeToString(sum[:5])
	}
	return p, nil
}

// Size is how many bytes are sent for the program.
func (p *Program) Size() int { return len(p.packed) }

// The addresses of the program, of the worker's script, and of the page's script. Each holds the hash of what stands there.
func (p *Program) Address() string { return Folder + "program." + p.hashes[0] + ".wasm.gz" }
func (p *Program) Worker() string  { return Folder + "worker." + p.hashes[1] + ".js" }
func (p *Program) Script() string  { return Folder + "check." + p.hashes[2] + ".js" }

// workerPolicy is what the worker may do. A worker is under the policy of its own answer, so that the page's stays as strict as every other page's:
// compiling WebAssembly, and fetching the program. The program itself reaches nothing: it is given three files and no network.
const workerPolicy = "default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src 'self'"

// ServeHTTP sends the file at one of the addresses. Others, those of an earlier program too, are not found.
func (p *Program) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	var body []byte
	switch r.URL.Path {
	case p.Address():
		body = p.packed
		h.Set("Content-Type", "application/gzip")
	case p.Worker():
		body = p.worker
		h.Set("Content-Security-Policy", workerPolicy)
		h.Set("Content-Type", "text/javascript; charset=utf-8")
	case p.Script():
		body = p.page
		h.Set("Content-Type", "text/javascript; charset=utf-8")
	default:
		NotFound(w)
		return
	}
	tag := `"` + strings.Split(r.URL.Path, ".")[1] + `"`
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		w.Write(body) // an error here means that the reader has gone
	}
}

// NotFound says that there is no such file, and that this is not to be kept: it may come with the next program.
func NotFound(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-store")
	http.Error(w, "not found", http.StatusNotFound)
}
