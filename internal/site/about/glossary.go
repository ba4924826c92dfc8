package about

import (
	"slices"
	"strings"

	"fener/internal/page"
	"fener/locale"
)

var glossaryPage = page.Page{
	Pattern: page.GlossaryPath, Template: "glossary", Foot: "glossary.title", Build: buildGlossary,
	JSON: page.DocumentOf(func(r *page.Request) (*Explanation, error) {
		p, err := buildGlossary(r)
		if err != nil {
			return nil, err
		}
		d := &Explanation{Head: r.Head("glossary"), Language: r.Lang.BCP47(), Title: r.T("glossary.title"), Text: []string{r.T("glossary.lede")}}
		for _, l := range p.(*glossaryContent).Letters {
			for _, t := range l.Terms {
				d.Sections = append(d.Sections, Section{Title: t.Name, Text: []string{t.Says}})
			}
		}
		return d, nil
	}),
}

// terms are the words explained, by the ids that their places on the page have. Their order is that of the reader's alphabet.
var terms = []string{
	"aggregate_punishment", "as_of", "claim", "coarsened", "count", "doubtful", "downgraded", "final", "held_back", "law_not_checked", "maximum",
	"mitigated_floor", "observation", "on_record", "retelling", "statutory_minimum", "superseded", "suspended", "undetermined",
}

// glossaryContent are the words by their first letters.
type glossaryContent struct {
	page.Base
	Letters []letter
}

// letter is a letter of the alphabet with the words that it begins.
type letter struct {
	Name, ID string
	Terms    []term
}

// term is a word with what it means.
type term struct{ ID, Name, Says string }

func buildGlossary(r *page.Request) (page.Content, error) {
	p := &glossaryContent{Base: r.Base(r.T("glossary.title"))}
	p.Description = r.T("glossary.lede")
	var all []term
	for _, id := range terms {
		says := "glossary." + id + ".says"
		all = append(all, term{ID: id, Name: p.Term(id), Says: r.T(says)})
	}
	locale.Sort(r.Lang, all, func(t term) string { return t.Name })
	for _, t := range all {
		name := firstLetter(r.Lang, t.Name)
		if n := len(p.Letters); n == 0 || p.Letters[n-1].Name != name {
			p.Letters = append(p.Letters, letter{Name: name, ID: "letter-" + strings.ToLower(name)})
		}
		last := &p.Letters[len(p.Letters)-1]
		last.Terms = append(last.Terms, t)
	}
	return p, nil
}

// twoSigns are the letters that a language writes with two signs.
var twoSigns = map[locale.Lang][]string{
	locale.SQ:     {"Dh", "Gj", "Ll", "Nj", "Rr", "Sh", "Th", "Xh", "Zh"},
	locale.SRLatn: {"Dž", "Lj", "Nj"},
}

// firstLetter is the letter of the language's alphabet that begins a word.
func firstLetter(l locale.Lang, word string) string {
	signs := []rune(page.Capital(word))
	if len(signs) > 1 && slices.Contains(twoSigns[l], string(signs[:2])) {
		return string(signs[:2])
	}
	return string(signs[:1])
}
