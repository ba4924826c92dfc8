package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"fener/locale"
)

// heading is what the name of a column was understood as.
type heading struct {
	c     column
	unit  string // what the name says bare numbers are in: years, months, days
	vague bool   // the name is good only where no other says more
	own   bool   // the column is its author's own, or a running number
	// guess is the column that a name which was not understood may well mean,
	// and guessed that column's name as people write it.
	guess   column
	guessed string
}

var (
	// numbered is what forms put before a name: 3. Gjykata, b) Sud, Q7. Court.
	numbered = regexp.MustCompile(`^\s*(?:[A-Za-z]?\d{1,3}|[A-Za-z])\s*[.):]\s+`)
	bracket  = regexp.MustCompile(`[(\[{]([^()\[\]{}]*)[)\]}]`)
	// divided is where two languages, or two lines, stand in one name.
	divided = regexp.MustCompile(`\s*[/|\\\n;–—]\s*|\s+-\s+`)
	// nested is where programs put the name of a group before a name.
	nested = regexp.MustCompile(`[/.:>]|__|::`)
)

// recognise understands the name of a column: as it stands, with a unit or a
// remark in brackets, in two languages, or with the name of its group before it.
// Where that fails it guesses what may be meant.
func recognise(field string) heading {
	field = strings.TrimSpace(locale.Plain(field))
	h := understood(field)
	if h.c != colNone || h.own || h.guess != colNone || field == "" {
		return h
	}
	if otherwise(field) {
		return heading{}
	}
	if name, c, near := nearest(headerKey(field)); near {
		return heading{guess: c, guessed: name}
	}
	if c := byStem(field); c != colNone {
		return heading{guess: c, guessed: c.String()}
	}
	return heading{}
}

// understood is recognise without guessing.
func understood(field string) heading {
	h := named(field)
	if h.c != colNone || h.own || field == "" || len(field) > longestFound {
		return h
	}
	if cut := numbered.ReplaceAllString(field, ""); cut != field && cut != "" {
		if h := understood(cut); h.c != colNone || h.own {
			return h
		}
	}
	var guess heading
	for _, try := range []func(string) heading{bracketed, inTwoLanguages, inGroup, withUnit} {
		h := try(field)
		if h.c != colNone {
			return h
		}
		if h.guess != colNone {
			guess = h
		}
	}
	return guess
}

// named looks a name up as it stands.
func named(field string) heading {
	key := headerKey(field)
	if key == "" {
		return heading{own: strings.Trim(field, "#№ .") == "" && field != ""}
	}
	if c := byHeader[key]; c != colNone {
		return heading{c: c}
	}
	if c := vague[key]; c != colNone {
		return heading{c: c, vague: true}
	}
	if own[key] {
		return heading{own: true}
	}
	first, _, more := strings.Cut(locale.Fold(field), ":")
	if more && slices.ContainsFunc(ownPrefixes, func(p string) bool { return locale.Fold(p) == strings.TrimSpace(first) }) {
		return heading{own: true}
	}
	return heading{}
}

// bracketed reads "imprisonment (months)", "Me kusht (po/jo)", "Gjykata (Sud)".
// What stands in brackets must be understood: "Burgimi (i kërkuar)" is another
// thing than "Burgimi".
func bracketed(field string) heading {
	outside := strings.TrimSpace(bracket.ReplaceAllString(field, " "))
	if outside == field {
		return heading{}
	}
	h := understood(outside)
	if h.c == colNone || h.c == colNote {
		return h
	}
	for _, m := range bracket.FindAllStringSubmatch(field, -1) {
		inside := m[1]
		unit, ok := unitOf(inside)
		switch {
		case ok && h.c.hasUnit(unit):
			if unit != "" {
				h.unit = unit
			}
		case named(inside).c == h.c, explains(inside):
		default:
			return heading{guess: h.c, guessed: h.c.String()}
		}
	}
	return h
}

// inTwoLanguages reads "Gjykata / Sud". Parts that are known must be one
// column; a part that is not is passed over unless it says that something else
// is meant.
func inTwoLanguages(field string) heading {
	parts := divided.Split(field, -1)
	if len(parts) < 2 {
		return heading{}
	}
	var found heading
	for _, part := range parts {
		h := named(part)
		if h.c == colNone {
			h = withUnit(part)
		}
		if h.c == colNone {
			h = bracketed(part)
		}
		switch {
		case h.c == colNone && otherwise(part):
			return heading{}
		case h.c == colNone:
		case found.c != colNone && found.c != h.c:
			return heading{}
		default:
			if found.unit != "" && h.unit == "" {
				h.unit = found.unit
			}
			h.vague = h.vague && (found.c == colNone || found.vague)
			found = h
		}
	}
	return found
}

// inGroup reads "judgment/case", "sentence.imprisonment", "Dënimi: Burgimi".
func inGroup(field string) heading {
	parts := nested.Split(field, -1)
	if len(parts) < 2 {
		return heading{}
	}
	last := strings.TrimSpace(parts[len(parts)-1])
	for _, part := range parts[:len(parts)-1] {
		if otherwise(part) {
			return heading{}
		}
	}
	if h := named(last); h.c != colNone {
		return h
	}
	return withUnit(last)
}

// withUnit reads "imprisonment_months", "Burgimi në muaj", "fine EUR".
func withUnit(field string) heading {
	words := strings.FieldsFunc(field, func(r rune) bool { return unicode.IsSpace(r) || r == '_' || r == ',' || r == '-' })
	if len(words) < 2 {
		return heading{}
	}
	last := len(words) - 1
	unit, ok := unitOf(words[last])
	if !ok || unit == "" {
		return heading{}
	}
	for last > 1 && slices.Contains([]string{"in", "ne", "u", "me", "of"}, locale.Fold(words[last-1])) {
		last--
	}
	h := named(strings.Join(words[:last], " "))
	if h.c == colNone || !h.c.hasUnit(unit) {
		return heading{}
	}
	h.unit = unit
	return h
}

const unitEuro = "euro"

// unitWords are the units that stand in the names of columns.
var unitWords = words(map[string]string{
	"years, year, yrs, yr, y, vite, vjet, vit, në vite, në vjet, in years, godine, godina, god, u godinama":          "y",
	"months, month, mos, mths, mth, m, muaj, në muaj, in months, meseci, meseca, mesec, mes, u mesecima, mjeseci":    "m",
	"days, day, d, ditë, në ditë, in days, dana, dani, dan, u danima":                                                "d",
	"hours, hour, h, orë, në orë, in hours, sati, časova, časovi, sata":                                              "h",
	"€, eur, euro, euros, në euro, in euros, in euro, in eur, u evrima, evra, evri, u eurima, eura, në eur, u eur, ": unitEuro,
})

// unitOf is the unit that a word or two say; "" with ok where they say how to
// fill in the column, which is no unit.
func unitOf(s string) (unit string, ok bool) {
	unit, ok = unitWords[wordKey(s)]
	return unit, ok
}

// hasUnit reports whether numbers of a column can be in a unit.
func (c column) hasUnit(unit string) bool {
	switch c {
	case colImprisonment, colVerification:
		return unit == "y" || unit == "m" || unit == "d"
	case colFine:
		return unit == unitEuro
	case colWorkHours:
		return unit == "h"
	}
	return false
}

// explanations are what else stands in brackets and changes nothing.
var explanations = words(map[string]bool{
	"if any, nëse ka, ako ima, optional, opsionale, opciono, required, initials, inicialet, inicijali, initials only, vetëm inicialet, number, numri, broj, nr, no, br": true,
	"date, data, datum, text, tekst, teksti, imposed, shqiptuar, i shqiptuar, e shqiptuar, izrečena, izrečeno, first instance":                                          true,
})

var dateForm = regexp.MustCompile(`^[dmyjgvM]{1,4}([ ./-]+[dmyjgvM]{1,4}){0,2}\.?$`)

// explains reports whether words in brackets only say how to fill in a column.
func explains(s string) bool {
	key := wordKey(s)
	if explanations[key] || dateForm.MatchString(key) {
		return true
	}
	parts := strings.FieldsFunc(key, func(r rune) bool { return strings.ContainsRune("/,;|+ ", r) })
	for _, part := range parts {
		if _, ok := triWords[part]; !ok && part != "or" && part != "ose" && part != "ili" {
			return false
		}
	}
	return len(parts) > 0
}

// otherStems mark names that are about something else than what was imposed.
var otherStems = []string{"kerkua", "kerkes", "request", "propoz", "predlo", "trazen", "prokur", "prosecut", "tuzi", "paraburg", "pritvor", "detent", "remand",
	"minim", "maksim", "maxim", "parashik", "propisan", "prescrib", "ankes", "zalb", "appeal", "viktim", "zrtv", "victim", "demtuar", "ostecen", "injured", "gjykates i", "sudija", "judge",
	"mbrojt", "branil", "lawyer", "avokat", "advokat", "aktakuz", "optuznic", "indict", "lindj", "rodjen", "rodena", "birth", "arrest", "hapse", "pranim", "prijem", "received", "filed", "dorez", "dostav", "served"}

// otherwise reports whether a name says that something else is meant.
func otherwise(name string) bool {
	folded := locale.Fold(name)
	return slices.ContainsFunc(otherStems, func(stem string) bool { return strings.Contains(folded, stem) })
}
