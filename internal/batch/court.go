package batch

import (
	"slices"
	"strings"

	"fener/internal/record"
	"fener/locale"
)

// courtWords brings the words of courts' names in the three languages, and the
// places in every form in which they stand beside a court, to one word each.
// Words that map to nothing are left out. All are folded as locale.Fold does.
var courtWords = readWords(`
court: gjykata gjykates gjykate gjyqi sud suda sudu courts
basic: themelore osnovni osnovnog osnovnom
district: qarkut qarku okruzni okruznog
municipal: komunale komunal opstinski opstinskog
appeals: apelit apeli apelacioni apelacionog apelacije appeal appellate
supreme: suprem supremja vrhovni vrhovnog
constitutional: kushtetuese ustavni ustavnog
prishtina: pristina prishtine pristini pristine pristinu prishtines
peja: peje pec peci pejes
gjilan: gjilani gjilanit gnjilane gnjilanu
ferizaj: ferizaji ferizajt urosevac urosevcu
gjakova: gjakove dakovica dakovici
prizren: prizreni prizrenu prizrenit
mitrovica: mitrovice mitrovici
: of in at the ne e i se te u kosovo kosova kosove kosovu kosovska republic republika republikes
`)

func readWords(table string) map[string]string {
	words := map[string]string{}
	for line := range strings.Lines(table) {
		to, forms, found := strings.Cut(line, ":")
		if !found {
			continue
		}
		for _, form := range strings.Fields(forms) {
			words[form] = to
		}
	}
	return words
}

// courtKey is a court's name as the sorted set of its telling words.
func courtKey(name string) string {
	words := strings.FieldsFunc(locale.Fold(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	kept := words[:0]
	for _, w := range words {
		if to, known := courtWords[w]; known {
			w = to
		}
		if w != "" {
			kept = append(kept, w)
		}
	}
	slices.Sort(kept)
	return strings.Join(slices.Compact(kept), " ")
}

// courts finds the institution that a text means.
type courts struct {
	byKey  map[string]string // courtKey to institution id
	cached map[string]string // texts resolved before; bounded, see find
}

func newCourts() *courts {
	return &courts{byKey: map[string]string{}, cached: map[string]string{}}
}

// add makes an institution findable by its id, names and aliases. A name of
// two forms, "Peja/Peć", counts as each of them.
func (c *courts) add(id string, in *record.Institution) {
	if !strings.Contains(in.Type, "court") || strings.Contains(in.Type, "department") {
		return
	}
	clear(c.cached)
	for _, name := range append([]string{id, in.Names.EN, in.Names.SQ, in.Names.SR}, in.Aliases...) {
		for _, form := range nameForms(name) {
			if key := courtKey(form); key != "" {
				if _, taken := c.byKey[key]; !taken {
					c.byKey[key] = id
				}
			}
		}
	}
}

func nameForms(name string) []string {
	head, last, found := strings.Cut(name, "/")
	if !found {
		return []string{name}
	}
	cut := strings.LastIndexByte(head, ' ') + 1
	return []string{head, head[:cut] + strings.TrimSpace(last)}
}

// find returns the court's id, or nothing where none or several could be meant.
// A place alone is enough where only one court on record has it.
func (c *courts) find(text string) string {
	if id, ok := c.cached[text]; ok {
		return id
	}
	if len(c.cached) > 10_000 { // a hostile file must not fill the memory
		clear(c.cached)
	}
	id := c.search(courtKey(text))
	c.cached[text] = id
	return id
}

func (c *courts) search(key string) string {
	if id, ok := c.byKey[key]; ok || key == "" {
		return id
	}
	if slices.Contains(strings.Fields(key), "court") {
		return ""
	}
	found := ""
	for other, id := range c.byKey {
		if !holdsWords(other, key) || id == found {
			continue
		}
		if found != "" {
			return ""
		}
		found = id
	}
	return found
}

func holdsWords(set, words string) bool {
	have := strings.Fields(set)
	for _, w := range strings.Fields(words) {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return true
}

// proposeCourt is the institution that an unknown court would become.
func proposeCourt(name string) (id string, in *record.Institution) {
	return record.Slug(name), &record.Institution{Names: record.Names{EN: strings.TrimSpace(name)}, Type: "court"}
}
