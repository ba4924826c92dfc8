package proof

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

var salt = [SaltSize]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}

// What the public reads of a text is proved, field by field, and what it does not read stays sealed.
func TestWhatIsShownIsProvedAndTheRestIsSealed(t *testing.T) {
	for _, c := range []struct{ name, body, shown, proved, sealed string }{
		{"everything is public", `{"court":"basic","fine":1500.5}`, `{"court":"basic","fine":1500.5}`, "/court /fine", ""},
		{"a child's case has its year and not its day", `{"court":"basic","date":"2021-03-04"}`, `{"court":"basic","date":"2021"}`, "/court", "2021-03-04"},
		{"the words of a quotation are kept back", `{"citations":[{"quote":"a girl of twelve","source":"s1"}],"year":"2021"}`,
			`{"citations":[{"source":"s1"}],"year":"2021"}`, "/citations/0/source /year", "girl"},
		{"a figure that is held back", `{"indicator":"victims","value":{"kind":"exact","low":"2"}}`, `{"indicator":"victims","value":{"high":"5","kind":"held_back"}}`,
			"/indicator", `"exact"`},
		{"nothing of it is public", `{"a":1,"b":{"c":[]}}`, `{}`, "", "/b/c"},
		{"names that need escaping", `{"a/b":{"~":"x"},"q\"":true}`, `{"a/b":{"~":"x"},"q\"":true}`, `/a~1b/~0 /q"`, ""},
		{"a text without fields", `{}`, `{}`, "", ""},
	} {
		want, err := Text(salt, []byte(c.body))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		s, err := Show(salt, []byte(c.body), []byte(c.shown))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if s.Text() != want {
			t.Errorf("%s: what is shown does not lead to the commitment", c.name)
		}
		var paths []string
		for _, f := range s.Fields {
			paths = append(paths, f.Path)
		}
		if got := strings.Join(paths, " "); got != c.proved && !(c.proved == "" && strings.HasPrefix(c.name, "a text without")) {
			t.Errorf("%s: it proves %q, want %q", c.name, got, c.proved)
		}
		text, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if c.sealed != "" && strings.Contains(string(text), c.sealed) {
			t.Errorf("%s: %s lets out %q", c.name, text, c.sealed)
		}
		var again Shown
		if err := json.Unmarshal(text, &again); err != nil || again.Text() != want {
			t.Errorf("%s: read back it leads elsewhere: %v", c.name, err)
		}
		if n := len(s.Fields) + len(s.Hidden); n == 0 || n%steps > 0 {
			t.Errorf("%s: %d digests, which says how many fields there are", c.name, n)
		}
	}
}

// Whatever is changed in what is shown leads to another commitment: a value, a path, a salt, one field more or less, and a byte that wanders from a path to its value.
func TestAnythingElseIsNotWhatWasLogged(t *testing.T) {
	body := []byte(`{"convicted":12,"place":"Kosovo","year":"2024"}`)
	want, err := Text(salt, body)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Shown){
		"another value":       func(s *Shown) { s.Fields[0].Value = "13" },
		"another path":        func(s *Shown) { s.Fields[0].Path = "/accused" },
		"another salt":        func(s *Shown) { s.Fields[0].Salt[0]++ },
		"a field more":        func(s *Shown) { s.Fields = append(s.Fields, Field{Path: "/more", Value: "1"}) },
		"a field less":        func(s *Shown) { s.Fields = s.Fields[1:] },
		"a digest less":       func(s *Shown) { s.Hidden = s.Hidden[1:] },
		"the border wandered": func(s *Shown) { s.Fields[0].Path, s.Fields[0].Value = "/convicted1", "2" },
	} {
		s, err := Show(salt, body, body)
		if err != nil {
			t.Fatal(err)
		}
		if change(s); s.Text() == want {
			t.Errorf("%s: it leads to the same commitment", name)
		}
	}
	other := salt
	other[0]++
	if got, _ := Text(other, body); got == want {
		t.Error("the salt makes no difference, so that texts can be guessed")
	}
}

// Lacks names what a page shows and the log does not prove.
func TestWhatIsShownWithoutProofIsNamed(t *testing.T) {
	s, err := Show(salt, []byte(`{"court":"basic","date":"2021-03-04"}`), []byte(`{"court":"basic","date":"2021"}`))
	if err != nil {
		t.Fatal(err)
	}
	lacks, err := s.Lacks([]byte(`{"court":"basic","date":"2021"}`))
	if err != nil || fmt.Sprint(lacks) != "[/date]" {
		t.Errorf("it lacks %v, %v", lacks, err)
	}
	if s.Whole([]byte(`{"court":"basic","date":"2021-03-04"}`)) {
		t.Error("it passes for the whole text")
	}
}

func TestTextsThatAreNone(t *testing.T) {
	for _, body := range []string{``, `[]`, `1`, `{`, `{"a"}`, `{"a":}`, `{"a":1`, `{"a":1}x`, `{"a":[1,]}`, `{"a":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}`} {
		if _, err := Text(salt, []byte(body)); err == nil {
			t.Errorf("%.30q is taken for a text", body)
		}
	}
}

func TestLeavesHaveOneSpelling(t *testing.T) {
	sum := [digestSize]byte{1}
	for _, l := range []Leaf{
		{Published, "judgment", "7k3m9x2c4d5e6", 2, &sum, &sum},
		{Withdrawn, "judgment", "7k3m9x2c4d5e6", 3, nil, &sum},
		{Erased, "case", "words of an older id", 1, nil, nil},
	} {
		read, err := ParseLeaf(l.Encode())
		if err != nil || string(read.Encode()) != string(l.Encode()) {
			t.Errorf("%s: %v", l.Encode(), err)
		}
		text := string(l.Encode())
		for _, bad := range []string{"", text[1:], text + "\n", strings.Replace(text, " 2\n", " 02\n", 1) + " ", strings.Replace(text, "leaf 1", "leaf 2", 1),
			strings.Replace(text, "published", "printed", 1) + "x", strings.Replace(text, "\n", "\r\n", 1)} {
			if _, err := ParseLeaf([]byte(bad)); err == nil {
				t.Errorf("%q is taken for a leaf", bad)
			}
		}
	}
}

func BenchmarkText(b *testing.B) {
	body := []byte(`{"case":"c1","citations":[{"quote":"finds the accused guilty","source":"s1"}],"court":"basic","date":"2021-03-04","defendants":[{"counts":[{"charged":"06/L-074:165(1)","convicted":"06/L-074:165(1)","fine":1500.5,"imprisonment":{"months":6,"years":5},"suspended":false,"verdict":"convicted"}],"label":"A.B."}],"instance":"basic","numbers":["PKR.nr. 1/21"],"synthetic":true}`)
	for b.Loop() {
		if _, err := Text(salt, body); err != nil {
			b.Fatal(err)
		}
	}
}
