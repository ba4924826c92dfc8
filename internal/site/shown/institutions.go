package shown

import (
	"strings"

	"fener/internal/page"
)

func InstitutionType(r *page.Request, kind string) string {
	key := "institution_type." + strings.NewReplacer(" ", "_", "(", "", ")", "").Replace(kind)
	if r.Has(key) {
		return r.T(key)
	}
	return kind
}
