// Package spreadsheet is the part of a page in which a spreadsheet is checked on the reader's computer. docs/browser-check.md says how a page shows it.
package spreadsheet

import (
	"embed"
	"net/http"
	"strconv"

	"fener/internal/page"
	"fener/internal/wasm"
	"fener/law"
	"fener/locale"
)

// Parts are the templates of it.
//
//go:embed templates/*.html
var Parts embed.FS

// Part is what the template "inbrowser" shows. Without script it shows nothing.
type Part struct {
	*wasm.Program        // nil while it is being made ready
	Law           string // the code of the law pack
	Most, Shown   int    // the longest file in bytes, the most rows that are shown
	Megabytes     string // of the program, as sent
	MostMegabytes string
}

// Of is the part for a page, nil where there is no program to check with: the page then says how to get the command. What it gives changes when the
// program comes, so a page that shows it is kept by State (page.Page.Also).
func Of(r *page.Request) *Part {
	if !carriesLaw(r.Law()) {
		return nil
	}
	program, state := r.Site.Checker().Program()
	if state == wasm.Absent {
		return nil
	}
	p := &Part{Law: r.Law().Code, Most: wasm.MostBytes, Shown: wasm.MostShown, MostMegabytes: locale.Integer(r.Lang, wasm.MostBytes>>20)}
	if state == wasm.Ready {
		p.Program = program
		p.Megabytes = locale.Decimal(r.Lang, float64(program.Size())/1e6, 1)
	}
	return p
}

// State is a word for whether the program is there, which changes though the record does not.
func State(s *page.Site) string {
	_, state := s.Checker().Program()
	return strconv.Itoa(int(state))
}

// carriesLaw reports whether the law pack is one that the program has too. One from a folder (--law) is not: the answers would be those of another law.
func carriesLaw(pack *law.Pack) bool {
	if pack == nil {
		return false
	}
	own, err := law.Embedded(pack.Code)
	return err == nil && own == pack
}

// Routes are the addresses of the program's files.
func Routes() map[string]func(*page.Site, http.ResponseWriter, *http.Request) {
	return map[string]func(*page.Site, http.ResponseWriter, *http.Request){wasm.Folder + "{file}": serve}
}

func serve(s *page.Site, w http.ResponseWriter, r *http.Request) {
	if program, state := s.Checker().Program(); state == wasm.Ready {
		program.ServeHTTP(w, r)
		return
	}
	wasm.NotFound(w)
}
