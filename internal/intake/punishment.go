package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"fener/law"
	"fener/locale"
	"fener/period"
)

// punishment is what a cell under imprisonment says. Courts and monitors write
// "6 muaj burgim me kusht, 2 vjet verifikim" or "5 vjet burgim dhe gjobë
// 2.000 €" into one cell: what belongs to other columns is kept for them.
type punishment struct {
	law.Imprisonment
	more         bool // there is more than the imprisonment
	notKnown     bool // whether any was imposed is not known
	fine         law.Fine
	fined        bool
	suspended    law.Tri
	verification period.Length
}

var (
	isoLength  = regexp.MustCompile(`^[Pp](?:(\d{1,2})[Yy])?(?:(\d{1,3})[Mm])?(?:(\d{1,2})[Ww])?(?:(\d{1,4})[Dd])?(?:[Tt]0[HhMmSs])*$`)
	lengthPart = regexp.MustCompile(`\d+(?:[.,]\d+)?|[\p{L}]+|1/2|½|¼|¾|[^\s\p{L}\d]`)
	halfSign   = strings.NewReplacer("1/2", "½", "½", " ½", "\n", ", ", "\r", " ")
)

// parsePunishment reads a text under imprisonment that is no plain length.
func parsePunishment(s string) (p parsed[punishment]) {
	if l, ok := fromISO(s); ok {
		if p.value.Term = l; !l.IsZero() {
			p.value.State = law.ForTerm
		}
		return p
	}
	term, fine, two := cutFine(s)
	if two {
		amount, code := parseMoney(fine)
		switch {
		case code != "" && wordKey(strings.Trim(fine, " .:;,")) != "":
			return wrong[punishment](twoPunishments)
		case code != "":
			p.value.fine.State = law.FineAmountUnknown
		case amount > 0:
			p.value.fine = law.Fine{State: law.FineOfAmount, Cents: amount}
		}
		p.value.fined, p.value.more = true, true
		if term == "" {
			return p
		}
	}
	r := lengthReader{words: lengthWords(term)}
	if code := r.read(); code == badLength && replacing.MatchString(locale.Fold(term)) {
		return wrong[punishment](twoPunishments)
	} else if code != "" {
		return wrong[punishment](code)
	}
	p.value.suspended, p.value.verification = r.suspended, r.verification
	p.value.more = two || r.suspended != law.NotKnown
	switch {
	case r.life:
		p.value.State = law.ForLife
	case !r.lengthRead && r.suspended == law.NotKnown && !two, !r.lengthRead && r.leftBare:
		return wrong[punishment](badLength)
	case !r.lengthRead:
		p.value.State = law.ForUnknownTerm
	case r.length.Compare(longestTerm) > 0:
		return wrong[punishment](tooLong)
	case !r.length.IsZero():
		p.value.State, p.value.Term = law.ForTerm, r.length
	}
	return p
}

// fromISO reads an ISO 8601 duration: P3Y6M.
func fromISO(s string) (period.Length, bool) {
	m := isoLength.FindStringSubmatch(s)
	if m == nil || m[1]+m[2]+m[3]+m[4] == "" {
		return period.Length{}, false
	}
	var n [5]int
	for i := 1; i < 5; i++ {
		n[i], _ = strconv.Atoi(m[i])
	}
	l, err := period.NewLength(n[1], n[2], n[3]*7+n[4])
	return l, err == nil && l.Compare(longestTerm) <= 0
}

// fineStart is where a fine begins in a text that names several punishments.
var fineStart = regexp.MustCompile(`(?i)(dënim(?:i|in)?\s+me\s+)?(?:me\s+)?(gjob[aeëuso]\p{L}*|novčan\p{L}*(?:\s+kazn\p{L}*)?|kazn\p{L}* novčan\p{L}*|новчан\p{L}*(?:\s+казн\p{L}*)?|\bfine[ds]?\b)`)

// replacing is what is said where imprisonment was replaced.
var replacing = regexp.MustCompile(`zevend|zamen|zamjen|replac|convert|konvert|pune ne dobi|rad u (?:javnom|opstem)|community`)

// cutFine divides a text before the fine that it names.
func cutFine(s string) (term, fine string, ok bool) {
	at := fineStart.FindStringIndex(s)
	if at == nil {
		return s, "", false
	}
	term = strings.TrimRight(s[:at[0]], " ,;+&./\n\r\t")
	for _, joiner := range []string{" and a", " dhe", " e", " edhe", " si edhe", " i", " и", " and", " a", " plus", " as well as"} {
		if n := len(term) - len(joiner); n > 0 && strings.EqualFold(term[n:], joiner) {
			term = term[:n]
			break
		}
	}
	return strings.TrimRight(term, " ,;+&"), strings.TrimSpace(s[at[1]:]), true
}

// lengthWords are the words, numbers and signs of a length.
func lengthWords(s string) []string { return lengthPart.FindAllString(halfSign.Replace(s), -1) }

// lengthReader reads a length word by word.
type lengthReader struct {
	words []string
	at    int

	parts      [3]int // years, months, days
	seen       [3]bool
	length     period.Length
	lengthRead bool
	leftBare   bool // a number has no unit
	life       bool

	suspended    law.Tri
	verification period.Length
}

// read reads all of the text; a word that it does not know is an error, for it
// may say anything.
func (r *lengthReader) read() Code {
	if n := len(r.words); n > 0 && joiners[locale.Fold(r.words[n-1])] {
		return badLength // "and" what?
	}
	for r.at < len(r.words) {
		word := locale.Fold(r.words[r.at])
		switch {
		case r.number():
			if code := r.quantity(); code != "" {
				return code
			}
			continue
		case halves[word] && r.half():
		case word == "(" && r.sameInWords(), word == "(" || word == ")":
		case word == "," || word == ";" || word == "." || word == ":" || word == "+" || word == "&":
		case slices.Contains(bareUnits, word) && r.wordAfter() == "dana": // godinu dana
			r.words = slices.Insert(r.words, r.at, "1")
			continue
		case r.phrase(lifePhrases):
			r.life = true
		case r.phrase(notSuspended):
			if !r.sayKind(law.No) {
				return badLength
			}
		case r.phrase(suspendedPhrases):
			if !r.sayKind(law.Yes) {
				return badLength
			}
		case slices.Contains(verificationWords, word):
			if !r.verify() {
				return badLength
			}
		case fillers[word], joiners[word]:
		default:
			return badLength
		}
		r.at++
	}
	return r.end()
}

// end puts the length together.
func (r *lengthReader) end() Code {
	if !slices.Contains(r.seen[:], true) {
		return ""
	}
	if !r.lengthRead {
		l, err := period.NewLength(r.parts[0], r.parts[1], r.parts[2])
		if err != nil {
			return tooLong
		}
		r.length, r.lengthRead = l, true
		r.parts, r.seen = [3]int{}, [3]bool{}
		return ""
	}
	l, err := period.NewLength(r.parts[0], r.parts[1], r.parts[2])
	if err != nil || !r.verification.IsZero() || r.suspended != law.Yes {
		return badLength
	}
	r.verification = l // the second length of a suspended sentence
	r.parts, r.seen = [3]int{}, [3]bool{}
	return ""
}

// sayKind ends the length before "me kusht": what follows is the verification.
func (r *lengthReader) sayKind(kind law.Tri) bool {
	if r.suspended != law.NotKnown && r.suspended != kind {
		return false
	}
	r.suspended = kind
	return r.end() == ""
}

// verify takes the length before or after "verifikim" for the verification.
func (r *lengthReader) verify() bool {
	r.suspended = law.Yes
	return !slices.Contains(r.seen[:], true) || !r.lengthRead || r.end() == ""
}

// number reports whether a number stands at hand, in digits or words.
func (r *lengthReader) number() bool {
	w := r.words[r.at]
	if w[0] >= '0' && w[0] <= '9' {
		return true
	}
	_, _, ok := numberWords(r.words[r.at:])
	return ok
}

// quantity reads a number and its unit.
func (r *lengthReader) quantity() Code {
	whole, eighths, ok := 0, 0, true // of a year
	if w := r.words[r.at]; w[0] >= '0' && w[0] <= '9' {
		n, rest, _ := strings.Cut(strings.ReplaceAll(w, ",", "."), ".")
		whole, _ = strconv.Atoi(n)
		if len(n) > 4 {
			return tooLong
		}
		eighths, ok = map[string]int{"": 0, "0": 0, "00": 0, "5": 4, "50": 4, "25": 2, "75": 6, "125": 1}[rest], true
		if _, known := map[string]int{"": 0, "0": 0, "00": 0, "5": 0, "50": 0, "25": 0, "75": 0}[rest]; !known {
			return badLength
		}
		r.at++
	} else {
		n, used, _ := numberWords(r.words[r.at:])
		whole = n
		r.at += used
	}
	if !ok {
		return badLength
	}
	if code := r.inBrackets(whole); code != "" {
		return code
	}
	if n, used := r.halfHere(); used > 0 {
		eighths += n
		r.at += used
	}
	if r.at < len(r.words) && r.words[r.at] == "." && r.at+1 < len(r.words) {
		r.at++
	}
	if r.at >= len(r.words) {
		r.leftBare = true
		return badLength
	}
	word := locale.Fold(r.words[r.at])
	if ageUnits[word] || r.phraseAhead(agePhrases) {
		return ageNotLength
	}
	unit, ok := lengthUnits[word]
	if !ok {
		r.leftBare = true
		return badLength
	}
	r.at++
	if r.at < len(r.words) && locale.Fold(r.words[r.at]) == "dana" && unit != 'd' { // šest meseci dana
		r.at++
	}
	if r.at < len(r.words) && (locale.Fold(r.words[r.at]) == "old" || locale.Fold(r.words[r.at]) == "starosti") {
		return ageNotLength
	}
	return r.add(whole, eighths, unit)
}

// add puts so many of a unit to the length. Years, months and days stand once
// each, in this order; the second of its kind begins a verification period.
func (r *lengthReader) add(whole, eighths int, unit byte) Code {
	if unit == 'w' {
		whole, unit = whole*7, 'd'
	}
	i := strings.IndexByte("ymd", unit)
	if r.seen[i] || slices.Contains(r.seen[i:], true) {
		if r.suspended != law.Yes {
			return badLength
		}
		if code := r.end(); code != "" {
			return code
		}
	}
	months := eighths * 12 / 8
	if eighths != 0 && (unit != 'y' || eighths*12%8 != 0) {
		return badLength
	}
	r.parts[i], r.seen[i] = whole, true
	if months > 0 {
		r.parts[1], r.seen[1] = months, true
	}
	return ""
}

// inBrackets checks the number in words that stands after one in digits.
func (r *lengthReader) inBrackets(n int) Code {
	if r.at >= len(r.words) || r.words[r.at] != "(" {
		return ""
	}
	m, used, ok := numberWords(r.words[r.at+1:])
	if figure, err := strconv.Atoi(r.words[min(r.at+1, len(r.words)-1)]); err == nil {
		m, used, ok = figure, 1, true
	}
	if !ok || r.at+1+used >= len(r.words) || r.words[r.at+1+used] != ")" {
		return ""
	}
	if m != n {
		return numbersDisagree
	}
	r.at += used + 2
	return ""
}

// sameInWords passes over brackets with a number in words behind a unit.
func (r *lengthReader) sameInWords() bool {
	m, used, ok := numberWords(r.words[r.at+1:])
	if !ok || r.at+1+used >= len(r.words) || r.words[r.at+1+used] != ")" || !slices.Contains(r.parts[:], m) {
		return false
	}
	r.at += used + 1
	return true
}

// halfHere is what "e gjysmë" or ½ between a number and its unit adds.
func (r *lengthReader) halfHere() (eighths, words int) {
	rest := r.words[r.at:]
	if len(rest) > 0 {
		if n, ok := fractions[rest[0]]; ok {
			return n, 1
		}
	}
	if len(rest) > 1 && joiners[locale.Fold(rest[0])] && halves[locale.Fold(rest[1])] {
		return 4, 2
	}
	if len(rest) > 2 && joiners[locale.Fold(rest[0])] && locale.Fold(rest[1]) == "a" && locale.Fold(rest[2]) == "half" {
		return 4, 3
	}
	return 0, 0
}

// half reads "3 vjet e gjysmë" and "gjysmë viti".
func (r *lengthReader) half() bool {
	if r.seen[0] && !r.seen[1] && !r.seen[2] {
		r.parts[1], r.seen[1] = 6, true
		return true
	}
	if slices.Contains(r.seen[:], true) {
		return false
	}
	next := r.at + 1
	if next < len(r.words) && locale.Fold(r.words[next]) == "a" {
		next++
	}
	if next < len(r.words) && lengthUnits[locale.Fold(r.words[next])] == 'y' {
		r.parts[1], r.seen[1] = 6, true
		r.at = next
		return true
	}
	return false
}

func (r *lengthReader) wordAfter() string {
	if r.at+1 >= len(r.words) {
		return ""
	}
	return locale.Fold(r.words[r.at+1])
}

// phrase takes one of some phrases, and stands at its last word.
func (r *lengthReader) phrase(list []string) bool {
	for _, p := range list {
		words := strings.Fields(p)
		if r.at+len(words) > len(r.words) {
			continue
		}
		same := true
		for i, w := range words {
			same = same && locale.Fold(r.words[r.at+i]) == w
		}
		if same {
			r.at += len(words) - 1
			return true
		}
	}
	return false
}

func (r *lengthReader) phraseAhead(list []string) bool {
	at := r.at
	defer func() { r.at = at }()
	return r.phrase(list)
}

// numberWords reads a number in words of one of the languages; used says of
// how many. "njëzet e pesë" is one number.
func numberWords(list []string) (n, used int, ok bool) {
	if len(list) == 0 || list[0] == "" || !unicode.IsLetter([]rune(list[0])[0]) {
		return 0, 0, false
	}
	n, ok = numbers[locale.Fold(list[0])]
	if !ok {
		return 0, 0, false
	}
	used = 1
	if n < 20 || n%10 != 0 {
		return n, used, true
	}
	next := 1
	if next < len(list) && (joiners[locale.Fold(list[next])] || list[next] == "-") {
		next++
	}
	if next < len(list) {
		if ones, more := numbers[locale.Fold(list[next])]; more && ones < 10 {
			return n + ones, next + 1, true
		}
	}
	return n, used, true
}
