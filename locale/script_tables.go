package locale

import (
	"slices"
	"strings"
	"unicode"
)

// alphabet pairs the letters of the two Serbian scripts.
const alphabet = "aаbбvвgгdдđђeеžжzзiиjјkкlлmмnнoоpпrрsсtтćћuуfфhхcцčчšш"

// toCyrillic holds single letters, and the pairs that Unicode has as one sign;
// toLatin holds single letters and what they become between small letters.
var toCyrillic, toLatin = makeScripts()

func makeScripts() (cyr map[rune]rune, lat map[rune]string) {
	cyr = map[rune]rune{'ǆ': 'џ', 'ǅ': 'Џ', 'Ǆ': 'Џ', 'ǉ': 'љ', 'ǈ': 'Љ', 'Ǉ': 'Љ', 'ǌ': 'њ', 'ǋ': 'Њ', 'Ǌ': 'Њ'}
	lat = map[rune]string{'љ': "lj", 'Љ': "Lj", 'њ': "nj", 'Њ': "Nj", 'џ': "dž", 'Џ': "Dž"}
	letters := []rune(alphabet)
	for i := 0; i < len(letters); i += 2 {
		small, cyrillic := letters[i], letters[i+1]
		cyr[small], lat[cyrillic] = cyrillic, string(small)
		capital, cyrillic := unicode.ToUpper(small), unicode.ToUpper(cyrillic)
		cyr[capital], lat[cyrillic] = cyrillic, string(capital)
	}
	return cyr, lat
}

// pairs are the two Latin letters that are one in Cyrillic. A small letter
// before a capital is no pair.
var pairs = map[[2]rune]rune{
	{'l', 'j'}: 'љ', {'L', 'j'}: 'Љ', {'L', 'J'}: 'Љ',
	{'n', 'j'}: 'њ', {'N', 'j'}: 'Њ', {'N', 'J'}: 'Њ',
	{'d', 'ž'}: 'џ', {'D', 'ž'}: 'Џ', {'D', 'Ž'}: 'Џ',
}

// kept are abbreviations and Roman numerals that stay Latin in Cyrillic text,
// because that is how readers know them. Single-letter numerals are left out:
// I and V are words and initials.
var kept = set("EUR CSV JSON XLSX HTML URL API PDF DOCX ODS TSV XML ZIP SQL HTTP HTTPS OK ID IP " +
	"RSS ICS SHA UTF ISO AGPL MIT GDPR SMS USB CD DVD " +
	"UNODC IOM UNHCR BIRN KLI NGO PVPT " +
	"II III IV VI VII VIII")

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// splitAnywhere and splitAtStart are stems in which n and j or d and ž belong
// to different parts of the word, at the bar: in|jekcija, nad|živeti. Other
// words with nj and dž have one letter there (konj, kanjon, budžet, odžak). The
// second list counts only at the beginning of a word or after ne- and naj-.
var (
	splitAnywhere = []string{"in|jekc", "in|jekt", "in|jicir", "in|junk", "kon|junk", "kon|jug", "kon|jekt", "van|jezi", "tan|jug"}
	splitAtStart  = []string{
		"an|jon", "nad|živ", "nad|žnj", "nad|žanr", "nad|žup", "od|žal", "od|živ", "od|žvak", "od|žubor", "od|žen", "od|žet",
		"pod|žanr", "pod|žup", "pod|žeć", "pod|žeg", "pod|živ", "pred|živ", "pred|žet", "pred|žup",
	}
)

// positions are the places in a word where a pair is two letters.
type positions []int

func (p positions) at(i int) bool { return slices.Contains(p, i) }

// splitPairs finds where the stems divide the word.
func splitPairs(word string) (p positions) {
	lower := strings.ToLower(word)
	if len(lower) != len(word) || !strings.Contains(lower, "nj") && !strings.Contains(lower, "dž") {
		return nil
	}
	for _, s := range splitAnywhere {
		first, second, _ := strings.Cut(s, "|")
		if at := strings.Index(lower, first+second); at >= 0 {
			p = append(p, at+len(first))
		}
	}
	for _, s := range splitAtStart {
		first, second, _ := strings.Cut(s, "|")
		for _, prefix := range [...]string{"", "ne", "naj"} {
			if strings.HasPrefix(lower, prefix+first+second) {
				p = append(p, len(prefix)+len(first))
			}
		}
	}
	return p
}
