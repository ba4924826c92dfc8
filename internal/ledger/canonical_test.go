package ledger

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

func TestCanonical(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		// RFC 8785, section 3.2.2 to 3.2.4.
		{"the RFC's own example", `{
  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
}`, ``},
		{"names sorted as UTF-16", "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}",
			"{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\U0001f600\":5,\"\ufb33\":3}"},
		{"space goes", " {\t\"a\" :\n[ ] }\r\n", `{"a":[]}`},
		{"nested objects", `{"b":{"d":1,"c":[{"z":1,"y":2}]},"a":0}`, `{"a":0,"b":{"c":[{"y":2,"z":1}],"d":1}}`},
		{"money", `{"fine":1500.50,"least":600.00}`, `{"fine":1500.5,"least":600}`},
		{"minus zero", `{"a":-0}`, `{"a":0}`},
		{"the largest safe integer", `{"a":9007199254740991}`, `{"a":9007199254740991}`},
		{"letters stay as they are", `{"emri":"Gjykat\u00eb","ime":"Суд"}`, `{"emri":"Gjykatë","ime":"Суд"}`},
		{"digits in a string are no number", `{"a":"9007199254740993","b":"\"1e999"}`, `{"a":"9007199254740993","b":"\"1e999"}`},
	} {
		if tt.want == "" {
			// Its first number has more digits than a double keeps, so it is
			// the RFC's example with that number written exactly.
			if _, err := Canonical([]byte(tt.in)); err == nil {
				t.Errorf("%s: a number that changes in silence was taken", tt.name)
			}
			tt.in = strings.Replace(tt.in, "333333333.33333329", "333333333.3333333", 1)
			tt.want = `{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`
		}
		got, err := Canonical([]byte(tt.in))
		if err != nil || string(got) != tt.want {
			t.Errorf("%s: %s, %v, want %s", tt.name, got, err, tt.want)
		}
	}
}

func TestCanonicalRefuses(t *testing.T) {
	for name, in := range map[string]string{
		"nothing":                  ``,
		"a list":                   `[1]`,
		"a string":                 `"a"`,
		"two objects":              `{}{}`,
		"an open object":           `{"a":1`,
		"a name twice":             `{"a":1,"\u0061":2}`,
		"broken UTF-8":             "{\"a\":\"\xff\"}",
		"half a surrogate pair":    `{"a":"\ud800"}`,
		"a leading zero":           `{"a":01}`,
		"a comment":                `{/*a*/}`,
		"not a number":             `{"a":NaN}`,
		"a number out of range":    `{"a":1e400}`,
		"a number that becomes 0":  `{"a":1e-400}`,
		"an integer too long":      `{"a":9007199254740993}`,
		"a fraction too long":      `{"a":0.10000000000000000555}`,
		"a power beyond any":       `{"a":1e-99999999999999999999}`,
		"too deep":                 strings.Repeat(`{"a":`, 20_000) + `1` + strings.Repeat(`}`, 20_000),
		"more than a body's limit": `{"a":"` + strings.Repeat("a", MaxBody) + `"}`,
	} {
		if got, err := Canonical([]byte(in)); err == nil {
			t.Errorf("%s was taken: %.80s", name, got)
		}
	}
}

// FuzzCanonical checks against the standard library's reading: the canonical
// form means the same, is a fixed point, and never changes what was passed in.
func FuzzCanonical(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"b":1,"a":[1.50,-0,1e21,1e-7,123456789012345680000]}`, `{"\ud83d\ude00":"\u0000\u007f","\ufb33":null}`,
		`{"a":{"b":{"c":[true,false,null,""]}}}`, `{"a":9007199254740993}`, `{"a":1e400}`, `{"a":0.1,"a ":00}`, "{\"\xff\":1}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		given := bytes.Clone(in)
		out, err := Canonical(in)
		if !bytes.Equal(in, given) {
			t.Fatalf("%q was changed to %q", given, in)
		}
		if err != nil {
			return
		}
		again, err := Canonical(out)
		if err != nil || !bytes.Equal(out, again) {
			t.Fatalf("%q became %q and then %q, %v", in, out, again, err)
		}
		var before, after map[string]any
		if err := json.Unmarshal(in, &before); err != nil {
			t.Fatalf("%q was taken, but encoding/json says %v", in, err)
		}
		if err := json.Unmarshal(out, &after); err != nil {
			t.Fatalf("%q became %q, of which encoding/json says %v", in, out, err)
		}
		if !reflect.DeepEqual(noMinusZero(before), after) {
			t.Fatalf("%q became %q, which means something else", in, out)
		}
	})
}

// noMinusZero replaces -0, which RFC 8785 writes as 0.
func noMinusZero(v any) any {
	switch v := v.(type) {
	case float64:
		if v == 0 {
			return math.Abs(v)
		}
	case []any:
		for i := range v {
			v[i] = noMinusZero(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = noMinusZero(v[name])
		}
	}
	return v
}

// FuzzIsCanonical: the short way may say yes only where the long way would
// accept the text and change nothing.
func FuzzIsCanonical(f *testing.F) {
	for _, s := range []string{`{}`, `{"a":1,"b":[true,null,"x"]}`, `{"b":1,"a":2}`, `{"a":1,"a":1}`, `{"a":01}`, `{"a":1e5}`, `{"a":-0}`,
		`{"a":"\u0041"}`, `{"a":"\\\""}`, `{"a":"\/"}`, `{"a":" "}`, `{"a": 1}`, `{"a":1}x`, `[1]`, `{"":1}`, "{\"a\":\"\xff\"}", "{\"a\":\"\xed\xa0\x80\"}",
		`{"a":1234567890123456}`, `{"a":{"B":1,"a":2}}`, "{\"a\":\"\x7f\u2028ë\"}", `{"a":[1,]}`, `{"a":[],"c":{}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, object []byte) {
		if !isCanonical(object) {
			return
		}
		value := jsontext.Value(bytes.Clone(object))
		if err := value.Canonicalize(); err != nil {
			t.Fatalf("%q is taken for canonical: %v", object, err)
		}
		if err := checkNumbers(object); err != nil || !bytes.Equal(value, object) {
			t.Fatalf("%q is taken for canonical, which is %q, %v", object, value, err)
		}
	})
}

func TestIsCanonicalSaysYes(t *testing.T) {
	for _, s := range []string{`{}`, `{"a":1,"b":[true,null,"x \"y\" \\ ë"],"c":{"d":false}}`} {
		if !isCanonical([]byte(s)) {
			t.Errorf("%s takes the long way", s)
		}
	}
}
