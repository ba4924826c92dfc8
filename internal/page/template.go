package page

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
)

//go:embed templates/*.html
var templateFiles embed.FS

// templates holds one ready set for each page's template name.
type templates map[string]*template.Template

// part is what a component's template sees: the page, for its language, and the component's value as It.
type part struct {
	*Base
	It any
}

func makePart(page Content, it any) part { return part{page.base(), it} }

// parseTemplates parses the frame, the components and the parts of several subjects once, and every page's template on a copy of them.
func parseTemplates(pages []Page, parts []fs.FS) (templates, error) {
	frame, err := template.New("base").Option("missingkey=error").
		Funcs(template.FuncMap{"part": makePart}).
		ParseFS(templateFiles, "templates/base.html", "templates/components.html")
	if err != nil {
		return nil, err
	}
	for _, of := range parts {
		if frame, err = frame.ParseFS(of, "templates/*.html"); err != nil {
			return nil, err
		}
	}
	out := templates{}
	for _, p := range append([]Page{{Template: "error", Files: templateFiles}}, pages...) {
		name := p.Template
		if out[name] != nil {
			continue
		}
		set, err := frame.Clone()
		if err != nil {
			return nil, err
		}
		if p.Frame {
			if set, err = set.ParseFS(templateFiles, "templates/frame.html"); err != nil {
				return nil, err
			}
		}
		if set, err = set.ParseFS(p.Files, "templates/"+name+".html"); err != nil {
			return nil, err
		}
		if set.Lookup("main") == nil {
			return nil, fmt.Errorf(`templates/%s.html does not define "main"`, name)
		}
		out[name] = set
	}
	leave, err := template.New("leave.html").Option("missingkey=error").ParseFS(templateFiles, "templates/leave.html")
	if err != nil {
		return nil, err
	}
	out[leaveTemplate] = leave
	return out, nil
}

// render executes a page's template into a buffer, so that a failure never leaves half a page with the reader.
func (t templates) render(name string, content Content) ([]byte, error) {
	set, ok := t[name]
	if !ok {
		return nil, fmt.Errorf("there is no template %q: is its page among the site's?", name)
	}
	entry := "base"
	if name == leaveTemplate {
		entry = "leave.html"
	}
	if set.Lookup("frame") != nil { // what stands in other sites is drawn without what stands around a page
		entry = "frame"
	}
	made, err := execute(set, entry, content)
	if err != nil {
		return nil, fmt.Errorf("rendering templates/%s.html: %w", name, err)
	}
	return unbroken(made), nil
}

func execute(set *template.Template, entry string, content Content) ([]byte, error) {
	var b bytes.Buffer
	err := set.ExecuteTemplate(&b, entry, content)
	return b.Bytes(), err
}
