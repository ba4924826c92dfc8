package postgres

import (
	"strconv"
	"strings"
)

// numbered writes $1, $2 ... in the place of question marks, as PostgreSQL has them, but for those within quotes and comments. ?3 becomes $3. Its operators
// that are written with a question mark cannot be used; they have names too.
func numbered(query string) string {
	if !strings.Contains(query, "?") {
		return query
	}
	var b strings.Builder
	b.Grow(len(query) + 32)
	n := 0
	for rest := query; rest != ""; {
		if skip := quoted(rest, query[:len(query)-len(rest)]); skip > 0 {
			b.WriteString(rest[:skip])
			rest = rest[skip:]
			continue
		}
		if rest[0] != '?' {
			b.WriteByte(rest[0])
			rest = rest[1:]
			continue
		}
		rest = rest[1:]
		b.WriteByte('$')
		if rest != "" && '0' <= rest[0] && rest[0] <= '9' { // its number follows
			continue
		}
		n++
		b.WriteString(strconv.Itoa(n))
	}
	return b.String()
}

// quoted is how long a text is, quotes or comment signs included, that begins here and in which nothing means anything; 0 where none begins.
func quoted(rest, before string) int {
	switch {
	case rest[0] == '\'' && escapes(before):
		return until(rest, '\'', true)
	case rest[0] == '\'' || rest[0] == '"':
		return until(rest, rest[0], false)
	case strings.HasPrefix(rest, "--"):
		if end := strings.IndexByte(rest, '\n'); end >= 0 {
			return end + 1
		}
		return len(rest)
	case strings.HasPrefix(rest, "/*"):
		return comment(rest)
	case rest[0] == '$' && (before == "" || !inName(before[len(before)-1])):
		return dollars(rest)
	}
	return 0
}

// escapes reports whether a string that begins after a text is one of those in which a backslash means something: E'...'.
func escapes(before string) bool {
	if !strings.HasSuffix(before, "E") && !strings.HasSuffix(before, "e") {
		return false
	}
	return len(before) == 1 || !inName(before[len(before)-2])
}

func inName(c byte) bool {
	return c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// until is how long a text in quotes is. A quote that is doubled ends one text and begins the next, which comes to the same.
func until(rest string, quote byte, backslash bool) int {
	for i := 1; i < len(rest); i++ {
		switch {
		case backslash && rest[i] == '\\':
			i++
		case rest[i] == quote:
			if backslash && i+1 < len(rest) && rest[i+1] == quote { // it goes on, and with it what a backslash means
				i++
				continue
			}
			return i + 1
		}
	}
	return len(rest)
}

// comment is how long a comment is; they may stand within one another.
func comment(rest string) int {
	depth := 0
	for i := 0; i+1 < len(rest); i++ {
		switch rest[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			if depth--; depth == 0 {
				return i + 2
			}
			i++
		}
	}
	return len(rest)
}

// dollars is how long a text between $tag$ and $tag$ is; 0 where it is none, as $1 is.
func dollars(rest string) int {
	end := 1
	for end < len(rest) && inName(rest[end]) {
		end++
	}
	if end == len(rest) || rest[end] != '$' || end > 1 && '0' <= rest[1] && rest[1] <= '9' {
		return 0
	}
	tag := rest[:end+1]
	if close := strings.Index(rest[len(tag):], tag); close >= 0 {
		return len(tag) + close + len(tag)
	}
	return len(rest)
}
