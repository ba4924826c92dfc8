package shown

import (
	"strings"

	"fener/internal/page"
)

// InstitutionType is what an institution is, in words; as the record has it where the interface has no word.
func InstitutionType(r *page.Request, kind string) string {
	key := "institution_type." + strings.NewReplacer(" ", "_", "(", "", ")", "").Replace(kind)
	if r.Has(key) {
		return r.T(key)
	}
	return kind
}
