package page

import (
	"encoding"
	"encoding/json"
	"fmt"
	"path"
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"
)

// The fields of each document stand in the description as JSON Schema, made from the Go types that the documents are made of, so that it cannot say anything
// else than what is sent.

var (
	writesText = reflect.TypeFor[encoding.TextMarshaler]()
	writesJSON = reflect.TypeFor[json.Marshaler]()
	offers     = reflect.TypeFor[interface{ JSONSchemaAlias() any }]()
)

// schemaName is what a type is called in the description: its package and its name, since rooms have types of one name.
func schemaName(t reflect.Type) string {
	if t.Name() == "" { // lists and maps have none
		return ""
	}
	return path.Base(t.PkgPath()) + "." + t.Name()
}

// schemas are those of types and of what they hold, by their names. Objects may have other fields: they are only ever added to.
func schemas(types ...reflect.Type) (map[string]any, error) {
	r := &jsonschema.Reflector{Anonymous: true, AllowAdditionalProperties: true, Namer: schemaName, Mapper: writtenOtherwise}
	all := map[string]any{}
	for _, t := range types {
		text, err := json.Marshal(r.ReflectFromType(t))
		if err != nil {
			return nil, fmt.Errorf("describing the document %s: %w", schemaName(t), err)
		}
		var of struct {
			Defs map[string]any `json:"$defs"`
		}
		if err := json.Unmarshal([]byte(strings.ReplaceAll(string(text), `"#/$defs/`, `"`+schemaRef)), &of); err != nil {
			return nil, fmt.Errorf("describing the document %s: %w", schemaName(t), err)
		}
		for name, schema := range of.Defs {
			all[name] = schema
		}
	}
	return all, nil
}

// schemaRef is where schemas stand in the description.
const schemaRef = "#/components/schemas/"

// writtenOtherwise are the types that write themselves: as text, or as JSON of which nothing is known here. A type that says by JSONSchemaAlias what it is written
// as is described as that.
func writtenOtherwise(t reflect.Type) *jsonschema.Schema {
	writes := func(as reflect.Type) bool { return t.Implements(as) || reflect.PointerTo(t).Implements(as) }
	switch {
	case writes(offers):
		return nil
	case t.PkgPath() != "time" && writes(writesText):
		return &jsonschema.Schema{Type: "string"}
	case t.PkgPath() != "time" && writes(writesJSON):
		return &jsonschema.Schema{}
	}
	return nil
}

// documents are the types of the documents of the site's pages.
func (s *Site) documents() (types []reflect.Type) {
	for _, p := range s.pages {
		if t := p.documentType(); t != nil && !p.Frame {
			types = append(types, t)
		}
	}
	return types
}

// documentType is the type of the page's document; nil where it has none, or one in a form of others.
func (p Page) documentType() reflect.Type {
	if p.JSON == nil || p.Foreign {
		return nil
	}
	t := p.JSON.of
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Interface {
		return nil
	}
	return t
}
