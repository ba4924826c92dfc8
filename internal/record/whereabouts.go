package record

import (
	"regexp"
	"slices"
	"strings"

	"fener/locale"
	"fener/period"
)

// A whereabout is a form in which texts tell where a house stands. Forms are looked for in the text in Latin letters, or in it folded.
type whereabout struct {
	what   string
	folded bool
	form   *regexp.Regexp
	not    func(before, found string) bool // what has the form and tells no place; nil: nothing
	hints  []string                        // of which one stands in every such text, folded; none: see digits
	digits int                             // how many digits stand together in every such text
}

const (
	// streets are words after which the name of a street stands, folded or not.
	streets = `rruga|rrugen|rruges|rrugën|rrugës|ulica|ulici|ulice|ulicu|bulevardi|bulevardin|bulevardit|bulevar|bulevaru|boulevard|avenue|lagjja|lagjen|lagjës|lagjes|naselje|naselju|mahalla|mahala|sheshi|trg|trgu`
	// landmarks begin the words for what a house is said to be near, folded.
	landmarks = `shkoll|spital|xhami|kish|stacion|pomp|market|tregu|post|park|hotel|ur[ae]s?\b|stadium|qendres? tregtare|ambulant|polici|komunes|gjykat|skol|bolnic|dzami|damij|crkv|stanic|pijac|pump|posta|poste|opstin|sud[au]?\b|most|` +
		`school|hospital|mosque|church|station|petrol|police|bridge|court|town hall|municipal building|shopping`
	placeCode = `[23456789cfghjmpqrvwx]`
)

var whereaboutsForms = []whereabout{
	{what: "a street address", folded: true, hints: []string{"rr.", "ul.", "blvd.", "str."}, form: regexp.MustCompile(`(?:^|[^a-z])(?:rr|ul|bul|blvd|str)\.\s*["“„'(]?[a-z]`)},
	{what: "a street address", hints: streetHints, form: regexp.MustCompile(`(?:^|[^\p{L}])(?i:` + streets + `|rr|ul|str)\s+(?:e\s+|i\s+)?["“„'(]?\p{Lu}`)},
	{what: "a street address", folded: true, hints: streetHints, not: notMoney,
		form: regexp.MustCompile(`(?:^|[^a-z])(?:` + streets + `|rr|ul)\s+(?:[a-z'-]+\s+){1,4}(?:nr\.?|br\.?|no\.?)?\s*\d{1,3}[a-z]?(?:$|[^\d])`)},
	{what: "a street address", hints: []string{"street", "avenue", "boulevard", "road", "lane"},
		form: regexp.MustCompile(`\p{Lu}[\p{L}'-]+\s+(?:Street|Avenue|Boulevard|Road|Lane)(?:$|[^\p{L}])|(?i:street|avenue|road)\s+(?:no|nr|number)\.?\s*\d`)},
	{what: "a house number", folded: true, not: numbered, hints: []string{"nr", "no.", "br."}, form: regexp.MustCompile(`(?:^|[^a-z])(?:nr\.?|no\.|br\.)\s*\d{1,3}[a-z]?(?:$|[\s,;.)])`)},
	{what: "a house number", folded: true, hints: []string{"kati", "hyrja", "banesa", "stan ", "ulaz", "sprat", "apartment", "apt", "flat", "entrance"},
		form: regexp.MustCompile(`(?:^|[^a-z])(?:kati|hyrja|banesa|stan|ulaz|sprat|apartment|apt\.?|flat|entrance)\s*(?:nr\.?|br\.?|no\.?)?\s*\d{1,3}(?:$|[^\d.,%])`)},
	{what: "a landmark near it", folded: true, hints: []string{"prane", "afer", "ngjitur", "perballe", "karshi", "prapa", "mbrapa", "pas ", "pored", "kraj", "blizu", "blizini", "preko puta", "naspram", "iza", "near", "next to", "close to", "opposite", "across", "behind", "beside"},
		form: regexp.MustCompile(`(?:^|[^a-z])(?:prane|afer|ngjitur me|perballe|karshi|mbrapa|prapa|pas|pored|kraj|blizu|u blizini|preko puta|naspram|iza|near|next to|close to|opposite|across from|behind|beside)\s+` +
			`(?:(?:the|a|old|new|main|local|primary|se|te|e|vjeter|re|osnovne|stare|nove|glavne|autobuske|policijske|bus|police|petrol)\s+){0,3}(?:` + landmarks + `)`)},
	{what: "a postal code", folded: true, digits: 5, form: regexp.MustCompile(`(?:^|[^\d.,])[1-7]\d{4}\s+([a-z]+(?: [a-z]+)?)`), not: func(_, found string) bool { return !postal(found) }},
	{what: "coordinates", folded: true, digits: 4, form: regexp.MustCompile(`-?\d{1,3}\.\d{4,}\s*°?\s*[nsewj]?\s*[,;/ ]\s*-?\d{1,3}\.\d{4,}|\d{1,3},\d{4,}\s*°?\s*[nsewj]?\s*[;/ ]\s*\d{1,3},\d{4,}`)},
	{what: "coordinates", folded: true, not: roundSums, hints: []string{"41.", "42.", "43.", "41,", "42,", "43,"},
		form: regexp.MustCompile(`(?:^|[^\d.,])(?:4[1-3][.,]\d{3}\s*[,;/ ]\s*(?:19|2[0-2])[.,]\d{3}|(?:19|2[0-2])[.,]\d{3}\s*[,;/ ]\s*4[1-3][.,]\d{3})(?:$|\D)`)},
	{what: "coordinates", folded: true, hints: []string{"°", "º", "lat", "lon", "lng"}, form: regexp.MustCompile(`\d{1,3}\s*[°º]\s*\d{1,2}\s*['’′.,]|(?:^|[^a-z])(?:lat|lon|lng|latitude|longitude)[.:=\s]+-?\d`)},
	{what: "a code of a place", folded: true, hints: []string{"+"}, form: regexp.MustCompile(`(?:^|[^a-z\d])(?:` + placeCode + `{8}|` + placeCode + `{4})\+` + placeCode + `{2,3}(?:$|[^a-z\d])`)},
	{what: "an address on a map", folded: true, hints: []string{"maps", "goo.gl", "osm.org", "openstreetmap", "what3words", "w3w.co", "///", "waze."},
		form: regexp.MustCompile(`maps\.|/maps|goo\.gl|osm\.org|openstreetmap|what3words|w3w\.co|///[a-z]+\.[a-z]+\.[a-z]+|waze\.`)},
}

// streetHints stand in every text with a word of streets.
var streetHints = []string{"rrug", "ulic", "bulevar", "boulevard", "avenue", "lagj", "naselj", "mahal", "sheshi", "trg", "rr ", "ul ", "str "}

// phoneForms are those of telephones.
var phoneForms = []whereabout{
	{what: "a telephone number", folded: true, form: regexp.MustCompile(`(?:\+|\b00)\s?\(?[1-9]\d[\d\s/().-]{6,}\d`), not: inNumber},
	{what: "a telephone number", folded: true, form: regexp.MustCompile(`\b(?:383|381|377|386|355|389)[\s/.-]?\d{2}[\s/.-]?\d{3}[\s/.-]?\d{3}\b`), not: inNumber},
	{what: "a telephone number", folded: true, form: regexp.MustCompile(`\(?\b0\d{1,3}\)?[\s/.-]{0,3}\d{2,3}[\s/.-]{0,3}\d{2,3}(?:[\s/.-]{0,3}\d{1,3})?\b`), not: inNumber},
	{what: "a telephone number", folded: true, form: regexp.MustCompile(`(?:^|[^a-z])(?:tel|telefoni|telefon|mob|cel|phone|viber|whatsapp)[.:]*\s*(?:nr\.?|br\.?|no\.?)?[.:]*\s*\+?\(?\d{2}`)},
}

// notMoney leaves out a road that costs something: the number is followed by a currency, or is a year.
func notMoney(_, found string) bool {
	return strings.ContainsAny(found, "€$%")
}

// roundSums are two sums that look like coordinates: 42.500, 21.000.
func roundSums(_, found string) bool {
	for _, part := range strings.FieldsFunc(found, func(r rune) bool { return r == ' ' || r == ';' || r == '/' }) {
		if part = strings.Trim(part, ",.€"); len(part) == 6 && !strings.HasSuffix(part, "00") {
			return false
		}
	}
	return true
}

// inNumber leaves out what is a part of a longer number, such as 50 000, and days.
func inNumber(before, found string) bool {
	if at := strings.TrimRight(before, " "); at != "" && at[len(at)-1] >= '0' && at[len(at)-1] <= '9' && !strings.ContainsAny(found, "+") {
		return true
	}
	if strings.HasSuffix(before, ".") || strings.HasSuffix(before, ",") || strings.HasSuffix(before, "-") && len(before) > 1 && before[len(before)-2] >= '0' && before[len(before)-2] <= '9' {
		return true
	}
	for _, part := range strings.FieldsFunc(found, func(r rune) bool { return r == ' ' || r == '/' || r == '(' || r == ')' }) {
		if d, err := period.ParseDate(strings.Trim(part, ".-")); err == nil && d.Precision() >= period.Month {
			return true
		}
	}
	d, err := period.ParseDate(strings.ReplaceAll(strings.ReplaceAll(found, " ", ""), "/", "."))
	return err == nil && d.Precision() == period.Day
}

// numberedWords name what has a number and is no house, folded.
var numberedWords = wordSet(`ligji ligjit ligj law zakon zakona zakonu vendimi vendim vendimit decision odluka odluke odluku licenca licence license licencen licencom licencu dozvola udhezimi udhezim instruction uputstvo
	uredba rregullorja rregullore regulation pravilnik neni article clan tabela table page faqe faqja strana raporti report izvestaj kontrata contract ugovor ugovora protokolli protocol kodi code gazeta zyrtare gazette list
	strehimorja strehimore shelter shelters shtepia house kuca kuce thirrja call poziv projekti project projekat grupi group grupa act akti akt annex shtojca prilog numri rendor item invoice fatura faktura`)

// numbered leaves out numbers of laws, licences and the like.
func numbered(before, _ string) bool {
	words := strings.Fields(before)
	return len(words) == 0 || slices.ContainsFunc(words[max(0, len(words)-2):], func(w string) bool { return numberedWords[strings.Trim(w, ".,:;()\"“„")] })
}

// postal reports whether a number stands before the name of a municipality.
func postal(found string) bool {
	words := strings.Fields(strings.TrimLeft(found, " ,;(\"“„"))
	return len(words) > 1 && (towns[words[1]] && !IsCountry(words[1]) || len(words) > 2 && towns[words[1]+" "+words[2]])
}

// tells is what of where a house stands, or how its people are called, a text tells; empty where there is nothing.
func tells(text string, phones bool) string {
	latin := " " + strings.Join(strings.Fields(locale.Latin(text)), " ") + " "
	folded := locale.Fold(latin)
	digits := together(folded)
	lists := [][]whereabout{whereaboutsForms}
	if phones {
		lists = append(lists, phoneForms)
	}
	for _, list := range lists {
		for i := range list {
			f := &list[i]
			if digits < f.digits || len(f.hints) > 0 && !slices.ContainsFunc(f.hints, func(hint string) bool { return strings.Contains(folded, hint) }) {
				continue // the expressions are slow, and hardly any text has what they look for
			}
			in := latin
			if f.folded {
				in = folded
			}
			for _, at := range f.form.FindAllStringIndex(in, -1) {
				if f.not == nil || !f.not(in[:at[0]], in[at[0]:at[1]]) {
					return f.what
				}
			}
		}
	}
	return ""
}

// together is how many digits stand together in a text at most.
func together(text string) (most int) {
	n := 0
	for i := 0; i < len(text); i++ {
		if n++; text[i] < '0' || text[i] > '9' {
			n = 0
		}
		most = max(most, n)
	}
	return most
}

// TellsWhere says by what a text tells where a house stands or how its people are called, such as "a street address"; empty where it does not.
func TellsWhere(text string) (what string) { return tells(text, true) }

// whereabouts refuses a text that tells where a house stands.
func (fs *Faults) whereabouts(field, text string) { fs.place(field, text, false) }

func (fs *Faults) place(field, text string, phones bool) {
	if what := tells(text, phones); text != "" && what != "" {
		fs.say(FaultPlace, what, "", field, "%s stands in it: where a shelter is, and how it is called by telephone, is never kept, since its people are looked for. Leave it out; a municipality is enough", what)
	}
}

// towns are Kosovo's municipalities, folded, by each of their names.
var towns = func() map[string]bool {
	m := map[string]bool{}
	for t := range strings.SplitSeq("decan,decani,decane,dragash,dragas,ferizaj,urosevac,fushe kosove,kosovo polje,gjakove,gjakova,dakovica,djakovica,gjilan,gnjilane,drenas,gllogoc,glogovac,"+
		"gracanica,gracanice,hani i elezit,elez han,istog,istok,junik,kacanik,kamenica,kamenice,kosovska kamenica,kline,klina,kllokot,klokot,leposaviq,leposavic,lipjan,lipljan,"+
		"malisheve,malisheva,malisevo,mamusha,mamushe,mamusa,mitrovice,mitrovica,mitrovice e jugut,mitrovica e jugut,mitrovice e veriut,mitrovica e veriut,north mitrovica,south mitrovica,kosovska mitrovica,"+
		"severna mitrovica,juzna mitrovica,novoberde,novoberda,novo brdo,obiliq,obilic,kastriot,partesh,partes,peje,peja,pec,podujeve,podujeva,podujevo,prishtine,prishtina,pristina,prizren,rahovec,orahovac,"+
		"ranillug,ranilug,shterpce,shterpca,strpce,shtime,stimlje,skenderaj,srbica,suhareke,suhareka,suva reka,viti,vitia,vitina,vushtrri,vucitrn,zubin potok,zvecan,kosovo,kosova,kosove", ",") {
		m[t] = true
	}
	return m
}()

// isTown reports whether a text is the name of a municipality of Kosovo, or has the plain form of a name elsewhere: a few words without numbers or marks.
func isTown(text string) bool {
	folded := placeWords(text)
	if towns[folded] {
		return true
	}
	words := strings.Fields(folded)
	return len(words) > 0 && len(words) <= 3 && !strings.ContainsAny(folded, "0123456789,;:/()\"'°+") && placeOf(text).level != 1
}
