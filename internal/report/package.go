package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"fener/internal/lang"
	"fener/locale"
)

// packageName is the file that describes the data files beside it (Frictionless Data Package, version 1).
const packageName = "datapackage.json"

// madeBy marks a description as one that may be written over.
const madeBy = "fener check"

// dataPackage describes data files that lie beside it.
type dataPackage struct {
	Profile   string         `json:"profile"`
	MadeBy    string         `json:"madeBy"`
	Resources []dataResource `json:"resources"`
}

type dataResource struct {
	Name     string         `json:"name"`
	Path     string         `json:"path"`
	Profile  string         `json:"profile"`
	Format   string         `json:"format"`
	Encoding string         `json:"encoding,omitempty"`
	Dialect  map[string]any `json:"dialect,omitempty"`
	Schema   tableSchema    `json:"schema"`
}

type tableSchema struct {
	Fields        []schemaField `json:"fields"`
	MissingValues []string      `json:"missingValues"`
}

type schemaField struct {
	Name        string         `json:"name"`
	Type        string         `json:"type"`
	Description string         `json:"description"`
	Constraints map[string]any `json:"constraints,omitempty"`
}

// Packaged reports whether answers in the form are data that a data package can describe.
func (f Format) Packaged() bool { return f == CSV || f == JSONL || f == XLSX }

// WritePackage describes the answers in the file path, which are in the format given, in datapackage.json beside it, and returns where. Other
// files that Fener described there stay described. A datapackage.json of somebody else's is left alone: the description then takes the
// answers' own name.
func WritePackage(path string, format Format, l locale.Lang) (string, error) {
	words, err := lang.Load()
	if err != nil {
		return "", err
	}
	to := filepath.Join(filepath.Dir(path), packageName)
	all := dataPackage{Profile: "tabular-data-package", MadeBy: madeBy}
	switch text, err := os.ReadFile(to); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return "", fmt.Errorf("describing the answers in %s: %w", to, err)
	default:
		var old dataPackage
		if json.Unmarshal(text, &old) != nil || old.MadeBy != madeBy {
			to = path + "." + packageName
			break
		}
		all.Resources = slices.DeleteFunc(old.Resources, func(r dataResource) bool { return r.Path == filepath.Base(path) })
	}
	all.Resources = append(all.Resources, resource(filepath.Base(path), format, words, l))
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return "", fmt.Errorf("describing the answers: %w", err)
	}
	if err := os.WriteFile(to, append(text, '\n'), 0o644); err != nil {
		return "", fmt.Errorf("describing the answers: %w", err)
	}
	return to, nil
}

func resource(path string, format Format, words *lang.Catalogues, l locale.Lang) dataResource {
	r := dataResource{Name: resourceName(path), Path: path, Profile: "tabular-data-resource", Format: map[Format]string{CSV: "csv", JSONL: "ndjson", XLSX: "xlsx"}[format],
		Schema: tableSchema{MissingValues: []string{""}}}
	switch format {
	case CSV:
		r.Encoding = "utf-8"
	case JSONL: // its objects hold more than the columns
		var names []string
		for i := range columns {
			names = append(names, columns[i].name)
		}
		r.Encoding, r.Dialect = "utf-8", map[string]any{"json": map[string]any{"keyed": true, "keys": names}}
	case XLSX:
		r.Dialect = map[string]any{"excel": map[string]any{"sheet": sheetFindings}}
	}
	for i := range columns {
		c := &columns[i]
		f := schemaField{Name: c.name, Type: c.schemaType(format), Description: c.explain(words, l)}
		constrain := func(name string, value any) {
			if f.Constraints == nil {
				f.Constraints = map[string]any{}
			}
			f.Constraints[name] = value
		}
		switch c.kind {
		case wordCell, triCell:
			if f.Type != "string" {
				break
			}
			var list []string
			for _, code := range c.codes() {
				list = append(list, code.word)
			}
			constrain("enum", list)
		case dateCell:
			if f.Type == "string" {
				constrain("pattern", `\d{4}(-\d{2}(-\d{2})?)?`)
			}
		case flagCell:
			constrain("required", true)
		case numberCell, moneyCell:
			constrain("minimum", 0)
		}
		if c.name == "row" {
			constrain("required", true)
		}
		r.Schema.Fields = append(r.Schema.Fields, f)
	}
	return r
}

// resourceName is a path in the small letters, digits and hyphens that names of resources are made of.
func resourceName(path string) string {
	var b []byte
	for _, c := range []byte(path) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-':
			b = append(b, c)
		case c >= 'A' && c <= 'Z':
			b = append(b, c+'a'-'A')
		default:
			b = append(b, '-')
		}
	}
	return string(b)
}

// schemaType is the Table Schema's type of a column. Dates are texts, because often only the month or the year is known.
func (c *column) schemaType(format Format) string {
	switch c.kind {
	case flagCell:
		return "boolean"
	case triCell:
		if format == JSONL {
			return "boolean"
		}
	case dateCell:
		if format == XLSX {
			return "any" // a day is a date
		}
	case numberCell:
		return "integer"
	case moneyCell:
		return "number"
	case listCell:
		if format == JSONL {
			return "array"
		}
	}
	return "string"
}
