// Package form asks for a thing of any kind by fields, and reads what somebody filled in. The fields are those of the kind's body (package record): its types
// say what can stand in each, so that a kind that is added has a form.
//
// What stands in a form are texts by the places of fields, such as "defendants.0.counts.1.verdict" (Values). They are made from a body, shown as they were
// typed where they cannot be read, set against what somebody else saved meanwhile (Merge), and read into a body (Fill).
package form

import (
	"encoding"
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fener/internal/record"
	"fener/law"
	"fener/period"
)

// Is says what a field holds.
type Is string

// What fields hold.
const (
	Text   Is = "text"
	Long   Is = "long"   // of several lines
	Lines  Is = "lines"  // texts, one in each line
	Date   Is = "date"   // a day, a month or a year
	Number Is = "number" // whole, not below zero
	Money  Is = "money"  // euros, with two decimals at most
	Word   Is = "word"   // one of a few
	Words  Is = "words"  // several of a few
	Yes    Is = "yes"    // ticked or not
	Thing  Is = "thing"  // the id of another thing
	Things Is = "things" // ids of other things
	Group  Is = "group"  // of fields
	List   Is = "list"   // of groups, each of the same fields
)

// Limits of what a form takes, so that one cannot be made to cost what no person types.
const (
	MostItems  = 200 // in one list
	MostGroups = 1000
	MostText   = 64 << 10
)

// Counts is the end of the name of the field that says how many groups a list has.
const Counts = ".n"

// A Field is one field of a form.
type Field struct {
	Path   string // its place: "defendants.0.counts.1.verdict"; the name of what is sent
	Name   string // the same without numbers: "defendants.counts.verdict"
	Is     Is
	Kind   record.Kind // of a Thing
	Free   bool        // a Thing may be words instead
	Choice []string    // of a Word and Words, as the record holds them; an empty one is nothing
	Type   reflect.Type
	Given  []string // what stands in it; of Words and Things several
	Parts  []Field  // of a Group; of a List its groups
}

// Value is what stands in a field that holds one text.
func (f *Field) Value() string {
	if len(f.Given) == 0 {
		return ""
	}
	return f.Given[0]
}

// Has reports whether something stands among what was given.
func (f *Field) Has(value string) bool { return slices.Contains(f.Given, value) }

// A Habit reads what somebody typed into a field of a type in their own way, and gives it as the record writes it; ok is false where it cannot.
type Habit func(t reflect.Type, name, typed string) (canonical string, ok bool)

// aside are fields, by their names in JSON, that no person fills in: they are made by other acts, and stay as they are.
var aside = map[string]bool{"synthetic": true, "archive": true, "protection_lifted_at_revision": true}

// long are the fields whose texts take several lines.
var long = map[string]bool{"note": true, "quote": true, "conditions": true, "text": true, "statement": true, "texts": true, "reason": true, "counted": true}

// node is a field of a body's type.
type node struct {
	name   string // in JSON
	index  []int  // in the struct
	is     Is
	typ    reflect.Type // of the value, without the pointer
	ptr    bool
	kind   record.Kind
	beside int // the field that holds the kind; below zero: none
	free   bool
	choice []string
	parts  []*node
}

// plans are the fields of bodies by their types, which never change.
var plans sync.Map

// planOf are the fields of a kind's body.
func planOf(t reflect.Type, kind record.Kind) []*node {
	if plan, ok := plans.Load(t); ok {
		return plan.([]*node)
	}
	plan := nodesOf(t, string(kind))
	plans.Store(t, plan)
	return plan
}

// nodesOf are the fields of a struct.
func nodesOf(t reflect.Type, under string) (list []*node) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case !f.IsExported() || name == "-" || aside[name]:
			continue
		case name == "" && f.Anonymous:
			for _, n := range nodesOf(f.Type, under) {
				n.index = append([]int{i}, n.index...)
				list = append(list, n)
			}
			continue
		}
		n := &node{name: name, index: []int{i}, typ: f.Type, beside: -1}
		if n.typ.Kind() == reflect.Pointer {
			n.ptr, n.typ = true, n.typ.Elem()
		}
		if tag := f.Tag.Get("ref"); tag != "" {
			of, words, _ := strings.Cut(tag, ",")
			n.kind, n.free = record.Kind(of), words == "words"
			if at, ok := t.FieldByName(of); ok {
				n.kind, n.beside = "", at.Index[0]
			}
		}
		n.describe(under)
		list = append(list, n)
	}
	return list
}

var (
	statedType = reflect.TypeFor[record.Stated]()
	amountType = reflect.TypeFor[record.Amount]()
	yesNoType  = reflect.TypeFor[record.YesNo]()
	kindType   = reflect.TypeFor[record.Kind]()
	textTypes  = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// describe says what a field holds, by its type.
func (n *node) describe(under string) {
	ref := n.kind != "" || n.beside >= 0
	switch {
	case n.typ == statedType:
		n.is = Text
	case n.typ == amountType:
		n.is = Group
		n.parts = []*node{{name: "text", is: Text, typ: statedType, beside: -1}, {name: "currency", is: Word, choice: record.Currencies(), index: fieldIndex(n.typ, "Currency"), typ: reflect.TypeFor[string](), beside: -1},
			{name: "per", is: Word, choice: record.Choices(under, "per"), index: fieldIndex(n.typ, "Per"), typ: reflect.TypeFor[string](), beside: -1}}
	case n.typ == yesNoType:
		n.is, n.choice = Word, []string{"true", "false"}
	case n.typ == kindType:
		n.is, n.choice = Word, record.Choices(under, n.name)
		for _, d := range record.Definitions {
			if record.Choices(under, n.name) == nil {
				n.choice = append(n.choice, string(d.Kind))
			}
		}
	case n.typ == reflect.TypeFor[period.Date]():
		n.is = Date
	case n.typ == reflect.TypeFor[law.Grounds](), n.typ == reflect.TypeFor[law.Measures]():
		n.is, n.choice = Words, wordsOf(n.typ)
	case reflect.PointerTo(n.typ).Implements(textTypes):
		n.is = Text
		if n.choice = enumerated(n.typ); len(n.choice) > 0 {
			n.is = Word
		}
	case n.typ.Kind() == reflect.String && ref:
		n.is = Thing
	case n.typ.Kind() == reflect.String:
		if n.choice = record.Choices(under, n.name); len(n.choice) > 0 {
			n.is = Word
		} else if n.is = Text; long[n.name] || long[lastOf(under)] {
			n.is = Long
		}
	case n.typ.Kind() == reflect.Bool:
		n.is = Yes
	case n.typ.Kind() == reflect.Int64:
		n.is = Money
	case n.typ.Kind() == reflect.Int, n.typ.Kind() == reflect.Uint8:
		n.is = Number
	case n.typ.Kind() == reflect.Slice && n.typ.Elem().Kind() == reflect.String:
		if n.is = Lines; ref {
			n.is = Things
		}
	case n.typ.Kind() == reflect.Slice && n.typ.Elem().Kind() == reflect.Struct:
		n.is, n.parts = List, nodesOf(n.typ.Elem(), below(under, n.name))
	case n.typ.Kind() == reflect.Struct:
		n.is, n.parts = Group, nodesOf(n.typ, below(under, n.name))
	default:
		panic(fmt.Sprintf("form: no field is known for %s of %s", n.typ, under))
	}
}

func fieldIndex(t reflect.Type, name string) []int {
	f, _ := t.FieldByName(name)
	return f.Index
}

func below(under, name string) string {
	if under == "" {
		return name
	}
	return under + "." + name
}

func lastOf(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// enumerated are the words of a small enumeration: what its values are written as and read from. None for a type that is none.
func enumerated(t reflect.Type) (list []string) {
	if t.Kind() != reflect.Uint8 {
		return nil
	}
	for i := range 64 {
		v := reflect.New(t)
		v.Elem().SetUint(uint64(i))
		text, err := v.Interface().(encoding.TextMarshaler).MarshalText()
		if back := reflect.New(t); err != nil || len(text) == 0 || slices.Contains(list, string(text)) ||
			back.Interface().(encoding.TextUnmarshaler).UnmarshalText(text) != nil || back.Elem().Uint() != uint64(i) {
			if i == 0 { // the first may be nothing
				continue
			}
			break
		}
		list = append(list, string(text))
	}
	return list
}

// wordsOf are the words of a set: those that one bit alone is written as, and the word for none.
func wordsOf(t reflect.Type) (list []string) {
	for i := range 64 {
		v := reflect.New(t)
		v.Elem().SetUint(1 << i)
		text, err := v.Interface().(encoding.TextMarshaler).MarshalText()
		if err == nil && len(text) > 0 && !strings.Contains(string(text), "+") && reflect.New(t).Interface().(encoding.TextUnmarshaler).UnmarshalText(text) == nil {
			list = append(list, string(text))
		}
	}
	return list
}

// Values are the texts of a body's fields by their places. A list says by its place and Counts how many groups it has.
func Values(b record.Body) url.Values {
	out := url.Values{}
	v := reflect.ValueOf(b).Elem()
	write(planOf(v.Type(), kindOf(b)), v, "", out)
	return out
}

// kindOf is the kind of a body.
func kindOf(b record.Body) record.Kind {
	for _, d := range record.Definitions {
		if reflect.TypeOf(d.New()) == reflect.TypeOf(b) {
			return d.Kind
		}
	}
	return ""
}

func write(nodes []*node, v reflect.Value, under string, out url.Values) {
	for _, n := range nodes {
		path := below(under, n.name)
		of := v.FieldByIndex(n.index)
		if n.ptr {
			if of.IsNil() {
				of = reflect.Zero(n.typ)
			} else {
				of = of.Elem()
			}
		}
		switch n.is {
		case Group:
			write(n.parts, of, path, out)
		case List:
			out.Set(path+Counts, strconv.Itoa(of.Len()))
			for i := range of.Len() {
				write(n.parts, of.Index(i), below(path, strconv.Itoa(i)), out)
			}
		default:
			if texts := n.texts(of); len(texts) > 0 {
				out[path] = texts
			}
		}
	}
}

// texts are what a value is written as in a form; none for nothing.
func (n *node) texts(v reflect.Value) []string {
	one := ""
	switch n.is {
	case Things:
		return slices.Clone(v.Interface().([]string))
	case Lines:
		one = strings.Join(v.Interface().([]string), "\n")
	case Yes:
		if v.Bool() {
			one = "yes"
		}
	case Number:
		if v.CanInt() && v.Int() != 0 {
			one = strconv.FormatInt(v.Int(), 10)
		} else if v.CanUint() && v.Uint() != 0 {
			one = strconv.FormatUint(v.Uint(), 10)
		}
	case Money:
		if cents := v.Int(); cents != 0 {
			one = strings.TrimSuffix(fmt.Sprintf("%d.%02d", cents/100, cents%100), ".00")
		}
	case Words:
		if text := marshalled(v); text != "" {
			return strings.Split(text, "+")
		}
	default:
		switch {
		case n.typ == statedType:
			one = v.FieldByName("Text").String()
		case n.typ == yesNoType:
			one = v.Interface().(record.YesNo).String()
		case v.Kind() == reflect.String:
			one = v.String()
		default:
			if one = marshalled(v); v.Kind() == reflect.Uint8 && v.Uint() == 0 {
				one = "" // not said
			}
		}
	}
	if one == "" {
		return nil
	}
	return []string{one}
}

func marshalled(v reflect.Value) string {
	at := reflect.New(v.Type())
	at.Elem().Set(v)
	text, err := at.Interface().(encoding.TextMarshaler).MarshalText()
	if err != nil {
		return ""
	}
	return string(text)
}

// Fields are the fields of a kind's form, with what stands in them.
func Fields(kind record.Kind, values url.Values) []Field {
	d := record.DefinitionOf(kind)
	if d == nil {
		return nil
	}
	m := maker{values, MostGroups}
	return m.fields(planOf(reflect.TypeOf(d.New()).Elem(), kind), "", "")
}

// maker makes fields, and so many groups more.
type maker struct {
	values url.Values
	left   int
}

func (m *maker) fields(nodes []*node, under, named string) (list []Field) {
	for _, n := range nodes {
		f := Field{Path: below(under, n.name), Name: below(named, n.name), Is: n.is, Kind: n.kind, Free: n.free, Choice: n.choice, Type: n.typ}
		switch n.is {
		case Group:
			f.Parts = m.fields(n.parts, f.Path, f.Name)
		case List:
			for i := range count(m.values, f.Path) {
				if m.left--; m.left < 0 {
					break
				}
				at := below(f.Path, strconv.Itoa(i))
				f.Parts = append(f.Parts, Field{Path: at, Name: f.Name, Is: Group, Parts: m.fields(n.parts, at, f.Name)})
			}
		default:
			f.Given = m.values[f.Path]
			if n.is == Things || n.is == Words {
				f.Given = slices.DeleteFunc(slices.Clone(f.Given), func(s string) bool { return s == "" })
			}
		}
		list = append(list, f)
	}
	return list
}

// count is how many groups a list has.
func count(values url.Values, path string) int {
	n, err := strconv.Atoi(values.Get(path + Counts))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, MostItems)
}

// Each goes through fields and those in them.
func Each(list []Field, do func(*Field)) {
	for i := range list {
		do(&list[i])
		Each(list[i].Parts, do)
	}
}

// Same reports whether two forms hold the same.
func Same(a, b url.Values) bool { return maps.EqualFunc(tidy(a), tidy(b), slices.Equal[[]string]) }

// tidy leaves out what says nothing.
func tidy(values url.Values) url.Values {
	out := url.Values{}
	for path, texts := range values {
		kept := slices.DeleteFunc(slices.Clone(texts), func(s string) bool { return strings.TrimSpace(s) == "" })
		if len(kept) > 0 && !(strings.HasSuffix(path, Counts) && kept[0] == "0") {
			out[path] = kept
		}
	}
	return out
}
