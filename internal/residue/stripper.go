package residue

import "bytes"

// A stripper looks for words that tags divide, as the runs of an office document
// do: Ar</t></r><r><t>ben. Words that stand whole are found without it.
type stripper struct {
	*matcher
	raw    int64 // where in the stream the text that is being written begins
	inTag  bool
	inText bool  // the last byte was of a text
	start  int64 // the same among the bytes without tags
	rawAt  int64 // bytes of the stream so far
}

func indexOrAll(p []byte, sign byte) int {
	if i := bytes.IndexByte(p, sign); i >= 0 {
		return i
	}
	return len(p)
}

func newStripper(m *machine, found func(word int, form Form, start, end int64)) *stripper {
	s := &stripper{}
	s.matcher = newMatcher(m, func(word int, form Form, start, end int64) {
		if start < s.start { // it began before the last tag
			found(word, form|Divided, s.raw+(end-s.start)-1, end)
		}
	})
	return s
}

// write takes in the next bytes. A place is that of a word's last byte.
func (s *stripper) write(p []byte) {
	at := s.rawAt
	s.rawAt += int64(len(p))
	for i := 0; i < len(p); {
		sign := byte('<')
		if s.inTag {
			sign = '>'
		}
		end := indexOrAll(p[i:], sign)
		if !s.inTag && end > 0 {
			if !s.inText {
				s.start, s.raw = s.at, at+int64(i)
			}
			s.inText = true
			_, _ = s.Write(p[i : i+end])
		}
		i += end
		if i < len(p) {
			s.inTag = !s.inTag
			s.inText = false
			i++
		}
	}
}
