package record

import (
	"slices"
	"strings"

	"fener/locale"
	"fener/period"
)

// unitWords are the units that values may be in, each with the words that mean
// it, folded.
var unitWords = []struct{ unit, words string }{
	{"persons", "person, people, individuals, individual, victims, victim, suspects, suspect, defendants, defendant, traffickers, trafficker, persona, personave, persone, njerez, " +
		"viktima, viktime, viktimave, te dyshuar, te pandehur, trafikante, te trafikuar, lica, lice, osoba, osobe, ljudi, zrtava, zrtve, zrtva, osumnjicenih, okrivljenih, trgovaca ljudima"},
	{"arrests", "arrest, arrestime, arrestim, arrestimeve, hapsenja, hapsenje"},
	{"EUR", "€, eur, euro, euros, eura, evra, evro, evri, eurove, eurosh"},
	{"days", "day, dite, ditesh, dan, dana"},
	{"months", "month, muaj, muajsh, mesec, meseca, meseci, mjesec, mjeseca, mjeseci"},
	{"years", "year, vjet, vit, vite, vjetesh, godina, godine, godinu"},
	{"length", "length of time, kohezgjatja, kohezgjatje, trajanje"},
	{"shelters", "shelter, strehimore, strehimoret, strehimoreve, skloniste, sklonista, sigurna kuca, sigurne kuce"},
	{"premises", "premise, locations, establishments, lokale, lokal, lokaleve, lokali, lokala, objekte, objekata, objekti"},
	{"cases", "case, raste, rast, rasteve, slucajeva, slucaja, slucaj, slucajevi, predmeta, predmet, predmeti, lende"},
	{"reports", "report, criminal reports, criminal report, kallezime, kallezim, kallezimeve, kallezime penale, prijava, prijave, krivicne prijave, krivicnih prijava"},
	{"operations", "operation, operacione, operacion, operacioneve, operacija, operacije"},
	{"percent", "%, per cent, percentage, pct, perqind, per qind, odsto, procenat, procenata, procenti, posto"},
	{"tier", "niveli, nivel, nivo"},
	{"words", "word, in words, fjale, me fjale, reci, recima"},
}

var unitOf = func() map[string]string {
	m := map[string]string{}
	for _, u := range unitWords {
		m[locale.Fold(u.unit)] = u.unit
		for w := range strings.SplitSeq(u.words, ", ") {
			m[locale.Fold(w)] = u.unit
		}
	}
	return m
}()

// Units are what the values of observations may be in; words is for values that
// are no number. A source that counts in something else says so in its own word.
func Units() []string {
	var list []string
	for _, u := range unitWords {
		list = append(list, u.unit)
	}
	return list
}

// ParseUnit reads the name of a unit in any of the languages: people, persona
// and lica are persons.
func ParseUnit(word string) (unit string, ok bool) {
	unit, ok = unitOf[strings.TrimSuffix(strings.Join(strings.Fields(locale.Fold(word)), " "), ".")]
	return unit, ok
}

// SplitUnit separates a number from the unit that stands beside it: "49
// persons", "€65,000", "at least 5 viktima". ok is false where no unit is known
// or where what is left holds no number, as in "16 girls and two boys".
func SplitUnit(text string) (rest, unit string, ok bool) {
	text = strings.TrimSpace(text)
	for _, sign := range []string{"€", "%"} {
		for _, cut := range []func(string, string) (string, bool){strings.CutPrefix, strings.CutSuffix} {
			if left, found := cut(text, sign); found {
				unit, _ = ParseUnit(sign)
				return number(left, unit)
			}
		}
	}
	words := strings.Fields(text)
	if len(words) > 1 {
		if unit, ok = ParseUnit(words[0]); ok && unit == "EUR" {
			return number(strings.Join(words[1:], " "), unit)
		}
	}
	for n := min(3, len(words)-1); n > 0; n-- {
		if unit, ok = ParseUnit(strings.Join(words[len(words)-n:], " ")); ok {
			return number(strings.Join(words[:len(words)-n], " "), unit)
		}
	}
	return text, "", false
}

func number(rest, unit string) (string, string, bool) {
	rest = strings.TrimSpace(rest)
	return rest, unit, ParseStated(rest).Kind != InWords
}

// lasting are the units of time.
var lasting = []string{"days", "months", "years", "length"}

// Lasting tells whether a unit measures time.
func Lasting(unit string) bool { return slices.Contains(lasting, unit) }

// ParseLasting reads a value as a length of time, of any unit or of the unit
// given, with small numbers also in words: "66 months", "five years", 66 in
// months. The text is the length as this program writes it.
func ParseLasting(value, unit string) (length string, ok bool) {
	if known, found := ParseUnit(unit); found {
		unit = known
	}
	words := strings.Fields(locale.Plain(value))
	for i, w := range words {
		if n, found := smallNumbers[locale.Fold(w)]; found {
			words[i] = n
		}
	}
	text := strings.Join(words, " ")
	if Lasting(unit) && unit != "length" {
		if n, found := locale.ParseNumber(text); found && !n.Either {
			text = n.Plain + " " + unit
		}
	}
	l, err := period.ParseLength(text)
	if err != nil || l.IsZero() {
		return "", false
	}
	return l.String(), true
}
