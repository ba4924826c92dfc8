package law

import (
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// A key of a pack that is read and never used looks enforced and is not. This
// walks every field that YAML can fill and looks for its use somewhere but in
// the loader.
func TestEveryFieldOfAPackIsUsed(t *testing.T) {
	var text strings.Builder
	for _, dir := range []string{".", "../internal", "../cmd"} {
		err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
			loader := dir == "." && regexp.MustCompile(`^(link.*|needs|load|document)\.go$`).MatchString(path)
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || loader {
				return err
			}
			content, err := os.ReadFile(dir + "/" + path)
			text.Write(content)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	used := map[string]bool{}
	for _, m := range regexp.MustCompile(`\.([A-Z]\w*)\b`).FindAllStringSubmatch(text.String(), -1) {
		used[m[1]] = true
	}
	// Places that the loader turns into provisions under a name of their own.
	resolved := map[string]bool{"Article": true, "Mitigated": true, "Ceiling": true, "Verification": true, "OffenceArticle": true,
		"ShortArticle": true, "FineAlone": true, "Exceptions": true, "Grounds": true, "Measure": true, "Place": true,
		"NotBeside": true, "Amends": true, "CompleteTo": true}
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(at reflect.Type) {
		for at.Kind() == reflect.Pointer || at.Kind() == reflect.Slice || at.Kind() == reflect.Map {
			at = at.Elem()
		}
		if at.Kind() != reflect.Struct || seen[at] || at.PkgPath() != reflect.TypeFor[Pack]().PkgPath() {
			return
		}
		seen[at] = true
		for i := range at.NumField() {
			f := at.Field(i)
			if tag := f.Tag.Get("yaml"); !f.IsExported() || tag == "" || tag == "-" {
				continue
			}
			if !used[f.Name] && !resolved[f.Name] && !f.Anonymous {
				t.Errorf("%s.%s is read from a pack and used by nothing", at.Name(), f.Name)
			}
			walk(f.Type)
		}
	}
	walk(reflect.TypeFor[Pack]())
	walk(reflect.TypeFor[Instrument]())
	if len(seen) < 20 {
		t.Errorf("only %d shapes were looked at", len(seen))
	}
}
