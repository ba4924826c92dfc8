package page

import (
	"maps"
	"slices"
	"strings"
)

// What the description of the addresses says, for a page that people read.

// A DataAddress is where data of a page stand.
type DataAddress struct {
	Pattern  string   // below the language, with {names} for what is open
	Forms    []string // what their addresses end in
	Params   []string // that their addresses take
	Document string   // what the fields of its JSON are described as; empty where it has none, or one in a form of others
}

// DataAddresses are all of them, in the order of the pages.
func (r *Request) DataAddresses() (list []DataAddress) {
	for _, p := range r.Site.pages {
		endings := p.Endings()
		if p.Frame || len(endings) == 0 {
			continue
		}
		d := DataAddress{Pattern: p.Pattern, Forms: endings, Params: slices.Concat(p.Params, p.DataParams)}
		if !p.Always && !p.Free {
			d.Params = append(d.Params, asOfParam, entryParam)
		}
		if t := p.documentType(); t != nil {
			d.Document = schemaName(t)
		}
		list = append(list, d)
	}
	return list
}

// CommonParams are the parameters that mean the same on every page.
func CommonParams() []string { return slices.Sorted(maps.Keys(paramSays)) }

// Bounds are what is made for one client, and how long an address and a parameter may be.
type Bounds struct {
	Share, Burst float64 // seconds of work: a second, and at once after a pause
	Address      int     // bytes
	Parameter    int
}

// Bounds are those of this site.
func (r *Request) Bounds() Bounds {
	return Bounds{Share: r.Site.gate.Share.Seconds(), Burst: r.Site.gate.Burst.Seconds(), Address: maxPath, Parameter: maxValue}
}

// A DocumentField is one field of a document.
type DocumentField struct {
	Name     string
	Type     string // string, integer, number, boolean, object; empty: anything
	Of       string // what its objects are described as; may be empty
	List     bool   // a list of such
	Map      bool   // such by names
	Optional bool   // left out where there is nothing
	Null     bool   // null where there is nothing
}

// DocumentFields are the fields of what is described under a name, in their order in the document; found is false where nothing is.
func (r *Request) DocumentFields(name string) (list []DocumentField, found bool, err error) {
	all, err := r.Site.described()
	if err != nil {
		return nil, false, err
	}
	of, found := all[name].(map[string]any)
	if !found {
		return nil, false, nil
	}
	properties, _ := of["properties"].(map[string]any)
	required, _ := of["required"].([]any)
	for _, field := range slices.Sorted(maps.Keys(properties)) {
		f := fieldOf(properties[field])
		f.Name = field
		f.Optional = !slices.Contains(required, any(field))
		list = append(list, f)
	}
	return list, true, nil
}

// fieldOf reads what a schema says of a value.
func fieldOf(schema any) (f DocumentField) {
	s, _ := schema.(map[string]any)
	if ways, ok := s["oneOf"].([]any); ok && len(ways) == 2 { // it, or null
		f = fieldOf(ways[0])
		f.Null = true
		return f
	}
	if ref, ok := s["$ref"].(string); ok {
		f.Type, f.Of = "object", strings.TrimPrefix(ref, schemaRef)
		return f
	}
	f.Type, _ = s["type"].(string)
	if f.Type == "array" {
		f = fieldOf(s["items"])
		f.List = true
	} else if in, ok := s["additionalProperties"].(map[string]any); ok && s["properties"] == nil {
		f = fieldOf(in)
		f.Map = true
	}
	return f
}
