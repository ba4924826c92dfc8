package archive

import (
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// marks brings what printers choose freely to one form: quotation marks and
// dashes. Soft hyphens and marks of no width are left out.
var marks = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`, "''", `"`, "‘", "'", "’", "'", "‚", "'", "‛", "'", "`", "'",
	"´", "'", "–", "-", "—", "-", "‑", "-", "‐", "-", "\u00ad", "", "\u200b", "", "\u200c", "", "\u200d", "", "\ufeff", "", "…", "...")

// Normal is a text as it is compared: composed, with plain quotation marks and
// dashes, and one space wherever there is white space.
func Normal(text string) string {
	return strings.Join(strings.FieldsFunc(marks.Replace(norm.NFC.String(text)), unicode.IsSpace), " ")
}

// Quoted is what was found when a quotation was looked for.
type Quoted struct {
	Found bool
	Upto  string // where it was not found: how far its beginning occurs; may be empty
	From  string // and the first words that do not follow
}

// Find looks for a quotation in a text that Normal has made. Parts with three
// dots between them must follow each other in the text. Case matters, as does
// every word.
func Find(normal, quote string) Quoted {
	at := 0
	for _, part := range parts(quote) {
		i := strings.Index(normal[at:], part)
		if i < 0 {
			upto, from := howFar(normal[at:], part)
			return Quoted{Upto: upto, From: from}
		}
		at += i + len(part)
	}
	return Quoted{Found: true}
}

var omissions = strings.NewReplacer("[...]", "\x00", "(...)", "\x00", "...", "\x00")

func parts(quote string) []string {
	var list []string
	for part := range strings.SplitSeq(omissions.Replace(Normal(quote)), "\x00") {
		if part = strings.Trim(part, ` `); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// howFar is the longest beginning of a part, in whole words, that occurs in the
// text, and the few words after it.
func howFar(text, part string) (upto, from string) {
	words := strings.Split(part, " ")
	n := sort.Search(len(words), func(n int) bool { return !strings.Contains(text, strings.Join(words[:n+1], " ")) })
	return strings.Join(words[:n], " "), strings.Join(words[n:min(n+5, len(words))], " ")
}
