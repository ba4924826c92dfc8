package site

import (
	"fener/internal/page"
	"fener/internal/site/reads"
)

// ReadAhead reads what pages take from the ledger and not from a view, so that none of them has to ask for it while it cannot be reached.
func ReadAhead(s *page.Site) error {
	return s.Own(func(r *page.Request) error {
		_, err := reads.SaidIfAny(r)
		return err
	})
}
