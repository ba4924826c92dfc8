package shown

import (
	"encoding/json"
	"slices"
	"strings"

	"fener/internal/page"
	"fener/internal/record"
	"fener/internal/site/answer"
	"fener/law"
	"fener/locale"
	"fener/period"
)

// fieldValue writes the value of a field of the record, given as JSON, in words. A list or a whole part is told by its texts.
func fieldValue(r *page.Request, path, value string, nameOf func(field, id string) string) string {
	if value == "" {
		return ""
	}
	name := path[strings.LastIndexByte(path, '.')+1:]
	if i := strings.IndexByte(name, '['); i >= 0 {
		name = name[:i]
	}
	var text string
	if json.Unmarshal([]byte(value), &text) != nil {
		return plainValue(r, value, nameOf)
	}
	return textValue(r, name, nameOf(name, text))
}

// textValue writes one of the record's canonical words in the page's.
func textValue(r *page.Request, name, text string) string {
	switch name {
	case "date", "from", "to", "indicted", "published", "day":
		if d, err := period.ParseDate(text); err == nil {
			return r.Dated(d)
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
			return Instance(r, i)
		}
	case "imprisonment":
		var i law.Imprisonment
		if i.UnmarshalText([]byte(text)) == nil {
			return answer.Imposed(r, law.Sentence{Imprisonment: i})
		}
	case "fine":
		var f law.Fine
		if f.UnmarshalText([]byte(text)) == nil {
			return answer.Imposed(r, law.Sentence{Fine: f})
		}
	case "verification":
		if n, err := period.ParseLength(text); err == nil {
			return locale.Length(r.Lang, n)
		}
	case "stage", "answer":
		key := map[string]string{"stage": "talks.stage.", "answer": "talks.guest."}[name] + text
		if r.Has(key) {
			return r.T(key)
		}
	case "charged", "convicted":
		return Offence(r, text).Text
	}
	return text
}

// plainValue tells what is no single text: yes and no, a number, or the texts of a part.
func plainValue(r *page.Request, value string, nameOf func(field, id string) string) string {
	var any any
	if json.Unmarshal([]byte(value), &any) != nil {
		return value
	}
	var texts []string
	collect(r, any, func(leaf string) { texts = append(texts, leaf) }, nameOf)
	return strings.Join(texts, ", ")
}

// collect takes the texts of a value, those of an object in the order of its fields.
func collect(r *page.Request, value any, take func(string), nameOf func(field, id string) string) {
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
			collect(r, one, take, nameOf)
		}
	case map[string]any:
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		for _, key := range slices.Sorted(slices.Values(keys)) {
			if text, ok := v[key].(string); ok {
				take(textValue(r, key, nameOf(key, text)))
				continue
			}
			collect(r, v[key], take, nameOf)
		}
	}
}
