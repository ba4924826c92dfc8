package locale

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
)

// Messages are sentences by their keys in each language form. A {name} in one is a
// place to be filled; what stands in [brackets] is a word of a file format.
type Messages map[Lang]map[string]string

// ReadMessages reads messages/en.json, sq.json and sr-Latn.json, each a flat JSON
// object of texts. Serbian in Cyrillic is written over from Latin, but for the
// names of places and the words in brackets: the two scripts of one language then
// cannot say different things.
func ReadMessages(files fs.FS) (Messages, error) {
	all := Messages{SR: {}}
	for _, l := range []Lang{EN, SQ, SRLatn} {
		name := "messages/" + string(l) + ".json"
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("reading the messages: %w", err)
		}
		flat := map[string]string{}
		if err := json.Unmarshal(content, &flat); err != nil {
			return nil, fmt.Errorf("reading the messages: %s is not a flat JSON object of texts: %w", name, err)
		}
		all[l] = flat
	}
	for key, text := range all[SRLatn] {
		all[SR][key] = cyrillicAround(text)
	}
	return all, nil
}

// MustReadMessages reads messages that are part of the program.
func MustReadMessages(files fs.FS) Messages {
	m, err := ReadMessages(files)
	if err != nil {
		panic(err) // a test of the package that has the files reads them all
	}
	return m
}

// cyrillicAround writes over what stands outside of {names} and [words].
func cyrillicAround(text string) string {
	var b strings.Builder
	for text != "" {
		begin := strings.IndexAny(text, "{[")
		if begin < 0 {
			break
		}
		closing := "}"
		if text[begin] == '[' {
			closing = "]"
		}
		end := strings.Index(text[begin:], closing)
		if end < 0 {
			break
		}
		b.WriteString(Cyrillic(text[:begin]))
		b.WriteString(text[begin : begin+end+1])
		text = text[begin+end+1:]
	}
	b.WriteString(Cyrillic(text))
	return b.String()
}

// Text is a message that has no places to be filled; an unknown key comes back as
// itself.
func (m Messages) Text(l Lang, key string) string {
	if text, ok := m[l][key]; ok {
		return text
	}
	return key
}

// Fill is a message with its places filled from pairs of name and value; a place
// without a value is left out. An unknown key comes back as itself.
func (m Messages) Fill(l Lang, key string, pairs ...string) string {
	text, ok := m[l][key]
	if !ok {
		return key
	}
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(text, "{")
		b.WriteString(before)
		if !open {
			return b.String()
		}
		var name string
		name, text, _ = strings.Cut(rest, "}")
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				b.WriteString(pairs[i+1])
			}
		}
	}
}
