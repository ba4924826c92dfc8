// Package lang holds the sentences of the interface: buttons, headings, notes and errors, in every language form that Fener speaks.
// What the law says, law says itself; how numbers and dates are written, locale knows.
//
// The messages lie in flat JSON files. Serbian in Cyrillic has no file: it is written over from the Latin one when the catalogues are
// loaded, so the two scripts cannot say different things.
package lang

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"fener/locale"
)

//go:embed messages/*.json
var files embed.FS

// Catalogues holds the messages of every language. It is read-only after Load and safe for use by many at once.
type Catalogues struct {
	messages map[locale.Lang]map[string]message
}

// message is one sentence, in pieces: in the plural forms it has ("" where number does not matter).
type message map[string][]piece

// piece is either text or the name of a placeholder.
type piece struct {
	text, name string
}

// forms are the plural categories that the languages use, as suffixes of a key.
var forms = []string{"one", "few", "other"}

// Load gives the embedded catalogues, which are read once and never changed. It errors, naming the file and the key, when a message is malformed.
func Load() (*Catalogues, error) { return loaded() }

var loaded = sync.OnceValues(func() (*Catalogues, error) { return load(files) })

func load(from fs.FS) (*Catalogues, error) {
	all, err := locale.ReadMessages(from)
	if err != nil {
		return nil, err
	}
	c := &Catalogues{messages: map[locale.Lang]map[string]message{}}
	for l, flat := range all {
		name := "messages/" + string(l) + ".json"
		if l == locale.SR {
			name = "messages/" + string(locale.SRLatn) + ".json"
		}
		if c.messages[l], err = parse(name, flat); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// parse cuts each message into pieces.
func parse(file string, flat map[string]string) (map[string]message, error) {
	out := make(map[string]message, len(flat))
	for full, text := range flat {
		if strings.TrimSpace(text) == "" {
			return nil, fmt.Errorf("%s: %q is empty, expected a sentence", file, full)
		}
		pieces, err := cut(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %q: %w", file, full, err)
		}
		key, form := splitKey(full)
		if out[key] == nil {
			out[key] = message{}
		}
		out[key][form] = pieces
	}
	for key, m := range out {
		if _, plain := m[""]; plain && len(m) > 1 {
			return nil, fmt.Errorf("%s: %q stands both with and without plural forms", file, key)
		}
	}
	return out, nil
}

// splitKey takes the plural form off a key: "steps.few" is ("steps", "few").
func splitKey(full string) (key, form string) {
	if i := strings.LastIndexByte(full, '.'); i >= 0 && slices.Contains(forms, full[i+1:]) {
		return full[:i], full[i+1:]
	}
	return full, ""
}

func cut(text string) ([]piece, error) {
	var out []piece
	for text != "" {
		before, rest, open := strings.Cut(text, "{")
		if strings.Contains(before, "}") {
			return nil, fmt.Errorf("a } without its { in %q", before)
		}
		if before != "" {
			out = append(out, piece{text: before})
		}
		if !open {
			break
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || name == "" || strings.ContainsAny(name, "{ ") {
			return nil, fmt.Errorf("expected {name}, found {%s", rest)
		}
		out = append(out, piece{name: name})
		text = after
	}
	return out, nil
}

// Has tells whether there is such a message; key stands without its plural form.
func (c *Catalogues) Has(l locale.Lang, key string) bool {
	return len(c.messages[l][key]) > 0
}

// T is the sentence key in language l. The arguments come in pairs, name then value, and fill the placeholders {name}: a string
// is taken as it is, an int is written as l writes numbers. Where the message has plural forms, the int named "n" chooses one.
//
// An unknown key, a missing or surplus argument is a mistake in the program, and tests render every page: T then panics, saying what is wrong.
func (c *Catalogues) T(l locale.Lang, key string, args ...any) string {
	m, ok := c.messages[l][key]
	if !ok {
		panic(fmt.Sprintf("lang: there is no message %q in %v", key, l))
	}
	pieces, ok := m[""]
	if !ok {
		pieces = m[form(l, key, args)]
	}
	if pieces == nil {
		panic(fmt.Sprintf("lang: message %q lacks a plural form in %v", key, l))
	}
	return fill(l, key, pieces, args)
}

func form(l locale.Lang, key string, args []any) string {
	for i := 0; i+1 < len(args); i += 2 {
		if n, ok := args[i+1].(int); ok && args[i] == "n" {
			return locale.Plural(l, int64(n))
		}
	}
	panic(fmt.Sprintf(`lang: message %q has plural forms and needs the int "n"`, key))
}

func fill(l locale.Lang, key string, pieces []piece, args []any) string {
	var b strings.Builder
	used := 0
	for _, p := range pieces {
		if p.name == "" {
			b.WriteString(p.text)
			continue
		}
		i := indexOf(args, p.name)
		if i < 0 {
			panic(fmt.Sprintf("lang: message %q needs the argument %q", key, p.name))
		}
		used++
		switch v := args[i+1].(type) {
		case string:
			b.WriteString(v)
		case int:
			b.WriteString(locale.Integer(l, int64(v)))
		default:
			panic(fmt.Sprintf("lang: message %q, argument %q is a %T, expected a string or an int", key, p.name, v))
		}
	}
	if used*2 < len(args) {
		panic(fmt.Sprintf("lang: message %q takes %d arguments, got %d", key, used, len(args)/2))
	}
	return b.String()
}

func indexOf(args []any, name string) int {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return i
		}
	}
	return -1
}
