package page

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// assets serves the static files under names that hold the hash of their content, so that browsers may keep them for ever.
type assets struct {
	addresses map[string]string // "tokens.css" -> "/static/tokens.0123456789.css"
	kept      map[string]*Kept  // by address
}

func loadAssets(folders ...fs.FS) (*assets, error) {
	a := &assets{addresses: map[string]string{}, kept: map[string]*Kept{}}
	for _, from := range folders {
		if err := a.load(from); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func (a *assets) load(from fs.FS) error {
	entries, err := fs.ReadDir(from, "static")
	if err != nil {
		return fmt.Errorf("reading the static files: %w", err)
	}
	for _, entry := range entries {
		if entry.Name() == chartStyles {
			continue
		}
		content, err := fs.ReadFile(from, "static/"+entry.Name())
		if err != nil {
			return fmt.Errorf("reading the static files: %w", err)
		}
		ext := path.Ext(entry.Name())
		kind, ok := assetTypes[ext]
		if !ok {
			return fmt.Errorf("static/%s: no content type is known for %q", entry.Name(), ext)
		}
		if ext == ".css" {
			content = remark.ReplaceAll(content, nil)
		}
		if entry.Name() == "components.css" { // one request for both
			marks, err := fs.ReadFile(from, "static/"+chartStyles)
			if err != nil {
				return fmt.Errorf("reading the static files: %w", err)
			}
			content = append(content, remark.ReplaceAll(marks, nil)...)
		}
		sum := sha256.Sum256(content)
		address := "/static/" + strings.TrimSuffix(entry.Name(), ext) + "." + hex.EncodeToString(sum[:5]) + ext
		if a.kept[address], err = Keep(kind, content); err != nil {
			return err
		}
		a.addresses[entry.Name()] = address
	}
	return nil
}

// chartStyles are the looks of charts, which stand apart because pictures that leave the site have them too; pages get them with the components.
const chartStyles = "charts.css"

// remark is a comment of a style sheet, with the line that it stands in alone.
var remark = regexp.MustCompile(`(?s)/\*.*?\*/\n?`)

// Fixed here, because mime.TypeByExtension depends on the machine.
var assetTypes = map[string]string{
	".css": mime.FormatMediaType("text/css", map[string]string{"charset": "utf-8"}),
	".js":  mime.FormatMediaType("text/javascript", map[string]string{"charset": "utf-8"}),
	".svg": "image/svg+xml",
	".png": "image/png",
}

func (a *assets) address(name string) (string, error) {
	address, ok := a.addresses[name]
	if !ok {
		return "", fmt.Errorf("there is no static file %q", name)
	}
	return address, nil
}

// ServeHTTP serves a static file. An address with an outdated hash is not found: the page that names it is outdated too.
func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	kept, ok := a.kept[r.URL.Path]
	if !ok {
		w.Header().Set("Cache-Control", "no-store")
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	kept.ServeHTTP(w, r)
}
