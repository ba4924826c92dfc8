package ledger

import "unicode/utf8"

// isCanonical reports whether a text is surely a JSON object in canonical form.
// It knows the plain case, which is nearly every body that this program writes:
// names of letters, digits and underlines in order, texts with no escapes but
// those of quotation marks and backslashes, whole numbers of few digits. In
// doubt it says no, and Canonical takes the long way: 0.8 µs for a judgment
// instead of 4.4.
func isCanonical(object []byte) bool {
	s := scanner{b: object}
	return len(object) > 0 && object[0] == '{' && s.value(0) && s.at == len(object) && utf8.Valid(object)
}

// maxPlainDepth is far above what any kind of the record needs.
const maxPlainDepth = 32

// maxPlainDigits always survive in a double, see exact.
const maxPlainDigits = 15

type scanner struct {
	b  []byte
	at int
}

func (s *scanner) next(c byte) bool {
	if s.at < len(s.b) && s.b[s.at] == c {
		s.at++
		return true
	}
	return false
}

func (s *scanner) value(depth int) bool {
	if s.at >= len(s.b) || depth > maxPlainDepth {
		return false
	}
	switch c := s.b[s.at]; {
	case c == '"':
		return s.text()
	case c == '{':
		return s.object(depth + 1)
	case c == '[':
		return s.list(depth + 1)
	case c >= '0' && c <= '9':
		return s.number()
	}
	return s.word("true") || s.word("false") || s.word("null")
}

func (s *scanner) word(w string) bool {
	if len(s.b)-s.at < len(w) || string(s.b[s.at:s.at+len(w)]) != w {
		return false
	}
	s.at += len(w)
	return true
}

func (s *scanner) number() bool {
	begin := s.at
	for s.at < len(s.b) && s.b[s.at] >= '0' && s.b[s.at] <= '9' {
		s.at++
	}
	digits := s.at - begin
	return digits <= maxPlainDigits && (digits == 1 || s.b[begin] != '0') && (s.at == len(s.b) || !partOfNumber(s.b[s.at]))
}

func partOfNumber(c byte) bool { return c == '.' || c == 'e' || c == 'E' }

func (s *scanner) text() bool {
	for s.at++; s.at < len(s.b); s.at++ {
		switch c := s.b[s.at]; {
		case c == '"':
			s.at++
			return true
		case c < ' ':
			return false
		case c == '\\':
			s.at++
			if s.at == len(s.b) || s.b[s.at] != '"' && s.b[s.at] != '\\' {
				return false
			}
		}
	}
	return false
}

func (s *scanner) list(depth int) bool {
	s.at++
	if s.next(']') {
		return true
	}
	for s.value(depth) {
		if s.next(']') {
			return true
		}
		if !s.next(',') {
			return false
		}
	}
	return false
}

func (s *scanner) object(depth int) bool {
	s.at++
	if s.next('}') {
		return true
	}
	for before := []byte(nil); ; {
		name := s.name()
		if name == nil || before != nil && string(before) >= string(name) {
			return false
		}
		before = name
		if !s.next(':') || !s.value(depth) {
			return false
		}
		if s.next('}') {
			return true
		}
		if !s.next(',') {
			return false
		}
	}
}

// name reads a field's name with its quotation marks left out; nil in doubt.
func (s *scanner) name() []byte {
	if !s.next('"') {
		return nil
	}
	begin := s.at
	for s.at < len(s.b) {
		switch c := s.b[s.at]; {
		case c == '"':
			s.at++
			return s.b[begin : s.at-1]
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_':
			s.at++
		default:
			return nil
		}
	}
	return nil
}
