package law

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"golang.org/x/text/language"

	"fener/locale"
)

// Names are a thing's names by language. The interface is written in Albanian,
// Serbian (in Latin script; Cyrillic is derived from it) and English; a law
// pack may name things in any other language beside or instead of these.
type Names struct {
	SQ, SR, EN string
	Others     map[string]string // by language code, such as es
	first      string            // the language that the pack wrote first
}

// In is the name in a language form. Where it is missing English stands in, and
// where that is missing too, the language that the pack wrote first: its own.
func (n Names) In(l locale.Lang) string {
	s := ""
	switch l {
	case locale.SQ:
		s = n.SQ
	case locale.SRLatn:
		s = n.SR
	case locale.SR:
		s = locale.Cyrillic(n.SR)
	}
	switch {
	case s != "":
		return s
	case n.EN != "" || n.first == "":
		return n.EN
	case l == locale.SR && n.first == "sr":
		return locale.Cyrillic(n.SR)
	}
	return n.by(n.first)
}

// All are the names in every language.
func (n Names) All() []string {
	var all []string
	for _, s := range []string{n.EN, n.SQ, n.SR} {
		if s != "" {
			all = append(all, s)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(n.Others)) {
		all = append(all, n.Others[code])
	}
	return all
}

func (n Names) by(code string) string {
	switch code {
	case "sq":
		return n.SQ
	case "sr":
		return n.SR
	case "en":
		return n.EN
	}
	return n.Others[code]
}

// IsZero reports whether there is no name at all.
func (n Names) IsZero() bool { return n.SQ == "" && n.SR == "" && n.EN == "" && len(n.Others) == 0 }

// UnmarshalYAML reads names as keys and values, a language code and the name.
func (n *Names) UnmarshalYAML(node ast.Node) error {
	m, ok := unwrap(node).(ast.MapNode)
	if !ok {
		return errors.New("expected names by language, such as {en: Code}")
	}
	for iter := m.MapRange(); iter.Next(); {
		var name string
		if err := yaml.NodeToValue(iter.Value(), &name); err != nil {
			return err
		}
		if err := n.set(keyOf(iter.Key()), name); err != nil {
			return err
		}
	}
	return nil
}

func (n *Names) set(code, name string) error {
	if err := checkName(code, name); err != nil {
		return err
	}
	if n.first == "" {
		n.first = code
	}
	switch code {
	case "sq":
		n.SQ = name
	case "sr":
		n.SR = name
	case "en":
		n.EN = name
	default:
		if n.Others == nil {
			n.Others = map[string]string{}
		}
		n.Others[code] = name
	}
	return nil
}

// checkName errors on a language that does not exist and on an empty name.
func checkName(code, name string) error {
	if _, err := language.Parse(code); err != nil || code != strings.TrimSpace(code) {
		return fmt.Errorf("%q is no language: expected a code such as sq, sr, en or es", code)
	}
	if strings.TrimSpace(name) == "" {
		return errors.New("the name is empty")
	}
	return nil
}
