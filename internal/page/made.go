package page

import (
	"net/http"

	"fener/locale"
)

// serveMade serves what is made for programs about the whole site: the sitemap, the catalogue, the description of the addresses. It is kept for each
// position of the record.
func (s *Site) serveMade(w http.ResponseWriter, r *http.Request, key, contentType string, write func(of *Request, base string) ([]byte, error)) {
	base, seq := s.host(r), s.config.Seq()
	build := func() (kept *Kept, err error) {
		visit, err := s.gate.enter(r)
		if err != nil {
			return nil, err
		}
		defer visit.leave()
		err = s.make(visit, r, locale.EN, Page{}, asPage, "", nil, seq, nil, func(of *Request) error {
			body, err := write(of, base)
			if err != nil {
				return err
			}
			kept, err = s.keep(contentType, body)
			return err
		})
		return kept, err
	}
	// Without an address of its own the site believes the reader's, of which there is no end: what is made for one is then not kept for others.
	get := func() (*Kept, error) { return s.cache.Get(key, "", seq, build) }
	if s.config.Address == "" {
		get = build
	}
	kept, err := get()
	if err != nil {
		s.ServeError(w, r, locale.EN, err)
		return
	}
	w.Header().Set("Cache-Control", "public, no-cache")
	if contentType != "application/xml" {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	kept.ServeHTTP(w, r)
}
