package record

import (
	"regexp"
	"strings"

	"fener/locale"
)

// What tells where a house stands: a street, coordinates, a telephone. Matched in folded text.
var whereaboutsForms = []struct {
	what string
	form *regexp.Regexp
}{
	{"a street address", regexp.MustCompile(`(?:^|[^a-z])(?:rr\.|rruga|rruges|ul\.|ulica|ulici|str\.|street|avenue|bulevardi|bulevar|boulevard|lagjja|naselje|p\.n\.|pn\.)[^a-z]`)},
	{"a house number", regexp.MustCompile(`(?:^|[^a-z])(?:nr\.?|no\.|br\.)\s*\d+[a-z]?(?:$|[\s,;.])`)},
	{"coordinates", regexp.MustCompile(`\d{1,3}[.,]\d{3,}\s*°?\s*[nsew]?\s*[,;/ ]\s*-?\d{1,3}[.,]\d{3,}|\d{1,3}\s*°\s*\d{1,2}|(?:^|[^a-z])(?:lat|lon|lng|latitude|longitude)[^a-z]`)},
	{"a telephone number", regexp.MustCompile(`(?:^|[^\d.,])(?:\+|00)\d[\d\s/().-]{6,}\d|(?:^|[^\d.,])0\d{1,3}[\s/.-]?\d{2,3}[\s/.-]?\d{2,3}(?:[\s/.-]?\d{1,3})?(?:$|\D)|(?:^|[^a-z])tel[.:]?\s*:?\s*\+?\d`)},
	{"an address on a map", regexp.MustCompile(`maps\.|goo\.gl/maps|osm\.org|openstreetmap|what3words|///[a-z]+\.[a-z]+`)},
}

// TellsWhere says by what a text tells where a house stands or how its people are called, such as "a street address"; empty where it does not.
func TellsWhere(text string) (what string) {
	if text == "" {
		return ""
	}
	folded := " " + strings.Join(strings.Fields(locale.Fold(text)), " ") + " "
	for _, f := range whereaboutsForms {
		if f.form.MatchString(folded) {
			return f.what
		}
	}
	return ""
}

// whereabouts refuses a text that tells where a house stands or how its people are called.
func (fs *Faults) whereabouts(field, text string) {
	if what := TellsWhere(text); what != "" {
		fs.add(field, "%s stands in it: where a shelter is, and how it is called by telephone, is never kept, since its people are looked for. Leave it out; a municipality is enough", what)
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
