package intake

import (
	"embed"
	"strings"
	"sync"

	"fener/locale"
)

// The messages lie here and not in the interface's catalogues, because each
// belongs to a problem code and a reader of files needs no interface.
//
//go:embed messages/*.json
var messageFiles embed.FS

// piece is text, a word of the file format, or the name of a placeholder that
// Problem.value knows.
type piece struct {
	text, name string
	literal    bool // keeps its script
}

type messages map[string][]piece

var catalogues = sync.OnceValue(func() map[locale.Lang]messages {
	all := map[locale.Lang]messages{}
	for l, texts := range locale.MustReadMessages(messageFiles) {
		all[l] = messages{}
		for key, text := range texts {
			all[l][key] = cutMessage(text)
		}
	}
	return all
})

func catalogue(l locale.Lang) messages {
	if m, ok := catalogues()[l]; ok {
		return m
	}
	return catalogues()[locale.EN]
}

// cutMessage separates {placeholders} and [words of the file format] from the
// text around them.
func cutMessage(text string) (out []piece) {
	for text != "" {
		i := strings.IndexAny(text, "{[")
		if i < 0 {
			return append(out, piece{text: text})
		}
		if i > 0 {
			out = append(out, piece{text: text[:i]})
		}
		closing, p := "}", piece{}
		if text[i] == '[' {
			closing, p.literal = "]", true
		}
		inside, rest, _ := strings.Cut(text[i+1:], closing)
		if p.literal {
			p.text = inside
		} else {
			p.name = inside
		}
		out, text = append(out, p), rest
	}
	return out
}
