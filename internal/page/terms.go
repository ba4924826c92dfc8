package page

// GlossaryPath is the address below the language of the page that explains words.
const GlossaryPath = "glossary"

// Terms are words that stand on a page, each with the place where it is explained; for templates.
func (b *Base) Terms(ids ...string) []Link {
	out := make([]Link, len(ids))
	for i, id := range ids {
		out[i] = Link{Text: b.Term(id), Href: b.URL(GlossaryPath) + "#" + id}
	}
	return out
}

// Term is a word as the page of words has it.
func (b *Base) Term(id string) string {
	key := "glossary." + id + ".name"
	return b.T(key)
}
