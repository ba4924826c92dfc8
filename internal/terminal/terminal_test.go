package terminal

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

// hostile is text from outside that would steer a terminal, and what is shown of it.
var hostile = []struct{ name, text, shown string }{
	{"plain", "Gjykata në Prishtinë: 5 vjet\tburgim\n", "Gjykata në Prishtinë: 5 vjet\tburgim\n"},
	{"Cyrillic", "Апелациони суд", "Апелациони суд"},
	{"clears the screen", "\x1b[2J\x1b[H", "␛[2J␛[H"},
	{"renames the window", "\x1b]0;title\x07", "␛]0;title␇"},
	{"copies into the clipboard", "\x1b]52;c;cm0gLXJm\x1b\\", "␛]52;c;cm0gLXJm␛\\"},
	{"begins the line again", "guilty\rinnocent", "guilty␍innocent"},
	{"goes back", "no\b\byes", "no␈␈yes"},
	{"deletes", "a\x7f", "a␡"},
	{"ends a string", "a\x00b", "a␀b"},
	{"a control character of eight bits", "a\u009b31mb", "a<U+009B>31mb"},
	{"the same as one byte", "a\x9b31mb", "a\uFFFD31mb"},
	{"turns the line around", "5 \u202evjet\u202c", "5 <U+202E>vjet<U+202C>"},
	{"isolates", "\u2066x\u2069", "<U+2066>x<U+2069>"},
	{"a line end that few know", "a\u2028b", "a<U+2028>b"},
	{"half a character", "a\xc3", "a"},
}

func TestAScreenIsNotSteered(t *testing.T) {
	for _, row := range hostile {
		t.Run(row.name, func(t *testing.T) {
			var at, byByte bytes.Buffer
			s := NewScreen(&at, env())
			if n, err := s.Write([]byte(row.text)); err != nil || n != len(row.text) {
				t.Fatal(n, err)
			}
			if at.String() != row.shown {
				t.Errorf("%q, want %q", at.String(), row.shown)
			}
			s = NewScreen(&byByte, env())
			for i := range len(row.text) {
				if _, err := s.Write([]byte{row.text[i]}); err != nil {
					t.Fatal(err)
				}
			}
			if byByte.String() != row.shown {
				t.Errorf("byte by byte %q, want %q", byByte.String(), row.shown)
			}
		})
	}
}

func FuzzAppend(f *testing.F) {
	for _, row := range hostile {
		f.Add([]byte(row.text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		out, left := Append(nil, text)
		if !utf8.Valid(out) || len(left) >= utf8.UTFMax {
			t.Fatalf("%q becomes %q and leaves %q", text, out, left)
		}
		for _, r := range string(out) {
			if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || steers(r) {
				t.Fatalf("%q becomes %q", text, out)
			}
		}
		if again, _ := Append(nil, out); !bytes.Equal(again, out) {
			t.Fatalf("%q becomes %q", out, again)
		}
	})
}

func TestDataPassesByTheScreenUnlessItIsATerminal(t *testing.T) {
	var to bytes.Buffer
	s := NewScreen(&to, env())
	if Data(s) != &to || Raw(s) != &to || Is(s) {
		t.Error("a buffer is taken for a terminal")
	}
	if Data(&to) != &to || Raw(&to) != &to {
		t.Error("what is no screen is not passed on")
	}
}

func TestATerminalThatSpeaksNoUTF8StaysReadable(t *testing.T) {
	const text = "Gjykatë – Đaković č ž ── ‘a’ 5 €; суд у Приштини 法"
	for _, row := range []struct{ name, lang, want string }{
		{"UTF-8", "sq_AL.UTF-8", text},
		{"nothing said", "C", text},
		{"Latin 2", "sr_RS.ISO-8859-2@latin", "Gjykat\xeb - \xd0akovi\xe6 \xe8 \xbe -- 'a' 5 EUR; sud u Pri\xb9tini ?"},
		{"Latin 1", "sq_AL.ISO-8859-1", "Gjykat\xeb - Djakovic c z -- 'a' 5 EUR; sud u Pristini ?"},
		{"one that nobody knows", "sq_AL.KLINGON", "Gjykate - Djakovic c z -- 'a' 5 EUR; sud u Pristini ?"},
	} {
		got := []byte(text)
		if to := charset(env("LANG", row.lang)); to != nil {
			got = recoded(to, got)
		}
		if string(got) != row.want {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
}

// TestWhoStartedIt: a script never gets a server for a forgotten command.
func TestWhoStartedIt(t *testing.T) {
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	for _, row := range []struct {
		name  string
		goos  string
		alone bool
		env   []string
		want  bool
	}{
		{"double-clicked on Windows", "windows", true, nil, true},
		{"a batch file on Windows", "windows", false, nil, false},
		{"double-clicked on Linux", "linux", false, []string{"DISPLAY", ":0"}, true},
		{"double-clicked under Wayland", "linux", false, []string{"WAYLAND_DISPLAY", "wayland-0"}, true},
		{"a script in a terminal's window", "linux", false, []string{"DISPLAY", ":0", "TERM", "xterm"}, false},
		{"cron, CI, a container", "linux", false, nil, false},
		{"launchd on macOS", "darwin", false, nil, false},
	} {
		s := Session{In: null, Out: null, Err: null, Env: env(row.env...), Alone: row.alone, GOOS: row.goos}
		if got := s.ByHand(); got != row.want {
			t.Errorf("%s: %v, want %v", row.name, got, row.want)
		}
	}
}

func TestOpenBrowser(t *testing.T) {
	bin := t.TempDir()
	t.Setenv("PATH", bin)
	s := Session{Env: env("DISPLAY", ":0"), GOOS: "linux"}
	if err := s.OpenBrowser("http://127.0.0.1:8080/"); err == nil || !strings.Contains(err.Error(), "no browser was found") {
		t.Errorf("without one: %v", err)
	}
	if err := os.WriteFile(filepath.Join(bin, "x-www-browser"), []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := s.OpenBrowser("http://127.0.0.1:8080/"); err != nil {
		t.Error(err)
	}
	for _, elsewhere := range []string{"https://example.org/", "file:///etc/passwd", "--version", "http://127.0.0.1.example.org/"} {
		if err := s.OpenBrowser(elsewhere); err == nil {
			t.Errorf("%s was opened", elsewhere)
		}
	}
	if err := (Session{Env: env(), GOOS: "linux"}).OpenBrowser("http://127.0.0.1:8080/"); err == nil {
		t.Error("a browser was opened without a screen")
	}
}
