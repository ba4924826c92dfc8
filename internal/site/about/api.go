package about

import (
	"net/url"
	"strings"

	"fener/internal/page"
	"fener/locale"
)

// apiPage says where data stand for programs, as the description of the addresses has it; apiDocumentPage has the fields of one document.
var (
	apiPage         = page.Page{Pattern: "api", Template: "api", Foot: "api.title", Build: buildAPI}
	apiDocumentPage = page.Page{Pattern: "api/{document}", Template: "apidocument", Build: buildAPIDocument}
)

// apiContent is where data stand for programs.
type apiContent struct {
	page.Base
	Description page.Link // for programs
	Catalogue   page.Link
	Parts       []section
	Params      []page.Summary
	Addresses   page.Table
}

// code is what stands in addresses and documents: the same in every language.
func code(text string) page.Link { return page.Link{Text: text, Lang: locale.EN, Quiet: true} }

func buildAPI(r *page.Request) (page.Content, error) {
	p := &apiContent{Base: r.Base(r.T("api.title")), Description: page.Link{Text: "OpenAPI 3.1", Href: "/api/openapi.json"}, Catalogue: page.Link{Text: "DCAT", Href: "/catalogue.jsonld"}}
	p.Base.Description = r.T("api.lede")
	b := r.Bounds()
	p.Parts = []section{
		{r.T("api.follow"), r.T("api.follow_says", "etag", "ETag", "match", "If-None-Match", "seq", "seq", "changes", "/"+string(r.Lang)+"/changes.json?since=")},
		{r.T("api.errors"), r.T("api.errors_says", "type", "application/problem+json", "kind", "error.kind", "field", "error.field")},
		{r.T("api.limits"), r.T("api.limits_says", "share", locale.Decimal(r.Lang, b.Share, 2), "burst", locale.Decimal(r.Lang, b.Burst, 0), "retry", "Retry-After", "address", b.Address, "parameter", b.Parameter, "get", "GET", "head", "HEAD")},
		{r.T("api.hooks"), r.T("api.hooks_says", "standard", "Standard Webhooks")},
	}
	for _, name := range page.CommonParams() {
		p.Params = append(p.Params, page.Summary{Term: name, Text: page.Link{Text: r.T("api.param." + name)}})
	}
	p.Addresses = page.Table{ID: "addresses", Caption: r.T("api.addresses"), Quiet: true, Columns: []page.Column{{Head: r.T("api.address")}, {Head: r.T("api.forms")}, {Head: r.T("api.params")}, {Head: r.T("api.fields")}}}
	for _, d := range r.DataAddresses() {
		fields := page.Link{Text: page.Dashed("")}
		if d.Document != "" {
			fields = documentLink(r, d.Document)
		}
		p.Addresses.Rows = append(p.Addresses.Rows, []page.Link{code("/" + d.Pattern), code(strings.Join(d.Forms, " ")), code(page.Dashed(strings.Join(d.Params, " "))), fields})
	}
	return p, nil
}

// apiDocumentContent are the fields of one document.
type apiDocumentContent struct {
	page.Base
	Name   string
	Fields page.Table
}

func buildAPIDocument(r *page.Request) (page.Content, error) {
	name := r.PathValue("document")
	fields, found, err := r.DocumentFields(name)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, page.NotFoundf("no document is described as %q", name)
	}
	p := &apiDocumentContent{Base: r.Base(r.T("api.document", "name", name), page.Link{Text: r.T("api.title"), Href: r.URL(apiPage.Pattern)}), Name: name}
	p.Description = r.T("api.document_says", "name", name)
	p.Fields = page.Table{ID: "fields", Caption: r.T("api.fields"), Quiet: true, Empty: r.T("api.no_fields"), Columns: []page.Column{{Head: r.T("api.field")}, {Head: r.T("api.kind")}, {Head: r.T("api.where_nothing")}}}
	for _, f := range fields {
		missing := r.T("api.always")
		if f.Optional {
			missing = r.T("api.left_out")
		}
		if f.Null {
			missing = r.T("api.null", "null", "null")
		}
		p.Fields.Rows = append(p.Fields.Rows, []page.Link{code(f.Name), kindOf(r, f), {Text: missing}})
	}
	return p, nil
}

// documentLink leads to the fields of a document. It shows the name without its room, which would be wider than a telephone.
func documentLink(r *page.Request, name string) page.Link {
	link := code(name[strings.LastIndexByte(name, '.')+1:])
	link.Href = r.URL("api/" + url.PathEscape(name))
	return link
}

// kindOf says in words what a field holds.
func kindOf(r *page.Request, f page.DocumentField) page.Link {
	kind := f.Type
	if kind == "" {
		kind = "any"
	}
	link := page.Link{Text: r.T("api.kind." + kind)}
	if f.Of != "" {
		link = documentLink(r, f.Of)
	}
	switch {
	case f.List:
		link.Lead = r.T("api.list_of") + " "
	case f.Map:
		link.Lead = r.T("api.map_of") + " "
	}
	return link
}
