package batch

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// MaxDifferences is how many fields of one thing are listed; more are left out.
const MaxDifferences = 100

// A Difference is one field that changes; an empty text means that it is absent.
type Difference struct {
	Field  string `json:"field"` // a path such as defendants[0].counts[1].sentence.fine
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// differences compares two JSON objects field by field.
func differences(before, after []byte) ([]Difference, error) {
	old, err := flatten(before)
	if err != nil {
		return nil, err
	}
	now, err := flatten(after)
	if err != nil {
		return nil, err
	}
	var list []Difference
	for field, was := range old {
		if now[field] != was {
			list = append(list, Difference{field, was, now[field]})
		}
	}
	for field, is := range now {
		if _, known := old[field]; !known {
			list = append(list, Difference{field, "", is})
		}
	}
	slices.SortFunc(list, func(a, b Difference) int { return strings.Compare(a.Field, b.Field) })
	return list[:min(len(list), MaxDifferences)], nil
}

// flatten turns an object into paths and texts.
func flatten(body []byte) (map[string]string, error) {
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		return nil, err
	}
	flat := map[string]string{}
	flattenInto(flat, "", v)
	return flat, nil
}

func flattenInto(flat map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			at := name
			if path != "" {
				at = path + "." + name
			}
			flattenInto(flat, at, inner)
		}
	case []any:
		for i, inner := range v {
			flattenInto(flat, path+"["+strconv.Itoa(i)+"]", inner)
		}
	case string:
		flat[path] = v
	case bool:
		flat[path] = strconv.FormatBool(v)
	case float64:
		flat[path] = strconv.FormatFloat(v, 'g', -1, 64)
	}
}
