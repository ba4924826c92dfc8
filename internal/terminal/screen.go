// Package terminal is between the program and the screen it is used at: it keeps what strangers wrote from steering a terminal,
// writes so that a screen that does not speak UTF-8 stays readable, and knows whether somebody sits there.
package terminal

import (
	"fmt"
	"io"
	"os"
	"sync"
	"unicode/utf8"

	"golang.org/x/term"
	"golang.org/x/text/transform"
)

// Screen is where a program writes for people. Of a control character it shows the picture or the number: text from outside may hold
// sequences that clear a screen, rename a window, type for its user or turn what follows around. Line ends and tabs pass.
// Several goroutines may write to one.
type Screen struct {
	mu    sync.Mutex
	to    io.Writer
	held  []byte // the begun character that the last write ended with
	safe  []byte
	plain transform.Transformer // nil where the terminal speaks UTF-8
}

// NewScreen makes a screen of a file, or of any other writer. env tells what characters a terminal has.
func NewScreen(to io.Writer, env func(string) string) *Screen {
	s := &Screen{to: to}
	if Is(to) {
		s.plain = charset(env)
	}
	return s
}

// Data is the way past the screen for what is read by programs: CSV, JSON, HTML. On a terminal there is none.
func Data(to io.Writer) io.Writer {
	if s, ok := to.(*Screen); ok && !Is(s) {
		return s.to
	}
	return to
}

// Raw is the way past the screen for what this program draws by itself, such as a progress bar.
func Raw(to io.Writer) io.Writer {
	if s, ok := to.(*Screen); ok {
		return s.to
	}
	return to
}

// Is reports whether a stream leads to a terminal.
func Is(stream any) bool {
	if s, ok := stream.(*Screen); ok {
		stream = s.to
	}
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

func (s *Screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	text := p
	if len(s.held) > 0 {
		text = append(s.held, p...)
	}
	s.safe, s.held = Append(s.safe[:0], text)
	s.held = append([]byte(nil), s.held...)
	out := s.safe
	if s.plain != nil {
		out = recoded(s.plain, out)
	}
	if _, err := s.to.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Append adds text as a terminal may have it. What is left is the beginning of a character whose end is still to come.
func Append(dst, text []byte) (out, left []byte) {
	for len(text) > 0 {
		if c := text[0]; c < utf8.RuneSelf {
			dst, text = appendASCII(dst, c), text[1:]
			continue
		}
		if !utf8.FullRune(text) {
			return dst, text
		}
		r, n := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && n == 1: // a lone byte, which some terminals take for a control character of eight bits
			dst = utf8.AppendRune(dst, utf8.RuneError)
		case steers(r):
			dst = fmt.Appendf(dst, "<U+%04X>", r)
		default:
			dst = append(dst, text[:n]...)
		}
		text = text[n:]
	}
	return dst, nil
}

// appendASCII shows a control character as its picture, such as ␛.
func appendASCII(dst []byte, c byte) []byte {
	switch {
	case c == '\n', c == '\t', c >= ' ' && c < 0x7f:
		return append(dst, c)
	case c == 0x7f:
		return utf8.AppendRune(dst, '␡')
	}
	return utf8.AppendRune(dst, '␀'+rune(c))
}

// steers: the control characters of eight bits, the ends of lines that only some know, and what turns the direction of writing
// around, so that a line reads otherwise than it is (https://trojansource.codes).
func steers(r rune) bool {
	return r >= 0x80 && r < 0xa0 || r == 0x2028 || r == 0x2029 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}
