package page

import (
	"regexp"
	"strings"
	"time"

	"fener/locale"
	"fener/period"
)

// Dashed shows that there is nothing to say, where an empty cell would read as not known.
func Dashed(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// Day is the day of a moment, in universal time.
func Day(at time.Time) period.Date { return period.DateOf(at.UTC()) }

// WebAddress is the address as a link, or nothing where it is not one that a browser should open.
func WebAddress(address string) string {
	if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		return address
	}
	return ""
}

// WrittenIn is the language form of a text that a pack or a source says is in a language.
func WrittenIn(language string) locale.Lang {
	switch {
	case language == "sr":
		return locale.SRLatn
	default:
		l, err := locale.ParseLang(language)
		if err != nil {
			return ""
		}
		return l
	}
}

// LangOf is the language of a text of a source: as the source says, or as its words tell.
func LangOf(language, text string) locale.Lang {
	if l := WrittenIn(language); l != "" {
		return l
	}
	return locale.Tongue(text)
}

// Capital begins a sentence with what a list writes in lower case.
func Capital(s string) string {
	for i, c := range s {
		return strings.ToUpper(string(c)) + s[i+len(string(c)):]
	}
	return s
}

// OneStop ends a sentence once: Serbian dates end in a full stop of their own, which falls away before another sign too ("2017:").
func OneStop(sentence string) string {
	return ordinal.ReplaceAllString(strings.ReplaceAll(sentence, "..", "."), "$1$2")
}

// ordinal is the full stop of a year before a sign.
var ordinal = regexp.MustCompile(`\b(\d{4})\.([,:;)])`)

// Before is a text that another sign follows, such as a colon: a Serbian year loses its full stop before it.
func (b *Base) Before(text string) string { return strings.TrimSuffix(OneStop(text+":"), ":") }
