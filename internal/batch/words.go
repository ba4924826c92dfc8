package batch

import (
	"embed"
	"sync"

	"fener/locale"
)

// The messages stand here and not in the interface's catalogues: each belongs
// to a code of this package.
//
//go:embed messages/*.json
var messageFiles embed.FS

var catalogues = sync.OnceValue(func() locale.Messages { return locale.MustReadMessages(messageFiles) })

// say is the message in a language, with {name} filled from pairs of name and value.
func say(l locale.Lang, key string, pairs ...string) string {
	return catalogues().Fill(l, key, pairs...)
}
