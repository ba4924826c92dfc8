package site

import (
	"encoding/json"
	"slices"
	"strings"

	"fener/internal/record"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// fieldValue writes the value of a field of the record, given as JSON, in words. A list or a whole part is told by its texts.
func (r *Request) fieldValue(path, value string, nameOf func(field, id string) string) string {
	if value == "" {
		return ""
	}
	name := path[strings.LastIndexByte(path, '.')+1:]
	if i := strings.IndexByte(name, '['); i >= 0 {
		name = name[:i]
	}
	var text string
	if json.Unmarshal([]byte(value), &text) != nil {
		return r.plainValue(value, nameOf)
	}
	return r.textValue(name, nameOf(name, text))
}

// textValue writes one of the record's canonical words in the page's.
func (r *Request) textValue(name, text string) string {
	switch name {
	case "date", "from", "to", "indicted", "published":
		if d, err := period.ParseDate(text); err == nil {
			return r.dated(d)
		}
	case "final", "joint", "child_victim", "reasons":
		var t law.Tri
		if t.UnmarshalText([]byte(text)) == nil {
			return t.Text(r.Lang)
		}
	case "verdict":
		var v law.Verdict
		if v.UnmarshalText([]byte(text)) == nil {
			return v.Text(r.Lang)
		}
	case "instance":
		var i record.Instance
		if i.UnmarshalText([]byte(text)) == nil {
			return r.instance(i)
		}
	case "imprisonment":
		var i law.Imprisonment
		if i.UnmarshalText([]byte(text)) == nil {
			return r.imposed(law.Sentence{Imprisonment: i})
		}
	case "fine":
		var f law.Fine
		if f.UnmarshalText([]byte(text)) == nil {
			return r.imposed(law.Sentence{Fine: f})
		}
	case "verification":
		if n, err := period.ParseLength(text); err == nil {
			return locale.Length(r.Lang, n)
		}
	case "charged", "convicted":
		return r.offence(text).Text
	}
	return text
}

// plainValue tells what is no single text: yes and no, a number, or the texts of a part.
func (r *Request) plainValue(value string, nameOf func(field, id string) string) string {
	var any any
	if json.Unmarshal([]byte(value), &any) != nil {
		return value
	}
	var texts []string
	r.collect(any, func(leaf string) { texts = append(texts, leaf) }, nameOf)
	return strings.Join(texts, ", ")
}

// collect takes the texts of a value, those of an object in the order of its fields.
func (r *Request) collect(value any, take func(string), nameOf func(field, id string) string) {
	switch v := value.(type) {
	case string:
		take(v)
	case bool:
		word := law.No
		if v {
			word = law.Yes
		}
		take(word.Text(r.Lang))
	case float64:
		take(locale.Decimal(r.Lang, v, 0))
	case []any:
		for _, one := range v {
			r.collect(one, take, nameOf)
		}
	case map[string]any:
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		for _, key := range slices.Sorted(slices.Values(keys)) {
			if text, ok := v[key].(string); ok {
				take(r.textValue(key, nameOf(key, text)))
				continue
			}
			r.collect(v[key], take, nameOf)
		}
	}
}
