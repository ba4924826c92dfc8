package shown

import (
	"strings"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/reads"
)

// InstitutionType is what an institution is, in words; as the record has it where the interface has no word.
func InstitutionType(r *page.Request, kind string) string {
	key := "institution_type." + strings.NewReplacer(" ", "_", "(", "", ")", "").Replace(kind)
	if r.Has(key) {
		return r.T(key)
	}
	return kind
}

// CounterOf is the institution on record that a source names as having counted: alone, or before whoever spoke for it ("Kosovo Police (A. Paçarizi)"); empty
// where there is none.
func CounterOf(all map[string]*record.Institution, text string) string {
	if text == "" {
		return ""
	}
	id := reads.IdOfInstitution(all, text)
	for _, before := range []string{" (", ","} {
		if head, _, cut := strings.Cut(text, before); id == "" && cut {
			id = reads.IdOfInstitution(all, head)
		}
	}
	return id
}
