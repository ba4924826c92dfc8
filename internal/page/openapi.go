package page

import (
	"net/http"
	"reflect"
	"slices"
	"strings"

	"fener/locale"
)

// The description of every address of the site at which data stand, as OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0). It is made from the list of
// pages, so that a page with data is in it without anybody's doing.
const openAPIPath = "/api/openapi.json"

// object is a JSON object of the description.
type object = map[string]any

func (s *Site) serveOpenAPI(w http.ResponseWriter, r *http.Request) {
	s.serveMade(w, r, openAPIPath, "application/json", func(of *Request, base string) ([]byte, error) {
		d, err := s.openAPI(of, base)
		if err != nil {
			return nil, err
		}
		return JSON(d)
	})
}

func (s *Site) openAPI(r *Request, base string) (object, error) {
	paths := object{}
	for _, p := range s.pages {
		if p.Frame {
			continue
		}
		examples, err := p.examples(r)
		if err != nil {
			return nil, err
		}
		for _, f := range dataForms {
			if p.has(f) {
				paths["/{lang}/"+p.Pattern+f.ending()] = object{"get": s.operation(p, f, examples)}
			}
		}
	}
	file := func(says, kind string) object {
		return object{"get": object{"operationId": strings.Trim(notKey.ReplaceAllString(says, "-"), "-"), "summary": says, "responses": object{"200": object{"description": says, "content": object{kind: object{}}}, "default": problemRef}}}
	}
	paths[cataloguePath] = file("catalogue of the data sets as dcat", "application/ld+json")
	paths[openAPIPath] = file("this description", "application/json")
	paths[sitemapPath] = file("sitemap", "application/xml")
	all, err := s.described()
	if err != nil {
		return nil, err
	}
	title := "Fener"
	if s.config.Synthetic {
		title = "SYNTHETIC: Fener"
	}
	return object{
		"openapi": "3.1.0",
		"info": object{"title": title, "version": "1", "description": "A public record of how a country deals with trafficking in persons. Data stand at the addresses of the pages that show them, with an ending for each form. " +
			"Every answer has an ETag: ask with If-None-Match and get 304 where nothing changed. The field seq of a document is the position of the record that it shows. Corrections and withdrawals since a position are /{lang}/changes.json?since=POSITION, each with its position. " +
			"Whoever asks for more than is made for one client gets 429 with Retry-After."},
		"servers": []object{{"url": base}},
		"paths":   paths,
		"components": object{
			"schemas":   all,
			"responses": object{"Problem": object{"description": "What went wrong (RFC 9457), in the language of the address.", "content": object{problemType: object{"schema": object{"$ref": schemaRef + schemaName(reflect.TypeFor[Failure]())}}}}},
			"headers":   object{"ETag": object{"description": "changes when the answer does", "schema": object{"type": "string"}}},
		},
	}, nil
}

var problemRef = object{"$ref": "#/components/responses/Problem"}

// operation describes one form of a page.
func (s *Site) operation(p Page, f form, examples map[string]string) object {
	params := []object{{"name": "lang", "in": "path", "required": true, "schema": object{"type": "string", "enum": locale.All}}}
	for _, name := range p.open() {
		params = append(params, object{"name": name, "in": "path", "required": true, "schema": object{"type": "string", "minLength": 1, "maxLength": 200}})
		if examples[name] != "" {
			params[len(params)-1]["example"] = examples[name]
		}
	}
	names := slices.Concat(p.Params, p.DataParams)
	if p.isWhole(f) {
		names = slices.DeleteFunc(names, func(name string) bool { return name == "page" })
	}
	if !p.Always && !p.Free {
		names = append(names, asOfParam, entryParam)
	}
	for _, name := range names {
		params = append(params, object{"name": name, "in": "query", "schema": object{"type": "string", "maxLength": max(maxValue, p.Longest)}})
		if says := paramSays[name]; says != "" {
			params[len(params)-1]["description"] = says
		}
	}
	params = append(params, object{"name": "If-None-Match", "in": "header", "schema": object{"type": "string"}, "description": "the ETag of a copy at hand"})
	content := object{}
	if f == asJSON {
		content["schema"] = object{"type": "object"}
		if t := p.documentType(); t != nil {
			content["schema"] = object{"$ref": schemaRef + schemaName(t)}
		}
	}
	id := p.Pattern
	if id == "" {
		id = "home"
	}
	return object{
		"operationId": strings.Trim(notKey.ReplaceAllString(id+f.ending(), "-"), "-"), "summary": "/" + p.Pattern + " as " + f.name(), "parameters": params,
		"responses": object{
			"200":     object{"description": f.name(), "headers": object{"ETag": object{"$ref": "#/components/headers/ETag"}}, "content": object{mediaTypes[f]: content}},
			"302":     object{"description": "The thing has another address now, or one of words leads to that of its id."},
			"304":     object{"description": "The copy at hand still holds."},
			"default": problemRef,
		},
	}
}

// paramSays are parameters that mean the same on every page.
var paramSays = map[string]string{
	asOfParam: "the record as it stood at the end of this day", entryParam: "the record as it stood when so many entries were public", "page": "which part of a list, from 1",
	"sort": "how a list is ordered", "after": "the cursor that the part before gave", "q": "the words looked for",
	"since": "only what changed after this position of the record",
}

// open are the names in the page's pattern that stand for something.
func (p Page) open() []string {
	var out []string
	for part := range strings.SplitSeq(p.Pattern, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			out = append(out, strings.TrimSuffix(name, "}"))
		}
	}
	return out
}

// examples are values of the names in the page's pattern, of an address that there is.
func (p Page) examples(r *Request) (map[string]string, error) {
	if p.Addresses == nil || r.Public() == nil {
		return nil, nil
	}
	paths, _, err := p.Addresses(r, 0, 1)
	if err != nil && !IsNoData(err) {
		return nil, err
	}
	out := map[string]string{}
	for _, path := range paths {
		values := strings.Split(path, "/")
		for i, part := range strings.Split(p.Pattern, "/") {
			if name, ok := strings.CutPrefix(part, "{"); ok && i < len(values) {
				out[strings.TrimSuffix(name, "}")] = values[i]
			}
		}
	}
	return out, nil
}
