package law

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"fener/locale"
)

// cited is one place cited in the text of an offence.
type cited struct {
	ref       Ref
	connected bool // "in connection with": a rule or another offence that it is tied to
}

// Words that a citation is made of, folded: without marks, in small Latin letters.
var (
	articleWords = wordSet("article articles art arts section sections sec neni nenit nenin nenet neneve nen clan clana clanom clanu clanovi clanova cl")
	paraWords    = wordSet("paragraph paragraphs para paras par pars paragrafi paragrafit paragrafin paragraf paragrafet paragrafeve paragrafat " +
		"stav stava stavom stavu stavovi stavova st")
	subWords = wordSet("subparagraph subpar nenparagrafi nenparagrafit nenparagraf nenpar pika pikes piken pikat tacka tacke tacku tac tacki point points alineja podstav")
	andWords = wordSet("dhe e i and a or ose ili te plus")
	// connecting is how a citation is tied to another: "lidhur me nenin 28".
	connecting = []string{"lidhur me", "ne lidhje me", "nelidhje me", "ne lidhshmeri me", "lidhje me", "u vezi sa", "u vezi s", "u vezi",
		"in connection with", "in conjunction with", "in relation to", "read in conjunction with", "read with", "connected with"}
)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// token is a word, a number, or one sign of a citation.
type token struct {
	text  string
	digit bool // begins with a digit
	tight bool // no space before it
}

// tokens cuts a folded text. A number keeps one letter behind it (14a) and
// dotted parts (4.1); signs stand alone.
func tokens(text string) []token {
	var list []token
	tight := false
	for text != "" {
		r := rune(text[0])
		n := 1
		switch {
		case r == ' ':
			text, tight = text[1:], false
			continue
		case r >= '0' && r <= '9':
			n = numberEnd(text)
		case r >= 'a' && r <= 'z':
			for n < len(text) && (text[n] >= 'a' && text[n] <= 'z' || text[n] >= '0' && text[n] <= '9') {
				n++
			}
		case r == instrumentMark:
			n = strings.IndexByte(text[1:], instrumentMark) + 2
		case r >= 0x80:
			n = len(string([]rune(text)[:1]))
		}
		list = append(list, token{text[:n], r >= '0' && r <= '9', tight})
		text, tight = text[n:], true
	}
	return list
}

func numberEnd(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	for n+1 < len(s) && s[n] == '.' && s[n+1] >= '0' && s[n+1] <= '9' {
		n++
		for n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
	}
	if n < len(s) && s[n] >= 'a' && s[n] <= 'z' && (n+1 == len(s) || s[n+1] < 'a' || s[n+1] > 'z') {
		n++
	}
	return n
}

// instrumentMark frames the number of an instrument that was taken out of a text.
const instrumentMark = '\x01'

// citations finds all places cited in a text: several articles, several
// paragraphs of one, what they are tied to. broken is a part that begins as a
// citation and names no number.
func (p *Pack) citations(text string) (found []cited, broken string) {
	r := citationReader{pack: p}
	folded := strings.Join(strings.Fields(r.takeInstruments(text)), " ")
	for _, phrase := range connecting {
		folded = replaceWords(folded, phrase, "~")
	}
	r.tokens = tokens(folded)
	for r.at < len(r.tokens) {
		r.next()
	}
	for i := range r.found {
		if r.found[i].ref.Instrument == "" {
			r.found[i].ref.Instrument = r.trailing
		}
	}
	return r.found, r.broken
}

// replaceWords replaces a phrase where it stands as whole words.
func replaceWords(s, phrase, by string) string {
	padded := " " + s + " "
	for strings.Contains(padded, " "+phrase+" ") {
		padded = strings.ReplaceAll(padded, " "+phrase+" ", " "+by+" ")
	}
	return strings.TrimSpace(padded)
}

// citationReader reads one text from left to right.
type citationReader struct {
	pack      *Pack
	tokens    []token
	at        int
	laws      []string
	law       string // named before the places: 06/L-074:165(1)
	trailing  string // named after them: neni 165 i Kodit 06/L-074
	connected bool
	bare      bool // a place without the word article has been read or may be
	found     []cited
	broken    string
}

// takeInstruments folds a text and puts marks in the place of the numbers of
// laws in it, so that their digits are not read as articles.
func (r *citationReader) takeInstruments(text string) string {
	var out strings.Builder
	mark := func(law string, before bool) {
		sign := "t" // trailing
		if before {
			sign = "l"
		}
		r.laws = append(r.laws, law)
		out.WriteString(" " + string(instrumentMark) + sign + strconv.Itoa(len(r.laws)-1) + string(instrumentMark) + " ")
	}
	text = strings.Map(func(c rune) rune { // no sign of the text may look like a mark
		if unicode.IsControl(c) {
			return ' '
		}
		return c
	}, text)
	for text != "" {
		colon := colonBeforeDigit(text)
		found := r.pack.refForms().findLaw(text)
		switch {
		case colon >= 0 && (found == nil || colon <= found[1] || found[0] > colon):
			start := instrumentStart(text[:colon])
			out.WriteString(locale.Fold(text[:start]))
			mark(strings.TrimSpace(text[start:colon]), true)
			text = text[colon+1:]
		case found != nil:
			out.WriteString(locale.Fold(text[:found[0]]))
			mark(text[found[0]:found[1]], false)
			text = text[found[1]:]
		default:
			out.WriteString(locale.Fold(text))
			text = ""
		}
	}
	return out.String()
}

// colonBeforeDigit is the first colon that a number follows, -1 if none does.
func colonBeforeDigit(s string) int {
	for i := range len(s) {
		if s[i] == ':' && i > 0 {
			if rest := strings.TrimLeft(s[i+1:], " "); rest != "" && rest[0] >= '0' && rest[0] <= '9' {
				return i
			}
		}
	}
	return -1
}

// instrumentStart is where the name of the instrument before a colon begins:
// after the last sign or word that parts two citations.
func instrumentStart(s string) int {
	start := 0
	for _, sep := range []string{",", ";", "(", " dhe ", " and ", " i ", " e "} {
		if i := strings.LastIndex(s, sep); i >= 0 {
			start = max(start, i+len(sep))
		}
	}
	return start
}

func (r *citationReader) peek(n int) token {
	if r.at+n < len(r.tokens) {
		return r.tokens[r.at+n]
	}
	return token{}
}

// next reads one citation, or passes one token by.
func (r *citationReader) next() {
	t := r.peek(0)
	switch {
	case t.text[0] == instrumentMark:
		r.instrument(t.text)
	case t.text == "~":
		r.connected = true
		r.at++
	case articleWords[t.text]:
		r.articles()
	case t.digit && (r.at == 0 || r.bare):
		r.article()
	default:
		if !andWords[t.text] && t.text != "," {
			r.bare = false
		}
		r.at++
	}
}

func (r *citationReader) instrument(mark string) {
	n, _ := strconv.Atoi(mark[2 : len(mark)-1])
	if mark[1] == 'l' {
		r.law, r.bare = r.laws[n], true
	} else if r.trailing == "" {
		r.trailing = r.laws[n]
	}
	r.at++
}

// articles reads "neni 165 par. 1", "nenet 165 dhe 228".
func (r *citationReader) articles() {
	start := r.at
	r.at++
	for r.peek(0).text == "." || r.peek(0).text == "§" {
		r.at++
	}
	if !r.peek(0).digit {
		if w := r.peek(0).text; w != "" && strings.ContainsAny(w, "0123456789") && r.broken == "" {
			r.broken = joinTokens(r.tokens[start:min(len(r.tokens), r.at+4)])
		}
		return
	}
	r.article()
}

func joinTokens(list []token) string {
	var b strings.Builder
	for i, t := range list {
		if i > 0 && !t.tight {
			b.WriteByte(' ')
		}
		b.WriteString(t.text)
	}
	return b.String()
}

// article reads a number with the paragraphs behind it.
func (r *citationReader) article() {
	number := r.peek(0).text
	r.at++
	article, paragraph, dotted := strings.Cut(number, ".")
	var paragraphs []string
	if dotted {
		paragraphs = []string{paragraph}
	}
	for r.peek(0).tight && (r.peek(0).text == "/" || r.peek(0).text == "-") && r.peek(1).digit {
		paragraphs = append(paragraphs, r.peek(1).text)
		r.at += 2
	}
	r.bare = dotted || len(paragraphs) > 0 || r.at == 1
	paragraphs = r.brackets(paragraphs)
	paragraphs = r.paragraphs(paragraphs)
	if len(paragraphs) == 0 {
		paragraphs = []string{""}
	}
	for _, par := range paragraphs {
		r.found = append(r.found, cited{Ref{r.law, article, cleanParagraph(par)}, r.connected})
	}
	r.bare = true
}

// brackets reads "(1)", "(1 dhe 3)", "(4.1)" and "(3, par. 1)".
func (r *citationReader) brackets(paragraphs []string) []string {
	for r.peek(0).text == "(" {
		end := r.at + 1
		for end < len(r.tokens) && r.tokens[end].text != ")" {
			end++
		}
		inside := r.tokens[r.at+1 : min(end, len(r.tokens))]
		if len(inside) == 0 || !inside[0].digit && !(len(inside) == 1 && len(inside[0].text) <= 3) {
			return paragraphs
		}
		whole := joinTokens(inside)
		if list := numberList(inside); list != nil {
			paragraphs = append(paragraphs, list...)
		} else {
			paragraphs = append(paragraphs, whole)
		}
		r.at = end + 1
	}
	return paragraphs
}

// numberList reads "1 dhe 3", "1, 2", "1-3": nothing but numbers and what joins
// them; nil for anything else.
func numberList(list []token) (numbers []string) {
	for i, t := range list {
		switch {
		case t.digit:
			if i > 1 && list[i-1].text == "-" {
				numbers = append(numbers, between(list[i-2].text, t.text)...)
			}
			numbers = append(numbers, t.text)
		case t.text == "," || t.text == "-" || andWords[t.text]:
		default:
			return nil
		}
	}
	return numbers
}

// between are the whole numbers between two, at most twenty.
func between(from, to string) (list []string) {
	a, err1 := strconv.Atoi(from)
	b, err2 := strconv.Atoi(to)
	if err1 != nil || err2 != nil || b-a > 20 {
		return nil
	}
	for n := a + 1; n < b; n++ {
		list = append(list, strconv.Itoa(n))
	}
	return list
}

// paragraphs reads "par. 1", "paragrafi 4 nënparagrafi 4.1", "stav 1 i 3", and
// the numbers that follow with a comma or an and, as far as they are no new article.
func (r *citationReader) paragraphs(list []string) []string {
	worded := false
	for {
		at := r.at
		for r.peek(0).text == "," || r.peek(0).text == "." || andWords[r.peek(0).text] {
			r.at++
		}
		joined := r.at > at
		t := r.peek(0)
		switch {
		case paraWords[t.text]:
			r.skipWord()
			if n := r.peek(0); n.digit {
				list = append(list, n.text)
				r.at++
				list = r.brackets(list)
				worded = true
				continue
			}
		case subWords[t.text] || t.text == "nen" && r.peek(1).text == "-" || t.text == "sub" && r.peek(1).text == "-":
			for !r.peek(0).digit && r.peek(0).text != "" && (r.peek(0).text == "-" || r.peek(0).text == "." || unicode.IsLetter(rune(r.peek(0).text[0]))) && len(r.tokens) > r.at+1 {
				r.at++
			}
			if n := r.peek(0); n.digit && len(list) > 0 {
				list[len(list)-1] = subParagraph(list[len(list)-1], n.text)
				r.at++
				continue
			}
		case t.digit && joined && worded && r.peek(1).text != "(" && r.peek(1).text != "/":
			list = append(list, t.text)
			r.at++
			continue
		case t.text == "-" && worded && r.peek(1).digit && len(list) > 0:
			list = append(append(list, between(list[len(list)-1], r.peek(1).text)...), r.peek(1).text)
			r.at += 2
			continue
		}
		r.at = at
		return list
	}
}

func (r *citationReader) skipWord() {
	r.at++
	for r.peek(0).text == "." || r.peek(0).text == ":" {
		r.at++
	}
}

// subParagraph puts "4" and "4.1", or "4" and "1", together as the gazette numbers them.
func subParagraph(paragraph, sub string) string {
	if strings.Contains(sub, ".") {
		return sub
	}
	return paragraph + "." + sub
}

// nearestRef is what a broken citation most likely meant: letters that look
// like digits are read as such. Empty where nothing of the pack comes near.
func (p *Pack) nearestRef(broken string) string {
	mended := strings.Map(func(r rune) rune {
		switch r {
		case 'l', 'i', '|':
			return '1'
		case 'o':
			return '0'
		}
		return r
	}, broken)
	words := strings.Fields(broken)
	for i, w := range strings.Fields(mended) {
		if i < len(words) && !strings.ContainsAny(words[i], "0123456789") {
			continue
		}
		article := strings.Trim(w, "().,")
		for _, code := range slices.Backward(p.codes) {
			for _, prov := range code.Provisions {
				if prov.Offence != "" && prov.Ref.Article == article {
					return prov.Ref.String()
				}
			}
		}
	}
	return ""
}
