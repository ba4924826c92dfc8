package record

import (
	"regexp"
	"strings"
	"unicode"
)

// Care rules: no victim can be identified through the record, and a person
// judged is known by initials or a number only. Free text cannot be proven
// clean by a program, so what looks like a name or a personal number is a
// warning that a person must answer before publication.

var (
	label    = regexp.MustCompile(`^(?:\p{Lu}\p{Ll}?\.\s?){1,4}$|^\p{Lu}{1,3}$|^\d{1,4}$|^[A-Z]?\d{1,4}$`)
	personal = regexp.MustCompile(`\b\d{10}\b|\b\d{13}\b`)
	phone    = regexp.MustCompile(`(?:\+383|\b0?4[3-9])[\s/\-]?\d{2,3}[\s\-]?\d{3}\b`)
	email    = regexp.MustCompile(`[\w.+\-]+@[\w\-]+\.\w+`)
)

// shortestPersonal is how many digits a personal number has at least.
const shortestPersonal = 10

// phoneLike reports whether a text has the digits with which every telephone number begins that phone finds.
func phoneLike(text string) bool {
	for i := 0; i+1 < len(text); i++ {
		if text[i] == '4' && text[i+1] >= '3' && text[i+1] <= '9' {
			return true
		}
	}
	return strings.Contains(text, "+383")
}

// GoodLabel reports whether a defendant's label is initials or a number.
func GoodLabel(s string) bool { return label.MatchString(strings.TrimSpace(s)) }

// CareCode names what a free text seems to hold.
type CareCode string

// What a free text can seem to hold.
const (
	CareNumber CareCode = "personal_number"
	CarePhone  CareCode = "phone"
	CareEmail  CareCode = "email"
	CareName   CareCode = "name"

	CareDescription CareCode = "description" // of one person without a name: a relative, a position, the only one
	CareGroup       CareCode = "group"       // so few persons, told apart by so much, that one could be recognised
)

// CareWarning is one place in a free text that a person must look at.
type CareWarning struct {
	Field string
	Code  CareCode
	Found string
}

// knownNames are words that begin with a capital in titles and places and are
// not a person's name; folded lower case.
var knownNames = wordSet(`basic court supreme appeals constitutional district municipal kosovo kosova kosove republic
pristina prishtina prishtine prizren peja pec peje gjilan gjilani ferizaj gjakova mitrovica united nations state department
balkan insight radio free europe criminal code article european union ministry police directorate special prosecution
gjykata themelore apelit supreme kodi penal republika komuna osnovni sud vrhovni apelacioni krivicni zakonik kosovski
court of the and in for eulex unmik birn january february march april may june july august september october november december
mr mrs dr judge presiding trafficking persons human beings report`)

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// Care looks through a free text for what could identify a person.
func Care(field, text string) []CareWarning {
	var found []CareWarning
	add := func(code CareCode, words string) {
		if words != "" {
			found = append(found, CareWarning{field, code, words})
		}
	}
	// Expressions are slow, and most texts show at once that they have nothing for them.
	if together(text) >= shortestPersonal {
		add(CareNumber, personal.FindString(text))
	}
	if phoneLike(text) {
		add(CarePhone, phone.FindString(text))
	}
	if strings.IndexByte(text, '@') >= 0 {
		add(CareEmail, email.FindString(text))
	}
	add(CareName, likelyName(text))
	list := tokens(text)
	add(CareDescription, descriptionIn(text, list))
	add(CareGroup, smallGroupIn(text, list))
	return found
}

// likelyName finds two capitalised words in a row, of which neither is known
// to belong to institutions or places, outside the beginning of a sentence.
func likelyName(text string) string {
	words := strings.Fields(text)
	for i := 0; i+1 < len(words); i++ {
		startsSentence := i == 0 || strings.HasSuffix(words[i-1], ".")
		a, b := trimWord(words[i]), trimWord(words[i+1])
		if !startsSentence && nameLike(a) && nameLike(b) {
			return a + " " + b
		}
	}
	return ""
}

func trimWord(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

func nameLike(s string) bool {
	runes := []rune(s)
	if len(runes) < 3 || !unicode.IsUpper(runes[0]) || knownNames[slug(s)] {
		return false
	}
	for _, r := range runes[1:] {
		if !unicode.IsLower(r) {
			return false
		}
	}
	return true
}
