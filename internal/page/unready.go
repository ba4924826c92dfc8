package page

import (
	"net/http"
	"strings"

	"fener/locale"
)

// unreadyAgain is after how many seconds a reader who came too early is asked to come again.
const unreadyAgain = 5

// Unready serves the site while the record is being read: help, leaving and what they are drawn with work as ever, because somebody
// in danger cannot wait; every other address says that it will be there soon.
func (s *Site) Unready() http.Handler {
	whole := s.Handler()
	soon := s.guarded(Secure(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		l, err := locale.ParseLang(first)
		if err != nil {
			l = Negotiate(r)
			w.Header().Set("Vary", "Accept-Language")
		}
		s.ServeError(w, r, l, &Error{Kind: Unready})
	})))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.needsNoRecord(r.URL.Path) {
			whole.ServeHTTP(w, r)
			return
		}
		soon.ServeHTTP(w, r)
	})
}

// needsNoRecord tells whether an address is one of those that help people in danger.
func (s *Site) needsNoRecord(path string) bool {
	if path == leavePath || path == "/leave" || strings.HasPrefix(path, "/static/") {
		return true
	}
	first, rest, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	_, ok := s.ready.pages[pageIn{rest, locale.Lang(first)}]
	return ok
}

// Kept says how many pages the cache keeps, and in how many bytes.
func (s *Site) Kept() (pages, bytes int) {
	s.cache.mu.Lock()
	defer s.cache.mu.Unlock()
	return len(s.cache.byKey), s.cache.bytes
}

// Waiting is how many readers wait for their turn.
func (s *Site) Waiting() int { return len(s.gate.waiting) }
