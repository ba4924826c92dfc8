package report

import (
	"strconv"
	"unicode/utf8"

	"fener/law"
)

// The functions here append to a buffer and allocate nothing else, since they run for every cell of a million rows.

const hex = "0123456789abcdef"

// appendJSON appends s as a JSON string. Bytes that are no UTF-8 become U+FFFD.
func appendJSON(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				b = append(append(b, s[start:i]...), "\ufffd"...)
				start = i + 1
			}
			i += n
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		i++
		start = i
	}
	return append(append(b, s[start:]...), '"')
}

// appendCSV appends a cell. A text that a spreadsheet would take for a formula gets an apostrophe before it: it comes from files of others.
func appendCSV(b []byte, s string) []byte {
	if s == "" {
		return b
	}
	formula := startsFormula(s[0])
	if !formula && !needsQuotes(s) {
		return append(b, s...)
	}
	b = append(b, '"')
	if formula {
		b = append(b, '\'')
	}
	for i := range len(s) {
		if s[i] == '"' {
			b = append(b, '"')
		}
		b = append(b, s[i])
	}
	return append(b, '"')
}

// startsFormula reports whether a spreadsheet may take a text that begins so for a formula.
func startsFormula(c byte) bool {
	return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r'
}

// special are the signs that a cell of CSV must be quoted for.
var special = [256]bool{',': true, '"': true, '\n': true, '\r': true}

func needsQuotes[T string | []byte](s T) bool {
	for i := range len(s) {
		if special[s[i]] {
			return true
		}
	}
	return false
}

// appendHTML appends text so that it is nothing but text, inside an element or a quoted attribute.
func appendHTML(b []byte, s string) []byte {
	start := 0
	for i := range len(s) {
		var with string
		switch s[i] {
		case '&':
			with = "&amp;"
		case '<':
			with = "&lt;"
		case '>':
			with = "&gt;"
		case '"':
			with = "&#34;"
		case '\'':
			with = "&#39;"
		case 0:
			with = "\ufffd"
		default:
			continue
		}
		b = append(append(b, s[start:i]...), with...)
		start = i + 1
	}
	return append(b, s[start:]...)
}

// appendLimit appends a limit as law.Limit.String writes it.
func appendLimit(b []byte, l law.Limit) []byte {
	if l.State == law.LimitSet {
		b, _ = l.Length.AppendText(b) // a Length always has a text
		return b
	}
	return append(b, l.String()...)
}

// appendLimitJSON appends a limit as a JSON string, or null where it is not known.
func appendLimitJSON(b []byte, l law.Limit) []byte {
	if l.State == law.LimitUnknown {
		return append(b, "null"...)
	}
	return append(appendLimit(append(b, '"'), l), '"')
}

// appendTriJSON appends true, false, or null where it is not known.
func appendTriJSON(b []byte, t law.Tri) []byte {
	switch t {
	case law.Yes:
		return append(b, "true"...)
	case law.No:
		return append(b, "false"...)
	}
	return append(b, "null"...)
}

// appendFine appends a fine as law.Fine.String writes it: euros, yes, unknown, or nothing.
func appendFine(b []byte, f law.Fine) []byte {
	if f.State == law.FineOfAmount {
		b = strconv.AppendInt(b, f.Cents/100, 10)
		if cents := f.Cents % 100; cents != 0 {
			b = append(b, '.', '0'+byte(cents/10), '0'+byte(cents%10))
		}
		return b
	}
	return append(b, f.String()...)
}
