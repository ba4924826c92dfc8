package record_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"fener/internal/record"
)

func TestRefsAreFoundWhereverTheyStand(t *testing.T) {
	o := &record.Observation{CountedBy: "the police", Citation: record.Citation{Source: "s"}, Restates: []string{"a", "b"}}
	var got []string
	for _, r := range record.Refs(o) {
		words := ""
		if r.Words {
			words = " or words"
		}
		got = append(got, r.Field+": "+string(r.Kind)+words+" "+*r.ID)
		*r.ID = strings.ToUpper(*r.ID)
	}
	want := []string{"counted_by: institution or words the police", "source: source s", "restates: observation a", "restates: observation b"}
	if !slices.Equal(got, want) {
		t.Errorf("the refs are %q, expected %q", got, want)
	}
	if o.Citation.Source != "S" || o.Restates[1] != "B" || o.CountedBy != "THE POLICE" {
		t.Errorf("what was set does not stand in the body: %+v", o)
	}
	r := &record.Reply{Institution: "i", About: record.ClaimKind, ID: "c", Citation: &record.Citation{Source: "s"}}
	if rests := record.Rests(r); !slices.Equal(rests, []record.Thing{{Kind: record.InstitutionKind, ID: "i"}, {Kind: record.ClaimKind, ID: "c"}, {Kind: record.SourceKind, ID: "s"}}) {
		t.Errorf("a reply rests on %v", rests)
	}
	r.Citation = nil
	if rests := record.Rests(r); len(rests) != 2 {
		t.Errorf("a reply given nowhere rests on %v", rests)
	}
}

// Every tag names a kind that there is, or a field beside it.
func TestEveryRefNamesAKind(t *testing.T) {
	seen := 0
	var look func(in reflect.Type)
	look = func(in reflect.Type) {
		for in.Kind() == reflect.Pointer || in.Kind() == reflect.Slice {
			in = in.Elem()
		}
		if in.Kind() != reflect.Struct {
			return
		}
		for i := range in.NumField() {
			f := in.Field(i)
			ref, _, _ := strings.Cut(f.Tag.Get("ref"), ",")
			if ref == "" {
				look(f.Type)
				continue
			}
			seen++
			if _, beside := in.FieldByName(ref); !beside && record.DefinitionOf(record.Kind(ref)) == nil {
				t.Errorf("%s.%s refers to %q, which is no kind and no field beside it", in, f.Name, ref)
			}
		}
	}
	for _, d := range record.Definitions {
		look(reflect.TypeOf(d.New()))
	}
	if seen < 10 {
		t.Errorf("only %d fields refer to another thing", seen)
	}
}

func TestEveryKindCanSayThatItWasGenerated(t *testing.T) {
	for _, d := range record.Definitions {
		b := d.New()
		record.MarkSynthetic(b)
		body, err := record.Encode(b)
		if err != nil {
			t.Fatal(err)
		}
		if !b.Found("id").Synthetic || !strings.Contains(string(body), `"synthetic":true`) {
			t.Errorf("%s: %s does not say that it was generated", d.Kind, body)
		}
	}
}
