package batch

import (
	"slices"
	"strings"
)

// draftNote brings what the rows' authors noted to the judgment: each text once,
// and where they differ, with the defendants in whose rows it stands.
func draftNote(d *draft, g *group) {
	var texts []string
	whose := map[string][]string{}
	for i := range g.rows {
		text := strings.TrimSpace(g.rows[i].Note)
		if text == "" {
			continue
		}
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
		if label := g.rows[i].Defendant; label != "" && !slices.Contains(whose[text], label) {
			whose[text] = append(whose[text], label)
		}
	}
	if len(texts) > 1 {
		for i, text := range texts {
			if labels := whose[text]; len(labels) > 0 {
				texts[i] = strings.Join(labels, ", ") + ": " + text
			}
		}
	}
	d.judgment.Note = strings.Join(texts, "\n")
}
