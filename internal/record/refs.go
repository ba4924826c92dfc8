package record

import (
	"reflect"
	"strings"
	"sync"
)

// refTag marks a field that holds the id of another thing, or ids: by the kind, or
// by the name of the field beside it that holds the kind. With ",words" the field
// may hold words instead, which are the id of nothing.
const refTag = "ref"

// A Ref is an id of another thing that stands in a field.
type Ref struct {
	Kind  Kind
	Field string  // the field's name in JSON
	ID    *string // in the body itself; empty where the field is
	Words bool    // it may be words, which are the id of nothing
}

// Refs are the ids of other things that stand in a body, in the order of its fields.
func Refs(b Body) (list []Ref) {
	eachRef(reflect.ValueOf(b), func(r Ref) { list = append(list, r) })
	return list
}

// Rests are the things that a thing rests on, in the order of its fields. Where a
// field holds words or an id, as for who counted, words are the id of nothing and
// stand among them all the same.
func Rests(b Body) (list []Thing) {
	for _, r := range Refs(b) {
		if *r.ID != "" {
			list = append(list, Thing{r.Kind, *r.ID})
		}
	}
	return list
}

func eachRef(v reflect.Value, found func(Ref)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachRef(v.Elem(), found)
		}
	case reflect.Slice:
		for i := 0; holdsRefs(v.Type().Elem()) && i < v.Len(); i++ {
			eachRef(v.Index(i), found)
		}
	case reflect.Struct:
		for _, f := range refPlan(v.Type()) {
			if f.ref == (Ref{}) {
				eachRef(v.Field(f.index), found)
			} else {
				refsOf(v, f, v.Field(f.index), found)
			}
		}
	}
}

// refField is a field of a struct that holds ids, or what may hold some.
type refField struct {
	index  int
	ref    Ref // without the id; empty: what the field holds is to be looked through
	beside int // the field that holds the kind; below zero: the tag says it
}

// refPlans are the fields of structs that hold ids, by type: reading the tags of each body again would take longer than all else that an import does with it.
var refPlans sync.Map

func refPlan(t reflect.Type) []refField {
	if plan, ok := refPlans.Load(t); ok {
		return plan.([]refField)
	}
	var plan []refField
	for i := range t.NumField() {
		field := t.Field(i)
		if field.Tag.Get(refTag) == "" {
			if mayHoldRefs(field.Type) {
				plan = append(plan, refField{index: i})
			}
			continue
		}
		ref, words := tagOf(field)
		f := refField{index: i, ref: Ref{Kind: Kind(ref), Field: jsonName(field), Words: words}, beside: -1}
		if beside, ok := t.FieldByName(ref); ok {
			f.beside = beside.Index[0]
		}
		plan = append(plan, f)
	}
	refPlans.Store(t, plan)
	return plan
}

// mayHoldRefs reports whether a value of a type can hold ids at all.
func mayHoldRefs(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct && len(refPlan(t)) > 0
}

// refsOf are the ids in one field of a struct that is marked.
func refsOf(in reflect.Value, f refField, v reflect.Value, found func(Ref)) {
	r := f.ref
	if f.beside >= 0 {
		r.Kind = in.Field(f.beside).Interface().(Kind)
	}
	if v.Kind() == reflect.String {
		r.ID = v.Addr().Interface().(*string)
		found(r)
		return
	}
	for i := range v.Len() {
		r.ID = v.Index(i).Addr().Interface().(*string)
		found(r)
	}
}

func tagOf(field reflect.StructField) (ref string, words bool) {
	ref, more, _ := strings.Cut(field.Tag.Get(refTag), ",")
	return ref, more == "words"
}

func jsonName(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return name
}

// holdsRefs reports whether the elements of a list can hold fields at all.
func holdsRefs(t reflect.Type) bool { return t.Kind() == reflect.Struct || t.Kind() == reflect.Pointer }

// RefFields are the names of the fields in JSON that hold ids, with the kind of what
// they name, over all kinds. Fields whose kind stands in the field beside them are
// not among them.
func RefFields() map[string]Kind {
	out := map[string]Kind{}
	for _, d := range Definitions {
		refFields(reflect.TypeOf(d.New()), out)
	}
	return out
}

func refFields(t reflect.Type, out map[string]Kind) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		ref, _ := tagOf(f)
		if ref == "" {
			refFields(f.Type, out)
		} else if _, beside := t.FieldByName(ref); !beside {
			out[jsonName(f)] = Kind(ref)
		}
	}
}

// Citations are the places in sources that a thing names, in the order of its fields.
func Citations(b Body) (list []Citation) {
	eachCitation(reflect.ValueOf(b), func(c Citation) { list = append(list, c) })
	return list
}

func eachCitation(v reflect.Value, found func(Citation)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachCitation(v.Elem(), found)
		}
	case reflect.Slice:
		for i := 0; holdsRefs(v.Type().Elem()) && i < v.Len(); i++ {
			eachCitation(v.Index(i), found)
		}
	case reflect.Struct:
		if c, ok := v.Interface().(Citation); ok {
			found(c)
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				eachCitation(v.Field(i), found)
			}
		}
	}
}

// MarkSynthetic marks a thing as generated for trying out. Every kind has the field;
// a test holds them to it.
func MarkSynthetic(b Body) { reflect.ValueOf(b).Elem().FieldByName("Synthetic").SetBool(true) }
