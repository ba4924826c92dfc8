package site

import (
	"testing"

	"fener/internal/page"
	"fener/locale"
	"fener/period"
)

// A Serbian year's full stop is one, and none before another sign; a date after a preposition is in the genitive.
func TestSerbianDatesInSentences(t *testing.T) {
	for from, want := range map[string]string{
		"Ispravljeno 25. novembra 2026..": "Ispravljeno 25. novembra 2026.", "Osuđeni, 2017.: 7": "Osuđeni, 2017: 7", "2017., mesto 5 u evidenciji": "2017, mesto 5 u evidenciji",
		"(2017.)": "(2017)", "član 165. 2017": "član 165. 2017", "12.345.": "12.345.",
	} {
		if got := page.OneStop(from); got != want {
			t.Errorf("%q becomes %q, expected %q", from, got, want)
		}
	}
	day := period.MustDate("2026-11-25")
	for l, want := range map[locale.Lang]string{locale.SRLatn: "25. novembra 2026.", locale.SR: "25. новембра 2026.", locale.SQ: "25 nëntor 2026", locale.EN: "25 November 2026"} {
		if got := locale.DateAfter(l, day); got != want {
			t.Errorf("%s: %q, expected %q", l, got, want)
		}
	}
}
