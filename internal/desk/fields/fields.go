// Package fields says how the fields of a form read: what they are called, what can be chosen in them, and what is wrong with what stands in one.
package fields

import (
	"embed"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"fener/internal/form"
	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/sheet"
	"fener/internal/site/shown"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// Parts are the templates that draw fields.
//
//go:embed templates/*.html
var Parts embed.FS

// Field is a field as a page shows it.
type Field struct {
	Path, Label, Hint string
	Is                form.Is
	Kind              record.Kind
	Free              bool
	Value             string
	Items             []Item  // of what can be chosen, or of a list of things
	Parts             []Field // of a group, or the groups of a list
	Number            int     // of a group in its list, from 1
	Fault             Fault   // what is wrong with it
	Count             int     // of groups
}

// Item is something that can be chosen, or a thing that stands in a list.
type Item struct {
	Value, Text string
	Chosen      bool
}

// Fault is what is wrong with a field.
type Fault struct {
	Text string
	Lang locale.Lang // where it is not the page's
}

// Form makes the fields of a form ready to be shown.
type Form struct {
	R      *page.Request
	Kind   record.Kind
	Named  func(record.Kind, string) string // what a thing is called; empty: nothing is known of it
	Faults map[string]Fault                 // by the places of fields
}

// Fields are the fields of a form with what stands in them.
func (f *Form) Fields(list []form.Field) (out []Field) {
	for i := range list {
		out = append(out, f.field(&list[i]))
	}
	return out
}

func (f *Form) field(from *form.Field) Field {
	out := Field{Path: from.Path, Label: Label(f.R, f.Kind, from.Name), Hint: Hint(f.R, f.Kind, from.Name), Is: from.Is, Kind: from.Kind, Free: from.Free, Value: from.Value(), Fault: f.Faults[from.Path]}
	switch from.Is {
	case form.Word, form.Words:
		out.Items = f.choices(from)
	case form.Thing:
		if out.Value != "" {
			out.Items = []Item{{Value: out.Value, Text: f.Named(from.Kind, out.Value)}}
		}
	case form.Things:
		for _, id := range from.Given {
			out.Items = append(out.Items, Item{Value: id, Text: f.Named(from.Kind, id)})
		}
		out.Items = append(out.Items, Item{}) // for one more
	case form.Group:
		out.Parts = f.Fields(from.Parts)
	case form.List:
		for i := range from.Parts {
			one := f.field(&from.Parts[i])
			one.Number, one.Is = i+1, form.Group
			out.Parts = append(out.Parts, one)
		}
		out.Count = len(out.Parts)
	}
	return out
}

// choices are what can be chosen in a field, with what stands in it although it is none of that.
func (f *Form) choices(from *form.Field) (list []Item) {
	words := slices.Clone(from.Choice)
	for _, given := range from.Given {
		if !slices.Contains(words, given) {
			words = append(words, given)
		}
	}
	if from.Is == form.Word {
		list = append(list, Item{Text: f.R.T("desk.choose"), Chosen: len(from.Given) == 0})
	}
	for _, w := range words {
		list = append(list, Item{Value: w, Text: Word(f.R, from.Type, from.Name, w), Chosen: from.Has(w)})
	}
	return list
}

// last is the last part of a field's name; own keeps it from being taken for a plural form of a message.
func last(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

func own(word string) string {
	switch word {
	case "one", "few", "other":
		return word + "_"
	}
	return word
}

// Label is what a field is called: by its kind and name where that has words of its own, by its last name otherwise.
func Label(r *page.Request, kind record.Kind, name string) string {
	for _, key := range []string{"desk.field." + string(kind) + "." + name, "desk.field." + own(last(name))} {
		if r.Has(key) {
			return r.T(key)
		}
	}
	return sheet.Header(r.Lang, last(name))
}

// Hint says what is to be written into a field; empty where its label says it.
func Hint(r *page.Request, kind record.Kind, name string) string {
	for _, key := range []string{"desk.hint." + string(kind) + "." + name, "desk.hint." + last(name)} {
		if r.Has(key) {
			return r.T(key)
		}
	}
	return ""
}

// Place names a field of a form with where it stands: "Defendant 2, count 1: verdict".
func Place(r *page.Request, kind record.Kind, path string) string {
	var parts []string
	name := ""
	for part := range strings.SplitSeq(path, ".") {
		if n, err := strconv.Atoi(part); err == nil && len(parts) > 0 {
			parts[len(parts)-1] += " " + locale.Integer(r.Lang, int64(n+1))
			continue
		}
		if name != "" {
			name += "."
		}
		name += part
		parts = append(parts, Label(r, kind, name))
	}
	if n := len(parts); n > 1 {
		return strings.Join(parts[:n-1], ", ") + ": " + parts[n-1]
	}
	return strings.Join(parts, "")
}

// Word is a word of a field in the page's language; as the record has it where there is none.
func Word(r *page.Request, t reflect.Type, name, word string) string {
	field := last(name)
	if of := ofOne(t); of != nil {
		if text := ownText(of, r.Lang, word); text != "" {
			return text
		}
	}
	switch field {
	case "indicator", "related":
		if in := record.IndicatorOf(word); in != nil {
			return in.Names.In(r.Lang)
		}
	case "type":
		return shown.InstitutionType(r, word)
	case "about":
		if r.Has("kind." + word) {
			return r.T("kind." + word)
		}
	}
	for _, key := range []string{"desk.word." + field + "." + own(word), field + "." + word, "source_kind." + word, "language." + strings.ToLower(strings.ReplaceAll(word, "-", "_"))} {
		if (!strings.HasPrefix(key, "source_kind") || field == "kind") && (!strings.HasPrefix(key, "language") || field == "language") && r.Has(key) {
			return r.T(key)
		}
	}
	switch word {
	case "true", "yes":
		return r.T("desk.word.yes")
	case "false", "no":
		return r.T("desk.word.no")
	case "none":
		return r.T("desk.word.none")
	case "unknown":
		return r.T("desk.word.unknown")
	}
	return sheet.Word(r.Lang, field, word)
}

// ofOne is the type of one word of a field: of a set that of what is in it; nil where no type says its words.
func ofOne(t reflect.Type) reflect.Type {
	switch {
	case t == reflect.TypeFor[law.Grounds]():
		return reflect.TypeFor[law.Ground]()
	case t == reflect.TypeFor[law.Measures]():
		return reflect.TypeFor[law.Measure]()
	case t != nil && t.Kind() == reflect.Uint8:
		return t
	}
	return nil
}

// ownText is what a type says of one of its words in a language.
func ownText(t reflect.Type, l locale.Lang, word string) string {
	v := reflect.New(t)
	into, ok := v.Interface().(interface{ UnmarshalText([]byte) error })
	if !ok || into.UnmarshalText([]byte(word)) != nil {
		return ""
	}
	if says, ok := v.Elem().Interface().(interface{ Text(locale.Lang) string }); ok {
		return says.Text(l)
	}
	return ""
}

func (f *Form) dated(text string) string {
	d, err := period.ParseDate(text)
	if err != nil || d.IsZero() {
		return text
	}
	return locale.Date(f.R.Lang, d)
}

// Given is what stands in a field, for people: of what can be chosen its words, of things what they are called.
func (f *Form) Given(from *form.Field) string {
	var list []string
	for _, text := range from.Given {
		switch from.Is {
		case form.Word, form.Words:
			text = Word(f.R, from.Type, from.Name, text)
		case form.Yes:
			text = f.R.T("desk.word.yes")
		case form.Thing, form.Things:
			if name := f.Named(from.Kind, text); name != "" {
				text = name
			}
		case form.Date:
			text = f.dated(text)
		}
		list = append(list, text)
	}
	return strings.Join(list, "; ")
}
