package main

import (
	"strings"

	"fener/locale"
)

// languageOf is the language that the environment asks for, English where it asks for none that we have. preferred are the languages
// that the system keeps elsewhere, as Windows does; they count where the environment says nothing.
func languageOf(env func(string) string, preferred []string) locale.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		value := env(name)
		if value == "" {
			continue
		}
		tag, modifier, _ := strings.Cut(value, "@")
		tag, _, _ = strings.Cut(tag, ".")
		tag = strings.ReplaceAll(tag, "_", "-")
		switch {
		case strings.HasPrefix(tag, "sr") && strings.EqualFold(modifier, "latin"):
			return locale.SRLatn
		case speaks(tag):
			return locale.Negotiate(tag)
		}
		return locale.EN
	}
	for _, tag := range preferred {
		if base, _, _ := strings.Cut(tag, "-"); base == "en" || speaks(tag) {
			return locale.Negotiate(tag)
		}
	}
	return locale.EN
}

// speaks reports whether a language is one that we have, or one whose speakers read one of ours.
func speaks(tag string) bool {
	base, _, _ := strings.Cut(tag, "-")
	switch base {
	case "sq", "sr", "hr", "bs", "cnr", "sh":
		return true
	}
	return false
}
