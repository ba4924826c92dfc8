package proof

import (
	"encoding/json"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

// Whatever text there is, what is shown of it leads to its commitment, shows nothing that is not in what the public reads, and every value that JSON has is
// committed to.
func FuzzShow(f *testing.F) {
	f.Add([]byte(`{"a":[1,{"b":"x"}],"c":{}}`), []byte(`{"a":[1]}`))
	f.Add([]byte(`{"":{"~/":null},"é\"":"\\"}`), []byte(`{"":{"~/":null}}`))
	f.Fuzz(func(t *testing.T, body, shown []byte) {
		a, b := jsontext.Value(body), jsontext.Value(shown)
		if a.Canonicalize() != nil || b.Canonicalize() != nil || a.Kind() != '{' || b.Kind() != '{' {
			return
		}
		want, err := Text(salt, a)
		if err != nil {
			return // nested too deep
		}
		s, err := Show(salt, a, b)
		if err != nil {
			return
		}
		if s.Text() != want {
			t.Fatalf("%s, of which %s is shown, leads elsewhere", a, b)
		}
		open, err := values(b)
		if err != nil {
			t.Fatal(err)
		}
		public := map[string]string{}
		for _, v := range open {
			public[v.Path] = v.Value
		}
		for _, v := range s.Fields {
			if public[v.Path] != v.Value {
				t.Fatalf("%s = %s is shown, and the public reads %s", v.Path, v.Value, b)
			}
		}
		all, err := values(a)
		if err != nil {
			t.Fatal(err)
		}
		if n := count(t, a); n != len(all) {
			t.Fatalf("%s has %d values, and %d are committed to", a, n, len(all))
		}
	})
}

// count is how many values a JSON text has that hold no others.
func count(t *testing.T, text []byte) int {
	t.Helper()
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	var walk func(any) int
	walk = func(v any) int {
		n := 0
		switch v := v.(type) {
		case map[string]any:
			for _, one := range v {
				n += walk(one)
			}
		case []any:
			for _, one := range v {
				n += walk(one)
			}
		}
		return max(n, 1)
	}
	return walk(v)
}

// No file, leaf, checkpoint or policy ends the program, and what is read is written the same.
func FuzzParse(f *testing.F) {
	f.Add([]byte("c2sp.org/tlog-proof@v1\nindex 1\n\nx\n1\nAAAA\n"))
	f.Add([]byte("fener log leaf 1\npublished judgment 1\nid a\ntext -\nchain -\n"))
	f.Add([]byte("log x\nwitness a b\ngroup g any a\nquorum g\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if l, err := ParseLeaf(text); err == nil && string(l.Encode()) != string(text) {
			t.Fatalf("%q is read as a leaf and written otherwise", text)
		}
		if c, err := ParseCheckpoint(string(text)); err == nil && c.String() != string(text) {
			t.Fatalf("%q is read as a checkpoint and written otherwise", text)
		}
		if p, err := ParseFile(text); err == nil {
			if _, err := p.Check(&Policy{}); err == nil {
				t.Fatalf("%q is proof to somebody who knows nobody", text)
			}
		}
		if p, err := ParsePolicy(string(text)); err == nil {
			_, _, _ = p.Check(text) // it must come back
		}
		if tile, ok := ParseTilePath(string(text)); ok && TilePath(tile) != string(text) {
			t.Fatalf("%q is a tile and written otherwise", text)
		}
	})
}
