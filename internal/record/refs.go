package record

import (
	"reflect"
	"strings"
)

// refTag marks a field that holds the id of another thing, or ids: by the kind, or
// by the name of the field beside it that holds the kind.
const refTag = "ref"

// Rests are the things that a thing rests on, in the order of its fields. Where a
// field holds words or an id, as for who counted, words are the id of nothing and
// stand among them all the same.
func Rests(b Body) []Thing {
	var list []Thing
	eachRef(reflect.ValueOf(b), func(kind Kind, id string) {
		if id != "" {
			list = append(list, Thing{kind, id})
		}
	})
	return list
}

func eachRef(v reflect.Value, found func(kind Kind, id string)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachRef(v.Elem(), found)
		}
	case reflect.Slice:
		if !holdsRefs(v.Type().Elem()) {
			return
		}
		for i := range v.Len() {
			eachRef(v.Index(i), found)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			ref := v.Type().Field(i).Tag.Get(refTag)
			if ref == "" {
				eachRef(v.Field(i), found)
				continue
			}
			kind := Kind(ref)
			if beside := v.FieldByName(ref); beside.IsValid() {
				kind = beside.Interface().(Kind)
			}
			if ids, several := v.Field(i).Interface().([]string); several {
				for _, id := range ids {
					found(kind, id)
				}
				continue
			}
			found(kind, v.Field(i).String())
		}
	}
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
		ref := f.Tag.Get(refTag)
		if ref == "" {
			refFields(f.Type, out)
		} else if _, beside := t.FieldByName(ref); !beside {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			out[name] = Kind(ref)
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
