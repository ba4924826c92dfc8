package lang

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"fener/locale"
)

func mustLoad(t *testing.T) *Catalogues {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// formsOf are the plural forms that a language's grammar has.
func formsOf(l locale.Lang) []string {
	if l == locale.SR || l == locale.SRLatn {
		return []string{"few", "one", "other"}
	}
	return []string{"one", "other"}
}

func TestEveryLanguageHasEveryMessage(t *testing.T) {
	c := mustLoad(t)
	if len(c.messages) != len(locale.All) {
		t.Fatalf("%d languages loaded, want %d", len(c.messages), len(locale.All))
	}
	for _, l := range locale.All {
		for _, broken := range gaps(c.messages[locale.EN], c.messages[l], formsOf(l)) {
			t.Errorf("%s: %s", l, broken)
		}
	}
}

// gaps says where a catalogue differs from the English one: keys, plural forms of its language, placeholders.
func gaps(english, other map[string]message, want []string) []string {
	var out []string
	for key, m := range english {
		o, ok := other[key]
		if !ok {
			out = append(out, key+" is missing")
			continue
		}
		if _, plain := m[""]; plain {
			if _, ok := o[""]; !ok {
				out = append(out, key+" has plural forms, English has not")
			}
		} else if diff := cmp.Diff(want, keys(o)); diff != "" {
			out = append(out, key+" has the wrong plural forms: "+diff)
		}
		for form, pieces := range o {
			for _, m := range m {
				if diff := cmp.Diff(placeholders(m), placeholders(pieces)); diff != "" {
					out = append(out, key+" "+form+" has other placeholders: "+diff)
				}
			}
		}
	}
	for key := range other {
		if _, ok := english[key]; !ok {
			out = append(out, key+" is not in English")
		}
	}
	slices.Sort(out)
	return out
}

func keys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func placeholders(pieces []piece) []string {
	var out []string
	for _, p := range pieces {
		if p.name != "" {
			out = append(out, p.name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func TestGapsAreFound(t *testing.T) {
	read := func(flat map[string]string) map[string]message {
		m, err := parse("test", flat)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	english := map[string]string{"a": "A {x}", "n.one": "{n} thing", "n.other": "{n} things"}
	for _, row := range []struct {
		name  string
		other map[string]string
		want  string
	}{
		{"complete", map[string]string{"a": "Ah {x}", "n.one": "{n} gjë", "n.other": "{n} gjëra"}, ""},
		{"missing", map[string]string{"n.one": "{n} gjë", "n.other": "{n} gjëra"}, "a is missing"},
		{"surplus", map[string]string{"a": "{x}", "b": "B", "n.one": "{n}", "n.other": "{n}"}, "b is not in English"},
		{"another placeholder", map[string]string{"a": "{y}", "n.one": "{n}", "n.other": "{n}"}, "other placeholders"},
		{"a form missing", map[string]string{"a": "{x}", "n.other": "{n}"}, "wrong plural forms"},
		{"a form too many", map[string]string{"a": "{x}", "n.one": "{n}", "n.few": "{n}", "n.other": "{n}"}, "wrong plural forms"},
		{"the number left out", map[string]string{"a": "{x}", "n.one": "një", "n.other": "{n}"}, "other placeholders"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := strings.Join(gaps(read(english), read(row.other), []string{"one", "other"}), "; ")
			if row.want == "" && got != "" || !strings.Contains(got, row.want) {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

// A message is used when its key stands in quotes in code or a template outside this package, whole or up to a dot that a variable follows.
func TestEveryMessageIsUsed(t *testing.T) {
	source := readSources(t, "../../internal", "../../cmd")
	for _, key := range keys(mustLoad(t).messages[locale.EN]) {
		if !isUsed(source, key) {
			t.Errorf("nobody uses the message %q: remove it from all catalogues", key)
		}
	}
	if isUsed(source, "no.such.message") {
		t.Error("a message that is nowhere counts as used, so the test proves nothing")
	}
}

func isUsed(source, key string) bool {
	if strings.Contains(source, `"`+key+`"`) {
		return true
	}
	for i, c := range key {
		if c != '.' {
			continue
		}
		if begun := `"` + key[:i+1] + `"`; strings.Contains(source, begun+" +") || strings.Contains(source, begun+"+") {
			return true
		}
	}
	return false
}

// Every key that a template or a call of T names exists.
func TestEveryUsedMessageExists(t *testing.T) {
	c := mustLoad(t)
	calls := regexp.MustCompile(`\.T "([a-z0-9_.]+)"|\.T\("([a-z0-9_.]+)"`)
	found := calls.FindAllStringSubmatch(readSources(t, "../../internal", "../../cmd"), -1)
	if len(found) < 20 {
		t.Fatalf("only %d uses found, so nothing was really compared", len(found))
	}
	for _, m := range found {
		if key := m[1] + m[2]; !strings.HasSuffix(key, ".") && !c.Has(locale.EN, key) { // what ends in a dot goes on in a variable
			t.Errorf("%q is used and stands in no catalogue", key)
		}
	}
}

func readSources(t *testing.T, roots ...string) string {
	t.Helper()
	var all strings.Builder
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if os.IsNotExist(err) {
				return nil
			}
			if err != nil || d.IsDir() {
				return err
			}
			code := strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go")
			if !code && !strings.HasSuffix(path, ".html") {
				return nil
			}
			content, err := os.ReadFile(path)
			all.Write(content)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

func TestCatalogueFilesAreSorted(t *testing.T) {
	for _, name := range []string{"messages/en.json", "messages/sq.json", "messages/sr-Latn.json"} {
		content, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var inOrder []string
		for _, m := range regexp.MustCompile(`(?m)^  "([^"]+)":`).FindAllStringSubmatch(string(content), -1) {
			inOrder = append(inOrder, m[1])
		}
		flat := map[string]string{}
		if err := json.Unmarshal(content, &flat); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(keys(flat), inOrder); diff != "" {
			t.Errorf("%s: keys twice or out of order:\n%s", name, diff)
		}
	}
}

func TestT(t *testing.T) {
	c := mustLoad(t)
	for _, row := range []struct {
		l    locale.Lang
		key  string
		args []any
		want string
	}{
		{locale.EN, "frame.leave", nil, "Leave this page"},
		{locale.SQ, "frame.leave", nil, "Largohu nga faqja"},
		{locale.SRLatn, "frame.leave", nil, "Napusti ovu stranicu"},
		{locale.SR, "frame.leave", nil, "Напусти ову страницу"},
		{locale.SR, "frame.leave_key", []any{"key", "Shift"}, "или три пута притисните Shift"},
		{locale.EN, "finding.steps", []any{"n", 1}, "How this follows: 1 step"},
		{locale.EN, "finding.steps", []any{"n", 1200}, "How this follows: 1,200 steps"},
		{locale.SQ, "finding.steps", []any{"n", 1}, "Si rrjedh kjo: 1 hap"},
		{locale.SQ, "finding.steps", []any{"n", 4}, "Si rrjedh kjo: 4 hapa"},
		{locale.SRLatn, "finding.steps", []any{"n", 21}, "Kako ovo sledi: 21 korak"},
		{locale.SRLatn, "finding.steps", []any{"n", 3}, "Kako ovo sledi: 3 koraka"},
		{locale.SR, "finding.steps", []any{"n", 1234}, "Како ово следи: 1.234 корака"},
		{locale.SR, "content.in_language", []any{"language", "Shqip"}, "на језику: Shqip"},
	} {
		if got := c.T(row.l, row.key, row.args...); got != row.want {
			t.Errorf("T(%s, %s, %v) = %q, want %q", row.l, row.key, row.args, got, row.want)
		}
	}
}

func TestTRefusesMistakes(t *testing.T) {
	c := mustLoad(t)
	for _, row := range []struct {
		name, key string
		args      []any
		want      string
	}{
		{"no such key", "no.such", nil, `no message "no.such"`},
		{"argument missing", "frame.leave_key", nil, `needs the argument "key"`},
		{"argument too many", "frame.leave", []any{"n", 1}, "takes 0 arguments, got 1"},
		{"number missing", "finding.steps", nil, `needs the int "n"`},
		{"a number as text", "finding.steps", []any{"n", "3"}, `needs the int "n"`},
		{"of no known type", "frame.leave_key", []any{"key", 1.5}, "is a float64"},
	} {
		t.Run(row.name, func(t *testing.T) {
			defer func() {
				if text, _ := recover().(string); !strings.Contains(text, row.want) {
					t.Errorf("panic %q, want %q", text, row.want)
				}
			}()
			c.T(locale.EN, row.key, row.args...)
			t.Error("no panic")
		})
	}
}

func TestNoLatinIsLeftInCyrillic(t *testing.T) {
	latin := regexp.MustCompile(`[a-zA-Z]{3,}`)
	for key, m := range mustLoad(t).messages[locale.SR] {
		for _, pieces := range m {
			for _, p := range pieces {
				if found := latin.FindString(p.text); found != "" {
					t.Errorf("%s still has %q: in Cyrillic it would be %q", key, found, p.text)
				}
			}
		}
	}
}

func TestLoadNamesWhatIsWrong(t *testing.T) {
	for _, row := range []struct{ name, file, want string }{
		{"no JSON", `{`, "messages/en.json is not a flat JSON object"},
		{"nested", `{"a": {"b": "c"}}`, "not a flat JSON object"},
		{"empty", `{"a": " "}`, `"a" is empty`},
		{"an open brace", `{"a": "x {n"}`, "expected {name}"},
		{"a stray brace", `{"a": "x } y"}`, "} without its {"},
		{"both plain and plural", `{"a": "x", "a.one": "y"}`, "both with and without"},
	} {
		t.Run(row.name, func(t *testing.T) {
			good := &fstest.MapFile{Data: []byte(`{"a": "x"}`)}
			_, err := load(fstest.MapFS{
				"messages/en.json": {Data: []byte(row.file)}, "messages/sq.json": good, "messages/sr-Latn.json": good,
			})
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("error %v, want %q", err, row.want)
			}
		})
	}
	if _, err := load(fstest.MapFS{}); err == nil {
		t.Error("no error without any file")
	}
}
