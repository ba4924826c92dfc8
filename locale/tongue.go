package locale

import (
	"strings"
	"unicode"
)

// Tongue is the language form in which a short text is written, as far as its words tell: for what people typed without saying in which
// language, so that a screen reader may choose a voice for it. It knows the four forms and takes a side only where one of them has more of
// its own frequent words and letters in the text than each other; else it is empty. Names alone say nothing.
func Tongue(text string) Lang {
	seen := map[Lang]int{}
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch {
		case strings.IndexFunc(word, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) >= 0:
			seen[SR]++
		case strings.ContainsAny(word, "ëç"):
			seen[SQ]++
		case strings.ContainsAny(word, "čšžđ"): // ć ends names that stand in every language
			seen[SRLatn]++
		default:
			for _, l := range wordsOf[word] {
				seen[l]++
			}
		}
	}
	best, second := Lang(""), 0
	for _, l := range All {
		switch n := seen[l]; {
		case n > seen[best]:
			best, second = l, seen[best]
		case n > second:
			second = n
		}
	}
	if best == "" || seen[best] == second {
		return ""
	}
	return best
}

// frequent are words that are frequent in one language and stand in no other of ours, and those in which facts of this kind are told.
var frequent = map[Lang]string{
	EN: `a about according after all allocation an and another any are around as at been before being between both but by calls case child children
		citing closed closure closures copy count counted court crime crimes decrease decreased delayed delaying department each euros example
		few fewer first for fourth from funding funds further given government guilty had harm has have heaviest help human identified in
		increase increased is it its just known late least less line majority many mission month months more most municipality named no none
		not of office official on only or organised organs other out over page paragraph persons police prosecution public quarter rate
		removal report reported reports same second section see sentence sentences sex shelter shelters some stated statement states
		such table temporarily than that the their there they third this those three through trafficking under united until up used
		victim victims was were what when which while who whole with year years yes`,
	SQ: `dhe e edhe ende faqja faqe i janë jo kanë ka kjo ky lartë me më mbi ndaj nga ndërsa nuk një ose për por sepse si sipas tek të tjera
		tre vetëm vit viti viteve viktima viktimat viktimave drejtësi gjykata gjykatës policia raporti trafikimi trafikimit njeri
		njerëz prokuroria paragrafi shteti ligji kundër gjatë pas deri kur cila cili ishte ishin numri rasti rastet muaj muajt strehimore`,
	SRLatn: `ali bez bi bila bilo bio da do dok godina godine godini gde i iz ili ima ja je jedan jedna još kao kako koja koje koji koju kod
		ljudima na nad nakon ne nego nema nije nisu o od ona oni ono osoba osobe po pod posle pre prema pri sa samo se su sud suda
		stav stranica tokom u uz već za zbog zakon zakona trgovina trgovine trgovini policija tekst broj slučaj meseci`,
}

// wordsOf are the languages in which a word is frequent: most words count for one, "i" for two.
var wordsOf = func() map[string][]Lang {
	out := map[string][]Lang{}
	for l, list := range frequent {
		for word := range strings.FieldsSeq(list) {
			out[word] = append(out[word], l)
		}
	}
	return out
}()
