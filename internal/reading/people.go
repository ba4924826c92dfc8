package reading

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"fener/locale"
)

// personAt is a person, or a list of persons, named after a word for the accused.
type personAt struct {
	from, to int
	initials []initialsAt // empty: "the convicted person", without a name
	counsel  bool         // named as the client of counsel, or as who appealed
}

type initialsAt struct {
	from, to int
	text     string // X.Y.
	doubt    string
}

// nameAt is a full name found after a word for a person.
type nameAt struct {
	from, to int
	initials string
}

const (
	oneInitial = `(?:[A-Z][a-z]{0,2}\.? ?)`
	initials   = `(?:[A-Z][a-z]{0,2}\.(?: ?-? ?[A-Z][a-z]{0,2}\.){1,4}|[A-Z][a-z]{0,2}\.? ?[A-Z][a-z]{0,1}\.(?:[a-z]{1,3}\b)?|N\.? ?N\b\.?|[A-Z]\. ?[A-Z][a-z]{0,1}\b|[A-Z]\. ?[A-Z]\.[a-z]{1,2}\b)`
	fullName   = `(?:[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)? (?:[A-Z][a-z]{0,2}\. )?[A-Z][a-z]{2,}(?:[- ][A-Z][a-z]{2,})?|[A-Z]{3,} [A-Z]{3,})`
	joiner     = `(?: ?, ?(?:dhe |e |i |and )?| (?:dhe|e|si dhe|i|te|and) )`
)

var (
	someInitials = regexp.MustCompile(`^` + initials)
	someName     = regexp.MustCompile(`^` + fullName)
	nameJoiner   = regexp.MustCompile(`^` + joiner)
	nameLead     = regexp.MustCompile(`^[ :,"]{0,3}(?:(?:\d{1,2}[.)]|[a-z]\)) ?)?`)
)

// notNames are words that stand with a capital where a name could.
var notNames = []string{"osnovni", "visi", "apelacioni", "vrhovni", "kriv", "republik", "gjykat", "departament", "prokuror", "kodi", "kosov", "crne", "gore", "srbij", "zakon", "krivic",
	"judge", "court", "eulex", "supreme", "basic", "criminal", "state", "special", "presiding", "panel", "zato", "sto", "neni", "ligj", "vep", "se", "nga", "me", "per", "eshte", "jane", "oslob", "obust", "osud", "prema", "zbog"}

// findNames finds full names after words for persons (the accused, the injured, witnesses, judges are in the rules as "person"), and every further
// place where they stand: the same words, or words that begin the same in another case of declension.
func (r *reader) findNames() (all []nameAt) {
	known := map[string][]knownName{} // by their first four letters
	for _, m := range r.of("person") {
		at := m.to
		for range 12 {
			lead := nameLead.FindString(r.clean[at:min(len(r.clean), at+12)])
			at += len(lead)
			loc := someName.FindStringIndex(r.clean[at:min(len(r.clean), at+80)])
			if loc == nil || isNoName(r.low[at:at+loc[1]]) {
				break
			}
			all = append(all, nameAt{at, at + loc[1], r.reduce(at, at+loc[1])})
			for k, word := range strings.Fields(r.low[at : at+loc[1]]) { // either can be the surname; a first name that others bear is taken when it is long
				if len(word) >= 4 && (k > 0 || len(word) >= 6) {
					remember(known, word, r.reduce(at, at+loc[1]))
				}
			}
			at += loc[1]
			join := nameJoiner.FindString(r.clean[at:min(len(r.clean), at+12)])
			if join == "" {
				break
			}
			at += len(join)
		}
	}
	if len(known) == 0 {
		return nil
	}
	return r.everywhere(all, known)
}

// everywhere adds the places where a known surname stands again, with the capitalised words before it.
func (r *reader) everywhere(all []nameAt, known map[string][]knownName) []nameAt {
	clean := r.clean
	for i := 0; i < len(clean); i++ {
		if !isUpper(clean[i]) || i > 0 && (isLetter(clean[i-1]) || clean[i-1] == '.') {
			continue
		}
		end := i
		for end < len(clean) && isLetter(clean[end]) {
			end++
		}
		if end-i >= 4 {
			if init := initialsOf(known[r.low[i:i+4]], r.low[i:end]); init != "" {
				from := i
				if i > 2 && clean[i-1] == ' ' && isLower(clean[i-2]) {
					k := i - 1
					for k > 0 && isLetter(clean[k-1]) {
						k--
					}
					if isUpper(clean[k]) && strings.EqualFold(clean[k:k+1], init[:1]) && i-k < 20 {
						from = k
					}
				}
				all = append(all, nameAt{from, end, init})
			}
		}
		i = end
	}
	sort.Slice(all, func(a, b int) bool {
		return all[a].from < all[b].from || all[a].from == all[b].from && all[a].to > all[b].to
	})
	kept := all[:0]
	for _, n := range all {
		if len(kept) == 0 || n.from >= kept[len(kept)-1].to {
			kept = append(kept, n)
		}
	}
	return kept
}

// knownName is a word of a name met before.
type knownName struct{ stem, initials string }

// remember keeps a name once, and no more than a few that begin alike.
func remember(known map[string][]knownName, word, initials string) {
	names := known[word[:4]]
	if len(names) < 30 && !slices.ContainsFunc(names, func(n knownName) bool { return n.stem == stem(word) }) {
		known[word[:4]] = append(names, knownName{stem(word), initials})
	}
}

// initialsOf are those of the name that a word is a form of.
func initialsOf(names []knownName, word string) string {
	for _, n := range names {
		if strings.HasPrefix(word, n.stem) && len(word) <= len(n.stem)+5 {
			return n.initials
		}
	}
	return ""
}

// stem is how a surname begins, whatever its ending in a case of declension.
func stem(word string) string { return word[:max(4, len(word)-2)] }

func isNoName(low string) bool {
	for _, word := range strings.Fields(low) {
		for _, not := range notNames {
			if word == not || len(not) > 3 && strings.HasPrefix(word, not) {
				return true
			}
		}
	}
	return false
}

// reduce makes initials of a name: "Arben Shala" is A.Sh.; pairs of letters that are one stay together.
func (r *reader) reduce(from, to int) string {
	s := r.span(from, to)
	var b strings.Builder
	for _, word := range strings.FieldsFunc(locale.Latin(r.original[s.Start:s.End]), func(c rune) bool { return unicode.IsSpace(c) || c == '-' }) {
		first, size := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(first) {
			continue
		}
		b.WriteRune(first)
		second, _ := utf8.DecodeRuneInString(word[size:])
		if pair := string(first) + string(unicode.ToLower(second)); slices.Contains([]string{"Sh", "Xh", "Gj", "Dh", "Th", "Zh", "Rr", "Ll", "Nj", "Lj", "Dž"}, pair) {
			b.WriteRune(unicode.ToLower(second))
		}
		b.WriteByte('.')
	}
	return b.String()
}

// withoutNames is a piece of the original with the full names in it reduced.
func (r *reader) withoutNames(from, to int) string {
	s := r.span(from, to)
	var b strings.Builder
	at := s.Start
	i := sort.Search(len(r.names), func(i int) bool { return r.names[i].to > from })
	for ; i < len(r.names) && r.names[i].from < to; i++ {
		n := r.span(r.names[i].from, r.names[i].to)
		if n.Start > at {
			b.WriteString(r.original[at:min(n.Start, s.End)])
		}
		b.WriteString(r.names[i].initials)
		at = max(at, n.End)
	}
	if at < s.End {
		b.WriteString(r.original[at:s.End])
	}
	return b.String()
}

// findPeople finds those accused: a word for them, and the list of initials or names behind it. Their counsel are not they.
func (r *reader) findPeople() (all []personAt) {
	for _, m := range r.of("accused") {
		p := personAt{from: m.from, to: m.to, counsel: r.counsel(r.low[max(0, m.from-44):m.from])}
		at := m.to
		for range 60 {
			one, ok := r.scannedAt(at)
			if !ok {
				lead := nameLead.FindString(r.clean[at:min(len(r.clean), at+12)])
				one, ok = r.personAt(at + len(lead))
			}
			if !ok {
				break
			}
			p.initials = append(p.initials, one)
			p.to, at = one.to, one.to
			join := nameJoiner.FindString(r.clean[at:min(len(r.clean), at+12)])
			if join == "" {
				break
			}
			at += len(join)
		}
		all = append(all, p)
	}
	return all
}

func (r *reader) counsel(before string) bool {
	for _, word := range []string{"mbrojtes", "avokat", "ankes", "branioc", "branila", "zalb", "counsel", "appeal of", "on behalf", "perfaqesues", "avok"} {
		if i := strings.LastIndex(before, word); i >= 0 && !strings.ContainsAny(before[i:], ".;:,") {
			return true
		}
	}
	return false
}

var scannedInitials = regexp.MustCompile(`^ ?[1l]\. ?([A-Z][a-z]{0,2})\.(?:[ ,;:)]|$)`)

// scannedAt reads initials whose I a scan took for a 1: "i dënuari 1. B.". A number of a list has a whole name or two initials behind it.
func (r *reader) scannedAt(at int) (initialsAt, bool) {
	text := r.clean[at:min(len(r.clean), at+16)]
	m := scannedInitials.FindStringSubmatchIndex(text)
	if m == nil || someInitials.MatchString(text[m[2]:]) {
		return initialsAt{}, false
	}
	from := at + strings.IndexAny(text, "1l")
	return initialsAt{from: from, to: at + m[3] + 1, text: "I." + text[m[2]:m[3]] + ".", doubt: "the first letter was read as a 1"}, true
}

func (r *reader) personAt(from int) (initialsAt, bool) {
	text := r.clean[from:min(len(r.clean), from+80)]
	if i := sort.Search(len(r.names), func(i int) bool { return r.names[i].from >= from }); i < len(r.names) && r.names[i].from == from {
		return initialsAt{from: from, to: r.names[i].to, text: r.names[i].initials}, true
	}
	if loc := someInitials.FindStringIndex(text); loc != nil {
		return initialsAt{from: from, to: from + loc[1], text: r.joined(from, from+loc[1])}, true
	}
	return initialsAt{}, false
}

// joined writes initials without spaces: "Sh. J." is Sh.J.; an ending of a case of declension behind them is left out.
func (r *reader) joined(from, to int) string {
	s := r.span(from, to)
	text := locale.Latin(strings.Join(strings.Fields(r.original[s.Start:s.End]), ""))
	var b strings.Builder
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return c == '.' || c == '-' }) {
		first, _ := utf8.DecodeRuneInString(part)
		if !unicode.IsUpper(first) {
			continue
		}
		if part == "NN" {
			return "NN"
		}
		b.WriteString(part + ".")
	}
	return b.String()
}
