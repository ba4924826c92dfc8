package record

import (
	"strings"

	"fener/locale"
	"fener/period"
)

// The limits of the care rule for figures, in one place: what is fewer than
// five is small, in what the record counts itself (docs/figures.md) and in what
// others reported of victims (docs/evidence.md). The limits are this record's
// own choice, stricter than its sources where those publish single persons by
// place; no law sets them. The method page shows them.
const (
	// SmallUnder is the number below which a figure is small: counted from the
	// record it is said to be small, of victims and finer than the rule it is
	// held back.
	SmallUnder = 5
	// CoarseDays is the shortest period of a figure of victims that stays as an
	// authority stated it: a half-year, of which the shorter has 181 days.
	CoarseDays = 181
	// CoarseAttributes is how many attributes such a figure may have.
	CoarseAttributes = 1
)

// countryNames are the names of each country, folded; the first stands for it.
var countryNames = []string{
	"kosovo, kosova, kosove, kosoves, kosovu, republic of kosovo, republika e kosoves, republika kosovo",
	"albania, shqiperia, shqiperi, albanija, republic of albania, republika e shqiperise",
	"north macedonia, maqedonia e veriut, severna makedonija",
	"united kingdom, uk, great britain, mbreteria e bashkuar, ujedinjeno kraljevstvo, velika britanija",
	"united states, united states of america, usa, shba",
}

// countryOf is the first name of a country by each of its names.
var countryOf = func() map[string]string {
	m := map[string]string{}
	for _, names := range countryNames {
		first, _, _ := strings.Cut(names, ", ")
		for name := range strings.SplitSeq(names, ", ") {
			m[name] = first
		}
	}
	return m
}()

// Country is the one name of a whole country, by any of its names; empty for
// other places.
func Country(place string) string { return countryOf[placeWords(place)] }

// IsCountry reports whether a place is a whole country, by any of its names.
func IsCountry(place string) bool { return Country(place) != "" }

func placeWords(place string) string { return strings.Join(strings.Fields(locale.Fold(place)), " ") }

// levels are the words that say how large a place is, folded, from the finest.
var levels = []string{
	"village, fshati, fshat, selo, settlement, naselje",
	"municipality, city, town, komuna, komuna e, komunes, qyteti, opstina, opstine, grad",
	"region, district, rajoni, rajoni i, rajonit, qarku, okrug, regija, regije, regiji",
}

// A place is a name with how large it is: 0 where it does not say, 1 village, 2
// municipality, 3 region, 4 country.
type sizedPlace struct {
	name  string
	level int
}

func placeOf(text string) sizedPlace {
	p := sizedPlace{name: placeWords(text)}
	if country := Country(text); country != "" {
		return sizedPlace{country, 4}
	}
	for i, words := range levels {
		for w := range strings.SplitSeq(words, ", ") {
			if rest, ok := strings.CutSuffix(p.name, " "+w); ok && rest != "" {
				return sizedPlace{rest, i + 1}
			}
			if rest, ok := strings.CutPrefix(p.name, w+" "); ok && strings.TrimPrefix(rest, "of ") != "" {
				return sizedPlace{strings.TrimPrefix(rest, "of "), i + 1}
			}
		}
	}
	return p
}

// holds reports whether one place can lie in another. Which municipality lies in
// which region nobody wrote down, so any may lie in any.
func (p sizedPlace) holds(q sizedPlace) bool {
	return p.name == q.name && p.level >= q.level || p.level == 4 && q.level < 4 || p.level > q.level && p.level > 2
}

// apart reports whether two places can share nothing.
func (p sizedPlace) apart(q sizedPlace) bool { return p.name != q.name && p.level < 4 && q.level < 4 }

// days is how long a span is, 0 where that is not known.
func days(s period.Span) int {
	if s.IsZero() || s.From.IsZero() {
		return 0
	}
	first, last := s.First(), s.Last()
	n, ok := first.DaysUntil(last)
	if !ok || n < 0 {
		return 0
	}
	return n + 1
}
