package about

import (
	"testing"

	"fener/locale"
)

func TestFirstLetter(t *testing.T) {
	for _, row := range []struct {
		lang       locale.Lang
		word, want string
	}{
		{locale.EN, "count", "C"}, {locale.EN, "Sharp", "S"}, {locale.SQ, "Shifër", "Sh"}, {locale.SQ, "gjendja", "Gj"}, {locale.SQ, "Çështje", "Ç"},
		{locale.SRLatn, "njuška", "Nj"}, {locale.SRLatn, "Član", "Č"}, {locale.SR, "Њушка", "Њ"}, {locale.EN, "a", "A"},
	} {
		if got := firstLetter(row.lang, row.word); got != row.want {
			t.Errorf("%s in %s begins with %q, want %q", row.word, row.lang, got, row.want)
		}
	}
}
