package example_test

import (
	"bytes"
	"reflect"
	"slices"
	"testing"

	"fener/internal/record"
	"fener/internal/record/example"

	"github.com/go-json-experiment/json/jsontext"
)

// exempt are fields of which an example can fill only one, or none.
var exempt = []string{"claim.Comparison.Figure", "claim.Comparison.Law", "observation.Value.High",
	"shelter.NoPlace", "call.NotHeld", "service.Value.High", "talk.Attended.High"}

func TestEveryKindHasAnExample(t *testing.T) {
	kinds, err := example.Kinds()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range kinds {
		if record.DefinitionOf(k) == nil {
			t.Errorf("there is an example of %s, and no such kind", k)
		}
	}
	for _, d := range record.Definitions {
		t.Run(string(d.Kind), func(t *testing.T) {
			b, err := example.Body(d.Kind)
			if err != nil {
				t.Fatal(err)
			}
			if faults := b.Validate(true); len(faults) > 0 {
				t.Errorf("it cannot be published: %v", faults)
			}
			if found := b.Found("id"); found.Title == "" || len(found.Text) == 0 || !found.Synthetic {
				t.Errorf("it is found by nothing: %+v", found)
			}
			for _, name := range empty(reflect.ValueOf(b).Elem(), string(d.Kind)) {
				if !slices.Contains(exempt, name) {
					t.Errorf("%s is empty; an example fills every field", name)
				}
			}
		})
	}
}

// empty are the names of the fields of a struct with nothing in them.
func empty(v reflect.Value, at string) (names []string) {
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	switch {
	case v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0:
		return []string{at}
	case v.Kind() == reflect.Slice:
		return empty(v.Index(0), at)
	case v.Kind() != reflect.Struct || v.Type().PkgPath() != reflect.TypeFor[record.Source]().PkgPath():
		return nil
	}
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() {
			names = append(names, empty(v.Field(i), at+"."+f.Name)...)
		}
	}
	return names
}

// What is hashed of a body is its canonical form. The examples were written when
// the forms were settled: a program that writes one otherwise than it stands here
// would not find its own records again.
func TestBodiesAreWrittenAsTheyWere(t *testing.T) {
	for _, d := range record.Definitions {
		text, err := example.Text(d.Kind)
		if err != nil {
			t.Fatal(err)
		}
		b, err := example.Body(d.Kind)
		if err != nil {
			t.Fatal(err)
		}
		written, err := record.Encode(b)
		if err != nil {
			t.Fatal(err)
		}
		want, got := jsontext.Value(bytes.Clone(text)), jsontext.Value(bytes.Clone(written))
		for _, v := range []*jsontext.Value{&want, &got} {
			if err := v.Canonicalize(); err != nil {
				t.Fatal(err)
			}
		}
		if string(got) != string(want) {
			t.Errorf("%s is written\n%s\ninstead of\n%s", d.Kind, got, want)
		}
	}
}
