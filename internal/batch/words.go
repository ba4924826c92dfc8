package batch

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"fener/locale"
)

// The messages stand here and not in the interface's catalogues: each belongs
// to a code of this package.
//
//go:embed messages/*.json
var messageFiles embed.FS

var catalogues = sync.OnceValue(func() map[locale.Lang]map[string]string {
	all := map[locale.Lang]map[string]string{}
	for l, file := range map[locale.Lang]string{locale.EN: "en", locale.SQ: "sq", locale.SRLatn: "sr-Latn"} {
		content, err := messageFiles.ReadFile("messages/" + file + ".json")
		flat := map[string]string{}
		if err == nil {
			err = json.Unmarshal(content, &flat)
		}
		if err != nil {
			panic(fmt.Errorf("messages of package batch: %w", err)) // they are part of the program, and tests read them all
		}
		all[l] = flat
	}
	return all
})

// say is the message in a language, with {name} filled from pairs of name and
// value. Serbian in Cyrillic is written over from Latin; the values are not.
func say(l locale.Lang, key string, pairs ...string) string {
	from := l
	if l == locale.SR {
		from = locale.SRLatn
	}
	text, ok := catalogues()[from][key]
	if !ok {
		return key
	}
	var b strings.Builder
	for text != "" {
		before, rest, open := strings.Cut(text, "{")
		if l == locale.SR {
			before = locale.Cyrillic(before)
		}
		b.WriteString(before)
		if !open {
			break
		}
		var name string
		name, text, _ = strings.Cut(rest, "}")
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				b.WriteString(pairs[i+1])
			}
		}
	}
	return b.String()
}
