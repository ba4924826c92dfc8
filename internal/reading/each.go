package reading

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode"
)

// Field is one proposed value without its type: for lists, tables and counting.
type Field struct {
	Path  string // where it stands in the proposal: "decisions.0.defendants.1.counts.0.imprisonment"
	Text  string // the value as text: 2024-03-12, 1y 3m, 30000 (cents)
	Quote Quote
	Rule  string
	Sure  bool
	Doubt string
}

// Each calls do for every value that was found, in the order of the proposal.
func (p *Proposal) Each(do func(Field)) { each("", reflect.ValueOf(p).Elem(), do) }

func each(path string, v reflect.Value, do func(Field)) {
	under := func(name string) string {
		name = strings.Map(unicode.ToLower, name[:1]) + name[1:]
		if path == "" {
			return name
		}
		return path + "." + name
	}
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			each(path+"."+strconv.Itoa(i), v.Index(i), do)
		}
	case reflect.Struct:
		if rule := v.FieldByName("Rule"); rule.IsValid() && v.FieldByName("Quote").IsValid() {
			if rule.String() != "" {
				do(Field{Path: path, Text: fmt.Sprint(v.FieldByName("Value").Interface()), Quote: v.FieldByName("Quote").Interface().(Quote),
					Rule: rule.String(), Sure: v.FieldByName("Sure").Bool(), Doubt: v.FieldByName("Doubt").String()})
			}
			return
		}
		for i := range v.NumField() {
			switch field := v.Type().Field(i); {
			case !field.IsExported():
			case field.Anonymous:
				each(path, v.Field(i), do)
			default:
				each(under(field.Name), v.Field(i), do)
			}
		}
	}
}
